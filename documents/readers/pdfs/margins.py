"""Which rows belong to the paper and not to its text? Page numbers and running titles at the edges of pages."""

import re
from collections import Counter

from documents.extraction.lines import is_page_number
from documents.readers.pdfs.rows import Row, parted

Sheet = tuple[Row, ...]
_EDGE = 3
_LONGEST_TITLE = 60
_SMALLER, _APART, _FAR = 0.9, 1.6, 2.5


def without(sheets: list[Sheet], size: float) -> list[Sheet]:
    """Take page numbers and running titles off the edges of sheets; ``size`` is that of the body's letters in points."""
    running = _running(sheets)
    return [_trimmed(_trimmed(sheet, running, size)[::-1], running, size)[::-1] for sheet in sheets]


def _trimmed(sheet: Sheet, running: frozenset[str], size: float) -> Sheet:
    """Take the rows off the first edge that are no text."""
    kept = 0
    for number, row in enumerate(sheet[:_EDGE]):
        if not (is_page_number(row.text) or _shape(row) in running or _stands_apart(sheet, number, size)):
            break
        kept = number + 1
    return sheet[kept:]


def _stands_apart(sheet: Sheet, number: int, size: float) -> bool:
    """Tell whether a row is a small title beside a page number, or far from the text, on a page behind the first."""
    row, inner = sheet[number], sheet[number + 1 : number + 2]
    if row.sheet == 0 or row.size >= _SMALLER * size or len(row.text) > _LONGEST_TITLE:
        return False
    if not row.text[0].isalpha() or len(parted(row)) > 1:
        return False
    beside = any(is_page_number(other.text) for other in sheet[max(0, number - 1) : number])
    return any(abs(other.base - row.base) > (_APART if beside else _FAR) * size for other in inner)


def _running(sheets: list[Sheet]) -> frozenset[str]:
    """Give the shapes of rows that stand at the same place of the edge of most pages behind the first."""
    shapes = Counter(shape for sheet in sheets for shape in {_shape(row) for row in (*sheet[:_EDGE], *sheet[-_EDGE:])})
    return frozenset(shape for shape, times in shapes.items() if times > 1 and times * 2 >= len(sheets) - 1)


def _shape(row: Row) -> str:
    """Give a row's text and place without what changes from page to page."""
    return f"{row.base:.0f} {re.sub(r'[0-9]+', '#', row.text)}"
