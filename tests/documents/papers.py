"""What do the tests read? Papers composed for them: a fictional province, fictional units, nobody's name."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import docx
from docx.document import Document

from documents import readers, reading
from documents.papers import Paper
from domain.calendar import Calendar
from domain.readings import Directive, Reading

ROOT = Path(__file__).resolve().parents[2]
NOTICES = ROOT / "tests" / "notices"
SAMPLE = NOTICES / "tet.txt"
# Tết Tân Sửu, as the office was off.
TET = Calendar(frozenset(date(2021, 2, day) for day in range(10, 17)))

LETTERHEAD = """\
TỈNH ỦY HẢI BÌNH                              ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH
        *                           Hải Bình, ngày 01 tháng 02 năm 2021
     Số 52-TB/ĐUK

THÔNG BÁO
KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI
về công tác quý I

"""


def read(body: str, calendar: Calendar = TET) -> Reading:
    """Read a body under the fixed letterhead."""
    return reading.read(readers.read_text(LETTERHEAD + body), calendar)


def only(body: str, calendar: Calendar = TET) -> Directive:
    """Read a body that gives one directive."""
    (directive,) = read(body, calendar).directives
    return directive


def file(path: Path) -> Paper:
    """Read a file of the tree."""
    return readers.read_bytes(path.name, path.read_bytes())


def word_file(paragraphs: Iterable[str]) -> bytes:
    """Write a .docx of plain paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document: Document) -> bytes:
    """Give a document's bytes."""
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def with_footnotes(content: bytes, notes: dict[int, str]) -> bytes:
    """Put footnotes into a .docx as Word does: a part of their own, and a reference where the text holds {id}."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    written = "".join(
        f'<w:footnote w:id="{name}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>' for name, text in notes.items()
    )
    parts = {"word/footnotes.xml": f"<w:footnotes {space}>{separator}{written}</w:footnotes>".encode()}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.namelist():
            parts.setdefault(entry, archive.read(entry))
    body = parts["word/document.xml"].decode()
    for name in notes:
        reference = f'</w:t></w:r><w:r><w:footnoteReference w:id="{name}"/></w:r><w:r><w:t xml:space="preserve">'
        body = body.replace(f"{{{name}}}", reference)
    parts["word/document.xml"] = body.encode()
    _declare(parts)
    return zipped(parts)


def _declare(parts: dict[str, bytes]) -> None:
    """Tell the package of its footnotes."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{content_type}"/></Types>'
    for name, end, more in (
        ("word/_rels/document.xml.rels", b"</Relationships>", relation),
        ("[Content_Types].xml", b"</Types>", override),
    ):
        parts[name] = parts[name].replace(end, more.encode())


def zipped(parts: dict[str, bytes]) -> bytes:
    """Give an archive of parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()
