"""Which lines are words and which are page noise? Page numbers, rules, running titles and emphasis marks taken out."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from documents.extraction import letters

_PAGE = re.compile(r"(?:- ?)?\d{1,3}(?: ?-)?|(?:trang|page) \d{1,3}(?: ?/ ?\d{1,3})?|\d{1,3} ?/ ?\d{1,3}")
_NOT_LONE = re.compile(r"- ?\d{1,3} ?-|(?:trang|page) .*")
_RULE = re.compile(r"[_\-=.~*•·\s]{3,}")
_EMPHASIS = re.compile(r"(?<![*(\\])(\*{1,3})(?=[^\s*)])([^*]{1,4000})(?<=[^\s*(])\1(?!\*)")
_STRAY = re.compile(r"(?<!\()\*{2,3}(?!\))")
_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}|>)\s+")
_ESCAPE = re.compile(r"\\([\\.\-_*()#+\[\]])")
# Pictures that people put into chats: numbers on keys, and all others.
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3 ?")
_PICTURES = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+ ?")
_LONGEST_TITLE = 80
_FEWEST_TABS = 2
_COLUMNS = re.compile(r" {2,}")
_HEADING_ROW = re.compile(r"S?TT {2,}\S+(?: \S+)* {2,}\S")
_ROW = re.compile(r"\d{1,3} {2,}\S+(?: \S+)* {2,}\S")
_SHORTEST_HALF = 30
_DAY = re.compile(r"\d{1,2} ?[/.-] ?\d{1,2}")


@dataclass(frozen=True)
class Line:
    """A line with its number in the paper and its indent in signs; whether a blank line, or a page's end, stands before it."""

    text: str
    indent: int = 0
    gap: bool = False
    broken: bool = False
    number: int = 0


def is_rule(text: str) -> bool:
    """Tell whether a line is a drawn rule, or specks without any letter or digit."""
    return bool(text.strip()) and (bool(_RULE.fullmatch(text.strip())) or not any(sign.isalnum() for sign in text))


def is_page_number(text: str) -> bool:
    """Tell whether a line is a page number alone."""
    return bool(_PAGE.fullmatch(letters.squeezed(letters.fold(text))))


def cleaned(lines: Iterable[str], *, first: int = 0, keep_numbers: bool = False) -> tuple[Line, ...]:
    """Take out page numbers, rules, running titles and emphasis; what stood around them is marked as broken or apart.

    ``first`` is the number of the first line in the paper. With ``keep_numbers`` a lone number stays, as the first cell
    of a table's row does.
    """
    plain = [unmarked(line) for line in lines]
    running = _running_titles(plain)
    kept: list[Line] = []
    gap = broken = in_table = False
    for number, line in enumerate(plain, first):
        in_table = in_table or bool(_HEADING_ROW.match(line.strip()))
        text = letters.squeezed(_barred(line, in_table=in_table))
        if not text:
            gap = True
        elif is_noise(text, running, keep_numbers=keep_numbers):
            broken = True
        else:
            kept.append(Line(text, len(line.expandtabs(8)) - len(line.expandtabs(8).lstrip()), gap, broken, number))
            gap = broken = False
    return tuple(kept)


def _barred(line: str, *, in_table: bool) -> str:
    """Give a table's row with bars between its cells; wide spaces part them below a heading only: they justify text, too."""
    words = line.strip()
    if words.count("\t") >= _FEWEST_TABS:
        return words.replace("\t", " | ")
    is_row = in_table and (_ROW.match(words) or _HEADING_ROW.match(words))
    return _COLUMNS.sub(" | ", words) if is_row else line


def is_noise(text: str, running: frozenset[str], *, keep_numbers: bool = False) -> bool:
    """Tell whether a line says nothing: a rule, a page number or a running title."""
    if keep_numbers and is_page_number(text):
        return bool(_NOT_LONE.fullmatch(letters.fold(text)))
    return is_rule(text) or is_page_number(text) or text in running


def unmarked(line: str) -> str:
    """Take the marks of Markdown off a line."""
    if not line.isascii():
        line = _PICTURES.sub("", _KEYCAP.sub("\\1\u20e3 ", line))
    if not any(sign in line for sign in "*#>\\"):
        return line
    line = _EMPHASIS.sub(r"\2", _HEADING.sub("", line))
    return _ESCAPE.sub(r"\1", _STRAY.sub("", line))


def _running_titles(lines: list[str]) -> frozenset[str]:
    """Give the short lines that stand beside a page number more than once."""
    texts = [letters.squeezed(line) for line in lines if line.strip()]
    beside: Counter[str] = Counter()
    for number, text in enumerate(texts):
        around = texts[max(0, number - 1) : number] + texts[number + 1 : number + 2]
        if len(text) <= _LONGEST_TITLE and not is_page_number(text) and any(is_page_number(other) for other in around):
            beside[text] += 1
    return frozenset(
        text for text, times in beside.items() if text[-1] not in ".;:" and (times > 1 or _parts_a_sentence(text, texts))
    )


def _parts_a_sentence(text: str, texts: list[str]) -> bool:
    """Tell whether a line that begins with a capital stands, with a page number, between the halves of a sentence."""
    place = texts.index(text)
    above = next((one for one in reversed(texts[:place]) if not is_page_number(one)), "")
    below = next((one for one in texts[place + 1 :] if not is_page_number(one)), "")
    goes_on = below[:1].islower() or bool(_DAY.match(below))
    halves = bool(above) and above[-1] not in ".;:!?" and goes_on
    # What is longer than the line above it is the first line of a paragraph below a heading.
    return halves and text[0].isupper() and len(above) > max(_SHORTEST_HALF, len(text))
