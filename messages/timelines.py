"""Which days and rows does a timeline of messages show? Weeks without a message are left out, and alike orders share a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.calendar import Calendar
from domain.offices import Office
from domain.previews import Order, Planned
from messages.i18n import Speech

WEEK = timedelta(days=7)
WEEKS = 6
"""So many weeks stand side by side; more of them go on below."""
PUBLISHED = "published"
START = "•"
"""The label of a message on publishing, which has no days to count."""


class Phase(Enum):
    """Where a message lies against the deadline."""

    PUBLISHED = "published"
    BEFORE = "before"
    ON = "on"
    AFTER = "after"


@dataclass(frozen=True)
class Dot:
    """A message of a row: its day, where it lies against the deadline, and how many working days away from it."""

    day: date
    phase: Phase
    label: str


@dataclass(frozen=True)
class Row:
    """Orders that are brought up at the same moments: what they are, to whom and until when, and the dots."""

    title: str
    aside: str
    last_day: date | None
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on; each with the number of messages, and whether the office works on it."""

    monday: date
    counts: tuple[int, ...]
    working: tuple[bool, ...]
    follows: bool

    @property
    def days(self) -> tuple[date, ...]:
        """The days, Monday first."""
        return tuple(self.monday + timedelta(days=number) for number in range(7))


@dataclass(frozen=True)
class Panel:
    """Weeks side by side, with the rows that have a dot in them."""

    weeks: tuple[Week, ...]
    rows: tuple[Row, ...]


def timeline(speech: Speech, planned: Sequence[Planned], office: Office) -> tuple[Panel, ...]:
    """Lay messages out, in panels that stand under each other."""
    weeks = _weeks(planned, office)
    rows = _rows(speech, planned, office)
    panels = []
    for start in range(0, len(weeks), WEEKS):
        shown = weeks[start : start + WEEKS]
        days = {day for week in shown for day in week.days}
        panels.append(Panel(shown, tuple(row for row in rows if any(dot.day in days for dot in row.dots))))
    return tuple(panels)


def _weeks(planned: Sequence[Planned], office: Office) -> tuple[Week, ...]:
    days = [office.today(one.when) for one in planned]
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
    weeks = []
    for number, monday in enumerate(mondays):
        of_week = [monday + timedelta(days=count) for count in range(7)]
        counts, working = tuple(map(days.count, of_week)), tuple(map(office.calendar.is_working, of_week))
        weeks.append(Week(monday, counts, working, follows=number == 0 or mondays[number - 1] + WEEK == monday))
    return tuple(weeks)


def _rows(speech: Speech, planned: Sequence[Planned], office: Office) -> list[Row]:
    """Put orders with the same deadline and the same moments into one row, in the order of the paper."""
    told = [(one.when, said) for one in sorted(planned, key=lambda one: one.when) for said in one.mentions]
    moments: dict[Order, dict[tuple[date, str], None]] = {}
    for when, said in told:
        # Some read a message later than others do on the same day, which is one dot.
        moments.setdefault(said.order, {})[office.today(when), said.step] = None
    alike: dict[tuple[object, ...], list[Order]] = {}
    for order in sorted(moments, key=lambda order: order.position):
        alike.setdefault((order.deadline.last_day, *moments[order]), []).append(order)
    return [_row(speech, orders, list(moments[orders[0]]), office) for orders in alike.values()]


def _row(speech: Speech, orders: Sequence[Order], moments: Sequence[tuple[date, str]], office: Office) -> Row:
    first, refs = orders[0], speech.series(order.ref for order in orders)
    title = f"{first.ref} – {first.name}" if len(orders) == 1 else speech.say("Items {refs}", refs=refs)
    units = speech.plural("{n} unit", "{n} units", len({unit.id for order in orders for unit in order.units}))
    last = first.deadline.last_day
    no_day = speech.say("{units}, without a day", units=units)
    aside = speech.say("{units}, last day {day}", units=units, day=speech.date(last)) if last else no_day
    dots = tuple(_dot(day, step, last, office.calendar) for day, step in moments)
    return Row(title, aside, last, dots)


def _dot(day: date, step: str, last: date | None, calendar: Calendar) -> Dot:
    if step == PUBLISHED or last is None:
        return Dot(day, Phase.PUBLISHED, START)
    end = calendar.last_working_day(last)
    if day < end:
        return Dot(day, Phase.BEFORE, f"−{calendar.working_days_between(day, end)}")
    if day <= last:
        return Dot(day, Phase.ON, "0")
    return Dot(day, Phase.AFTER, f"+{calendar.working_days_between(last, day)}")
