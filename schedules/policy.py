"""Which step of the ladder has a task reached, and when may it be said? Pure rules over a deadline and the office's time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.deadlines import Deadline
from domain.offices import Office

PUBLISHED = "published"
BEFORE = (5, 2, 0)
"""Working days before the last working day."""
AFTER = (1, 3, 5, 7, 9, 11)
"""Working days after the strict last day: the first, then every second one, five times."""
FRESH = timedelta(hours=1)
"""For so long a planned digest may leave without a new look at the hour."""


@dataclass(frozen=True)
class Occasion:
    """A step of the ladder and the moment (UTC) from which it counts as reached."""

    step: str
    at: datetime


def ladder(deadline: Deadline, since: datetime, office: Office, *, moved: bool = False) -> tuple[Occasion, ...]:
    """Give the steps from a moment on, in order: publishing, then those before and after the deadline that are still to come.

    A deadline that was ``moved`` is told by a message of its own, so that its steps begin with those before it. Steps
    before the deadline count back from the last working day, steps after it count on from the strict last day.
    """
    first = () if moved else (Occasion(PUBLISHED, since),)
    if deadline.last_day is None:
        return first
    calendar = office.calendar
    end = calendar.last_working_day(deadline.last_day)
    before = {f"{-n}": calendar.shift(end, -n) for n in BEFORE}
    after = {f"+{n}": calendar.shift(deadline.last_day, n) for n in AFTER}
    rounds = (Occasion(step, office.round_of(day)) for step, day in (before | after).items())
    return (*first, *(one for one in rounds if one.at > since))


@dataclass(frozen=True)
class Outlook:
    """What is to be done for an assignment now.

    ``say`` is the step to bring up, None when there is none or it must wait; ``skip`` are reached steps that a later one
    overtook; ``look_at`` (UTC) is when to look again, None when nothing is to come.
    """

    say: str | None
    skip: tuple[str, ...]
    look_at: datetime | None


def outlook(occasions: Collection[Occasion], done: Collection[str], now: datetime, office: Office, *, at_once: bool) -> Outlook:
    """Tell what a moment asks for. Only the newest of the reached steps is said, so that an outage ends in one true message.

    ``at_once`` lets what was just published go out on a day off, by the officer's own word.
    """
    left = [one for one in occasions if one.step not in done]
    reached = [one for one in left if one.at <= now]
    coming = min((one.at for one in left if one.at > now), default=None)
    if not reached:
        return Outlook(None, (), coming)
    newest = reached[-1]
    may = now if at_once and newest.step == PUBLISHED else may_say(newest, now, office)
    if may > now:
        return Outlook(None, (), may)
    return Outlook(newest.step, tuple(one.step for one in reached[:-1]), coming)


def may_say(occasion: Occasion, now: datetime, office: Office) -> datetime:
    """Give the first moment, not before now, at which a step may be said.

    Never on a day off. What was published on a working day goes out at any hour of that day; everything else between
    the round and the evening, and else at the next round.
    """
    was_just_published = occasion.step == PUBLISHED and office.today(occasion.at) == office.today(now)
    allowed = office.works(now) if was_just_published else office.is_in_hours(now)
    return now if allowed else office.next_round(now)


def may_leave(planned_at: datetime, now: datetime, office: Office) -> datetime:
    """Give the first moment, not before now, at which a planned digest may leave: soon after planning, else in the hours.

    What was planned on a working day does not leave on a day off that began meanwhile.
    """
    is_fresh = now - planned_at < FRESH and (office.works(now) or not office.works(planned_at))
    return now if is_fresh or office.is_in_hours(now) else office.next_round(now)
