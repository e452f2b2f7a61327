"""When does a recurring task fall due, and when does each of its occurrences become a task of its own?"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dateutil.rrule import rrulestr

from domain.conclusions import Task
from domain.deadlines import Deadline, DeadlineKind
from domain.errors import Refusal
from domain.offices import Office

AHEAD = 10
"""Working days before its last working day at which an occurrence is opened, as the earliest reminder needs and some more."""
MOST_DAILY = 3
"""Of the days that a daily rule has let pass, so many of the newest are still asked for; older ones nobody would write."""
LEAP_YEAR = 2024
ONE_DAY = timedelta(days=1)
QUARTER_ENDS = "3,6,9,12"


class Span(StrEnum):
    """What an occurrence stands for: a day, a week, a month, a quarter or a year."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(eq=False)
class Series:
    """How far the occurrences of a recurring task have come.

    ``begins_on`` is the first strict last day that is not opened yet, ``opens_at`` (UTC) the moment at which the next one is,
    None when none is to come. ``revision`` grows with each change, which is told once; ``formerly`` are the words of the rule
    that held before. ``early`` are the ids of the units that are reminded earlier of each occurrence.
    """

    task_id: int
    begins_on: date
    opens_at: datetime | None
    ended_at: datetime | None = None
    revision: int = 1
    formerly: str | None = None
    early: tuple[int, ...] = ()

    def go_on(self, opening: "Opening") -> None:
        """Count what was opened as done."""
        self.begins_on, self.opens_at = opening.begins_on, opening.opens_at

    def change(self, before: Deadline, after: Deadline, now: datetime, office: Office) -> None:
        """Follow a new rule from now on; refused when the series has ended, or when the rule has no day left."""
        self._must_go_on()
        begins_on = follows_from(before, self.begins_on, office.today(now))
        opens_at = opening_moment(after, begins_on, office)
        if opens_at is None:
            raise Refusal("rule-is-over")
        self.begins_on, self.opens_at, self.formerly = begins_on, opens_at, before.literal
        self.revision += 1

    def end(self, now: datetime) -> None:
        """Open no further occurrence; refused when the series has ended already."""
        self._must_go_on()
        self.opens_at, self.ended_at = None, now
        self.revision += 1

    def _must_go_on(self) -> None:
        if self.ended_at is not None:
            raise Refusal("series-ended")


@dataclass(frozen=True)
class Recurring:
    """A recurring task with how far its occurrences have come."""

    task: Task
    series: Series

    @property
    def next_day(self) -> date | None:
        """The strict last day of the next occurrence that is not opened yet; None when none is to come."""
        return None if self.series.opens_at is None else next_day(self.task.deadline, self.series.begins_on)


@dataclass(frozen=True)
class Opening:
    """The strict last days of what is to be opened now, those that are passed over, and where the series stands after that."""

    days: tuple[date, ...]
    skipped: tuple[date, ...]
    begins_on: date
    opens_at: datetime | None


def occurrences(rule: str, since: date, until: date | None = None) -> Iterator[date]:
    """Give the strict last days of an RFC 5545 rule in order, both ends included; raise ValueError for what is no rule."""
    if not _ever_falls(_parts(rule)):
        return
    for moment in rrulestr(rule, dtstart=datetime.combine(since, time.min)):
        if until is not None and moment.date() > until:
            return
        yield moment.date()


def next_day(deadline: Deadline, since: date) -> date | None:
    """Give the first strict last day that is not before a day; None when the rule has none left."""
    return next(occurrences(deadline.recurrence, since), None) if deadline.recurrence else None


def nearest(deadline: Deadline, opened: Collection[date], since: date | None, day: date) -> date | None:
    """Give the strict last day nearest to a day, of those opened and of the rule's from one on; None where there is none."""
    found = set(opened)
    for one in occurrences(deadline.recurrence or "", since) if since else ():
        found.add(one)
        if one >= day:
            break
    return min(sorted(found), key=lambda one: abs(one - day), default=None)


def first_day(deadline: Deadline, now: datetime, office: Office) -> date | None:
    """Give the first strict last day that is not over, by the clock where the rule names a time."""
    local = now.astimezone(office.zone)
    is_over = deadline.at is not None and local.time() > deadline.at
    return next_day(deadline, local.date() + ONE_DAY if is_over else local.date())


def begin(task: Task, now: datetime, office: Office) -> Series | None:
    """Give the series of a task that is published now, whose first occurrence is opened at once; None without any."""
    first = first_day(task.deadline, now, office)
    return None if first is None else Series(task.id, first, now)


