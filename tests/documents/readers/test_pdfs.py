"""Does a printed notice give the lines that its text file gives?"""

import dataclasses
import shutil
import unicodedata

import pytest

from documents import readers, reading
from documents.codes import Doubt
from documents.readers import pdfs
from documents.readers.pdfs import footnotes, rows
from documents.readers.pdfs.drawings import Rule
from documents.readers.pdfs.pages import Page, Word
from documents.reasons import Reason
from domain.errors import Unreadable
from tests.documents import papers, prints

LETTERHEAD = (
    ("TỈNH ỦY HẢI BÌNH", "ĐẢNG CỘNG SẢN VIỆT NAM"),
    ("ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", ""),
    ("*", "Hải Bình, ngày 01 tháng 02 năm 2021"),
    ("Số 52-TB/ĐUK", ""),
)
TITLE = ("THÔNG BÁO", "KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI", "về công tác quý I năm 2021")
ENDING = (
    ("Nơi nhận:", "T/L BAN THƯỜNG VỤ"),
    ("- Thường trực Tỉnh ủy (b/c),", "CHÁNH VĂN PHÒNG"),
    ("- Các chi, đảng bộ cơ sở (t/h),", ""),
    ("- Lưu Văn phòng Đảng ủy.", ""),
)
NOTES = {
    "¹": "(1) Đảng ủy Sở Tài chính; (2) Chi bộ Trường Chính trị tỉnh; (3) Chi bộ Hội Chữ thập đỏ tỉnh. Còn một đơn vị chưa làm "
    "việc được do trùng lịch.",
    "²": "Chi bộ Hội Chữ thập đỏ tỉnh.",
}
OPENING = (
    "Từ ngày 18/01 đến ngày 26/01/2021, Ban Thường vụ Đảng ủy Khối đã làm việc với 03 chi, đảng bộ cơ sở¹ theo Kế hoạch số "
    "21-KH/ĐUK ngày 08/01/2021. Trên cơ sở báo cáo của các đơn vị, Ban Thường vụ Đảng ủy Khối kết luận như sau:"
)
PRAISE = (
    "- Các đơn vị chuẩn bị báo cáo đúng đề cương, gửi trước ngày 15/01/2021 theo yêu cầu; chương trình công tác năm đã xác định "
    "được những việc trọng tâm và phân công người chịu trách nhiệm theo từng quý, từng tháng."
)
BLAME = "- Việc ghi biên bản sinh hoạt ở một vài nơi² còn sơ sài, chưa đúng mẫu."
ORDERS = (
    "2.1. Giao Văn phòng Đảng ủy gửi báo cáo tổng hợp về Ban Thường vụ Đảng ủy Khối trước ngày 22/02/2021, trong đó nêu rõ những "
    "việc chưa làm và người chịu trách nhiệm.",
    "2.2. Giao Ban Tổ chức Đảng ủy Khối rà soát danh sách đảng viên dự lớp bồi dưỡng, gửi Văn phòng Đảng ủy trước ngày 09/02/"
    "2021 để tổng hợp, đồng thời làm việc với Phòng Tài chính - Kế toán về kinh phí.",
    "2.3. Đối với toàn Đảng bộ Khối",
    "a) 100% các chi, đảng bộ cơ sở báo cáo phương án trực, bảo đảm an ninh, an toàn trong dịp Tết; báo cáo gửi về Văn phòng "
    "Đảng ủy trước ngày 08/02/2021.",
    "b) Ủy ban Kiểm tra Đảng ủy Khối theo dõi, đôn đốc việc thực hiện Thông báo này./.",
)
BODY = (OPENING, "1. Đánh giá chung", PRAISE, BLAME, "2. Nhiệm vụ trong thời gian tới", *ORDERS)
NOTICE = prints.Notice(BODY, LETTERHEAD, TITLE, NOTES, ENDING, running="TB 52 - công tác quý I")
TABLE = (
    ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời hạn"),
    ("1", "Rà soát danh sách đảng viên dự lớp bồi dưỡng của toàn Khối", "Ban Tổ chức Đảng ủy Khối", "trước ngày 20/02/2021"),
    ("2", "Tổng hợp báo cáo", "Văn phòng Đảng ủy", "trước ngày 25/02/2021"),
    ("3", "Kiểm tra, giám sát chuyên đề", "Ủy ban Kiểm tra Đảng ủy", "trong quý I năm 2021"),
)


def lines(content: bytes) -> list[str]:
    """Read a file and give its lines that are not blank."""
    return [line for line in pdfs.read("a.pdf", content).lines if line]


def longer(times: int) -> prints.Notice:
    """Give the notice with its praise told many times, so that pages end in the middle of it."""
    return dataclasses.replace(NOTICE, body=(OPENING, "1. Đánh giá chung", *[PRAISE] * times, BLAME, *BODY[4:]))


