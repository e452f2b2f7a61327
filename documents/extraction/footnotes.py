"""Which words are footnotes, and what do they say? Notes lifted out of the lines, marks found in paragraphs."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from documents.extraction import letters
from documents.extraction.lines import is_page_number, is_rule

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_AS_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_SUPERSCRIPT_NOTE = re.compile(rf"^\s*([{_SUPERSCRIPTS}]{{1,2}})\s*(\S.*)$")
_BRACKET_NOTE = re.compile(r"^\s*\[(\d{1,2}|\*{1,3})\]:?\s*(\S.*)$")
_STAR_NOTE = re.compile(r"^\s*\((\*{1,3})\):?\s*(\S.*)$")
_ROUND_NOTE = re.compile(r"^\s*\((\d{1,2})\)\s+(\S.*)$")
_LISTS = re.compile(r"(?:Bao g|G)ồm\b")
_AT_WORD = re.compile(r"(?<=[\w%)])\((\d{1,2})\)(?!\w)")
_BELOW_RULE = re.compile(r"^\s*(?:\((\d{1,2})\)|(\d{1,2})\.?)\s+(\S.*)$")
_MARK = re.compile(rf"[{_SUPERSCRIPTS}]{{1,2}}|\[(?:\d{{1,2}}|\*{{1,3}})\]|\(\*{{1,3}}\)|(?<=[\w%)])\((\d{{1,2}})\)")
_PLACE = "- 0 -"  # reads as a page number, so that the sentence around a note is healed like one around a page's end
_IN_BRACKETS = re.compile(r"\[(?:\d{1,2}|\*{1,3})\]|\(\*{1,3}\)")
_NAMED = re.compile(r"chu thich (?:so )?$")
_MEASURE = re.compile(r"(?<![^\W\d])(?:[kcdm]?m|ha)$")


class Mark(NamedTuple):
    """A footnote's mark in a text: its place there, the note's name, and the sign as printed."""

    place: int
    name: str
    printed: str


@dataclass(frozen=True)
class Lifted:
    """Lines without their footnotes, line for line (a note's are left as page numbers, which are noise), and the notes.

    ``notes`` and ``places`` give each note's words and the numbers of its lines, by its mark.
    """

    lines: tuple[str, ...]
    notes: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)


def lift(lines: tuple[str, ...]) -> Lifted:
    """Take the footnotes out of the lines, each with the lines that go on with it."""
    kept: list[str] = []
    notes: dict[str, str] = {}
    places: dict[str, tuple[int, ...]] = {}
    current, below_rule = "", False
    marks = Counter(mark for line in lines for mark in _IN_BRACKETS.findall(line)) + _attached(lines)
    for number, line in enumerate(lines):
        if found := _note(line, marks, below_rule=below_rule):
            current = found[0]
            notes.setdefault(current, found[1])
            places.setdefault(current, (number,))
            kept.append(_PLACE)
        elif current and _goes_on(line):
            notes[current] = f"{notes[current]} {line.strip()}"
            places[current] = (*places[current], number)
            kept.append(_PLACE)
        else:
            below_rule = _is_note_rule(line) or (below_rule and not line.strip())
            current = ""
            kept.append(line)
    return Lifted(tuple(kept), {mark: letters.squeezed(text) for mark, text in notes.items()}, places)


def _attached(lines: tuple[str, ...]) -> Counter[str]:
    """Count numbers in brackets that stand at a word ("giám sát(2)") and begin just one line, as a note's does."""
    at_words = Counter(f"({number})" for line in lines for number in _AT_WORD.findall(line))
    at_starts = Counter(f"({found[1]})" for line in lines if (found := _ROUND_NOTE.match(line)))
    listing = {f"({found[1]})" for line in lines if (found := _ROUND_NOTE.match(line)) and _LISTS.match(found[2])}
    return Counter({mark: times + 1 for mark, times in at_words.items() if at_starts[mark] == 1 or mark in listing})


def _is_note_rule(line: str) -> bool:
    """Tell whether a line is the rule that parts notes from the text."""
    return bool(re.fullmatch(r"\s*_{3,}\s*", line))


def _goes_on(line: str) -> bool:
    """Tell whether a line goes on with the note above it."""
    return bool(line.strip()) and not is_page_number(line) and not is_rule(line)


def _note(line: str, marks: Counter[str], *, below_rule: bool) -> tuple[str, str] | None:
    """Give the mark and the words of a line that begins a note."""
    if found := _SUPERSCRIPT_NOTE.match(line):
        return found[1].translate(_AS_DIGITS), found[2]
    if found := _BRACKET_NOTE.match(line) or _STAR_NOTE.match(line) or _ROUND_NOTE.match(line):
        marked = line.strip()[: line.strip().find(found[1]) + len(found[1]) + 1]
        return (found[1], found[2]) if marks[marked] > 1 else None
    if below_rule and (found := _BELOW_RULE.match(line)):
        return found[1] or found[2], found[3]
    return None


def unmark(text: str, notes: dict[str, str]) -> tuple[str, tuple[Mark, ...]]:
    """Take the marks of known notes out of a text; give it with the places where they stood.

    A superscript behind a measure (m²) stays, and so does a number that the words name ("chú thích [1]").
    """
    parts: list[str] = []
    marks: list[Mark] = []
    length = last = 0
    for found in _MARK.finditer(text):
        mark = re.sub(r"[\[\]()]", "", found.group()).translate(_AS_DIGITS)
        before = text[max(0, found.start() - 16) : found.start()]
        if mark not in notes or _MEASURE.search(before[-4:]) or _NAMED.search(letters.fold(before)):
            continue
        before = text[last : found.start()]
        length += len(before)
        parts.append(before)
        marks.append(Mark(length, mark, found.group()))
        last = found.end()
    return "".join([*parts, text[last:]]), tuple(marks)


def remarked(words: str, text: str, marks: tuple[Mark, ...]) -> str:
    """Put the marks of a text back into words that were taken from it."""
    start = text.find(words)
    inside = [mark for mark in marks if start >= 0 and start < mark.place < start + len(words)]
    for mark in reversed(inside):
        words = f"{words[: mark.place - start]}{mark.printed}{words[mark.place - start :]}"
    return words


def missing(text: str, notes: dict[str, str]) -> tuple[str, ...]:
    """Give the superscript marks of a text that no note answers to."""
    marks = (
        found for found in re.finditer(rf"[{_SUPERSCRIPTS}]{{1,2}}", text) if not _MEASURE.search(text[: found.start()][-4:])
    )
    return tuple(found.group() for found in marks if found.group().translate(_AS_DIGITS) not in notes)
