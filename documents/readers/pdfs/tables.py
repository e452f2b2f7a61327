"""Which rows are a table, and what stands in its cells? Cells told by the rules around them, or by aligned columns."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.extraction import letters
from documents.readers.pdfs.drawings import Rule, is_level, is_upright
from documents.readers.pdfs.pages import Page, Word
from documents.readers.pdfs.rows import Row, made, parted

Cells = tuple[str, ...]
_NEAR = 3.0
_FEW_COLUMNS = 2
_MOST_COLUMNS, _MOST_ROWS, _MOST_GRIDS = 24, 400, 20
_NUMBER_HEAD = re.compile(r"(?:tt|stt|so tt)\b")
_NUMBERED = re.compile(r"\d{1,3}\.?")
_APART = 0.5
_FARTHEST = 4.0


@dataclass(frozen=True)
class Table:
    """The rows of a table by their cells, blank ones where a cell spans more columns."""

    rows: tuple[Cells, ...]

    @property
    def width(self) -> int:
        """Count the columns."""
        return max(map(len, self.rows), default=0)

    def lines(self) -> tuple[str, ...]:
        """Give a line a row with bars between the cells; a table of two columns is layout, and gives its cells' lines."""
        if self.width <= _FEW_COLUMNS:
            return tuple(cell for row in self.rows for cell in row if cell)
        return tuple(" | ".join(row) for row in self.rows)

    def followed(self, other: "Table") -> "Table":
        """Give a table with its rest on the next page, whose heading may stand there again and whose first row may go on."""
        rest = other.rows[1:] if other.rows[:1] == self.rows[:1] else other.rows
        if rest and self.rows and not rest[0][0] and any(rest[0]):
            joined = tuple(f"{one} {more}".strip() for one, more in zip(self.rows[-1], rest[0], strict=True))
            return Table((*self.rows[:-1], joined, *rest[1:]))
        return Table((*self.rows, *rest))


@dataclass(frozen=True)
class Grid:
    """Where the columns and rows of one table begin and end, in points, and the rules that stand and lie at each place."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    uprights: tuple[tuple[Rule, ...], ...]
    levels: tuple[tuple[Rule, ...], ...]

    def holds(self, row: Row) -> bool:
        """Tell whether a row stands in the table."""
        return (
            self.down[0] < row.base - row.size / 4 < self.down[-1] and row.left < self.across[-1] and row.right > self.across[0]
        )

    def table(self, rows: Iterable[Row]) -> Table:
        """Put the words of rows into the cells."""
        cells: list[list[list[Word]]] = [[[] for _ in self.across[1:]] for _ in self.down[1:]]
        for word in (word for row in rows for word in row.words):
            band = _place(self.down, word.base - word.size / 4)
            cells[band][self._column(band, (word.left + word.right) / 2)].append(word)
        texts = [[_text(words) for words in band] for band in cells]
        for column in range(len(self.across) - 1):
            self._merge(texts, column)
        return Table(tuple(tuple(band) for band in texts if any(band)))

    def _column(self, band: int, place: float) -> int:
        """Give the first column of the cell around a place; a cell spans columns that no upright rule parts in its band."""
        column, middle = _place(self.across, place), (self.down[band] + self.down[band + 1]) / 2
        while column and not any(rule.top - 1 < middle < rule.bottom + 1 for rule in self.uprights[column]):
            column -= 1
        return column

    def _merge(self, texts: list[list[str]], column: int) -> None:
        """Give every row of a cell that spans rows the cell's words."""
        first = 0
        middle = (self.across[column] + self.across[column + 1]) / 2
        for band in range(1, len(texts) + 1):
            if band < len(texts) and not self._is_parted(band, middle):
                continue
            if band - first > 1:
                words = " ".join(row[column] for row in texts[first:band] if row[column])
                for row in texts[first:band]:
                    row[column] = words
            first = band

    def _is_parted(self, band: int, middle: float) -> bool:
        """Tell whether a rule lies above a band at a place across."""
        return any(rule.left - 1 < middle < rule.right + 1 for rule in self.levels[band])


