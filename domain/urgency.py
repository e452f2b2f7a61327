"""Which task comes first? What is late by the most days, then what is due, and what has no deadline last."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from domain.assignments import AssignmentState, Timing
from domain.calendar import Calendar
from domain.duties import Duty

LONG_LATE = 5
"""Working days from which on lateness is told plainly: a whole week of work has gone by since the deadline."""
_RANKS = {Timing.LATE: 0, Timing.TODAY: 1, Timing.SOON: 2, Timing.AHEAD: 2, Timing.NO_DEADLINE: 3}


def by_urgency(duties: Iterable[Duty], now: datetime, calendar: Calendar, zone: tzinfo) -> list[Duty]:
    """Sort duties by what matters: the longest late, due today, the nearest last working day, returned before untouched."""
    return sorted(duties, key=lambda duty: _weight(duty, now, calendar, zone))


def _weight(duty: Duty, now: datetime, calendar: Calendar, zone: tzinfo) -> tuple[int, int, bool, int]:
    lateness = duty.lateness(now, zone)
    working = duty.deadline.last_working_day(calendar)
    nearness = -lateness.days if lateness.is_late or working is None else working.toordinal()
    is_untouched = duty.assignment.state is not AssignmentState.RETURNED
    return _RANKS[lateness.timing], nearness, is_untouched, duty.assignment.id


def working_days_late(duty: Duty, now: datetime, calendar: Calendar, zone: tzinfo) -> int:
    """Count the working days since a duty's strict last day; zero while it is not late."""
    last = duty.deadline.last_day
    if last is None:
        return 0
    moment = duty.assignment.submitted_at or now
    return calendar.working_days_between(last, moment.astimezone(zone).date())
