"""Which rows stand side by side? Letterheads and signatures in two columns, the left one given first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.readers.pdfs.pages import Word
from documents.readers.pdfs.rows import Row, made, parted

_ENTRY = re.compile(r"[-–+*•] ?\S")
# The gap between two columns is somewhere in the middle of the text: in parts of its width.
_FIRST, _LAST = 0.2, 0.75
_NARROWEST = 0.5
# Long lines of two columns come as near as words of one do: a narrow gap is half a sign of columns, a wide one a whole.
_WORDS_APART, _FEWEST_SIGNS = 0.8, 2
_CENTRED = 6.0
_FEWEST_ROWS, _MOST_BEFORE, _MOST_PIECES = 2, 6, 3


@dataclass(frozen=True)
class Gap:
    """The gap between two columns, in points from the left."""

    left: float
    right: float

    def sides(self, row: Row) -> tuple[list[Word], list[Word]]:
        """Give the words of a row that stand left and right of the gap."""
        middle = (self.left + self.right) / 2
        return [word for word in row.words if word.left < middle], [word for word in row.words if word.left >= middle]


def block(rows: Sequence[Row], margins: tuple[float, float]) -> tuple[int, tuple[str, ...]]:
    """Give how many rows from the first on stand in two columns, and their lines; none where the text is in one."""
    # A row of the left column alone is text like any other, until the right one begins.
    if rows[0].left < margins[0] + rows[0].size and len(parted(rows[0], wide=_WORDS_APART)) == 1:
        return 0, ()
    gap, count = _gap(rows, margins)
    if not count or not gap.sides(rows[0])[1]:
        return 0, ()
    sides = [gap.sides(row) for row in rows[:count]]
    left = [made(words, 0) for words, _ in sides if words]
    right = [made(words, 0) for _, words in sides if words]
    return count, (*_column(left), *_column(right))


def _gap(rows: Sequence[Row], margins: tuple[float, float]) -> tuple[Gap, int]:
    """Give the gap that rows leave, and how many of them do; none where it may be one between words by chance."""
    gap, count, signs = Gap(*margins), 0, 0
    for row in rows:
        pieces = parted(row, wide=_WORDS_APART)
        narrowed = _narrowed(gap, pieces, margins)
        if narrowed is None or (count > _MOST_BEFORE and not signs):
            break
        gap, count = narrowed, count + 1
        signs += (len(pieces) > 1) + (len(parted(row)) > 1)
    few = count < _FEWEST_ROWS and not _ENTRY.match(rows[0].text)
    return gap, 0 if few or signs < _FEWEST_SIGNS else count


def _narrowed(gap: Gap, pieces: tuple[Row, ...], margins: tuple[float, float]) -> Gap | None:
    """Give the gap that a row leaves of it; None where the row goes across."""
    if len(pieces) > _MOST_PIECES:
        return None
    found = max(_gaps(gap, pieces, margins), key=lambda it: it.right - it.left, default=None)
    if found is None or found.right - found.left < _NARROWEST * pieces[0].size:
        return None
    width = margins[1] - margins[0]
    return found if found.left < margins[0] + _LAST * width and found.right > margins[0] + _FIRST * width else None


def _gaps(gap: Gap, pieces: tuple[Row, ...], margins: tuple[float, float]) -> Iterator[Gap]:
    """Give what a row leaves of a gap: between its pieces, or right or left of its one piece unless that is centred."""
    for one, other in pairwise(pieces):
        yield Gap(max(gap.left, one.right), min(gap.right, other.left))
    if len(pieces) == 1 and abs(sum(margins) - pieces[0].left - pieces[0].right) > _CENTRED:
        if pieces[0].left > gap.left:
            yield Gap(gap.left, min(gap.right, pieces[0].left))
        if pieces[0].right < gap.right:
            yield Gap(max(gap.left, pieces[0].right), gap.right)


def _column(rows: list[Row]) -> tuple[str, ...]:
    """Give the lines of a column; an entry of a list goes on where the next row begins low."""
    lines: list[str] = []
    for row in rows:
        if lines and _ENTRY.match(lines[-1]) and not _ENTRY.match(row.text) and row.text[0].islower():
            lines[-1] = f"{lines[-1]} {row.text}"
        else:
            lines.append(row.text)
    return tuple(lines)
