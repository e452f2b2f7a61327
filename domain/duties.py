"""What does a unit have to do, seen as a whole? An assignment with the task, the unit and the conclusion it belongs to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import datetime, tzinfo

from domain.assignments import ENDED, Assignment, AssignmentState, Lateness, lateness
from domain.conclusions import Conclusion, Task
from domain.deadlines import Deadline
from domain.units import Unit


@dataclass(frozen=True)
class Duty:
    """An assignment with what belongs to it."""

    assignment: Assignment
    task: Task
    unit: Unit
    conclusion: Conclusion

    @property
    def deadline(self) -> Deadline:
        """The deadline that holds for the unit, which may have been moved since the task was assigned."""
        return self.assignment.deadline

    @property
    def stand(self) -> "Stand":
        """How it stands, to be counted."""
        return Stand(self.assignment.state, self.deadline, self.assignment.submitted_at)

    def lateness(self, now: datetime, zone: tzinfo) -> Lateness:
        """Judge the duty by the moment it was handed in, or by now while it was not."""
        return lateness(self.deadline, self.assignment.submitted_at or now, zone)


@dataclass(frozen=True)
class Stand:
    """How so many assignments stand alike: their state, the deadline that holds, and the moment (UTC) they were handed in."""

    state: AssignmentState
    deadline: Deadline
    submitted_at: datetime | None
    count: int = 1


@dataclass(frozen=True)
class Tally:
    """The official four-way table of a set of duties: fulfilled in time or late, unfulfilled within the time or late.

    What was handed in and waits for the office's decision counts as unfulfilled, and as late only when it came late;
    ``waiting`` tells how many those are.
    """

    done_in_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        """How many duties are counted."""
        return self.done_in_time + self.done_late + self.open_in_time + self.open_late

    def __add__(self, other: "Tally") -> "Tally":
        """Count the duties of both together."""
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


def tally(stands: Iterable[Stand], now: datetime, zone: tzinfo) -> Tally:
    """Count assignments by the official four-way table; what is no longer followed up is not counted."""
    counts = {(done, late): 0 for done in (True, False) for late in (True, False)}
    waiting = 0
    for one in (one for one in stands if one.state not in ENDED):
        is_late = lateness(one.deadline, one.submitted_at or now, zone).is_late
        counts[one.state is AssignmentState.ACCEPTED, is_late] += one.count
        waiting += one.count if one.state is AssignmentState.SUBMITTED else 0
    return Tally(counts[True, False], counts[True, True], counts[False, False], counts[False, True], waiting)


def late(duties: Collection[Duty], now: datetime, zone: tzinfo) -> list[Duty]:
    """Give the duties that nobody has handed in although their time is over, the longest overdue first."""
    overdue = [duty for duty in duties if duty.assignment.is_open and duty.lateness(now, zone).is_late]
    return sorted(overdue, key=lambda duty: -duty.lateness(now, zone).days)
