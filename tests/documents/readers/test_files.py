"""Is every kind of file read, and every other one refused with its reason?"""

import unicodedata
import zipfile
from io import BytesIO

import docx
import pytest

from documents import readers, reading
from documents.readers import archives, files, texts
from documents.reasons import Reason
from domain.errors import Unreadable
from tests.documents import papers

NOTICE = papers.LETTERHEAD + "1. Giao Văn phòng Đảng ủy gửi báo cáo trước ngày 22/02/2021.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", [".txt", ".md", ".TXT"])
def test_text_is_decoded_by_its_mark(encoding: str, ending: str) -> None:
    paper = readers.read_bytes(f"kết luận{ending}", NOTICE.encode(encoding))

    assert "THÔNG BÁO" in paper.lines


def test_decomposed_letters_are_composed() -> None:
    paper = readers.read_text(unicodedata.normalize("NFD", NOTICE))

    assert "THÔNG BÁO" in paper.lines


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", Reason.EMPTY),
        ("a.txt", b" \n\t ", Reason.EMPTY),
        ("a.docx", b"", Reason.EMPTY),
        ("a.exe", b"MZ", Reason.UNKNOWN_ENDING),
        ("a", b"abc", Reason.UNKNOWN_ENDING),
        ("a.docm", b"PK\x03\x04", Reason.HAS_MACROS),
        ("a.doc", b"plain text", Reason.ENDING_DIFFERS),
        ("a.pdf", b"plain text", Reason.ENDING_DIFFERS),
        ("a.png", b"%PDF-1.7", Reason.ENDING_DIFFERS),
        ("a.txt", b"PK\x03\x04abc", Reason.ENDING_DIFFERS),
        ("a.txt", b"%PDF-1.7", Reason.ENDING_DIFFERS),
        ("a.docx", b"plain text", Reason.ENDING_DIFFERS),
        ("a.docx", b"PK\x03\x04broken", Reason.BROKEN_FILE),
        ("a.docx", papers.zipped({"a.txt": b"a"}), Reason.ENDING_DIFFERS),
        ("a.docx", papers.zipped({"word/document.xml": b"<broken"}), Reason.BROKEN_FILE),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Reason.LOCKED),
        ("a.txt", b"\xff\xfe\xff", Reason.NOT_TEXT),
        ("a.txt", b"\xc3\x28 abc", Reason.NOT_TEXT),
        ("a.txt", b"abc\x00def", Reason.NOT_TEXT),
    ],
)
def test_what_is_no_paper_is_refused(name: str, content: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        readers.read_bytes(name, content)

    assert refused.value.reason == reason


def test_a_file_over_twenty_megabytes_is_refused_unread() -> None:
    with pytest.raises(Unreadable) as refused:
        readers.read_bytes("a.docx", b"PK\x03\x04" + bytes(files.LARGEST))

    assert refused.value.reason == Reason.TOO_LARGE


def test_an_archive_that_unpacks_to_too_much_is_refused_unpacked() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(archives.LARGEST_UNPACKED + 1))

    with pytest.raises(Unreadable) as refused:
        readers.read_bytes("a.docx", content.getvalue())

    assert refused.value.reason == Reason.TOO_LARGE


@pytest.mark.parametrize("text", ["a" * (texts.MOST_SIGNS + 1), "a" * (texts.LONGEST_LINE + 1), "a\n" * (texts.MOST_LINES + 1)])
def test_text_beyond_a_paper_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        readers.read_text(text)

    assert refused.value.reason == Reason.TOO_LARGE


@pytest.mark.parametrize("text", ["Xin chào", "Danh sách mua hàng\n- cà phê\n- đường", "1. Trước ngày 20/3/2026 nộp bài."])
def test_text_that_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        reading.read(readers.read_text(text), papers.TET)

    assert refused.value.reason == Reason.NOT_A_NOTICE


def test_a_word_file_gives_the_same_directives_as_its_text() -> None:
    word = readers.read_bytes("a.docx", papers.word_file(NOTICE.splitlines()))

    actual = reading.read(word, papers.TET).directives

    assert actual == reading.read(readers.read_text(NOTICE), papers.TET).directives


def test_footnotes_of_a_word_file_stand_behind_their_marks() -> None:
    content = papers.word_file(["Đã làm việc với 02 chi bộ{2} và một đảng bộ{3}.", "Hết"])

    paper = readers.read_bytes("a.docx", papers.with_footnotes(content, {2: "(1) Chi bộ A; (2) Chi bộ B", 3: "Đảng bộ C"}))

    assert [line for line in paper.lines if line] == [
        "Đã làm việc với 02 chi bộ¹ và một đảng bộ².",
        "Hết",
        "¹ (1) Chi bộ A; (2) Chi bộ B",
        "² Đảng bộ C",
    ]


def test_numerals_that_word_draws_itself_are_written_out() -> None:
    document = docx.Document()
    for style in ("List Number", "List Number", "List Bullet"):
        document.add_paragraph("việc", style=style)

    paper = readers.read_bytes("a.docx", papers.saved(document))

    assert [line for line in paper.lines if line] == ["1. việc", "2. việc", "- việc"]


def test_a_table_of_a_word_file_gives_a_line_a_row() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"ô {place}"

    paper = readers.read_bytes("a.docx", papers.saved(document))

    assert [line for line in paper.lines if line] == ["ô 0 | ô 1 | ô 2", "ô 3 | ô 4 | ô 5"]
