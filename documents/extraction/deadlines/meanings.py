"""What does a matched wording mean? One function a kind of time, each giving the deadline of a match."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from documents.codes import Doubt
from documents.extraction import dates
from domain.calendar import Calendar
from domain.deadlines import Deadline, DeadlineKind

ONE_DAY = timedelta(days=1)
_LATE_MONTH, _EARLY_MONTH = 11, 2


@dataclass(frozen=True)
class Anchor:
    """What a wording may lean on: the notice's date (None where it has none), the office's days, and the paper's words.

    ``before`` are the item's words before the wording, ``paper`` are all words of the paper, both folded.
    """

    notice: date | None
    calendar: Calendar
    before: str = ""
    paper: str = ""

    @property
    def year(self) -> int | None:
        """Give the year of a date that is written without one."""
        return self.notice.year if self.notice else None


@dataclass(frozen=True)
class Meaning:
    """The deadline of a match, without its words, what is doubtful about it, and the days that it may mean instead."""

    deadline: Deadline
    doubt: Doubt | None = None
    choices: tuple[date, ...] = ()


Rule = Callable[[re.Match[str], Anchor], Meaning | None]


def _blank(doubt: Doubt, kind: DeadlineKind = DeadlineKind.DATE, choices: tuple[date, ...] = ()) -> Meaning:
    """Leave the last day to a person, who may choose among days."""
    return Meaning(Deadline(kind, basis=f"unsure:{doubt}"), doubt, choices)


def _without_year(year: int | None, kind: DeadlineKind = DeadlineKind.DATE) -> Meaning:
    """Leave the last day to a person where the year is missing or a slip."""
    return _blank(Doubt.DEADLINE_YEAR_MISSING if year is None else Doubt.DEADLINE_IMPOSSIBLE, kind)


def _resolved(written: dates.Written, anchor: Anchor) -> tuple[date | None, Doubt | None]:
    """Give the day that is meant: a missing year is the notice's, or the next one over the turn of the year."""
    if written.year is None and anchor.notice is None:
        return None, Doubt.DEADLINE_YEAR_MISSING
    day = written.on(anchor.year)
    if day is None:
        return None, Doubt.DEADLINE_IMPOSSIBLE
    turned = anchor.notice and anchor.notice.month >= _LATE_MONTH and written.month <= _EARLY_MONTH
    if written.year is None and turned:
        return day + relativedelta(years=1), Doubt.DEADLINE_AMBIGUOUS
    return day, None


def _contradicts(found: re.Match[str], day: date) -> bool:
    """Tell whether a weekday is written that the day does not fall on."""
    words = found.groupdict().get("weekday")
    return bool(words) and dates.weekday_of(words or "") != day.weekday()


def _nearest(found: re.Match[str], last: date) -> date:
    """Give the day nearest to a written one that falls on the weekday written beside it."""
    ahead = (dates.weekday_of(found["weekday"]) - last.weekday()) % 7
    return last + timedelta(days=ahead if ahead <= 3 else ahead - 7)  # noqa: PLR2004 - half a week


def _possible(written: dates.Written, anchor: Anchor) -> tuple[date, ...]:
    """Give the days around one that does not exist: the end of its month, and the first of the next."""
    year = anchor.year if written.year is None else written.year
    if year is None or year not in dates.YEARS or not 1 <= written.month <= 12 or not 28 < written.day <= 31:  # noqa: PLR2004 - only a month's length is wrong
        return ()
    end = _month_end(year, written.month)
    return (end, end + ONE_DAY)


def _open(written: dates.Written, unsure: Doubt | None, anchor: Anchor, kind: DeadlineKind, shift: int = 0) -> Meaning:
    """Leave a day that was not understood to a person, with the days that may be meant."""
    return _blank(unsure or Doubt.DEADLINE_IMPOSSIBLE, kind, tuple(day + shift * ONE_DAY for day in _possible(written, anchor)))


def day(shift: int, basis: str, doubt: Doubt | None = None) -> Rule:
    """Mean a written day, moved by so many days."""

    def meaning(found: re.Match[str], anchor: Anchor) -> Meaning:
        written = dates.written(found)
        last, unsure = _resolved(written, anchor)
        if last is None:
            return _open(written, unsure, anchor, DeadlineKind.DATE, shift)
        moved = last + shift * ONE_DAY
        if _contradicts(found, last):
            return _blank(Doubt.DEADLINE_CONTRADICTS, choices=(moved, _nearest(found, last) + shift * ONE_DAY))
        choices = (moved, last) if doubt else (moved, moved - relativedelta(years=1)) if unsure else ()
        return Meaning(Deadline(DeadlineKind.DATE, last_day=moved, basis=basis), doubt or unsure, choices)

    return meaning


