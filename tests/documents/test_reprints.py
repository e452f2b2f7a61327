"""Does a paper say the same however it is printed? Compositions with other spaces, page ends, letters and emphasis."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import readers, reading
from documents.extraction import letters
from tests.documents import papers

COMPOSITIONS = (
    "ban-kinh-te-ngan-sach",
    "ban-thuong-vu-tinh-doan-an-thuan",
    "benh-vien-da-khoa-khu-vuc-trang",
    "cong-ty-cap-thoat-nuoc-thien-long",
    "dang-uy-bo-phan-khoi-ngoai-san",
    "dang-uy-cac-co-quan-dang-tinh",
    "dang-uy-uy-ban-nhan-dan-tinh",
    "dang-uy-xa-phu-lam-thuong",
    "tet",
    "thuong-truc-hoi-dong-nhan-dan-tinh",
    "toa-an-nhan-dan-tinh-lac-ha",
    "uy-ban-nhan-dan-huyen-cam-luong",
)


def between(text: str, put_in: Callable[[int], str]) -> str:
    """Put something between the paragraphs of the body, which begins with its first numeral."""
    begins = re.search(r"^\W*(?:I|1|A)\s*[.)-]", text, re.MULTILINE)
    place = begins.start() if begins else 0
    head, *blocks = [text[:place], *re.split(r"\n[ \t]*\n", text[place:])]
    return head + "".join(f"{block}\n\n{put_in(number)}\n\n" for number, block in enumerate(blocks, 2))


def old_tones(text: str) -> str:
    """Put tones where typewriters had them: hoà, thuý."""
    tones = "[\u0300\u0301\u0303\u0309\u0323]"
    signs = unicodedata.normalize("NFD", text)
    signs = re.sub(rf"(?<=[oO])({tones})([ae])(?![\w\u0300-\u036f])", r"\2\1", signs)
    signs = re.sub(rf"(?<![qQ])(?<=[uU])({tones})(y)(?![\w\u0300-\u036f])", r"\2\1", signs)
    return unicodedata.normalize("NFC", signs)


def emphasised(text: str) -> str:
    """Set two names in bold in each line that is no heading of columns."""
    name = re.compile(r"(?<= )([A-ZĐ][^\W\d_]+(?: [^\W\d_]+)?)(?=[ ,.;]|$)")
    return "\n".join(
        line if line.startswith(" ") or "|" in line or "*" in line else name.sub(r"**\1**", line, count=2)
        for line in text.split("\n")
    )


CHANGES: dict[str, Callable[[str], str]] = {
    "page numbers": lambda text: between(text, str),
    "dashed page numbers": lambda text: between(text, lambda number: f"- {number} -"),
    "running titles": lambda text: between(text, lambda number: f"{number}\nTB kết luận quý I"),
    "blank lines": lambda text: text.replace("\n\n", "\n\n\n"),
    "trailing spaces": lambda text: text.replace("\n", "  \n"),
    "double spaces": lambda text: re.sub(r"(?<=\w) (?=\w)", "  ", text),
    "no-break spaces": lambda text: re.sub(r"(?<=\w) (?=\w)", "\u00a0", text),
    "parted signs": lambda text: unicodedata.normalize("NFD", text),
    "old tones": old_tones,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "zero width": lambda text: re.sub(r"(?<=\w)(?= )", "\u200b", text),
    "soft hyphens": lambda text: re.sub(r"(?<=[a-z])(?=[a-z])", "\u00ad", text),
    "emphasis": emphasised,
    "spaces in line ends": lambda text: text.replace("\n", "\r  \n"),
    "dashes": lambda text: re.sub(r"^- (?!\d)", "– ", text, flags=re.MULTILINE),
}


def said(text: str) -> list[tuple[object, ...]]:
    """Give references, deadlines and audiences of a text; names without their tones, which may be printed otherwise."""
    return [
        (
            *(one.ref, one.deadline.kind, one.deadline.last_day, one.deadline.at, one.deadline.recurrence),
            *(one.audience.kind, one.audience.complement, [letters.key(unit) for unit in one.audience.units]),
        )
        for one in reading.read(readers.read_text(text), papers.TET).directives
    ]


def composition(name: str) -> str:
    """Give the text of one of the compositions."""
    return (papers.NOTICES / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", COMPOSITIONS)
def test_how_a_paper_is_printed_changes_nothing(name: str, change: str) -> None:
    text = composition(name)

    assert said(CHANGES[change](text)) == said(text)


@settings(max_examples=40)
@given(st.sampled_from(COMPOSITIONS), st.lists(st.sampled_from(sorted({*CHANGES} - {"double spaces"})), max_size=4, unique=True))
def test_changes_of_print_together_change_nothing(name: str, changes: list[str]) -> None:
    text = changed = composition(name)
    for change in changes:
        changed = CHANGES[change](changed)

    assert said(changed) == said(text)


ACTING = "Giao Văn phòng Đảng ủy gửi báo cáo"
ROWS = "PHỤ LỤC\n\nTT  Đơn vị              Thời hạn\n1   Sở Y tế             20/3/2021\n2   Trường Chính trị    21/3/2021\n"


@pytest.mark.parametrize(
    ("body", "refs"),
    [
        pytest.param(
            f"2- Về chuyển đổi số\n\n- 3 -\n\n2.1- {ACTING} trước ngày 22/02/2021.\n", ["2.1"], id="a heading, a page's end"
        ),
        pytest.param(f"2. Văn phòng Đảng ủy theo Phụ lục\n\n- 3 -\n\n- {ACTING}.\n", ["2-1"], id="a list, a page's end"),
        pytest.param("1. Giao Văn phòng  Đảng  ủy  gửi  đủ\n12  bản  báo  cáo  quý.\n", ["1"], id="justified by spaces"),
        pytest.param(ROWS.replace("Sở Y tế", "Sở\u00a0Y\u00a0tế"), ["PL.1", "PL.2"], id="columns, no-break spaces"),
        pytest.param("**PHỤ LỤC**" + ROWS.removeprefix("PHỤ LỤC"), ["PL.1", "PL.2"], id="an emphasised annex"),
    ],
)
def test_items_stay_apart_and_whole(body: str, refs: list[str]) -> None:
    assert [one.ref for one in papers.read(body).directives] == refs


def test_the_first_line_below_a_heading_is_no_running_title() -> None:
    body = "A. KẾT QUẢ GIẢI QUYẾT KIẾN NGHỊ CỬ TRI\n2\nĐến nay, các ngành đã giải quyết xong 142\nkiến nghị.\n"

    assert "Đến nay, các ngành đã giải quyết xong 142" in " ".join(papers.read(body).paragraphs)


def test_emphasis_hides_no_unit_of_a_footnote() -> None:
    body = "1. Hai chi bộ¹ gửi báo cáo.\n\n**¹** (1) **Chi bộ Báo Hải Bình**; (2) **Chi bộ** Hội Chữ thập đỏ tỉnh.\n"

    assert papers.only(body).audience.units == ("Chi bộ Báo Hải Bình", "Chi bộ Hội Chữ thập đỏ tỉnh")
