"""Are pictures of a page read as its text is, and those refused that hold none?"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2  # type: ignore[import-untyped] # the library ships no types
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from documents import readers, reading
from documents.codes import Doubt
from documents.extraction import letters
from documents.readers import scans
from documents.readers.scans import tesseract
from documents.reasons import Reason
from domain.errors import Unreadable
from tests.documents import papers, prints

TESSERACT = tesseract.installed()
needs_tesseract = pytest.mark.skipif(TESSERACT is None, reason="Tesseract with its Vietnamese is not installed")
needs_orientation = pytest.mark.skipif(
    TESSERACT is None or not TESSERACT.knows_turns, reason="Tesseract's model of orientation is not installed"
)

NOTICE = prints.Notice(
    letterhead=(
        ("TỈNH ỦY HẢI BÌNH", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", ""),
        ("*", "Hải Bình, ngày 01 tháng 02 năm 2021"),
        ("Số 58-TB/ĐUK", ""),
    ),
    title=("THÔNG BÁO", "KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI", "về công tác lưu trữ năm 2021"),
    body=(
        "Ngày 25/01/2021, Ban Thường vụ Đảng ủy Khối đã làm việc với 03 chi bộ cơ sở¹ về việc lưu trữ tài liệu. Sau khi nghe "
        "báo cáo, Ban Thường vụ kết luận như sau:",
        "1. Các chi bộ đã lập danh mục tài liệu và bố trí kho bảo đảm an toàn phòng cháy, chữa cháy.",
        "2. Giao Văn phòng Đảng ủy rà soát danh mục tài liệu của các năm 2015 - 2020, báo cáo Ban Thường vụ Đảng ủy Khối trước "
        "ngày 22/02/2021.",
        "3. Giao Ban Tổ chức Đảng ủy Khối mở 01 lớp tập huấn nghiệp vụ lưu trữ cho cán bộ các chi bộ, hoàn thành trong tháng "
        "3 năm 2021.",
        "4. Các chi, đảng bộ cơ sở gửi tài liệu đến hạn nộp về kho lưu trữ của Đảng ủy Khối trước ngày 15/4/2021.",
    ),
    notes={"¹": "Chi bộ Trường Chính trị tỉnh, Chi bộ Báo Hải Bình, Chi bộ Hội Chữ thập đỏ tỉnh."},
)


def page(*, dots: int = 200) -> Image.Image:
    """Draw the printed notice, in so many dots an inch."""
    picture: Image.Image = pypdfium2.PdfDocument(prints.pdf(NOTICE))[0].render(scale=dots / 72).to_pil()
    return picture.convert("L")


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    """Lay a page askew on the glass."""
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def grain(size: tuple[int, int]) -> Image.Image:
    """Give specks in every shade, the same each time."""
    return Image.frombytes("L", size, Random(58).randbytes(size[0] * size[1]))  # noqa: S311 - nothing here is a secret


def worn(picture: Image.Image) -> Image.Image:
    """Give a page as a scanner does: askew, grainy and blurred."""
    askew = turned(picture, 1.3)
    return Image.blend(askew, grain(askew.size), 0.04).filter(ImageFilter.GaussianBlur(0.6))


def shaded(picture: Image.Image) -> Image.Image:
    """Give a page as it is photographed in a corner that is dark."""
    shadow = Image.linear_gradient("L").resize(picture.size).point(lambda light: 80 + light * 0.6)
    return ImageChops.multiply(picture, shadow)


def stamped(picture: Image.Image) -> Image.Image:
    """Put a red stamp on words of a page."""
    coloured = picture.convert("RGB")
    width, height = coloured.size
    for step in range(4):
        box = (0.5 * width + 40 * step, 0.35 * height + 40 * step, 0.8 * width - 40 * step, 0.56 * height - 40 * step)
        ImageDraw.Draw(coloured).ellipse(box, outline=(235, 40, 40), width=9)
    return ImageChops.darker(coloured, picture.convert("RGB"))


def see_through(picture: Image.Image) -> Image.Image:
    """Give a page as black ink on nothing."""
    ink = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    ink.putalpha(picture.point(lambda light: 255 - light))
    return ink


def sixteen_bits(picture: Image.Image) -> Image.Image:
    """Give a grey page in shades so fine that only some scanners tell them."""
    return Image.frombytes("I;16", picture.size, bytes(byte for light in picture.tobytes() for byte in (0, light)))


def saved(picture: Image.Image, kind: str, **options: int | Image.Exif) -> bytes:
    """Give a picture's bytes."""
    content = BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


