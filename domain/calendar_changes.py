"""What does a change of the office's calendar move? The last working days of open duties, and the reminders still to come."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import occasions
from domain.duties import Duty
from domain.ladders import FARTHEST, Ladder
from domain.offices import Office

REACH = timedelta(days=2 * FARTHEST)
"""No reminder lies farther than this from the last day that it is about."""


@dataclass(frozen=True)
class MovedDay:
    """A duty whose last working day is another one after a change."""

    duty: Duty
    before: date
    after: date


@dataclass(frozen=True)
class MovedReminder:
    """A step of a duty's ladder with the moments (UTC) at which it was to be said and is now."""

    duty: Duty
    step: str
    before: datetime
    after: datetime


@dataclass(frozen=True)
class Effect:
    """What a change of the calendar moves."""

    days: tuple[MovedDay, ...] = ()
    reminders: tuple[MovedReminder, ...] = ()


@dataclass(frozen=True)
class Change:
    """The office's time before and after a change of its calendar, which comes at a moment."""

    before: Office
    after: Office
    now: datetime

    def effect(self, duties: Iterable[Duty], said: Mapping[tuple[int, int], Set[str]], ladder: Ladder | None) -> Effect:
        """Tell what it moves: ``said`` are the steps that are in the ledger, ``ladder`` the office's own.

        What was said already, or is over by both calendars, does not move.
        """
        still = [duty for duty in duties if duty.assignment.is_open]
        moved = [one for duty in still if (one := self._day(duty))]
        reminders = [
            one
            for duty in still
            for one in self._reminders(duty, said.get((duty.assignment.id, duty.assignment.version), set()), ladder)
        ]
        return Effect(tuple(moved), tuple(sorted(reminders, key=lambda one: one.before)))

    def _day(self, duty: Duty) -> MovedDay | None:
        before, after = (duty.deadline.last_working_day(office.calendar) for office in (self.before, self.after))
        return MovedDay(duty, before, after) if before and after and before != after else None

    def _reminders(self, duty: Duty, said: Set[str], ladder: Ladder | None) -> list[MovedReminder]:
        old, new = (
            {one.step: one.at for one in occasions.of_duty(duty, office, ladder, until=self.now)}
            for office in (self.before, self.after)
        )
        both = ((step, old[step], new[step]) for step in old if step in new and step not in said)
        return [MovedReminder(duty, *one) for one in both if one[1] != one[2] and max(one[1:]) > self.now]