@pytest.mark.parametrize(
    "notice",
    [
        NOTICE,
        dataclasses.replace(NOTICE, justified=False),
        dataclasses.replace(NOTICE, indent=0),
        dataclasses.replace(NOTICE, justified=False, indent=0),
        *(longer(times) for times in range(5, 12)),
    ],
)
def test_a_printed_notice_reads_as_its_text(notice: prints.Notice) -> None:
    expected = reading.read(readers.read_text(prints.text(notice)), papers.TET)

    actual = reading.read(pdfs.read("a.pdf", prints.pdf(notice)), papers.TET)

    assert actual.header == expected.header
    assert [(one.text, one.deadline, one.audience) for one in actual.directives] == [
        (one.text, one.deadline, one.audience) for one in expected.directives
    ]
    assert len(actual.directives) == 4


def test_a_printed_notice_gives_the_lines_of_its_text() -> None:
    notice = longer(9)

    assert lines(prints.pdf(notice)) == [line for line in prints.text(notice).splitlines() if line]


def test_columns_are_given_one_after_the_other() -> None:
    actual = lines(prints.pdf(NOTICE))

    assert actual[:6] == [
        "TỈNH ỦY HẢI BÌNH",
        "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH",
        "*",
        "Số 52-TB/ĐUK",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Hải Bình, ngày 01 tháng 02 năm 2021",
    ]
    assert actual[-8:-2] == [*(left for left, _ in ENDING), "T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"]


def test_lines_of_a_title_stand_close() -> None:
    actual = pdfs.read("a.pdf", prints.pdf(NOTICE)).lines

    start = actual.index("THÔNG BÁO")
    assert actual[start : start + 5] == (*TITLE, "", OPENING)


def test_a_title_as_wide_as_the_text_stays_with_its_rest() -> None:
    wide = ("THÔNG BÁO", "KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI TẠI HỘI NGHỊ LẦN", "THỨ BA")

    actual = pdfs.read("a.pdf", prints.pdf(dataclasses.replace(NOTICE, title=wide))).lines

    assert actual[actual.index(wide[1]) :][:2] == wide[1:]


def test_footnotes_stand_at_the_end_behind_their_marks() -> None:
    actual = lines(prints.pdf(longer(12)))

    assert actual[-2:] == [f"¹ {NOTES['¹']}", f"² {NOTES['²']}"]
    assert OPENING in actual
    assert BLAME in actual


def test_a_note_that_goes_on_below_the_rule_of_the_next_page_is_one() -> None:
    body = [Word("Nội", 85, 105, 100, 13), Word("dung", 110, 140, 100, 13)]
    first = rows.of([*body, Word("1", 85, 88, 697, 6), Word("Đảng", 90, 110, 700, 10), Word("ủy", 115, 125, 700, 10)], 0)
    second = rows.of([*body, Word("khối", 85, 105, 700, 10)], 1)
    rule = Rule(85, 680, 229, 681)

    parted = [footnotes.parted(sheet, Page(595, rules=(rule,)), 13) for sheet in (first, second)]

    assert [[row.text for row in kept] for kept, _ in parted] == [["Nội dung"], ["Nội dung"]]
    assert footnotes.lines(row for _, noted in parted for row in noted) == ("¹ Đảng ủy khối", "")


def test_smaller_rows_without_mark_or_rule_are_no_notes() -> None:
    sheet = rows.of([Word("Nội", 85, 105, 100, 13), Word("-", 85, 88, 700, 10), Word("Lưu", 92, 110, 700, 10)], 0)

    assert footnotes.parted(sheet, Page(595), 13) == (sheet, ())


def test_page_numbers_and_running_titles_are_left_out() -> None:
    actual = "\n".join(lines(prints.pdf(longer(30))))

    assert NOTICE.running not in actual
    assert actual.count(PRAISE) == 30


@pytest.mark.parametrize(("ruled", "above"), [(True, 1), (True, 8), (True, 11), (False, 1), (False, 11)])
def test_a_table_gives_a_line_a_row(*, ruled: bool, above: int) -> None:
    notice = dataclasses.replace(NOTICE, body=(*[PRAISE] * above, TABLE, BLAME), ruled=ruled)

    actual = lines(prints.pdf(notice))

    start = actual.index(" | ".join(TABLE[0]))
    assert actual[start : start + 5] == [*(" | ".join(row) for row in TABLE), BLAME]


def test_a_table_that_a_page_broke_is_one() -> None:
    rows = [(str(number), f"Việc thứ {number}", "Văn phòng", f"ngày {number}/3/2021") for number in range(1, 29)]
    notice = dataclasses.replace(NOTICE, body=(OPENING, (TABLE[0], *rows), BLAME))

    actual = pdfs.read("a.pdf", prints.pdf(notice)).lines

    start = actual.index(" | ".join(TABLE[0]))
    assert actual[start + 1 : start + 29] == tuple(" | ".join(row) for row in rows)


