"""In which order is a paper read? Its sheets without margins and notes, tables and columns told apart, the rest joined."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby, takewhile

from documents.readers.pdfs import columns, footnotes, margins, paragraphs, rows, tables
from documents.readers.pdfs.pages import Page
from documents.readers.pdfs.paragraphs import Setting
from documents.readers.pdfs.rows import Row
from documents.readers.pdfs.tables import Table

# A row that stands alone, a table, or lines that are in order already.
Block = Row | Table | tuple[str, ...]
_SMALLEST = 0.9
# No page holds more rows, and looking further would make the cost of a hostile one grow with its square.
_MOST_ROWS = 100


def lines(pages: Sequence[Page]) -> tuple[str, ...]:
    """Give the lines of pages in reading order, the footnotes of all pages at the end."""
    sheets = [rows.of(page.words, number) for number, page in enumerate(pages)]
    size = _body_size(sheets)
    parted = [footnotes.parted(sheet, page, size) for sheet, page in zip(margins.without(sheets, size), pages, strict=True)]
    settings = _settings([body for body, _ in parted], pages, size)
    blocks = [
        block
        for (body, _), page, setting in zip(parted, pages, settings, strict=True)
        for block in ((page.scanned,) if page.scanned else _blocks(body, page, setting))
    ]
    notes = footnotes.lines(row for _, noted in parted for row in noted)
    return (*_joined(blocks, settings), *(("", *notes) if notes else ()))


def _body_size(sheets: Sequence[tuple[Row, ...]]) -> float:
    """Give the size of most letters in points."""
    sizes: Counter[float] = Counter()
    for row in (row for sheet in sheets for row in sheet):
        sizes[round(row.size, 1)] += len(row.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _settings(bodies: Sequence[tuple[Row, ...]], pages: Sequence[Page], size: float) -> list[Setting]:
    """Measure how each page is set; pages of one width are set alike."""
    alike: dict[int, list[Row]] = {}
    for body, page in zip(bodies, pages, strict=True):
        alike.setdefault(round(page.width), []).extend(row for row in body if row.size >= _SMALLEST * size)
    measured = {width: paragraphs.setting(body, width) for width, body in alike.items()}
    return [measured[round(page.width)] for page in pages]


def _blocks(sheet: tuple[Row, ...], page: Page, setting: Setting) -> Iterator[Block]:
    """Give the rows of a sheet, those in tables and in columns put together."""
    grids, place = tables.grids(page), 0
    while place < len(sheet):
        grid = next((grid for grid in grids if grid.holds(sheet[place])), None)
        if grid:
            inside = tuple(takewhile(grid.holds, sheet[place:]))
            yield grid.table(inside)
            place += len(inside)
            continue
        count, block = _side_by_side(sheet[place : place + _MOST_ROWS], setting)
        yield block if count else sheet[place]
        place += count or 1


def _side_by_side(sheet: tuple[Row, ...], setting: Setting) -> tuple[int, Table | tuple[str, ...]]:
    """Give how many of the rows are a table without rules or stand in two columns, and what they make; none if neither."""
    count, table = tables.aligned(sheet)
    return (count, table) if count > 1 else columns.block(sheet, (setting.left, setting.right))


def _joined(blocks: Iterable[Block], settings: Sequence[Setting]) -> Iterator[str]:
    """Join rows to paragraphs, and tables to those that they go on with."""
    for setting, run in groupby(blocks, key=lambda block: settings[block.sheet] if isinstance(block, Row) else None):
        if setting:
            yield from paragraphs.lines((block for block in run if isinstance(block, Row)), setting)
        else:
            yield from (line for block in _whole(run) for line in (*block, ""))


def _whole(blocks: Iterable[Block]) -> Iterator[tuple[str, ...]]:
    """Give the lines of blocks that are no rows; tables that follow each other with as many columns are one."""
    for width, run in groupby(blocks, key=lambda block: block.width if isinstance(block, Table) else 0):
        if width:
            yield reduce(Table.followed, (block for block in run if isinstance(block, Table))).lines()
        else:
            yield from (block for block in run if isinstance(block, tuple))
