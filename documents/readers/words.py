"""What does a Word file hold? Its paragraphs and tables in order, with the footnotes that python-docx leaves out."""

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from documents.readers import archives, notes, numerals
from documents.reasons import Reason
from domain.errors import Unreadable

_TEXT, _TAB, _BREAK, _HYPHEN = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr")), qn("w:noBreakHyphen")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FEW_COLUMNS = 2


def lines(content: bytes) -> tuple[str, ...]:
    """Give the lines of a .docx file: paragraphs with their numerals, tables by rows, footnotes at the end.

    Raises Unreadable with "broken-file", "locked", "ending-differs" or "too-large".
    """
    archives.check(content)
    try:
        document = docx.Document(BytesIO(content))
        return _lines(document)
    except Unreadable:
        raise
    # The library and the parser below it raise errors of many kinds on damaged files; to the person they are all one.
    except Exception as error:
        raise Unreadable(Reason.BROKEN_FILE, type(error).__name__) from error


def _lines(document: Document) -> tuple[str, ...]:
    """Give the lines of an open document."""
    footnotes = notes.of(document)
    counters = numerals.of(document)
    made = [line for element in document.element.body for line in _block(element, footnotes, counters)]
    return (*made, "", *footnotes.lines(plain))


def _block(element: BaseOxmlElement, footnotes: notes.Notes, counters: numerals.Counters) -> Iterator[str]:
    """Give the lines of a paragraph, a table, or what a frame holds of them."""
    if element.tag == qn("w:p"):
        yield from f"{counters.label(element)}{_text(element, footnotes)}".split("\n")
    elif element.tag == qn("w:tbl"):
        yield from _table(element, footnotes, counters)
        yield ""
    elif element.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml")}:
        for inner in element:
            yield from _block(inner, footnotes, counters)


def plain(element: BaseOxmlElement) -> str:
    """Give an element's text without marks of footnotes."""
    return _text(element, None)


def _text(element: BaseOxmlElement, footnotes: notes.Notes | None) -> str:
    """Give an element's text with its tabs, breaks and marks; what only old programs are shown is left out."""
    parts: list[str] = []
    for node in element.iter():
        if any(above.tag == _FALLBACK for above in node.iterancestors()):
            continue
        if node.tag == _TEXT:
            parts.append(node.text or "")
        elif node.tag == _TAB and node.getparent().tag == qn("w:r"):
            parts.append("\t")
        elif node.tag in _BREAK:
            parts.append("\n")
        elif node.tag == _HYPHEN:
            parts.append("-")
        elif footnotes is not None:
            parts.append(footnotes.mark(node))
    return "".join(parts)


def _table(element: BaseOxmlElement, footnotes: notes.Notes, counters: numerals.Counters) -> Iterator[str]:
    """Give a table's rows with bars between the cells; a table of two columns is layout, and gives its cells' lines."""
    rows = [list(row.iterchildren(qn("w:tc"))) for row in element.iterchildren(qn("w:tr"))]
    if max((len(row) for row in rows), default=0) <= _FEW_COLUMNS:
        for cell in (cell for row in rows for cell in row):
            for inner in cell:
                yield from _block(inner, footnotes, counters)
        return
    above: list[str] = []
    for row in rows:
        above = [text for cell in row for text in _cell(cell, footnotes, above)]
        yield " | ".join(above)


def _cell(cell: BaseOxmlElement, footnotes: notes.Notes, above: list[str]) -> list[str]:
    """Give a cell's words, and as many blanks as it spans more columns; one that goes on with the cell above repeats it."""
    words = " ".join(" ".join(_text(paragraph, footnotes) for paragraph in cell.iter(qn("w:p"))).replace("|", "/").split())
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merged is not None and merged.get(qn("w:val"), "continue") == "continue" and not words:
        words = above[0] if above else ""
    del above[:1]
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    width = int(span.get(qn("w:val"), "1")) if span is not None else 1
    del above[: min(width, 64) - 1]
    return [words, *[""] * (min(width, 64) - 1)]
