"""What does a Word file hold? Its paragraphs and tables in order as they are printed, and its notes at the end."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from documents.readers import archives, notes, numbering, runs, styles
from documents.reasons import Reason
from domain.errors import Unreadable

_WRAPPERS = frozenset(qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")) | {
    f"{runs.COMPATIBILITY}AlternateContent",
    f"{runs.COMPATIBILITY}Choice",
}
_FEW_COLUMNS = 2
_WIDEST = 64
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM")
_OPENING = 40


@dataclass(frozen=True)
class _Source:
    """What the lines of a document depend on beside their own words."""

    styles: styles.Styles
    counters: numbering.Counters
    notes: notes.Notes


def lines(content: bytes) -> tuple[str, ...]:
    """Give the lines of a .docx file: paragraphs with their numerals, tables by rows, footnotes at the end.

    Raises Unreadable with "broken-file", "locked", "has-macros", "ending-differs" or "too-large".
    """
    archives.check(content, ".docx", ["word/document.xml"])
    try:
        if archives.is_for_macros(content):
            raise Unreadable(Reason.HAS_MACROS)  # noqa: TRY301 - reading the archive's list can fail as all of it can
        return _lines(docx.Document(BytesIO(content)))
    except Unreadable:
        raise
    # The library and the parser below it raise errors of many kinds on damaged files; to the person they are all one.
    except Exception as error:
        raise Unreadable(Reason.BROKEN_FILE, type(error).__name__) from error


def _lines(document: Document) -> tuple[str, ...]:
    """Give the lines of an open document."""
    known = styles.of(document)
    source = _Source(known, numbering.of(document, known), notes.of(document))
    body = tuple(_blocks(document.element.body, source))
    if not _has_motto([line for line in body if line.strip()][:_OPENING]):
        body = (*_letterhead(document, source), *body)
    return (*body, "", *source.notes.lines(lambda paragraph: runs.text(paragraph, known)))


def _letterhead(document: Document, source: _Source) -> tuple[str, ...]:
    """Give the lines of the first page's header where the letterhead stands in it; other headers are page noise."""
    section = next(iter(document.sections), None)
    if section is None:
        return ()
    first = (section.first_page_header,) if section.different_first_page_header_footer else ()
    for header in (*first, section.header):
        if not header.is_linked_to_previous:
            found = tuple(_blocks(header.part.element, source))
            if _has_motto(found):
                return (*found, "")
    return ()


def _has_motto(found: Iterable[str]) -> bool:
    """Tell whether the motto that heads every paper of state and party is among the lines."""
    text = " ".join(" ".join(found).split())
    return bool(_MOTTO.search(unicodedata.normalize("NFC", text)))


def _flat(parent: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Give the elements below a parent, taken out of what only wraps them."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from _flat(element)
        else:
            yield element


def _blocks(parent: BaseOxmlElement, source: _Source) -> Iterator[str]:
    """Give the lines of the paragraphs and tables below a parent; where the mark between two is gone they are one."""
    begun = ""
    for element in _flat(parent):
        if element.tag == qn("w:p"):
            for box in runs.boxes(element):
                yield from _blocks(box, source)
            begun += runs.text(element, source.styles, source.notes)
            if not runs.is_open(element, source.styles):
                yield from f"{source.counters.label(element)}{begun}".split("\n")
                begun = ""
        elif element.tag == qn("w:tbl"):
            yield from (begun, *_table(element, source), "") if begun else (*_table(element, source), "")
            begun = ""
    if begun:
        yield from begun.split("\n")


def _table(element: BaseOxmlElement, source: _Source) -> Iterator[str]:
    """Give a table's rows with bars between the cells; a table of two columns is layout, and gives its cells' lines."""
    rows = [_parts(row, "w:tc", "w:tcPr/w:cellDel") for row in _parts(element, "w:tr", "w:trPr/w:del")]
    if max((len(row) for row in rows), default=0) <= _FEW_COLUMNS:
        for cell in (cell for row in rows for cell in row):
            yield from _blocks(cell, source)
        return
    above: list[str] = []
    for row in rows:
        above = [text for cell in row for text in _cell(cell, source, above)]
        yield " | ".join(above)


def _parts(parent: BaseOxmlElement, name: str, deleted: str) -> list[BaseOxmlElement]:
    """Give the rows of a table or the cells of a row, without those that were deleted."""
    mark = "/".join(map(qn, deleted.split("/")))
    return [part for part in _flat(parent) if part.tag == qn(name) and part.find(mark) is None]


def _cell(cell: BaseOxmlElement, source: _Source, above: list[str]) -> list[str]:
    """Give a cell's words, and as many blanks as it spans more columns; one that goes on with the cell above repeats it."""
    words = " ".join(" ".join(_blocks(cell, source)).replace("|", "/").split())
    properties = cell.find(qn("w:tcPr"))
    merged = properties.find(qn("w:vMerge")) if properties is not None else None
    if merged is not None and merged.get(qn("w:val"), "continue") == "continue" and not words:
        words = above[0] if above else ""
    width = min(int(styles.value(properties, "w:gridSpan") or 1), _WIDEST)
    del above[:width]
    return [words, *[""] * (width - 1)]
