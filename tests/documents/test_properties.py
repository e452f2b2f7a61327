"""What is true of every paper, however it was written, damaged or typed? Papers, files and citations at random."""

import zipfile
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import printing, readers, reading
from documents.codes import Doubt
from documents.readers import programs
from domain.errors import Unreadable
from domain.readings import Directive, Evidence, Reading
from tests.documents import papers, prints

needs_libreoffice = pytest.mark.skipif(programs.find("soffice") is None, reason="LibreOffice is not installed")

PIECES = (
    *(
        "1. ",
        "2.1. ",
        "a) ",
        "(1) ",
        "- ",
        "II. ",
        "2️⃣ ",
        "Thứ nhất, ",
        "Giao ",
        "yêu cầu ",
        "báo cáo ",
        "gửi ",
        "trình ",
        "rà soát ",
    ),
    *("Sở Tài chính", "Văn phòng Đảng ủy", "các chi, đảng bộ", "UBND xã Phú Lâm", "Phòng Tài chính - Kế toán", "đơn vị còn lại"),
    *(
        "trước ngày ",
        "chậm nhất ",
        "trong ",
        "đến hết ",
        "vào ",
        "từ ngày ",
        "kể từ ngày ký",
        "hằng tháng",
        "định kỳ ",
        "sau khi ",
    ),
    *(
        "22/02/2021",
        "31/02/2021",
        "01/01/0001",
        "5/3",
        "năm 9999",
        "năm 0000",
        "tháng 13",
        "quý II/2021",
        "thứ Sáu, ",
        "17 giờ 30 ",
    ),
    *(
        "24h",
        "07 ngày làm việc ",
        "99 ngày ",
        "Tết Nguyên đán",
        "ngày 31 ",
        "ngày mồng 5 tháng Giêng",
        "đầu năm ",
        "giữa tháng 2 ",
    ),
    *("Kế hoạch số 14-KH/ĐUK ngày 02/01/2021", " của Đảng ủy Khối", "¹", "¹ (1) Chi bộ A; (2) Chi bộ B.", "[1]", "(*)", "____"),
    *(
        "TT | Đơn vị | Thời hạn\n",
        "1 | Sở Y tế | 20/3/2021\n",
        "TT\tĐơn vị\tThời hạn\n",
        "PHỤ LỤC\n",
        "Nơi nhận:\n",
        "|",
        "\t",
        "*",
        "**",
    ),
    *(
        " ",
        " ",
        " ",
        ", ",
        ". ",
        "; ",
        ": ",
        ";",
        "(",
        ")",
        "“",
        "”",
        "\n",
        "\n\n",
        "\n- 2 -\n",
        "\r\n",
        "\u00a0",
        "\u200b",
        "\u0301",
        "đ",
        "İ",
    ),
)
GLUED = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)
STARTS = {
    ".txt": b"",
    ".md": b"# ",
    ".docx": b"PK\x03\x04",
    ".odt": b"PK\x03\x04",
    ".pdf": b"%PDF-1.7\n",
    ".png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    ".jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
}
SLOW_STARTS = {".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".rtf": b"{\\rtf1 "}
ORDER = "1. Giao Văn phòng Đảng ủy gửi báo cáo trước ngày 22/02/2021."
WORD_FILE = papers.with_footnotes(papers.word_file([*papers.LETTERHEAD.splitlines(), f"{ORDER}{{2}}"]), {2: "Gồm 02 bản."})
PDF_FILE = prints.pdf(prints.Notice((ORDER,), title=("THÔNG BÁO", "KẾT LUẬN CỦA BAN THƯỜNG VỤ")))
PARTS = ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml")


def bare(text: str) -> str:
    """Take the spaces out."""
    return "".join(text.split())


def printed(read: Reading, evidence: Evidence) -> str:
    """Give what is printed at the places of an evidence."""
    return "".join(read.lines[span.line][span.start : span.end] for span in printing.spans(read, evidence))


def assert_printed(read: Reading, evidence: Evidence) -> None:
    """Words stand in their paragraph, and on its lines, where spaces, footnote marks and emphasis may stand between them."""
    assert evidence.words in read.paragraphs[evidence.paragraph]
    for span in printing.spans(read, evidence):
        assert span.line in read.sources[evidence.paragraph]
        assert 0 <= span.start < span.end <= len(read.lines[span.line])
    words, found = bare(evidence.words), printed(read, evidence)
    rest = iter(found)
    assert all(sign in rest for sign in words), (words, found)
    assert (found[0], found[-1]) == (words[0], words[-1])


def assert_sound(read: Reading, one: Directive) -> None:
    """Every value of a directive is led back to its words, and says something."""
    for evidence in one.evidence.values():
        assert_printed(read, evidence)
    if one.deadline.literal:
        assert one.deadline.literal in one.evidence["deadline"].words
    if one.audience.phrase:
        assert one.audience.phrase in one.evidence["audience"].words
    assert len(set(one.choices)) == len(one.choices)
    for deadline in (one.deadline, *one.choices):
        assert deadline.last_day is None or deadline.last_day.year in range(1899, 2201)
        if deadline.recurrence:
            rrulestr(deadline.recurrence, dtstart=datetime(2021, 2, 1))  # noqa: DTZ001 - rules of days know no zone
    assert set(one.unsure) == set(one.doubts)


def assert_all_sound(read: Reading) -> None:
    """Every directive is sound, and has a reference of its own."""
    refs = [one.ref for one in read.directives]
    assert len(set(refs)) == len(refs)
    for one in read.directives:
        assert_sound(read, one)
    for evidence in read.evidence.values():
        assert_printed(read, evidence)


@settings(max_examples=250)
@given(GLUED)
def test_glued_words_are_read_to_values_that_stand_in_them(text: str) -> None:
    assert_all_sound(papers.read(text))


@settings(max_examples=60)
@given(GLUED)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert papers.read(text) == papers.read(text)


@settings(max_examples=100)
@given(st.text(min_size=1))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unreadable):
        reading.read(readers.read_text(text), papers.TET)


@settings(max_examples=200)
@given(st.sampled_from(sorted(STARTS)), st.binary(max_size=400))
def test_any_bytes_behind_the_right_start_are_read_or_refused(ending: str, content: bytes) -> None:
    with suppress(Unreadable):
        reading.read(readers.read_bytes(f"a{ending}", STARTS[ending] + content), papers.TET)


@needs_libreoffice
@pytest.mark.parametrize("ending", sorted(SLOW_STARTS))
@settings(max_examples=2)
@given(content=st.binary(min_size=1, max_size=400))
def test_any_bytes_of_an_older_office_file_are_read_or_refused(ending: str, content: bytes) -> None:
    with suppress(Unreadable):
        reading.read(readers.read_bytes(f"a{ending}", SLOW_STARTS[ending] + content), papers.TET)


@settings(max_examples=80)
@given(
    st.sampled_from(PARTS), st.floats(0, 1), st.integers(0, 60), st.sampled_from((b"", b"<", b"/>", b'"', b"-1", b"w:p", b"\0"))
)
def test_a_damaged_word_file_is_read_or_refused(part: str, place: float, length: int, put_in: bytes) -> None:
    with zipfile.ZipFile(BytesIO(WORD_FILE)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    start = int(place * len(parts[part]))
    parts[part] = parts[part][:start] + put_in + parts[part][start + length :]

    with suppress(Unreadable):
        assert_all_sound(reading.read(readers.read_bytes("a.docx", papers.zipped(parts)), papers.TET))


@settings(max_examples=50)
@given(st.floats(0, 1), st.integers(0, 60), st.binary(max_size=20))
def test_a_damaged_pdf_file_is_read_or_refused(place: float, length: int, put_in: bytes) -> None:
    start = int(place * len(PDF_FILE))

    with suppress(Unreadable):
        content = PDF_FILE[:start] + put_in + PDF_FILE[start + length :]
        assert_all_sound(reading.read(readers.read_bytes("a.pdf", content), papers.TET))


@pytest.mark.parametrize("path", sorted(papers.NOTICES.glob("*.txt")), ids=lambda path: path.stem)
def test_values_of_a_composition_are_led_back_to_print(path: Path) -> None:
    assert_all_sound(reading.read(papers.file(path), papers.TET))


CITED = st.builds(
    "{} {} ngày {:%d/%m/%Y}{}".format,
    st.sampled_from(("Kế hoạch số", "Công văn số", "Nghị quyết số", "Chỉ thị số", "Kết luận số", "Thông báo số")),
    st.sampled_from(("14-KH/ĐUK", "903/STC-HCSN", "07-NQ/TU", "12-CT/TU", "36-KL/TW", "52/2020/TB-UBND")),
    st.dates(date(2020, 1, 1), date(2021, 12, 31)),
    st.sampled_from(("", " của Đảng ủy Khối", " của Ban Thường vụ Tỉnh ủy về công tác cán bộ", " (nếu có)")),
)


@settings(max_examples=150)
@given(
    CITED,
    CITED,
    st.sampled_from(
        (
            "Giao Văn phòng Đảng ủy thực hiện {0} và {1}, báo cáo Ban Thường vụ{2}.",
            "Giao Ban Tổ chức Đảng ủy tham mưu sửa đổi {0}; rà soát {1}, gửi Văn phòng Đảng ủy{2}.",
            "Theo {0}, các chi bộ gửi hồ sơ theo mẫu kèm theo {1} về Văn phòng Đảng ủy{2}.",
            "Yêu cầu các chi bộ tiếp tục triển khai nghiêm túc {0}, {1}; báo cáo kết quả{2}.",
        )
    ),
    st.sampled_from(("", " trước ngày 22/02/2021")),
)
def test_a_cited_date_never_becomes_a_deadline(first: str, second: str, order: str, due: str) -> None:
    read = papers.read(f"1. {order.format(first, second, due)}\n")

    last = {one.deadline.last_day for one in read.directives} - {None}
    assert last == ({date(2021, 2, 21)} if due else set())


@pytest.mark.parametrize(
    "words", ["hết năm 9999", "hết năm 0000", "trước ngày 01/01/0001", "trong quý IV/9999", "trong tháng 12/9999"]
)
def test_a_year_that_is_a_slip_is_left_to_a_person(words: str) -> None:
    one = papers.only(f"1. Giao Văn phòng Đảng ủy gửi báo cáo {words}.\n")

    assert one.deadline.last_day is None
    assert one.doubts["deadline"] == Doubt.DEADLINE_IMPOSSIBLE


def test_a_notice_of_a_year_that_is_a_slip_has_no_date() -> None:
    text = papers.LETTERHEAD.replace("2021", "9999") + "1. Giao Văn phòng Đảng ủy gửi báo cáo trong tuần này.\n"

    assert reading.read(readers.read_text(text), papers.TET).header.dated is None


@pytest.mark.parametrize(
    "order",
    [
        "Giao Văn phòng Đảng ủy rà soát hồ sơ;gửi báo cáo trước ngày 22/02/2021.",
        "2️⃣ Văn phòng Đảng ủy rà soát hồ sơ, gửi Ban Thường vụ trước ngày 22/02/2021 (qua Ban Tổ chức).",
    ],
)
def test_words_that_were_put_together_stand_as_printed(order: str) -> None:
    read = papers.read(f"{order}\n")

    assert_all_sound(read)
    assert printed(read, read.directives[0].evidence["deadline"]) == "trước ngày 22/02/2021"