def moment(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean a clock time on a written day."""
    written = dates.written(found)
    last, unsure = _resolved(written, anchor)
    at = dates.time_of(found)
    if last is None or at is None:
        return _open(written, unsure, anchor, DeadlineKind.DATETIME)
    if _contradicts(found, last):
        contradicting = Deadline(DeadlineKind.DATETIME, at=at, basis=f"unsure:{Doubt.DEADLINE_CONTRADICTS}")
        return Meaning(contradicting, Doubt.DEADLINE_CONTRADICTS, (last, _nearest(found, last)))
    bound = found.group().split()[0]
    basis = {"truoc": "before_time", "den": "until_time"}.get(bound, "by_time" if not bound[0].isdigit() else "scheduled")
    return Meaning(Deadline(DeadlineKind.DATETIME, last_day=last, at=at, basis=basis), unsure)


def _month_end(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, 1) + relativedelta(months=1, days=-1)


def month(last: Callable[[date], date], basis: str, kind: DeadlineKind = DeadlineKind.MONTH) -> Rule:
    """Mean a day of a written month, told from its first day."""

    def meaning(found: re.Match[str], anchor: Anchor) -> Meaning | None:
        year, number = dates.year_of(found, anchor.year), int(found["month"])
        if year is None or year not in dates.YEARS:
            return _without_year(year, kind)
        if not 1 <= number <= 12:  # noqa: PLR2004 - the months of a year
            return _blank(Doubt.DEADLINE_IMPOSSIBLE, kind)
        return Meaning(Deadline(kind, last_day=last(date(year, number, 1)), basis=basis))

    return meaning


def end_of_month(first: date) -> date:
    """Give the last day of the month that begins on the day."""
    return _month_end(first.year, first.month)


def day_of_this_month(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean a day of the notice's month; the day before it where the words say "before"."""
    if anchor.notice is None:
        return _blank(Doubt.DEADLINE_NOTICE_UNDATED)
    try:
        last = anchor.notice.replace(day=int(found["day"]))
    except ValueError:
        return _blank(Doubt.DEADLINE_IMPOSSIBLE)
    before = re.search(r"\btruoc\b", found.group())
    basis = "exclusive" if before else "inclusive"
    return Meaning(Deadline(DeadlineKind.DATE, last_day=last - ONE_DAY if before else last, basis=basis))


def month_of_notice(ahead: int) -> Rule:
    """Mean the end of the notice's month, or of one so many months after it."""

    def meaning(_: re.Match[str], anchor: Anchor) -> Meaning | None:
        if anchor.notice is None:
            return _blank(Doubt.DEADLINE_NOTICE_UNDATED, DeadlineKind.MONTH)
        last = end_of_month(anchor.notice.replace(day=1) + relativedelta(months=ahead))
        return Meaning(Deadline(DeadlineKind.MONTH, last_day=last, basis="end_of_month"))

    return meaning


def quarter(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean the last day of a written quarter."""
    year = dates.year_of(found, anchor.year)
    if year is None or year not in dates.YEARS:
        return _without_year(year, DeadlineKind.QUARTER)
    last = _month_end(year, 3 * dates.quarter_of(found))
    return Meaning(Deadline(DeadlineKind.QUARTER, last_day=last, basis="end_of_quarter"))


def quarter_of_notice(_: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean the last day of the notice's quarter."""
    if anchor.notice is None:
        return _blank(Doubt.DEADLINE_NOTICE_UNDATED, DeadlineKind.QUARTER)
    last = _month_end(anchor.notice.year, 3 * ((anchor.notice.month + 2) // 3))
    return Meaning(Deadline(DeadlineKind.QUARTER, last_day=last, basis="end_of_quarter"))


def year_day(number: int, basis: str) -> Rule:
    """Mean the last day of the numbered month of a written year, or of the notice's."""

    def meaning(found: re.Match[str], anchor: Anchor) -> Meaning | None:
        year = dates.year_of(found, anchor.year)
        if year is None or year not in dates.YEARS:
            return _without_year(year)
        return Meaning(Deadline(DeadlineKind.DATE, last_day=_month_end(year, number), basis=basis))

    return meaning


def part_of_month(basis: str, *days: int) -> Rule:
    """Mean a part of a written month, whose last day a person must settle among days of the month; -1 is its end."""

    def meaning(found: re.Match[str], anchor: Anchor) -> Meaning | None:
        year, number = dates.year_of(found, anchor.year), int(found["month"])
        if year is None or year not in dates.YEARS or not 1 <= number <= 12:  # noqa: PLR2004 - the months of a year
            return _without_year(year)
        end = _month_end(year, number)
        choices = tuple(end if one < 0 else end.replace(day=one) for one in days)
        return Meaning(Deadline(DeadlineKind.DATE, basis=f"ambiguous:{basis}"), Doubt.DEADLINE_AMBIGUOUS, choices)

    return meaning


def weekday(found: re.Match[str], anchor: Anchor) -> Meaning | None:
    """Mean a weekday without a date: the next one after the notice, or the one after that; a person settles it."""
    choices: tuple[date, ...] = ()
    if anchor.notice is not None:
        first = anchor.notice + timedelta(days=(dates.weekday_of(found["weekday"]) - anchor.notice.weekday() - 1) % 7 + 1)
        choices = (first, first + timedelta(days=7))
    return Meaning(Deadline(DeadlineKind.DATE, basis="ambiguous:weekday"), Doubt.DEADLINE_AMBIGUOUS, choices)


def week_of_notice(ahead: int) -> Rule:
    """Mean the Sunday of the notice's week, or of one so many weeks after it; a person confirms it."""

    def meaning(_: re.Match[str], anchor: Anchor) -> Meaning | None:
        if anchor.notice is None:
            return _blank(Doubt.DEADLINE_NOTICE_UNDATED, DeadlineKind.RELATIVE)
        last = anchor.notice + timedelta(days=6 - anchor.notice.weekday() + 7 * ahead)
        deadline = Deadline(DeadlineKind.RELATIVE, last_day=last, basis="week_of_notice")
        return Meaning(deadline, Doubt.DEADLINE_AMBIGUOUS, (last - 2 * ONE_DAY, last))

    return meaning
