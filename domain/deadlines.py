"""Until when is a task due? The words of the paper, the strict last day they mean, and the last working day."""

from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from domain.calendar import Calendar


class DeadlineKind(StrEnum):
    """How a paper sets a time: by a day, a moment, a period, a rule, an event, or not at all."""

    NONE = "none"
    DATE = "date"
    DATETIME = "datetime"
    MONTH = "month"
    QUARTER = "quarter"
    RECURRING = "recurring"
    RELATIVE = "relative"


@dataclass(frozen=True)
class Deadline:
    """A deadline as read or as an officer set it.

    ``last_day`` is the strict last day in the office's zone, None where the paper sets none; ``at`` is the clock time
    on that day; ``recurrence`` is an RFC 5545 rule of last days; ``literal`` are the words it came from; ``basis`` says
    how they were understood (``exclusive``, ``inclusive``, ``end_of_month`` …).
    """

    kind: DeadlineKind = DeadlineKind.NONE
    literal: str | None = None
    last_day: date | None = None
    at: time | None = None
    recurrence: str | None = None
    basis: str | None = None

    @property
    def awaits_day(self) -> bool:
        """Whether it hangs on an event whose day nobody has given yet."""
        return self.kind is DeadlineKind.RELATIVE and self.last_day is None

    @property
    def is_dated(self) -> bool:
        """Whether it falls on a day that a calendar can hold, once or again and again."""
        return self.last_day is not None or self.recurrence is not None

    def for_words(self, printed: "Deadline") -> "Deadline":
        """Give the day that a person set for the words of a paper which gives none; without a day there is nothing to set."""
        return self if self.last_day is None else replace(self, kind=printed.kind, literal=printed.literal, basis="set")

    def last_working_day(self, calendar: Calendar) -> date | None:
        """Give the last working day not after the strict last day; None where there is no last day."""
        return None if self.last_day is None else calendar.last_working_day(self.last_day)


NO_DEADLINE = Deadline(basis="none")
