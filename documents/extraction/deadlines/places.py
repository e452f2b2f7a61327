"""Where does a text set a time? Matches of the grammar in a clause, without the dates that only look like deadlines."""

import re
from dataclasses import dataclass, replace
from datetime import date

from dateutil.relativedelta import relativedelta

from documents.codes import Doubt
from documents.extraction import letters
from documents.extraction.deadlines.meanings import Anchor, Meaning
from documents.extraction.deadlines.rules import WORDINGS, Strength, Wording
from domain.deadlines import Deadline, DeadlineKind

Span = tuple[int, int]

# Dates behind these words tell of something else: a term that was replaced, a cut-off of statistics, a rule's effect.
# Spelled out, since folded "tính đến" and "tỉnh đến" are one.
_NEVER = re.compile(
    r"(?:tính|số liệu|hiệu lực|hạn cũ:?|thay cho(?: thời hạn)?|thay thế(?: cho)?(?: thời hạn)?|so với(?: hạn| mốc)?|"
    r"theo hợp đồng|nghỉ việc|kể từ)"
    r"[ \"“(]*$"
)
_NOT_WEAK = re.compile(
    r"\b(?:(?:dự kiến|họp|hội nghị|phát sinh|nhiệm kỳ|giai đoạn|công nợ|diễn ra|khai mạc)\b[^.;,]{0,25}|"
    r"được tổ chức(?: vào)? |tổ chức )$"
)
# Every wording holds one of these.
_HINT = re.compile(r"\d|\b(?:thang|quy|tuan|nam|ngay|tet|han|khi|hop|nghi|hoi nghi|giao ban)\b")
# Words of time that no clause holds by chance: a bound with a day or a count behind it, and a recurrence.
_SEEMS = re.compile(
    r"(?<!\w)(?:(?:truoc|cham nhat|muon nhat|khong qua|khong muon hon|thoi han|han (?:chot|cuoi)|den het|trong vong|xong)\b"
    r"[^.;,()]{0,25}?(?:\d{1,2} ?[/-] ?\d{1,2}|\d{1,3} (?:ngay|gio|phut|tuan|thang)\b|\bthang \d)"
    r"|(?:dinh ky|(?:hang|moi) (?:ngay|tuan|thang|quy))\b[^.;,()]{0,30})"
)
# No clause is longer; the bound keeps the cost of one clause small.
_LONGEST = 3000
_AFTERWARDS = re.compile(r"^[ \"]*(?:dat |bang |co \d|moi dat|la \d|da (?:neu|ghi|quy dinh|de ra|xac dinh)|vua qua)")


@dataclass(frozen=True)
class Found:
    """A deadline in a text: its place there, its meaning, what is doubtful about it, and the line of the grammar it follows."""

    start: int
    end: int
    deadline: Deadline
    strength: Strength
    doubt: Doubt | None = None
    rule: str = ""
    choices: tuple[Deadline, ...] = ()


def find(text: str, anchor: Anchor, *, taken: tuple[Span, ...] = (), cell: bool = False) -> tuple[Found, ...]:
    """Find the deadlines of one clause in order; places already taken, by citations, hold none.

    Weak wordings count only where no strong one stands. With ``cell``, a bare date counts as well.
    """
    text = text[:_LONGEST]
    folded = letters.fold(text)
    if not _HINT.search(folded):
        return ()
    matches = [found for found in _matches(text, folded, anchor) if cell or found.strength > Strength.CELL]
    kept = [found for found in _longest(matches) if _counts(text, folded, found, anchor, taken)]
    strongest = max((found.strength for found in kept), default=Strength.STRONG)
    return tuple(_checked(found, anchor) for found in sorted(kept, key=lambda found: found.start) if found.strength == strongest)


