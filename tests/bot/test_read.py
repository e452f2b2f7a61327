"""What does ``dondoc read`` show: a reading for people, a page beside the paper, and the rules that took the words?"""

from pathlib import Path

import pytest

from bot.commands.readings import ranges
from tests.bot.conftest import Types
from tests.documents import papers

TET = str(papers.SAMPLE)


def squeezed(text: str) -> str:
    """Give the words of what was printed, without the frames."""
    return " ".join(text.translate(str.maketrans("╭╮╰╯│─", "      ")).split())


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a window of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")


def test_a_task_is_printed_with_its_audience_its_days_and_what_is_unsure(types: Types) -> None:
    printed = squeezed(types("read", TET).out)

    for words in (
        "Số, ký hiệu: 53-TB/ĐUK",
        "Cùng một văn bản được dẫn với ngày khác nhau (mục 2.2.(1))",
        "Mục 2.1 Đối với các chi, đảng bộ Ban Thường vụ Đảng ủy Khối đã làm việc",
        "6 đơn vị: Đảng ủy Sở Tài chính",
        "“trước ngày 22/02/2021” Ngày cuối: Chủ nhật, 21/02/2021 Ngày làm việc cuối: thứ Sáu, 19/02/2021",
        "Cần xác định: các chi tiết về hạn mâu thuẫn với nhau.",
        "Có thể là thứ Bảy, 20/02/2021",
    ):
        assert words in printed


def test_the_last_line_counts_what_was_read(types: Types) -> None:
    last = types("read", TET).out.splitlines()[-1]

    assert last == "Số việc: 6, trong đó đã rõ: 5, cần xác định: 1. Điểm cần xem lại: 2."


@pytest.mark.parametrize("options", [(), ("--explain",)])
def test_lines_fit_the_window(types: Types, options: tuple[str, ...]) -> None:
    assert max(len(line) for line in types("read", TET, *options).out.splitlines()) <= 80


def test_the_language_is_that_of_the_settings(types: Types, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_LOCALE", "en")

    assert "Last working day: Friday, 19/02/2021" in types("read", TET).out


def test_the_explanation_tells_words_rule_and_lines_of_every_value(types: Types, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")

    rows = [squeezed(line) for line in types("read", TET, "--explain").out.splitlines()]

    assert "Số, ký hiệu Số 53-TB/ĐUK phần đầu văn bản 4" in rows
    assert "Hạn trước ngày 22/02/2021 mẫu câu truoc @wday 36" in rows
    assert "Đơn vị thực hiện các chi, đảng bộ còn lại một nhóm đơn vị, nêu ở đề mục bên trên 38" in rows
    assert any(row.startswith("Nội dung việc Gửi danh sách") and "mở đầu bằng động từ giao việc" in row for row in rows)


@pytest.mark.parametrize(
    ("lines", "written"), [([], "–"), ([3], "4"), ([3, 4, 5], "4–6"), ([19, 27], "20, 28"), ([0, 1, 8, 9, 12], "1–2, 9–10, 13")]
)
def test_lines_are_written_as_ranges_counted_from_one(lines: list[int], written: str) -> None:
    assert ranges(lines) == written


def test_the_page_is_written_and_told(types: Types) -> None:
    ran = types("read", TET, "--html", "page.html")

    assert (ran.code, ran.out) == (0, "The page page.html is written; open it in a browser.\n")
    assert Path("page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    "options", [("--json", "--explain"), ("--json", "--html", "a.html"), ("--explain", "--html", "a.html")], ids=" ".join
)
def test_only_one_way_of_showing_can_be_chosen(types: Types, options: tuple[str, ...]) -> None:
    ran = types("read", TET, *options)

    assert (ran.code, ran.err) == (2, "dondoc: Choose one of --json, --html and --explain.\n")
    assert not Path("a.html").exists()


@pytest.mark.parametrize("target", [".", "nowhere/a.html"])
def test_a_page_that_cannot_be_written_is_one_sentence(types: Types, target: str) -> None:
    ran = types("read", TET, "--html", target)

    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "cannot be written" in ran.err


def test_a_paper_without_tasks_is_read(types: Types) -> None:
    Path("a.txt").write_text(papers.LETTERHEAD + "1. Tình hình chung ổn định.\n", encoding="utf-8")

    assert types("read", "a.txt").out.splitlines()[-1].startswith("Số việc: 0")
    assert types("read", "a.txt", "--explain").code == 0
