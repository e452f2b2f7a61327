"""How do read lines stand on the page? With their indents and gaps, and the footnotes last, each behind its superscript."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from documents.readers.scans.tesseract import Line, Word

# Gaps between paragraphs, in lines; how high the letters of footnotes are at most, beside the usual ones.
_PARAGRAPH_GAP, _SMALL = 1.25, 0.9
_FEW, _LONGEST_FOOT = 2, 20
_OPENED_BY = {"”": "“", "’": "‘"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What a small raised digit is taken for.
_RAISED = "!?'’‘\"”*^ˆ°"
_MAY_BE_RAISED = re.compile(r"[^\s(\-+•][^\s.]{0,2}")
_MARK = re.compile(rf"(?<=[^\W\d_])(?:\d{{1,2}}|[{_RAISED}]{{1,2}})(?=[.,;:)]*(?:\s|$))")
# The most frequent slip in these papers; no other word than "chi" stands before "bộ", unless "bộ" begins another one.
_SLIP = re.compile(r"(?<=\b[Cc])h[ỉị](?=(?:, đảng)? bộ\b(?! (?:phận|đội|máy|môn|trưởng)))")


def lines(read: Sequence[Line], digits: Callable[[Word], str]) -> tuple[str, ...]:
    """Give the printed lines, top down; ``digits`` reads the digits of a word that may be raised."""
    return tuple(_SLIP.sub("hi", line) for line in _laid_out(read, _notes(read, digits)))


def _laid_out(lines: Sequence[Line], notes: Mapping[int, int]) -> tuple[str, ...]:
    """Give the lines with their indents and gaps, and the footnotes last, each behind its superscript."""
    end = min(notes, default=len(lines))
    made = _marked("\n".join(_spaced(lines[:end])), tuple(notes.values())).split("\n")
    for number, line in enumerate(lines[end:], end):
        if number in notes:
            made += ["", f"{_superscript(notes[number])} {Line(line.words[1:]).text}"]
        else:
            made.append(line.text)
    return (*made, "") if notes else tuple(made)


def _spaced(lines: Sequence[Line]) -> Iterator[str]:
    """Give lines behind their indents, in signs; a blank one where more than a line's height parts them."""
    if not lines:
        return
    sign = median((word.right - word.left) / len(word.text) for line in lines for word in line.words)
    margin = min(line.words[0].left for line in lines)
    steps = [below.bottom - above.bottom for above, below in pairwise(lines)]
    pitch = median([step for step in steps if step > 0] or [0])
    for line, step in zip(lines, [0.0, *steps], strict=True):
        if step < 0 or step > _PARAGRAPH_GAP * pitch:
            yield ""
        yield " " * round((line.words[0].left - margin) / sign) + line.text


def _notes(lines: Sequence[Line], number: Callable[[Word], str]) -> dict[int, int]:
    """Give the numbers of a page's footnotes by the lines that begin them; none where they are not one behind the other.

    Footnotes are the last lines, in smaller letters; ``number`` reads the digits of a word that may be raised.
    """
    usual = median([line.height for line in lines] or [0])
    large = [place for place, line in enumerate(lines) if line.height > _SMALL * usual and len(line.words) > _FEW]
    foot = range(max(large, default=-1) + 1, len(lines))[:_LONGEST_FOOT]
    starts = [place for place in foot if len(lines[place].words) > 1 and _MAY_BE_RAISED.fullmatch(lines[place].words[0].text)]
    read = {place: int(digits) for place in starts if (digits := number(lines[place].words[0]))}
    first = min(read.values(), default=0)
    return read if first and list(read.values()) == list(range(first, first + len(read))) else {}


def _marked(text: str, numbers: Sequence[int]) -> str:
    """Give a text with its footnotes' marks as superscripts, where it holds one for each note, and nothing else like one."""
    marks = [found for found in _MARK.finditer(text) if not _closes(found)]
    if len(marks) != len(numbers):
        return text
    if any(found.group().isdigit() and found.group() != str(number) for found, number in zip(marks, numbers, strict=True)):
        return text
    for found, number in reversed(list(zip(marks, numbers, strict=True))):
        text = text[: found.start()] + _superscript(number) + text[found.end() :]
    return text


def _closes(found: re.Match[str]) -> bool:
    """Tell whether a sign closes words in quotes."""
    before, sign = found.string[: found.start()], found.group()
    if sign in "\"'":
        return before.count(sign) % 2 == 1
    return sign in _OPENED_BY and before.count(_OPENED_BY[sign]) > before.count(sign)


def _superscript(number: int) -> str:
    """Write a number as a superscript."""
    return str(number).translate(_SUPERSCRIPTS)
