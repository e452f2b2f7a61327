"""Does the page show the paper as it is printed, every value beside it, and nothing that a paper could smuggle in?"""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.commands import CannotError, pages
from bot.pages.marks import Mark, Places
from documents import reading as documents
from documents.printing import Span
from domain.readings import Header, Reading
from messages.i18n import Speech
from tests.bot import browsing
from tests.bot.browsing import Page
from tests.documents import papers

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOSTILE = '<script>alert("x")</script> & <b onclick=\'y\'>đơn vị</b> "><img src=x>'
TASK = "1. Giao Văn phòng Đảng ủy tổng hợp, gửi báo cáo về Thường trực Tỉnh ủy trước ngày 22/02/2021.\n"
BROKEN = """1. Giao Văn phòng Đảng ủy tổng hợp, gửi báo cáo¹ trước

¹ Theo Kế hoạch số 14-KH/ĐUK ngày 02/01/2021.
2

ngày 22/02/2021 theo mẫu.
"""


def html_of(reading: Reading, language: str = "vi", file: str = "53-TB-DUK.docx") -> str:
    return pages.page(reading, Speech(language, ZONE), papers.TET, file=file)


def shown(reading: Reading, language: str = "vi") -> Page:
    return Page(html_of(reading, language))


def sample(name: str = "tet.txt") -> Reading:
    return documents.read(papers.file(papers.NOTICES / name), papers.TET)


NAMES = ("tet.txt", "huyen.txt", "phuong.txt")


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_one_place(name: str) -> None:
    page = shown(sample(name))

    anchors = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    links = {one.attributes["href"] for one in page.those("a")}

    assert len(anchors) == len(set(anchors))
    assert links <= {f"#{anchor}" for anchor in anchors}


@pytest.mark.parametrize("name", NAMES)
def test_the_paper_is_shown_line_for_line(name: str) -> None:
    reading = sample(name)
    page = shown(reading)

    lines = [page.at(f"line-{number}") for number in range(1, len(reading.lines) + 1)]

    assert [line.attributes["class"] == "blank" for line in lines] == [not line.strip() for line in reading.lines]
    for line, printed in zip(lines, reading.lines, strict=True):
        assert " ".join(printed.split()) in line.text


@pytest.mark.parametrize("name", NAMES)
def test_every_task_has_a_card_and_a_place_on_the_paper(name: str) -> None:
    reading = sample(name)
    page = shown(reading)

    for number, directive in enumerate(reading.directives, 1):
        assert directive.ref in page.at(f"task-{number}").text
        assert page.at(f"task-{number}-text").attributes["href"] == f"#task-{number}"
    assert len(page.those("article", class_="task")) == len(reading.directives)


def test_words_are_marked_and_lead_to_their_card_and_back() -> None:
    page = shown(papers.read(TASK))

    assert {field: page.at(f"task-1-{field}").text for field in ("audience", "deadline", "deliverable", "submit_to")} == {
        "audience": "Văn phòng Đảng ủy",
        "deadline": "trước ngày 22/02/2021",
        "deliverable": "báo cáo",
        "submit_to": "Thường trực Tỉnh ủy",
    }
    assert page.at("task-1-deadline").attributes["class"] == "deadline"
    assert "“trước ngày 22/02/2021”" in [one.text for one in page.those("a", href="#task-1-deadline")]
    assert "trước ngày 22/02/2021" in [one.text for one in page.those("a", href="#task-1")]


def test_a_card_tells_the_deadline_with_its_last_day_and_working_day() -> None:
    card = shown(papers.read(TASK)).at("task-1").text

    assert "Ngày cuối: Chủ nhật, 21/02/2021 Ngày làm việc cuối: thứ Sáu, 19/02/2021" in card


def test_the_header_is_marked_where_it_is_printed() -> None:
    page = shown(sample())

    assert [page.at(f"header-{field}").text for field in ("issuer", "number", "date")] == [
        "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH",
        "Số 53-TB/ĐUK",
        "ngày 01 tháng 02 năm 2021",
    ]
    assert [one.text for one in page.those("a", href="#header-number")] == ["53-TB/ĐUK"]


def test_what_is_unsure_stands_out_with_its_reason_and_its_choices() -> None:
    page = shown(sample())

    (card,) = page.those("article", class_="unsure")
    assert card.attributes["id"] == "task-3"
    assert [one.text for one in page.those("p", class_="doubt")] == ["Cần xác định: các chi tiết về hạn mâu thuẫn với nhau."]
    assert "Có thể là thứ Bảy, 20/02/2021" in card.text
    assert [one.text for one in page.those("mark", class_="unsure")] == ["vào thứ Sáu, ngày 20/02/2021"]