def opening_moment(deadline: Deadline, since: date, office: Office) -> datetime | None:
    """Give the moment (UTC) at which the first occurrence from a day on is opened; None when the rule has none left.

    That is the morning round ten working days before its last working day, but not before ``since``, the day after the
    occurrence before it; and at the latest its last working day, or the one before where the clock time is as early as the round.
    """
    day = next_day(deadline, since)
    if day is None:
        return None
    calendar = office.calendar
    working = calendar.last_working_day(day)
    is_early = deadline.at is not None and day == working and deadline.at <= office.morning
    latest = calendar.shift(working, -1) if is_early else working
    return office.round_of(min(latest, max(calendar.shift(working, -AHEAD), calendar.first_working_day(since))))


def due_to_open(deadline: Deadline, begins_on: date, opens_at: datetime | None, now: datetime, office: Office) -> Opening:
    """Tell which occurrences a moment asks for: after an outage all that were missed, of a daily rule only the newest three."""
    reached: list[date] = []
    while opens_at is not None and opens_at <= now and (day := next_day(deadline, begins_on)):
        reached.append(day)
        begins_on = day + ONE_DAY
        opens_at = opening_moment(deadline, begins_on, office)
    is_daily = _parts(deadline.recurrence).get("FREQ") == "DAILY"
    passed = [day for day in reached if day < office.today(now)]
    skipped = tuple(passed[:-MOST_DAILY]) if is_daily else ()
    return Opening(tuple(day for day in reached if day not in skipped), skipped, begins_on, opens_at)


def on(rule: Deadline, day: date) -> Deadline:
    """Give the deadline that an occurrence of a rule has on a day."""
    kind = DeadlineKind.DATE if rule.at is None else DeadlineKind.DATETIME
    return Deadline(kind, rule.literal, day, rule.at, basis="occurrence")


def first(deadline: Deadline, today: date | None) -> Deadline:
    """Give the deadline with which a task begins: of a rule that of its first occurrence, where it has one, else itself."""
    day = next_day(deadline, today) if today else None
    return on(deadline, day) if day else deadline


def occurrence(task: Task, day: date, *, ref: str, name: str) -> Task:
    """Give the task that an occurrence is, with its own item and name, and the ladder of the series."""
    audience, deadline = replace(task.audience), on(task.deadline, day)
    fresh = Task(task.conclusion_id, task.position, ref, task.text, audience, deadline, name, task.submit_to)
    fresh.series_id, fresh.occurs_on, fresh.ladder = task.id, day, task.ladder
    return fresh


def span(deadline: Deadline) -> Span:
    """Tell what each occurrence of a rule stands for; where a month holds several, each stands for its day.

    A rule for the months after the quarters does not say which quarter it means, and is named by its month.
    """
    parts = _parts(deadline.recurrence)
    several = "," in parts.get("BYMONTHDAY", "") or ("," in parts.get("BYDAY", "") and "BYSETPOS" not in parts)
    return Span.DAY if several else _period(parts)


def _period(parts: dict[str, str]) -> Span:
    frequency, months = parts.get("FREQ"), parts.get("BYMONTH", "")
    if frequency in ("DAILY", "WEEKLY"):
        return Span.DAY if frequency == "DAILY" else Span.WEEK
    if months == QUARTER_ENDS:
        return Span.QUARTER
    return Span.YEAR if frequency == "YEARLY" and "," not in months else Span.MONTH


def follows_from(before: Deadline, begins_on: date, today: date) -> date:
    """Give the first day of the period that the old rule has not opened, so that no period is asked for twice or never."""
    day = next_day(before, begins_on)
    start = begins_on if day is None else _start(_period(_parts(before.recurrence)), day)
    return max(start, begins_on, today)


def in_its_period(before: Deadline, after: Deadline, day: date) -> Deadline | None:
    """Give the deadline that a new rule sets for what fell due on a day by the old one.

    None where the rules do not stand for the same periods, or the period has no day of the new one.
    """
    period = span(before)
    if period is Span.DAY or period is not span(after) or after.recurrence is None:
        return None
    found = next_day(after, _start(period, day))
    return on(after, found) if found is not None and _start(period, found) == _start(period, day) else None


def _start(period: Span, day: date) -> date:
    """Give the first day of the period in which a day lies."""
    match period:
        case Span.WEEK:
            return day - timedelta(days=day.weekday())
        case Span.MONTH:
            return day.replace(day=1)
        case Span.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case Span.YEAR:
            return day.replace(month=1, day=1)
        case Span.DAY:
            return day


def _ever_falls(parts: dict[str, str]) -> bool:
    """Tell whether any of its months has any of its days; the library would look for 30 February up to the year 9999."""
    if "BYMONTH" not in parts or "BYMONTHDAY" not in parts:
        return True
    longest = max(monthrange(LEAP_YEAR, int(month))[1] for month in parts["BYMONTH"].split(","))
    return any(abs(int(day)) <= longest for day in parts["BYMONTHDAY"].split(","))


def _parts(rule: str | None) -> dict[str, str]:
    """Take a rule apart into its names and values."""
    return dict(part.split("=", 1) for part in (rule or "").split(";") if "=" in part)
