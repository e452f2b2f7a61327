"""Which deadline did an officer type? The same grammar, where a plain date is the last day itself."""

import re
from dataclasses import replace
from datetime import date

from documents.extraction import letters
from documents.extraction.deadlines import places
from documents.extraction.deadlines.meanings import Anchor
from domain.calendar import Calendar
from domain.deadlines import NO_DEADLINE, Deadline
from domain.errors import Refusal

_NONE = re.compile(r"(?:khong|khong (?:co )?(?:thoi )?han|khong dat (?:thoi )?han|bo (?:thoi )?han|-)\.?")
_YEAR = re.compile(r"\d{4}")
_LONGEST = 200
_LEAD = re.compile(r"(?:thoi )?han(?: (?:la|moi|nop|gui|chot|cuoi(?: cung)?))*:? ")


def parse_typed(text: str, *, today: date, calendar: Calendar) -> Deadline:
    """Understand a deadline as an officer types it: "22/2", "trước ngày 22/02/2021", "17h00 ngày 22/02/2021", "không hạn".

    A date without a word before it is inclusive; a missing year is today's in the office's zone, or the next one
    where the day has passed. Raises Refusal("deadline-not-understood") for anything else, impossible days too.
    """
    words = letters.squeezed(text)[:_LONGEST]
    folded = letters.fold(words)
    if _NONE.fullmatch(folded):
        return replace(NO_DEADLINE, literal=words)
    skipped = _LEAD.match(folded)
    start = skipped.end() if skipped else 0
    # Whoever writes the year means it, even where the day lies before the notice.
    anchor = Anchor(None if _YEAR.search(words) else today, calendar)
    found = places.find(words[start:], anchor, cell=True)
    deadline = _next_year(words[start:], calendar, found, today) or _sole(folded[start:], found)
    return replace(deadline, literal=words)


def _sole(folded: str, found: tuple[places.Found, ...]) -> Deadline:
    """Give the one deadline that all the words make up."""
    if len(found) != 1 or folded[: found[0].start].strip(" .") or folded[found[0].end :].strip(" ."):
        raise Refusal("deadline-not-understood")
    deadline = found[0].deadline
    if deadline.last_day is None and deadline.recurrence is None:
        raise Refusal("deadline-not-understood")
    return deadline


def _next_year(words: str, calendar: Calendar, found: tuple[places.Found, ...], today: date) -> Deadline | None:
    """Read a day that has passed and was typed without a year as the next one of its name."""
    if not found or found[0].deadline.last_day or _YEAR.search(words):
        return None
    ahead = places.find(words, Anchor(date(today.year + 1, 1, 1), calendar), cell=True)
    return _sole(letters.fold(words), ahead)
