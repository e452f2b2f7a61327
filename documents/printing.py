"""Where on the printed paper do these words stand? Places in healed paragraphs led back to the lines they were healed from."""

from dataclasses import dataclass
from itertools import pairwise

from domain.readings import Evidence, Reading


@dataclass(frozen=True)
class Span:
    """A place on one printed line: the line's number in the paper, and from which sign to which."""

    line: int
    start: int
    end: int


def spans(reading: Reading, evidence: Evidence) -> tuple[Span, ...]:
    """Give the places on printed lines that hold the words of an evidence; none where its paragraph does not hold them."""
    if not 0 <= evidence.paragraph < len(reading.paragraphs):
        return ()
    start = reading.paragraphs[evidence.paragraph].find(evidence.words)
    if start < 0:
        return ()
    places = _places(reading, evidence.paragraph)[start : start + len(evidence.words)]
    return _joined([place for place in places if place is not None])


def healed(reading: Reading, paragraph: int) -> bool:
    """Tell whether a paragraph was put together over lines that say something else: a note, a page's end."""
    lines = reading.sources[paragraph]
    return any(later - earlier > 1 for earlier, later in pairwise(lines))


def _places(reading: Reading, paragraph: int) -> list[tuple[int, int] | None]:
    """Give the line and sign from which each sign of a paragraph was taken; None for the spaces that healing put in.

    Healing leaves signs out and puts spaces in, and never changes the order: the next same sign is the right one.
    """
    printed = [(line, sign) for line in reading.sources[paragraph] for sign in range(len(reading.lines[line]))]
    found: list[tuple[int, int] | None] = []
    at = 0
    for wanted in reading.paragraphs[paragraph]:
        ahead = at
        while ahead < len(printed) and reading.lines[printed[ahead][0]][printed[ahead][1]] != wanted:
            ahead += 1
        if wanted.isspace() or ahead == len(printed):
            found.append(None)
        else:
            found.append(printed[ahead])
            at = ahead + 1
    return found


def _joined(places: list[tuple[int, int]]) -> tuple[Span, ...]:
    """Join the places on one line."""
    lines: dict[int, list[int]] = {}
    for line, sign in places:
        lines.setdefault(line, []).append(sign)
    return tuple(Span(line, signs[0], signs[-1] + 1) for line, signs in lines.items())
