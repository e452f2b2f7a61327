"""Which lines make one paragraph? Sentences that a page, a note or a line's end broke are healed."""

import re
from dataclasses import dataclass

from documents.extraction import footnotes, letters
from documents.extraction.footnotes import Mark
from documents.extraction.lines import Line

MARKER = re.compile(
    r"(?:[ivx]{1,5} ?[.)/-]|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) la[,:] |"
    r"phan (?:thu|[ivx]+)\b|\d{1,2}(?:\.\d{1,2}){0,3} ?[.)/-](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}(?= )"
    r"|\((?:\d{1,2}(?:\.\d{1,2})?|[a-z])\)|[a-z] ?[.)/](?= |$)|[a-h]-|[-+*•·] ?(?=\S)) ?"
)
_FINISHED = re.compile(r"[.;:!?…][\"”')\]]*$")
_CUT = re.compile(r"\b(?:quy|ngay|thang|nam|so|dieu|khoan|muc|phu luc|lan thu)$")
_ENOUGH = 60
# No sentence is longer; the bound keeps the cost of one paragraph small.
_LONGEST = 20_000
_NARROWEST, _WIDEST = 40, 130
_FULL, _NEARLY = 0.75, 0.6


@dataclass(frozen=True)
class Paragraph:
    """A healed paragraph without footnote marks; ``marks`` are their places and names, ``lines`` the numbers of its lines."""

    text: str
    marks: tuple[Mark, ...] = ()
    lines: tuple[int, ...] = ()


def heal(lines: tuple[Line, ...], notes: dict[str, str]) -> tuple[Paragraph, ...]:
    """Join the lines of one paragraph, and the halves of a sentence that was broken."""
    width = _width(lines)
    joined: list[list[Line]] = []
    for line in lines:
        if joined and _length(joined[-1]) < _LONGEST and _continues(joined[-1], line, width):
            joined[-1].append(line)
        else:
            joined.append([line])
    return tuple(_paragraph(group, notes) for group in joined)


def _paragraph(group: list[Line], notes: dict[str, str]) -> Paragraph:
    """Make one paragraph of its lines."""
    words = _tidied(letters.squeezed(" ".join(line.text for line in group)))
    return Paragraph(*footnotes.unmark(words, notes), tuple(line.number for line in group))


def _tidied(text: str) -> str:
    """Take out a space before a mark of punctuation, as scanners put it, where it changes no place in a folded text."""
    return re.sub(r" (?=[,;](?: |$))", "", text)


def _width(lines: tuple[Line, ...]) -> int:
    """Give the width at which lines are wrapped, zero where each line is a paragraph."""
    lengths = [line.indent + len(line.text) for line in lines]
    width = max(lengths, default=0)
    low = sum(_starts_low(line.text) and not line.gap and not line.broken for line in lines)
    long = sum(length >= _FULL * width for length in lengths)
    return width if _NARROWEST <= width <= _WIDEST and low >= 3 and long >= len(lines) / 4 else 0  # noqa: PLR2004 - a few could be chance


def _continues(group: list[Line], line: Line, width: int) -> bool:
    """Tell whether a line goes on with the paragraph above it."""
    above = group[-1]
    open_ended = not _FINISHED.search(above.text)
    if "|" in line.text or "|" in above.text:
        return False
    if (line.broken or (width and not line.gap)) and _is_cut(above.text, line.text):
        return True
    if MARKER.match(letters.fold(line.text)):
        return _is_hyphen_of_a_name(above, line, width) and open_ended
    if open_ended and _starts_low(line.text):
        return not line.gap or line.broken or not line.text[0].isdigit() or _length(group) > _ENOUGH
    if line.broken and open_ended and _length(group) > _ENOUGH:
        return True
    return _is_wrapped(above, line, width, open_ended=open_ended)


def _is_cut(above: str, text: str) -> bool:
    """Tell whether a number that belongs to the last word of a line begins the next one, and not an item or a sentence."""
    first, *more = text.split()
    if not _CUT.search(letters.fold(above)) or not first[0].isalnum() or (first[0].isupper() and first[1:2].islower()):
        return False
    # "chuyển đổi số" and "cuối năm" end headings, too, before an item ("1- Các …"); a year has four digits, which no item has.
    ends = letters.fold(above).endswith((" so", " nam")) and more and more[0][0].isupper()
    return not (ends and MARKER.match(letters.fold(text)))


def _is_wrapped(above: Line, line: Line, width: int, *, open_ended: bool) -> bool:
    """Tell whether the line above ended only because the paper's width did."""
    if not width or line.gap:
        return False
    if line.indent > above.indent + 2 and not open_ended:
        return False
    return above.indent + len(above.text) >= (_NEARLY if open_ended else _FULL) * width or _starts_low(line.text)


def _is_hyphen_of_a_name(above: Line, line: Line, width: int) -> bool:
    """Tell whether a hyphen at a line's start joins the two halves of a name ("Tài chính | - Kế toán")."""
    full = above.indent + len(above.text) >= _FULL * width
    return bool(width) and not line.gap and full and line.text.startswith(("- ", "– ")) and line.indent <= above.indent


def _length(group: list[Line]) -> int:
    """Count the signs of a paragraph so far."""
    return sum(len(line.text) for line in group)


def _starts_low(text: str) -> bool:
    """Tell whether a line begins in the middle of a sentence."""
    first = next((sign for sign in text if sign not in "“\"'("), "")
    return first.islower() or first.isdigit() or first in ",;.)”"
