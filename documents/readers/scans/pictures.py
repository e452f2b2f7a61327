"""How is the picture of a page made fit to be read? Upright, in grey, without shadows, at one size, and level, by Pillow."""

from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps

from documents.reasons import Reason
from domain.errors import Unreadable

LARGEST = 50_000_000
# A4 at 300 dots an inch, for which Tesseract was trained; small pictures gain nothing from growing more than threefold.
_WIDE, _TALL = 2480, 3508
_LARGEST_GROWTH = 3
# The narrowest strip with a line on it, in pixels, and the longest page that was scrolled through, in widths.
_NARROWEST, _LONGEST = 30, 20
_SHADE_SCALE, _SHADE_WIDTH = 8, 9
# Degrees: a page that lies worse was not laid on a glass.
_MOST_SKEW, _COARSE, _FINE, _PROFILE = 7, 0.5, 0.25, 1200


def opened(content: bytes) -> Image.Image:
    """Open a JPEG or PNG picture in grey, upright as its camera was held.

    Raises Unreadable with "broken-file" or "too-large".
    """
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            _check(picture)
            picture.draft("RGB", (_TALL, _TALL))  # a photograph is unpacked no larger than it is needed
            return ImageOps.exif_transpose(_grey(picture))
    except Unreadable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise Unreadable(Reason.TOO_LARGE) from error
    # Decoders raise errors of many kinds on damaged pictures; to the person they are all one.
    except Exception as error:
        raise Unreadable(Reason.BROKEN_FILE, type(error).__name__) from error


def prepared(picture: Image.Image) -> Image.Image:
    """Give a page in grey, at the size that Tesseract reads best, without shadows."""
    return _evened(_sized(_grey(picture)))


def levelled(page: Image.Image) -> Image.Image:
    """Turn a page so that its lines lie level."""
    return page.rotate(_skew(page), Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def is_page(picture: Image.Image) -> bool:
    """Tell whether a picture can hold a line of print, and is no longer than a page that was scrolled through."""
    narrow, long = sorted(picture.size)
    return narrow >= _NARROWEST and long <= _LONGEST * narrow


def _check(picture: Image.Image) -> None:
    """Raise Unreadable when a picture unpacks to more than a page holds; nothing is unpacked yet."""
    if picture.width * picture.height > LARGEST:
        raise Unreadable(Reason.TOO_LARGE, f"{picture.width}x{picture.height}")


def _grey(picture: Image.Image) -> Image.Image:
    """Give a picture in grey, as seen through red glass: the office's stamp vanishes from the words that it covers."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode == "L":
        return picture
    clear = picture.has_transparency_data
    wanted = "RGBA" if clear else "RGB"
    coloured = picture if picture.mode == wanted else picture.convert(wanted)
    red = coloured.getchannel("R")
    return Image.composite(red, Image.new("L", red.size, "white"), coloured.getchannel("A")) if clear else red


def _evened(page: Image.Image) -> Image.Image:
    """Take out shadows: what is left of each spot is how much darker it is than the paper around it."""
    paper = page.reduce(_SHADE_SCALE).filter(ImageFilter.MaxFilter(_SHADE_WIDTH)).filter(ImageFilter.BoxBlur(_SHADE_WIDTH))
    ink = ImageChops.subtract(paper.resize(page.size), page)
    return ImageOps.autocontrast(ImageOps.invert(ink), cutoff=(0.1, 0))


def _sized(page: Image.Image) -> Image.Image:
    """Bring a page to the size of A4 at 300 dots an inch, whatever it says of its own."""
    narrow, long = sorted(page.size)
    scale = min(_WIDE / narrow, _LARGEST_GROWTH, max(_TALL / long, 1))
    return page.resize((round(page.width * scale), round(page.height * scale)), Image.Resampling.BICUBIC, reducing_gap=3)


def _skew(page: Image.Image) -> float:
    """Give the degrees, counterclockwise, that set a page's lines level: there rows of ink and rows of paper differ most."""
    small = ImageOps.contain(ImageOps.invert(page), (_PROFILE, _PROFILE))
    best = max(_steps(0, _MOST_SKEW, _COARSE), key=lambda angle: _contrast(small, angle))
    return max(_steps(best, _COARSE, _FINE), key=lambda angle: (_contrast(small, angle), -abs(angle)))


def _steps(middle: float, reach: float, step: float) -> list[float]:
    """Give the numbers around a middle, step by step, as far as they reach."""
    many = round(reach / step)
    return [middle + number * step for number in range(-many, many + 1)]


def _contrast(page: Image.Image, angle: float) -> int:
    """Tell how much the rows of a turned page differ from those above them."""
    rows = page.rotate(angle, Image.Resampling.BILINEAR).resize((1, page.height), Image.Resampling.BOX).tobytes()
    return sum((below - above) ** 2 for above, below in pairwise(rows))