def test_words_that_several_tasks_share_lead_to_each_of_them() -> None:
    page = shown(sample())

    assert {page.at(f"task-{number}-audience").text for number in (2, 3)} == {"các chi, đảng bộ còn lại"}
    # One number stands where a task begins, and one behind words that it shares.
    assert [len(page.those("a", class_="task-number", href=f"#task-{number}")) for number in (1, 2, 3)] == [1, 2, 2]


def test_a_finding_leads_to_the_lines_where_its_words_stand() -> None:
    page = shown(sample())

    assert "Kế hoạch số 21-KH/ĐUK" in page.at("finding-1").text
    assert [one.text for one in page.those("a", class_="line-link")] == ["dòng 12", "dòng 42", "dòng 44"]
    assert page.at("finding-1-2").text == "Kế hoạch số 21-KH/ĐUK ngày 11/01/2021"


def test_a_sentence_over_the_end_of_a_page_says_where_it_goes_on() -> None:
    page = shown(papers.read(BROKEN))

    (joint,) = page.those("a", class_="joint")
    assert page.at(joint.attributes["href"][1:]).text.endswith("ngày 22/02/2021 theo mẫu.")
    assert [one.text for one in page.those("mark", class_="deadline")][1:] == ["trước", "ngày 22/02/2021"]


def test_a_paper_cannot_smuggle_anything_in() -> None:
    reading = papers.read(f"1. Giao Văn phòng Đảng ủy {HOSTILE} gửi báo cáo trước ngày 22/02/2021.\n")
    html = html_of(reading, file=f"{HOSTILE}.txt")
    page = Page(html)

    assert {one.tag for one in page.elements} & {"script", "b", "img"} == set()
    assert [name for one in page.elements for name in one.attributes if name.startswith("on")] == []
    assert '<script>alert("x")</script>' in page.at("task-1").text
    assert "default-src 'none'" in html


def test_the_page_needs_nothing_from_outside() -> None:
    html = html_of(sample())

    assert [one for one in ("http:", "https:", "url(", "@import", "src=", "<script", "<link") if one in html] == []


def test_a_reading_without_tasks_is_a_page_that_says_so() -> None:
    page = shown(Reading(Header(title="Về công tác quý I"), lines=("Về công tác quý I", "")))

    assert "Văn bản không giao việc nào." in [one.text for one in page.those("p")]
    assert page.those("article") == []


@pytest.mark.parametrize(("language", "words"), [("vi", "Đơn vị thực hiện"), ("en", "To be done by")])
def test_the_page_speaks_the_language_of_the_settings(language: str, words: str) -> None:
    page = shown(sample(), language)

    assert page.those("html")[0].attributes["lang"] == language
    assert words in [one.text for one in page.those("dt")]


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], [("abcdef", "")]),
        ([(0, 6)], [("abcdef", "x")]),
        ([(1, 3)], [("a", ""), ("bc", "x"), ("def", "")]),
        ([(1, 5), (2, 3)], [("a", ""), ("b", "x"), ("c", "xy"), ("de", "x"), ("f", "")]),
        ([(0, 3), (2, 6)], [("ab", "x"), ("c", "yx"), ("def", "y")]),
        ([(2, 3), (0, 6)], [("ab", "y"), ("c", "yx"), ("def", "y")]),
        ([(1, 3), (3, 4)], [("a", ""), ("bc", "x"), ("d", "y"), ("ef", "")]),
    ],
)
def test_marks_cut_a_line_into_pieces_with_the_widest_first(spans: list[tuple[int, int]], pieces: list[tuple[str, str]]) -> None:
    marks = {name: (Mark(name, "card", "deadline"), (Span(0, *span),)) for name, span in zip("xy", spans, strict=False)}

    found = Places(marks).pieces("abcdef", 0)

    assert [(piece.text, "".join(mark.anchor for mark in piece.marks)) for piece in found] == pieces


@pytest.mark.skipif(browsing.CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["tet.txt", "huyen.txt"])
def test_nothing_is_wider_than_the_window(tmp_path: Path, width: int, name: str) -> None:
    assert browsing.overflow(html_of(sample(name)), width, tmp_path) <= 0


def test_the_page_does_not_overwrite_its_paper(tmp_path: Path) -> None:
    paper = tmp_path / "a.html"
    paper.write_text("giấy")

    with pytest.raises(CannotError, match="the notice itself"):
        pages.write("<p>", tmp_path / "." / "a.html", paper)

    assert paper.read_text() == "giấy"