def grids(page: Page) -> tuple[Grid, ...]:
    """Find the tables that rules draw: upright ones that follow each other down the page, and the level ones they meet."""
    uprights = sorted((rule for rule in page.rules if is_upright(rule)), key=lambda rule: rule.top)
    groups: list[list[Rule]] = []
    bottom = 0.0
    for rule in uprights:
        if not groups or rule.top > bottom + _NEAR:
            groups.append([])
            bottom = rule.bottom
        groups[-1].append(rule)
        bottom = max(bottom, rule.bottom)
    found = (_grid(group, page) for group in groups[:_MOST_GRIDS])
    return tuple(grid for grid in found if _FEW_COLUMNS < len(grid.across) <= _MOST_COLUMNS and 1 < len(grid.down) <= _MOST_ROWS)


def _grid(uprights: list[Rule], page: Page) -> Grid:
    """Make the grid of upright rules."""
    top, bottom = min(rule.top for rule in uprights) - _NEAR, max(rule.bottom for rule in uprights) + _NEAR
    across = _distinct(rule.left for rule in uprights)
    levels = [rule for rule in page.rules if is_level(rule) and top <= rule.top <= bottom]
    levels = [rule for rule in levels if rule.left < across[-1] and rule.right > across[0]]
    down = _distinct(rule.top for rule in levels)
    return Grid(across, down, _at(across, uprights, lambda rule: rule.left), _at(down, levels, lambda rule: rule.top))


def _at(places: tuple[float, ...], rules: Iterable[Rule], place: Callable[[Rule], float]) -> tuple[tuple[Rule, ...], ...]:
    """Give the rules at each of some places."""
    found: list[list[Rule]] = [[] for _ in places]
    for rule in rules:
        found[bisect_right(places, place(rule)) - 1].append(rule)
    return tuple(map(tuple, found))


def _distinct(places: Iterable[float]) -> tuple[float, ...]:
    """Give places in order, those once that are the two sides of one rule."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return tuple(kept)


def _place(bounds: Sequence[float], place: float) -> int:
    """Give the number of the part between two bounds that a place stands in."""
    return min(max(bisect_right(bounds, place) - 1, 0), len(bounds) - 2)


def _text(words: list[Word]) -> str:
    """Give the words of a cell, which come row by row."""
    rows: list[list[Word]] = []
    for word in words:
        if not rows or abs(word.base - rows[-1][-1].base) > word.size / 2:
            rows.append([])
        rows[-1].append(word)
    return " ".join(made(row, 0).text for row in rows).replace("|", "/")


def aligned(rows: Sequence[Row]) -> tuple[int, Table]:
    """Give how many rows from the first on are a table without rules, and the table: "TT" heads a column of numbers."""
    heads = parted(rows[0], wide=_APART) if _NUMBER_HEAD.match(letters.fold(rows[0].text)) else ()
    if len(heads) <= _FEW_COLUMNS:
        return 0, Table(())
    spans = [(head.left, head.right) for head in heads]
    count = 1
    for above, row in pairwise(rows):
        wider = _widened(spans, row)
        if len(wider) != len(spans) or row.base - above.base > _FARTHEST * row.size:
            break
        spans, count = wider, count + 1
    return count, Table(tuple(_cells(rows[:count], [left for left, _ in spans])))


def _widened(spans: list[tuple[float, float]], row: Row) -> list[tuple[float, float]]:
    """Give the columns with a row's words in them; columns that a word bridges become one."""
    pieces = sorted([*spans, *((word.left, word.right) for word in row.words)])
    merged = [pieces[0]]
    for left, right in pieces[1:]:
        if left - merged[-1][1] < _APART * row.size:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _cells(rows: Sequence[Row], lefts: list[float]) -> Iterator[Cells]:
    """Give the cells of rows; a row whose number is blank goes on with the one above it."""
    bounds = [left - 1 for left in lefts]
    bands: list[list[list[Word]]] = []
    for row in rows:
        cells: list[list[Word]] = [[] for _ in lefts]
        for word in row.words:
            cells[min(bisect_right(bounds, word.left), len(lefts)) - 1].append(word)
        if bands and not (cells[0] and _NUMBERED.fullmatch(cells[0][0].text)):
            for above, more in zip(bands[-1], cells, strict=True):
                above.extend(more)
        else:
            bands.append(cells)
    for band in bands:
        yield tuple(_text(words) for words in band)
