"""What does the picture of a page say? Pillow sets it straight, Tesseract reads it, and its lines are laid out as printed."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from statistics import median

from PIL import Image, ImageChops, ImageFilter, ImageOps

from documents.codes import Doubt
from documents.papers import Paper
from documents.readers import programs, texts
from documents.reasons import Reason
from domain.errors import Unreadable

# A page takes three seconds and 150 MB; one that is covered with specks may take minutes, and says nothing.
LIMITS = programs.Limits(seconds=45, megabytes=400)
LARGEST = 50_000_000
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_LANGUAGE, _ORIENTATION = "vie", "osd"
# A4 at 300 dots an inch, for which Tesseract was trained; small pictures gain nothing from growing more than threefold.
_WIDE, _TALL, _DPI = 2480, 3508, "300"
_LARGEST_GROWTH = 3
# The narrowest strip with a line on it, in pixels, and the longest page that was scrolled through, in widths.
_NARROWEST, _LONGEST = 30, 20
_SHADE_SCALE, _SHADE_WIDTH = 8, 9
# Degrees: a page that lies worse was not laid on a glass.
_MOST_SKEW, _COARSE, _FINE, _PROFILE = 7, 0.5, 0.25, 1200
_SURE_TURN, _SURE_WORD = 2.0, 40.0
# Gaps between columns, in heights of letters, and between paragraphs, in lines; how high the letters of footnotes are at most.
_COLUMN_GAP, _PARAGRAPH_GAP, _SMALL = 1.2, 1.25, 0.9
_FEW, _LONGEST_FOOT = 2, 20
_RIM, _BORDER = 5, 40
_OPENED_BY = {"”": "“", "’": "‘"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What a small raised digit is taken for.
_RAISED = "!?'’‘\"”*^ˆ°"
_MAY_BE_RAISED = re.compile(r"[^\s(\-+•][^\s.]{0,2}")
_MARK = re.compile(rf"(?<=[^\W\d_])(?:\d{{1,2}}|[{_RAISED}]{{1,2}})(?=[.,;:)]*(?:\s|$))")
# Tesseract's most frequent slip in these papers; no other word than "chi" stands before "bộ", unless "bộ" begins another one.
_SLIP = re.compile(r"(?<=\b[Cc])h[ỉị](?=(?:, đảng)? bộ\b(?! (?:phận|đội|máy|môn|trưởng)))")


@dataclass(frozen=True)
class _Word:
    """A word as Tesseract read it, its box in pixels, and how sure it is, in percent."""

    text: str
    left: int
    right: int
    bottom: int
    height: int
    sure: float


@dataclass(frozen=True)
class _Line:
    """The words of a printed line."""

    words: tuple[_Word, ...]

    @property
    def height(self) -> float:
        """Give the height of its letters."""
        return median(word.height for word in self.words)

    @property
    def bottom(self) -> float:
        """Give the place on the page where its words stand."""
        return median(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        """Give its words; where a column ends, the gap is kept."""
        wide = _COLUMN_GAP * self.height
        gaps = ("     " if right.left - left.right > wide else " " for left, right in pairwise(self.words))
        return self.words[0].text + "".join(gap + word.text for gap, word in zip(gaps, self.words[1:], strict=True))


def read(name: str, content: bytes) -> Paper:
    """Read a page that was scanned or photographed into a JPEG or PNG file; nothing in it is sure.

    Raises Unreadable with "ending-differs", "broken-file", "too-large", "empty", "too-slow" or "needs-tesseract".
    """
    if not content.startswith(_STARTS):
        raise Unreadable(Reason.ENDING_DIFFERS)
    return replace(texts.bounded(name, lines_of(_opened(content))), doubt=Doubt.SCANNED)


def lines_of(picture: Image.Image) -> tuple[str, ...]:
    """Give the printed lines of a page, top down, with their indents; a blank line parts paragraphs, footnotes stand last.

    Raises Unreadable with "needs-tesseract" where Tesseract or its Vietnamese is not installed, and with "too-slow".
    """
    program = programs.find("tesseract")
    languages = _languages(program) if program else ()
    if program is None or _LANGUAGE not in languages:
        raise Unreadable(Reason.NEEDS_TESSERACT)
    if not _is_page(picture):
        return ()
    page = _evened(_sized(_grey(picture)))
    if _ORIENTATION in languages:
        page = page.rotate(-_turn(program, page), expand=True)
    page = page.rotate(_skew(page), Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    lines = _lines(_asked(program, page, "-l", _LANGUAGE, "tsv"))
    made = _laid_out(lines, _notes(lines, lambda word: _number(program, page, word)))
    return tuple(_SLIP.sub("hi", line) for line in made)


def _opened(content: bytes) -> Image.Image:
    """Open a picture, upright as its camera was held."""
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


def _check(picture: Image.Image) -> None:
    """Raise Unreadable when a picture unpacks to more than a page holds; nothing is unpacked yet."""
    if picture.width * picture.height > LARGEST:
        raise Unreadable(Reason.TOO_LARGE, f"{picture.width}x{picture.height}")


def _is_page(picture: Image.Image) -> bool:
    """Tell whether a picture can hold a line of print, and is no longer than a page that was scrolled through."""
    narrow, long = sorted(picture.size)
    return narrow >= _NARROWEST and long <= _LONGEST * narrow


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


def _turn(program: str, page: Image.Image) -> int:
    """Give the degrees, clockwise, by which a page lies on its side or head; none where Tesseract cannot tell."""
    try:
        told = _asked(program, page, "--psm", "0", "-l", _ORIENTATION)
    except Unreadable as error:
        if error.reason == Reason.TOO_SLOW:
            raise
        return 0  # there are too few letters to tell
    found = re.search(r"Rotate: (\d+)\nOrientation confidence: ([\d.]+)", told)
    return int(found[1]) if found and float(found[2]) > _SURE_TURN else 0


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


def _languages(program: str) -> tuple[str, ...]:
    """Give the languages that Tesseract has learnt."""
    return tuple(programs.run([program, "--list-langs"], {}, LIMITS).decode(errors="replace").splitlines())


def _asked(program: str, page: Image.Image, *arguments: str) -> str:
    """Ask Tesseract about a page."""
    content = BytesIO()
    page.save(content, "PNG", compress_level=1)
    command = (program, "page.png", "stdout", "--dpi", _DPI, *arguments)
    return unicodedata.normalize("NFC", programs.run(command, {"page.png": content.getvalue()}, LIMITS).decode(errors="replace"))


def _lines(table: str) -> list[_Line]:
    """Give the lines of Tesseract's table, without the specks, strokes and stamps that it took for words."""
    lines: defaultdict[tuple[str, ...], list[_Word]] = defaultdict(list)
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "5" and (text := (row["text"] or "").strip()):
            left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
            word = _Word(text, left, left + width, top + height, height, float(row["conf"]))
            if word.sure >= _SURE_WORD or any(sign.isalnum() for sign in text):
                lines[row["block_num"], row["par_num"], row["line_num"]].append(word)
    return [_Line(tuple(words)) for words in lines.values() if _says_something(words)]


