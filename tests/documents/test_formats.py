"""Is one notice the same in every kind of file? As text, Word file, print, scan, and what older programs save."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from random import Random

import docx
import pypdfium2  # type: ignore[import-untyped] # the library ships no types
import pytest
from docx.document import Document
from PIL import Image, ImageFilter

from documents import readers, reading
from documents.codes import Doubt
from documents.readers import conversions, programs, scans
from domain.deadlines import DeadlineKind
from domain.readings import AudienceKind, Reading
from tests.documents import papers, prints

needs_tesseract = pytest.mark.skipif(not scans.is_ready(), reason="Tesseract with its Vietnamese is not installed")
needs_libreoffice = pytest.mark.skipif(not conversions.is_ready(), reason="LibreOffice is not installed")

DOTS, ASKEW, GRAIN = 200 / 72, 1.0, 0.03
AS_DIGIT = {"¹": "1", "²": "2"}
NOTICE = prints.Notice(
    letterhead=(
        ("TỈNH ỦY HẢI BÌNH", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", ""),
        ("*", "Hải Bình, ngày 01 tháng 02 năm 2021"),
        ("Số 61-TB/ĐUK", ""),
    ),
    title=("THÔNG BÁO", "KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI", "về công tác văn thư, lưu trữ năm 2021"),
    body=(
        "Ngày 26/01/2021, Ban Thường vụ Đảng ủy Khối làm việc với 03 chi bộ cơ sở¹ theo Kế hoạch số 21-KH/ĐUK ngày 08/01/2021. "
        "Sau khi nghe báo cáo, Ban Thường vụ Đảng ủy Khối kết luận như sau:",
        "1. Giao Văn phòng Đảng ủy rà soát danh mục hồ sơ các năm 2015 - 2020, báo cáo Ban Thường vụ Đảng ủy Khối trước ngày "
        "22/02/2021.",
        "2. Đối với các chi bộ Ban Thường vụ Đảng ủy Khối đã làm việc: Hoàn thiện quy chế văn thư², gửi về Đảng ủy Khối trước "
        "ngày 15/3/2021.",
        "3. Giao Ban Tổ chức Đảng ủy Khối mở 01 lớp tập huấn nghiệp vụ lưu trữ, hoàn thành trong tháng 4 năm 2021.",
        "4. Các chi, đảng bộ cơ sở gửi báo cáo kết quả về Văn phòng Đảng ủy trước ngày 05 hằng tháng.",
        "5. Giao các cơ quan thực hiện những việc sau:",
        (
            ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời hạn"),
            ("1", "Lập dự toán mua giá để hồ sơ", "Văn phòng Đảng ủy", "20/3/2021"),
            ("2", "Kiểm tra kho lưu trữ", "Ủy ban Kiểm tra Đảng ủy", "25/3/2021"),
        ),
    ),
    notes={
        "¹": "Chi bộ Trường Chính trị tỉnh; Chi bộ Báo Hải Bình; Chi bộ Hội Chữ thập đỏ tỉnh.",
        "²": "Theo mẫu của Văn phòng Đảng ủy.",
    },
    ending=(("Nơi nhận:", "T/L BAN THƯỜNG VỤ"), ("- Các chi, đảng bộ cơ sở (t/h),", "CHÁNH VĂN PHÒNG"), ("- Lưu Văn phòng.", "")),
)


def columns(document: Document, rows: list[tuple[str, ...]]) -> None:
    """Set rows in a table, as letterheads and signatures are set in Word."""
    table = document.add_table(len(rows), len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text


def word_file() -> bytes:
    """Write the notice as Word does: numerals drawn by its lists, notes of its own, letterhead and signature in two columns."""
    document = docx.Document()
    columns(document, list(NOTICE.letterhead))
    for line in NOTICE.title:
        document.add_paragraph(line)
    for block in NOTICE.body:
        if isinstance(block, str):
            numeral, _, words = block.partition(" ")
            listed = numeral.endswith(".")
            text = words if listed else block
            for mark, number in AS_DIGIT.items():
                text = text.replace(mark, f"{{{number}}}")
            document.add_paragraph(text, style="List Number" if listed else None)
        else:
            columns(document, list(block))
    columns(document, list(NOTICE.ending))
    return papers.with_footnotes(papers.saved(document), {int(AS_DIGIT[mark]): words for mark, words in NOTICE.notes.items()})


def scan(notice: prints.Notice) -> bytes:
    """Give the first page as a scanner does: a little askew, with some grain."""
    page: Image.Image = pypdfium2.PdfDocument(prints.pdf(notice))[0].render(scale=DOTS).to_pil().convert("L")
    askew = page.rotate(ASKEW, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    grain = Image.frombytes("L", askew.size, Random(61).randbytes(askew.width * askew.height))  # noqa: S311 - nothing here is a secret
    content = BytesIO()
    Image.blend(askew, grain, GRAIN).filter(ImageFilter.GaussianBlur(0.5)).save(content, "PNG")
    return content.getvalue()


def saved_as(ending: str) -> bytes:
    """Save the Word file as an older kind of file."""
    command = [
        programs.find("soffice") or "",
        "-env:UserInstallation=$SYSUSERHOME/profile",
        "--headless",
        "--convert-to",
        ending[1:],
        "a.docx",
    ]
    return programs.run(command, {"a.docx": word_file()}, conversions.LIMITS, result=f"a{ending}")


def read(ending: str, content: bytes) -> Reading:
    """Read the content of a file of a kind."""
    return reading.read(readers.read_bytes(f"Thông báo{ending}", content), papers.TET)


def said(one: Reading) -> list[tuple[object, ...]]:
    """Give what must be the same of every task."""
    return [
        (task.ref, task.audience.kind, task.audience.units, task.deadline.kind, task.deadline.last_day, task.deadline.recurrence)
        for task in one.directives
    ]


@pytest.fixture(scope="module")
def plain() -> Reading:
    return read(".txt", prints.text(NOTICE).encode())


def test_the_notice_has_everything(plain: Reading) -> None:
    assert [task.ref for task in plain.directives] == ["1", "2", "3", "4", "5", "PL.1", "PL.2"]
    assert {task.audience.kind for task in plain.directives} == {*AudienceKind} - {AudienceKind.ALL}
    assert plain.directives[1].audience.units == (
        "Chi bộ Trường Chính trị tỉnh",
        "Chi bộ Báo Hải Bình",
        "Chi bộ Hội Chữ thập đỏ tỉnh",
    )
    kinds = [task.deadline.kind for task in plain.directives]
    assert kinds == [
        *(DeadlineKind.DATE, DeadlineKind.DATE, DeadlineKind.MONTH),
        *(DeadlineKind.RECURRING, DeadlineKind.NONE, DeadlineKind.DATE, DeadlineKind.DATE),
    ]
    assert plain.header.number == "61"
    assert not any(task.unsure for task in plain.directives)


@pytest.mark.parametrize(
    ("ending", "write"),
    [
        pytest.param(".docx", word_file, id="Word"),
        pytest.param(".pdf", lambda: prints.pdf(NOTICE), id="PDF"),
        *(pytest.param(end, lambda end=end: saved_as(end), id=end, marks=needs_libreoffice) for end in (".doc", ".odt", ".rtf")),
    ],
)
def test_one_notice_says_the_same_in_every_kind_of_file(ending: str, write: Callable[[], bytes], plain: Reading) -> None:
    other = read(ending, write())

    assert other.header == plain.header
    assert said(other) == said(plain)
    assert not any(task.unsure for task in other.directives)


@needs_tesseract
def test_a_scan_says_the_same_and_is_sure_of_nothing() -> None:
    notice = replace(NOTICE, body=NOTICE.body[:-1])  # the rules of a scanned table are letters to Tesseract
    expected = read(".txt", prints.text(notice).encode())

    scanned = read(".png", scan(notice))

    assert scanned.header == expected.header
    assert said(scanned) == said(expected)
    for task in scanned.directives:
        assert task.doubts == {"deadline": Doubt.SCANNED, "audience": Doubt.SCANNED}
        assert set(task.unsure) == {"deadline", "audience"}
