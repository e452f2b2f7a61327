"""Which words stand on one line? Words sorted into rows, with raised smaller digits as the superscripts they are."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from documents.readers.pdfs.pages import Word

_RAISED_MARK = re.compile(r"\(?(\d{1,2})\)?")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# In parts of a letter's size.
_SAME_LINE, _SMALLER, _RAISED, _WIDE = 0.45, 0.8, 0.1, 2.0
# Words that touch are one: programs set letters that one font lacks in another, and not in their order.
_OVERLAP, _TOUCHING = -0.3, 0.1


@dataclass(frozen=True)
class Row:
    """Words on one line from left to right, in points; ``sheet`` is the page's number."""

    words: tuple[Word, ...]
    text: str
    base: float
    size: float
    sheet: int = 0

    @property
    def left(self) -> float:
        """Give where the row begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Give where the row ends."""
        return self.words[-1].right


def of(words: Iterable[Word], sheet: int) -> tuple[Row, ...]:
    """Sort the words of a page into rows from top to bottom."""
    return tuple(made(group, sheet) for group in _groups(words))


def _groups(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Give words that stand on one line, raised ones among them."""
    group: list[Word] = []
    for word in sorted(words, key=lambda word: word.base):
        if group and word.base - group[0].base > _SAME_LINE * max(word.size, group[0].size):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def made(words: Iterable[Word], sheet: int) -> Row:
    """Make a row of words that stand on one line."""
    ordered = sorted(words, key=lambda word: word.left)
    largest = max(ordered, key=lambda word: word.size)
    parts: list[str] = []
    end = float("-inf")
    for word in ordered:
        text = word.text
        if word.size <= _SMALLER * largest.size and word.base < largest.base - _RAISED * largest.size:
            text = _superscript(text)
        parts.append(text if _OVERLAP < (word.left - end) / largest.size < _TOUCHING else f" {text}")
        end = word.right
    text = unicodedata.normalize("NFC", "".join(parts)).strip()
    return Row(tuple(ordered), text, largest.base, largest.size, sheet)


def _superscript(text: str) -> str:
    """Give a raised mark as a superscript; a raised asterisk as the extraction knows one."""
    if found := _RAISED_MARK.fullmatch(text):
        return found[1].translate(SUPERSCRIPTS)
    return f"({text})" if text.strip("*") == "" else text


def parted(row: Row, wide: float = _WIDE) -> tuple[Row, ...]:
    """Part a row where a gap is wider than between words, which ``wide`` gives in parts of a letter's size."""
    groups = [[row.words[0]]]
    for above, word in pairwise(row.words):
        if word.left - above.right > wide * row.size:
            groups.append([])
        groups[-1].append(word)
    return tuple(made(group, row.sheet) for group in groups) if len(groups) > 1 else (row,)