def left_out(text: str, taken: tuple[Span, ...] = ()) -> str | None:
    """Give the words of a clause that seem to set a time, in a clause where no deadline was found; None where none do."""
    folded = letters.fold(text[:_LONGEST])
    for found in _SEEMS.finditer(folded):
        spelled = text[max(0, found.start() - 60) : found.start()].lower().replace("nghỉ việc", "")
        cited = any(found.start() < end and start < found.end() for start, end in taken)
        aside = folded.rfind("(", 0, found.start()) > folded.rfind(")", 0, found.start())
        if not cited and not aside and not _NEVER.search(spelled) and folded.count('"', 0, found.start()) % 2 == 0:
            return text[slice(*found.span())].strip(" ,")
    return None


def _matches(text: str, folded: str, anchor: Anchor) -> list[Found]:
    """Give every match of every wording."""
    matches = []
    for wording in WORDINGS:
        for found in wording.pattern.finditer(folded):
            meaning = wording.meaning(found, anchor)
            if meaning:
                matches.append(_placed(text, found, meaning, wording))
    return matches


def _placed(text: str, found: re.Match[str], meaning: Meaning, wording: Wording) -> Found:
    """Give a match its words: all of it, or the group that narrows it."""
    start, end = found.span("words") if "words" in found.re.groupindex else found.span()
    deadline = replace(meaning.deadline, literal=text[start:end].strip())
    choices = tuple(replace(deadline, last_day=day, basis="chosen") for day in meaning.choices)
    return Found(start, end, deadline, wording.strength, meaning.doubt, wording.rule, choices)


def _longest(matches: list[Found]) -> list[Found]:
    """Keep the longest of overlapping matches."""
    kept: list[Found] = []
    for found in sorted(matches, key=lambda found: (found.start - found.end, -found.strength)):
        if all(found.end <= other.start or other.end <= found.start for other in kept):
            kept.append(found)
    return kept


def _counts(text: str, folded: str, found: Found, anchor: Anchor, taken: tuple[Span, ...]) -> bool:
    """Tell whether a match sets a time and does not only look so."""
    spelled = text[max(0, found.start - 60) : found.start].lower()
    # A paper cited in the middle of a wording holds none of its days: "lùi … (Công văn … ngày …) sang ngày …".
    if any(
        found.start < end and start < found.end and not found.start < start < end < found.end for start, end in taken
    ) or _NEVER.search(spelled):
        return False
    if _is_aside(folded, found) or _is_quoted(folded, found):
        return False
    if _is_past(found, anchor.notice) and _AFTERWARDS.search(folded[found.end :]):
        return False
    if found.strength == Strength.WEAK and found.deadline.kind is not DeadlineKind.RECURRING:
        return (
            not _NOT_WEAK.search(spelled) and not _is_past(found, anchor.notice) and not _AFTERWARDS.search(folded[found.end :])
        )
    return True


def _is_aside(folded: str, found: Found) -> bool:
    """Tell whether a match stands in brackets that hold more than the deadline itself."""
    opening = folded.rfind("(", 0, found.start)
    if opening < 0 or folded.rfind(")", opening, found.start) > 0:
        return False
    led = folded[opening + 1 : found.start].strip()
    return not re.fullmatch(r"(?:hoan thanh|xong|thoi han|gui|nop|bao cao|thoi gian)?:?", led) or folded[
        found.start :
    ].startswith("han ")


def _is_quoted(folded: str, found: Found) -> bool:
    """Tell whether a match stands between quotation marks."""
    return folded.count('"', 0, found.start) % 2 == 1


def _is_past(found: Found, notice: date | None) -> bool:
    """Tell whether a match lies before the notice."""
    return bool(notice and found.deadline.last_day and found.deadline.last_day < notice)


def _checked(found: Found, anchor: Anchor) -> Found:
    """Leave a last day before the notice to a person."""
    if not _is_past(found, anchor.notice):
        return found
    printed = replace(found.deadline, basis="chosen")
    next_year = replace(printed, last_day=printed.last_day + relativedelta(years=1)) if printed.last_day else printed
    left = replace(found.deadline, last_day=None, at=None)
    return replace(found, deadline=left, doubt=Doubt.DEADLINE_BEFORE_NOTICE, choices=(next_year, printed))
