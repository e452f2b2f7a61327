"""Which rows are footnotes? The smaller ones at a page's foot from the first that begins with a mark, or below the short rule."""

import re
from collections.abc import Iterable

from documents.readers.pdfs.drawings import Rule, is_level
from documents.readers.pdfs.pages import Page
from documents.readers.pdfs.rows import SUPERSCRIPTS, Row

_SMALLER = 0.93
_MARK = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})\s*|\(\*{1,3}\)\s*")
_PLAIN_MARK = re.compile(r"(\d{1,2})\s+(?=\S)")
_SHORTEST_RULE, _LONGEST_RULE = 40.0, 260.0
_MOST_RULES = 50


def parted(sheet: tuple[Row, ...], page: Page, size: float) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Part the rows of a sheet into the body's and the notes'; ``size`` is that of the body's letters in points."""
    foot = len(sheet)
    while foot and sheet[foot - 1].size < _SMALLER * size:
        foot -= 1
    ruled = [rule for rule in page.rules if _may_part(rule)][:_MOST_RULES]
    body = "".join(row.text for row in sheet[:foot])
    for number in range(foot, len(sheet)):
        if _MARK.match(sheet[number].text) or _is_marked_in(body, sheet[number]) or _is_below(sheet, number, ruled):
            return sheet[:number], sheet[number:]
    return sheet, ()


def _may_part(rule: Rule) -> bool:
    """Tell whether a rule has the length of one that parts notes from the text."""
    return is_level(rule) and _SHORTEST_RULE <= rule.right - rule.left <= _LONGEST_RULE


def _is_marked_in(body: str, row: Row) -> bool:
    """Tell whether a row begins with a number that is a mark in the body above it."""
    found = _PLAIN_MARK.match(row.text)
    return found is not None and found[1].translate(SUPERSCRIPTS) in body


def _is_below(sheet: tuple[Row, ...], number: int, ruled: list[Rule]) -> bool:
    """Tell whether a short rule at the left margin stands alone between a row and the one above it."""
    row = sheet[number]
    top = sheet[number - 1].base if number else float("-inf")
    between = [rule for rule in ruled if top < rule.top < row.base]
    return len(between) == 1 and abs(between[0].left - row.left) < row.size and between[0].top > row.base - 3 * row.size


def lines(rows: Iterable[Row]) -> tuple[str, ...]:
    """Give each note as a line behind its mark, with the rows that go on with it, on the next page too.

    A mark may be no superscript here, as in some programs' notes, if it is the next number.
    """
    notes: list[str] = []
    for row in rows:
        found = _MARK.match(row.text) or _PLAIN_MARK.match(row.text)
        if found and (found.re is _MARK or int(found[1]) == len(notes) + 1):
            notes.append(f"{found.group().strip().translate(SUPERSCRIPTS)} {row.text[found.end() :]}")
        elif notes:
            notes[-1] = f"{notes[-1]} {row.text}"
        else:
            notes.append(row.text)
    return tuple(line for note in notes for line in (note, ""))
