"""Who else hears that a unit does not answer, and when is that told again? Pure rules over days late and reminders ignored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from domain import urgency
from domain.duties import Duty
from domain.offices import Office
from domain.rounds import Straggler

DECISION_DAYS = 2
"""Working days that a submission may wait: a unit that handed in is owed an answer before it asks for one."""
DRAFT_DAYS = 2
"""Working days that a draft may lie: every day of it is one that the units lack."""
SILENCE = timedelta(weeks=13)
"""Three months, the longest after which offices report on what runs without a deadline."""
AGAIN = timedelta(days=7)
"""What goes on is told again each week: daily it would no longer be read."""


class Level(IntEnum):
    """How far it has come: only the unit's own people, who are all reminded, then who published, the office, the leader."""

    UNIT = 0
    PUBLISHER = 1
    OFFICE = 2
    LEADER = 3


# Three days after the deadline the unit has heard of it before, on and twice after the day: who published can still call.
# A whole week of work is what no slip explains, so the office and its leader hear of it at once. Reminders ignored tell of
# a unit that reads nothing, which may need another person rather than a firmer word: the leader hears of it last.
LATE = {Level.PUBLISHER: 3, Level.OFFICE: urgency.LONG_LATE, Level.LEADER: urgency.LONG_LATE}
IGNORED = {Level.PUBLISHER: 3, Level.OFFICE: 4, Level.LEADER: 6}


@dataclass(frozen=True)
class Case:
    """A duty that is late or goes unanswered: working days late, reminders ignored, how far that goes, and since which day."""

    duty: Duty
    days_late: int
    ignored: int
    level: Level
    since: date


def level(days_late: int, ignored: int) -> Level:
    """Give the highest level that the working days late, or the reminders ignored, have reached."""
    reached = (one for one in LATE if days_late >= LATE[one] or ignored >= IGNORED[one])
    return max(reached, default=Level.UNIT)


def case(duty: Duty, unanswered: Sequence[datetime], now: datetime, office: Office) -> Case:
    """Judge a duty by the moments (UTC, in order) of the reminders that went unanswered."""
    days_late = urgency.working_days_late(duty, now, office.calendar, office.zone)
    found = level(days_late, len(unanswered))
    last, days = duty.deadline.last_day, []
    if last is not None and days_late >= LATE.get(found, days_late + 1):
        days.append(office.calendar.shift(last, LATE[found]))
    if len(unanswered) >= IGNORED.get(found, len(unanswered) + 1):
        days.append(office.today(unanswered[IGNORED[found] - 1]))
    return Case(duty, days_late, len(unanswered), found, min(days, default=office.today(now)))


def stragglers(cases: Iterable[Case]) -> list[Straggler]:
    """Gather cases by unit, the worst first: by days late, then by reminders ignored."""
    by_unit: dict[int, list[Case]] = {}
    for one in cases:
        by_unit.setdefault(one.duty.unit.id, []).append(one)
    found = [_straggler(of_one) for of_one in by_unit.values()]
    return sorted(found, key=lambda one: (-one.days_late, -one.ignored, one.unit.name))


def _straggler(cases: Sequence[Case]) -> Straggler:
    duties = tuple(one.duty for one in cases)
    return Straggler(duties[0].unit, duties, max(one.days_late for one in cases), max(one.ignored for one in cases))


def for_officer(cases: Iterable[Case], person_id: int, today: date, previous: date | None) -> list[Case]:
    """Give the cases that an officer hears of today: every officer from their level on, who published one level before."""
    heard = (one for one in cases if one.level >= _level_of(one.duty, person_id))
    return [one for one in heard if is_told(one.since, today, previous)]


def _level_of(duty: Duty, person_id: int) -> Level:
    return Level.PUBLISHER if duty.conclusion.created_by == person_id else Level.OFFICE


def for_leader(cases: Iterable[Case]) -> list[Case]:
    """Give the cases that a leader hears of, every day, since the leader's digest is how things stand."""
    return [one for one in cases if one.level is Level.LEADER]


def is_told(since: date, today: date, previous: date | None) -> bool:
    """Tell whether what holds since a day is told today: first at the round after that day, and then once a week.

    ``previous`` is the day of the round before, None when there was none.
    """
    if since > today:
        return False
    return previous is None or (today - since) // AGAIN > (previous - since) // AGAIN
