"""Which rows make one paragraph? A row goes on where the next one's first word had no room left, as indents and gaps confirm."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.extraction import letters
from documents.extraction.paragraphs import MARKER
from documents.readers.pdfs.rows import Row

_FINISHED = re.compile(r"[.;:!?…][\"”')\]]*$")
# The sign that ends a notice's text.
_ENDED = re.compile(r"\./\.?$")
# A hyphen at a row's end, with no space before it, is part of a symbol or a name: "15/TB-" and "UBND".
_CUT = re.compile(r"\w-$")
# In parts of a letter's size, except for the pitch, which is in parts of the usual one.
_SLACK, _MORE_SLACK, _INDENT, _HANGING, _CENTRED = 0.4, 1.5, 0.6, 4.0, 0.4
_FEW = 3
_LEAST_RIGHT = 0.8
_WIDER_PITCH, _FAR, _OTHER_SIZE = 1.25, 2.2, 0.1


@dataclass(frozen=True)
class Setting:
    """How a paper's body is set: its margins, where many rows begin, and the usual distance of rows, in points."""

    left: float
    right: float
    pitch: float
    indents: frozenset[int] = frozenset()

    def is_centred(self, row: Row) -> bool:
        """Tell whether a row stands in the middle, as titles do, and not by chance behind an indent."""
        apart = min(row.left - self.left, self.right - row.right) > _CENTRED * row.size
        return apart and self.is_even(row) and round(row.left) not in self.indents

    def is_even(self, row: Row) -> bool:
        """Tell whether a row is as far from one margin as from the other."""
        return abs((row.left - self.left) - (self.right - row.right)) < _CENTRED * row.size

    def is_full(self, row: Row, following: Row) -> bool:
        """Tell whether the next row's first word had no room in a row; where indents tell the same, nearly none is enough."""
        first = following.words[0]
        hangs = following.left < self.left + _INDENT * row.size < row.left
        slack = (_MORE_SLACK if hangs else _SLACK) * row.size
        return row.right + first.right - first.left + slack > self.right


def setting(rows: Sequence[Row], width: float) -> Setting:
    """Measure how the rows of a body are set on pages of a width in points; rows that are all short tell no right margin."""
    pitches = sorted(below.base - above.base for above, below in pairwise(rows) if 0 < below.base - above.base < 3 * above.size)
    lefts = Counter(round(row.left) for row in rows)
    often = frozenset(left for left, times in lefts.items() if times >= max(_FEW, len(rows) / 20))
    return Setting(
        float(min(often or lefts, default=0)),
        max([_LEAST_RIGHT * width, *(row.right for row in rows)]),
        pitches[len(pitches) // 4] if pitches else float("inf"),
        often,
    )


def lines(rows: Iterable[Row], setting: Setting) -> tuple[str, ...]:
    """Join rows to paragraphs, each a line with a blank one behind it; the lines of a title stand close."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _continues(groups[-1], row, setting):
            groups[-1].append(row)
        else:
            groups.append([row])
    made: list[str] = []
    for above, group in pairwise(([], *groups)):
        if above and not _stand_close(above[-1], group[0], setting):
            made.append("")
        made.append(_text(group))
    return (*made, "")


def _text(rows: Sequence[Row]) -> str:
    """Join the rows of one paragraph."""
    parts = [rows[0].text]
    for above, row in pairwise(rows):
        cut = _CUT.search(above.text) and row.text[0].isalnum()
        parts.append(row.text if cut else f" {row.text}")
    return "".join(parts)


def _stand_close(above: Row, row: Row, setting: Setting) -> bool:
    """Tell whether two rows are lines of one title, whose first may be as wide as the text, or of a sentence at least."""
    if setting.is_centred(row) and setting.is_even(above) and not _FINISHED.search(above.text):
        return row.base - above.base < _FAR * setting.pitch
    return not _FINISHED.search(above.text) and row.text[0].islower() and not MARKER.match(letters.fold(row.text))


def _continues(group: list[Row], row: Row, setting: Setting) -> bool:
    """Tell whether a row goes on with a paragraph."""
    above = group[-1]
    if setting.is_centred(above) or setting.is_centred(row) or _ENDED.search(above.text):
        return False
    if abs(above.size - row.size) > _OTHER_SIZE * row.size and _FINISHED.search(above.text):
        return False
    if above.sheet == row.sheet and row.base - above.base > _WIDER_PITCH * setting.pitch:
        return False
    return setting.is_full(above, row) and _fits(group, row, setting)


def _fits(group: list[Row], row: Row, setting: Setting) -> bool:
    """Tell whether indents and words allow that a row goes on with the full row above it."""
    above, first, near = group[-1], group[0], _INDENT * row.size
    wants_more = not _FINISHED.search(above.text)
    opens = bool(MARKER.match(letters.fold(row.text)))
    if row.left > above.left + near:
        hanging = above is first and row.left < above.left + _HANGING * row.size and MARKER.match(letters.fold(first.text))
        return bool(hanging) and not opens and (wants_more or row.text[0].islower())
    if row.left < above.left - near:
        return above is first and (wants_more or not opens)
    if above is first and above.left > setting.left + near:
        return wants_more and not opens
    return wants_more if opens else True