@needs_tesseract
@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        pytest.param("PNG", page, id="clean"),
        pytest.param("PNG", lambda: worn(page()), id="worn"),
        pytest.param("JPEG", lambda: turned(page(dots=300), -5.6), id="askew"),
        pytest.param("JPEG", lambda: page(dots=120), id="small"),
        pytest.param("JPEG", lambda: shaded(worn(page())), id="shaded"),
        pytest.param("PNG", lambda: stamped(page()), id="stamped"),
        pytest.param("PNG", lambda: turned(page(), 180), id="head down", marks=needs_orientation),
        pytest.param("PNG", lambda: turned(worn(page()), 90), id="on its side", marks=needs_orientation),
    ],
)
def test_a_picture_of_a_notice_gives_the_tasks_of_its_text(kind: str, seen: Callable[[], Image.Image]) -> None:
    expected = reading.read(readers.read_text(prints.text(NOTICE)), papers.TET)

    paper = scans.read("Ảnh.jpg", saved(seen(), kind))

    actual = reading.read(paper, papers.TET)
    assert paper.doubt is Doubt.SCANNED
    assert [(it.ref, it.audience.units, it.deadline.kind, it.deadline.last_day) for it in actual.directives] == [
        (it.ref, it.audience.units, it.deadline.kind, it.deadline.last_day) for it in expected.directives
    ]
    assert (actual.header.number, actual.header.symbol, actual.header.dated) == ("58", "TB/ĐUK", expected.header.dated)


@needs_tesseract
def test_a_photograph_is_turned_as_its_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright, and wrote its lines from the bottom up

    paper = scans.read("a.jpg", saved(turned(page(), 90), "JPEG", exif=exif))

    assert "THÔNG BÁO" in [line.strip() for line in paper.lines]


@needs_tesseract
def test_lines_keep_their_indents_and_gaps() -> None:
    lines = scans.lines_of(page())

    first, second = (next(line for line in lines if word in line) for word in ("Giao Văn phòng", "trước ngày 22/02"))
    assert len(first) - len(first.lstrip()) > len(second) - len(second.lstrip())
    assert any("TỈNH ỦY HẢI BÌNH     ĐẢNG CỘNG SẢN" in line for line in lines)
    assert lines[lines.index(next(line for line in lines if "THÔNG BÁO" in line)) - 1] == ""


@needs_tesseract
@pytest.mark.parametrize("kept", ["1", "P", "LA", "RGB", "I;16", "CMYK"])
def test_a_picture_is_read_in_whatever_colours_it_is_kept(kept: str) -> None:
    sheet = page(dots=120)
    heading = sheet.crop((0, sheet.height // 10, sheet.width, sheet.height // 3))
    picture = sixteen_bits(heading) if kept == "I;16" else heading.convert(kept)

    paper = scans.read("a.png", saved(picture, "JPEG" if kept == "CMYK" else "PNG"))

    assert "THÔNG BÁO" in [line.strip() for line in paper.lines]


@needs_tesseract
def test_ink_on_nothing_is_read_as_on_white() -> None:
    lines = scans.lines_of(see_through(page(dots=120)))

    assert "THÔNG BÁO" in [line.strip() for line in lines]


@needs_tesseract
@pytest.mark.parametrize("dots", [200, 300])
def test_a_footnote_stands_last_behind_its_mark(dots: int) -> None:
    lines = scans.lines_of(worn(page(dots=dots)))

    assert any("sở¹ về" in line for line in lines)
    note = next(line for line in lines if line.startswith("¹ "))
    assert letters.fold(note).startswith("¹ chi bo truong chinh tri")  # small marks over letters are not sure
    assert lines[-1] == ""


@needs_tesseract
def test_branches_are_spelled_as_branches() -> None:
    text = " ".join(scans.lines_of(worn(page(dots=300)))).lower()

    assert "các chi, đảng bộ" in text
    assert "chỉ bộ" not in text


@needs_tesseract
@pytest.mark.parametrize("size", [(2480, 3508), (1, 1), (30, 30), (10, 5000), (5000, 10)])
@pytest.mark.parametrize("shade", [0, 255])
def test_a_picture_without_words_is_empty(size: tuple[int, int], shade: int) -> None:
    with pytest.raises(Unreadable) as refused:
        scans.read("a.png", saved(Image.new("L", size, shade), "PNG"))

    assert refused.value.reason == Reason.EMPTY


@needs_tesseract
def test_grain_is_not_taken_for_words() -> None:
    lines = scans.lines_of(grain((1240, 1754)))

    assert not any(lines)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"GIF89a" + bytes(100), Reason.BROKEN_FILE),
        (b"%PDF-1.7", Reason.BROKEN_FILE),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), Reason.BROKEN_FILE),
        (b"\xff\xd8\xff" + bytes(100), Reason.BROKEN_FILE),
        (saved(grain((500, 500)), "PNG")[:-5000], Reason.BROKEN_FILE),
        (saved(grain((500, 500)), "JPEG")[:-5000], Reason.BROKEN_FILE),
        (saved(Image.new("1", (10_000, 5_001)), "PNG"), Reason.TOO_LARGE),
        (saved(Image.new("1", (10_000, 10_000)), "PNG"), Reason.TOO_LARGE),
        (saved(Image.new("1", (20_000, 10_000)), "PNG"), Reason.TOO_LARGE),
    ],
)
def test_what_is_no_picture_of_a_page_is_refused(content: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        scans.read("a.png", content)

    assert refused.value.reason == reason


@pytest.mark.parametrize("languages", [None, "eng"])
def test_without_tesseract_or_its_vietnamese_the_reader_says_what_is_needed(
    languages: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if languages:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\necho {languages}\n")
        program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Unreadable) as refused:
        scans.lines_of(Image.new("L", (100, 100), 255))

    assert refused.value.reason == Reason.NEEDS_TESSERACT