def _says_something(words: Sequence[_Word]) -> bool:
    """Tell whether a line holds a word that is sure, or at least looks like one."""
    return any(word.sure >= _SURE_WORD or re.search(r"[^\W\d_]{3}", word.text) for word in words)


def _laid_out(lines: Sequence[_Line], notes: Mapping[int, int]) -> tuple[str, ...]:
    """Give the lines with their indents and gaps, and the footnotes last, each behind its superscript."""
    end = min(notes, default=len(lines))
    made = _marked("\n".join(_spaced(lines[:end])), tuple(notes.values())).split("\n")
    for number, line in enumerate(lines[end:], end):
        if number in notes:
            made += ["", f"{_superscript(notes[number])} {_Line(line.words[1:]).text}"]
        else:
            made.append(line.text)
    return (*made, "") if notes else tuple(made)


def _spaced(lines: Sequence[_Line]) -> Iterator[str]:
    """Give lines behind their indents, in signs; a blank one where more than a line's height parts them."""
    if not lines:
        return
    sign = median((word.right - word.left) / len(word.text) for line in lines for word in line.words)
    margin = min(line.words[0].left for line in lines)
    steps = [below.bottom - above.bottom for above, below in pairwise(lines)]
    pitch = median([step for step in steps if step > 0] or [0])
    for line, step in zip(lines, [0.0, *steps], strict=True):
        if step < 0 or step > _PARAGRAPH_GAP * pitch:
            yield ""
        yield " " * round((line.words[0].left - margin) / sign) + line.text


def _notes(lines: Sequence[_Line], number: Callable[[_Word], str]) -> dict[int, int]:
    """Give the numbers of a page's footnotes by the lines that begin them; none where they are not one behind the other.

    Footnotes are the last lines, in smaller letters; ``number`` reads the digits of a word that may be raised.
    """
    usual = median([line.height for line in lines] or [0])
    large = [place for place, line in enumerate(lines) if line.height > _SMALL * usual and len(line.words) > _FEW]
    foot = range(max(large, default=-1) + 1, len(lines))[:_LONGEST_FOOT]
    starts = [place for place in foot if len(lines[place].words) > 1 and _MAY_BE_RAISED.fullmatch(lines[place].words[0].text)]
    read = {place: int(digits) for place in starts if (digits := number(lines[place].words[0]))}
    first = min(read.values(), default=0)
    return read if first and list(read.values()) == list(range(first, first + len(read))) else {}


def _number(program: str, page: Image.Image, word: _Word) -> str:
    """Read a word anew and larger, as digits alone; blank where it is none."""
    around = (word.left - _RIM, word.bottom - word.height - _RIM, word.right + _RIM, word.bottom + _RIM)
    large = ImageOps.expand(ImageOps.scale(page.crop(around), 2), _BORDER, 255)
    return _asked(program, large, "--psm", "10", "-l", _LANGUAGE, "-c", "tessedit_char_whitelist=0123456789").strip()


def _marked(text: str, numbers: Sequence[int]) -> str:
    """Give a text with its footnotes' marks as superscripts, where it holds one for each note, and nothing else like one."""
    marks = [found for found in _MARK.finditer(text) if not _closes(found)]
    if len(marks) != len(numbers):
        return text
    if any(found.group().isdigit() and found.group() != str(number) for found, number in zip(marks, numbers, strict=True)):
        return text
    for found, number in reversed(list(zip(marks, numbers, strict=True))):
        text = text[: found.start()] + _superscript(number) + text[found.end() :]
    return text


def _closes(found: re.Match[str]) -> bool:
    """Tell whether a sign closes words in quotes."""
    before, sign = found.string[: found.start()], found.group()
    if sign in "\"'":
        return before.count(sign) % 2 == 1
    return sign in _OPENED_BY and before.count(_OPENED_BY[sign]) > before.count(sign)


def _superscript(number: int) -> str:
    """Write a number as a superscript."""
    return str(number).translate(_SUPERSCRIPTS)