def test_signs_set_apart_by_their_fonts_make_one_word() -> None:
    # Programs set letters that a font lacks in another, and not in their order.
    content = prints.pieced([("Đ", 13, 0), ("Ả", 13, 0), ("NG ", 13, 0), ("BỘ", 13, 0)], backwards=True)

    assert lines(content) == ["ĐẢNG BỘ"]


def test_letters_are_composed() -> None:
    assert lines(prints.lined([unicodedata.normalize("NFD", "quý")])) == ["quý"]


@pytest.mark.parametrize("hyphen", ["-", "\u2010"])
def test_a_hyphen_at_a_lines_end_joins(hyphen: str) -> None:
    content = prints.lined([f"Thực hiện nhiệm vụ năm 2021 của toàn Khối theo Thông báo số 15/TB{hyphen}", "UBND ngày 02/3/2021."])

    assert lines(content) == ["Thực hiện nhiệm vụ năm 2021 của toàn Khối theo Thông báo số 15/TB-UBND ngày 02/3/2021."]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [("1", "cơ sở¹ đã"), ("(2)", "cơ sở² đã"), ("12", "cơ sở¹² đã"), ("(*)", "cơ sở(*) đã"), ("*", "cơ sở(*) đã")],
)
def test_raised_smaller_digits_are_marks(mark: str, expected: str) -> None:
    assert lines(prints.pieced([("cơ sở", 13, 0), (mark, 7.8, 4.3), (" đã", 13, 0)])) == [expected]


def test_digits_that_are_not_raised_are_none() -> None:
    assert lines(prints.pieced([("năm ", 13, 0), ("2021", 9, 0), (" đã", 13, 0)])) == ["năm 2021 đã"]


def test_a_password_is_told() -> None:
    with pytest.raises(Unreadable) as refused:
        pdfs.read("a.pdf", prints.locked("THÔNG BÁO", "secret"))

    assert refused.value.reason == Reason.LOCKED


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.BROKEN_FILE),
        (b"%PDF-1.7 nothing", Reason.BROKEN_FILE),
        (prints.pdf(NOTICE)[:2000], Reason.BROKEN_FILE),
        (prints.empty(2), Reason.EMPTY),
        (prints.empty(pdfs.MOST_PAGES + 1), Reason.TOO_LARGE),
        (prints.written(b"BT ET", count=1_000_000), Reason.TOO_LARGE),
        (prints.written(b"BT ET", count=100), Reason.BROKEN_FILE),
        (prints.written(b"0 0 1 1 re f\n" * 50_000), Reason.TOO_LARGE),
        (prints.written(b"BT /F 12 Tf 70 700 Td (" + b"a " * 50_000 + b") Tj ET"), Reason.TOO_LARGE),
        (prints.written(b"BT ET", box="0 0 1e9 1e9"), Reason.EMPTY),
    ],
)
def test_what_is_no_paper_is_refused(content: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        pdfs.read("a.pdf", content)

    assert refused.value.reason == reason


def test_text_on_a_huge_page_is_read() -> None:
    assert lines(prints.written(b"BT /F 12 Tf 70 700 Td (THONG BAO) Tj ET", box="0 0 1e9 1e9")) == ["THONG BAO"]


@pytest.mark.parametrize(("turned", "matrix"), [(0, b"1 0 0 1"), (90, b"0 1 -1 0"), (180, b"-1 0 0 -1"), (270, b"0 -1 1 0")])
def test_a_page_is_read_as_it_is_shown(turned: int, matrix: bytes) -> None:
    content = prints.written(b"BT /F 12 Tf %b 300 400 Tm (THONG) Tj ( BAO) Tj 0 -20 Td (ket luan) Tj ET" % matrix, turned=turned)

    assert lines(content) == ["THONG BAO", "ket luan"]


def test_words_across_the_text_are_no_text() -> None:
    assert lines(prints.written(b"BT /F 12 Tf 70 700 Td (THONG BAO) Tj 0 1 -1 0 300 100 Tm (MAU) Tj ET")) == ["THONG BAO"]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="nothing reads pictures here")
def test_pictures_of_pages_are_read_off() -> None:
    paper = pdfs.read("a.pdf", prints.pictured(prints.pdf(NOTICE)))

    assert paper.doubt == Doubt.SCANNED
    assert any("THÔNG BÁO" in line for line in paper.lines)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="nothing reads pictures here")
def test_a_page_whose_letters_mean_nothing_is_read_off_its_picture() -> None:
    content = prints.pdf(NOTICE).replace(b"/ToUnicode", b"/ToNothing")

    paper = pdfs.read("a.pdf", content)

    assert paper.doubt == Doubt.SCANNED
    assert any("THÔNG BÁO" in line for line in paper.lines)
