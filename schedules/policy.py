"""Which step of the ladder has a task reached, and when may it be said? Pure rules over its occasions and the office's time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.digests import GATHERING, MOST_A_DAY
from domain.occasions import PUBLISHED, Occasion, ladder, of_duty
from domain.offices import Office

__all__ = [
    "PUBLISHED",
    "Occasion",
    "Outlook",
    "digest_leaves",
    "ladder",
    "may_leave",
    "may_say",
    "of_duty",
    "outlook",
    "pressed_leaves",
    "rest_ends",
]

FRESH = timedelta(hours=1)
"""For so long a planned digest may leave without a new look at the hour."""


@dataclass(frozen=True)
class Outlook:
    """What is to be done for an assignment now.

    ``say`` is the step to bring up, None when there is none or it must wait; ``skip`` are reached steps that a later one
    overtook, and ``missed`` those that would not be true any more; ``look_at`` (UTC) is when to look again, None when
    nothing is to come.
    """

    say: str | None
    skip: tuple[str, ...]
    look_at: datetime | None
    missed: tuple[str, ...] = ()


def outlook(occasions: Collection[Occasion], done: Collection[str], now: datetime, office: Office, *, at_once: bool) -> Outlook:
    """Tell what a moment asks for. Only the newest of the reached steps is said, so that an outage ends in one true message.

    ``at_once`` lets what was just published go out on a day off, by the officer's own word.
    """
    left = [one for one in occasions if one.step not in done]
    reached = [one for one in left if one.at <= now]
    coming = min((one.at for one in left if one.at > now), default=None)
    true_now = [one for one in reached if one.over is None or now < one.over]
    if not true_now:
        return Outlook(None, (), coming, tuple(one.step for one in reached))
    newest = true_now[-1]
    may = now if at_once and newest.step == PUBLISHED else may_say(newest, now, office)
    if may > now:
        return Outlook(None, (), may)
    place = reached.index(newest)
    overtaken, missed = ([one.step for one in some] for some in (reached[:place], reached[place + 1 :]))
    return Outlook(newest.step, tuple(overtaken), coming, tuple(missed))


def may_say(occasion: Occasion, now: datetime, office: Office) -> datetime:
    """Give the first moment, not before now, at which a step may be said.

    Never on a day off, and never in the quiet hours. What was published at another hour of a working day goes out until
    the quiet hours of that day; everything else between the morning round and the quiet hours, and else at the next round.
    """
    is_of_today = occasion.step == PUBLISHED and office.today(occasion.at) == office.today(now)
    was_just_published = is_of_today and not office.is_quiet(occasion.at)
    allowed = office.works(now) and not office.is_quiet(now) if was_just_published else office.is_in_hours(now)
    return now if allowed else office.next_round(now)


def may_leave(planned_at: datetime, now: datetime, office: Office) -> datetime:
    """Give the first moment, not before now, at which a planned digest may leave: soon after planning, else in the hours.

    What was planned on a working day does not leave on a day off that began meanwhile, and nothing leaves in quiet hours.
    """
    is_fresh = now - planned_at < FRESH and (office.works(now) or not office.works(planned_at))
    if office.is_in_hours(now) or (is_fresh and not office.is_quiet(now)):
        return now
    return office.next_round(now)


def rest_ends(now: datetime, office: Office, *, quiet_from: time | None = None, quiet_until: time | None = None) -> datetime:
    """Give the first moment, not before now, outside the quiet hours: the office's, or longer ones that a reader wishes.

    Where they end with a round, that is when what the round itself brings up has joined what waits.
    """
    ends = office.quieter(quiet_from=quiet_from, quiet_until=quiet_until).next_allowed(now)
    if ends == now:
        return now
    day = office.today(ends)
    rounds = office.round_of(day), office.round_of(day, afternoon=True)
    return ends + GATHERING if ends in rounds else ends


def digest_leaves(planned_at: datetime, now: datetime, office: Office, *, got_today: int) -> datetime:
    """Give the first moment, not before now, to try a digest whose reader got so many today: a third one waits for a round.

    What waits for a round leaves after what the round itself brings up has joined it.
    """
    moment = may_leave(planned_at, now, office)
    if moment > now:
        return moment + GATHERING
    return now if got_today < MOST_A_DAY else _round_to_come(now, office) + GATHERING


def pressed_leaves(now: datetime, office: Office) -> datetime:
    """Give the first moment, not before now, to try what an officer pressed for: within the office's hours."""
    return now if office.is_in_hours(now) else office.next_round(now) + GATHERING


def _round_to_come(now: datetime, office: Office) -> datetime:
    """Give the moment of the next round, of either kind."""
    afternoon = office.round_of(office.today(now), afternoon=True)
    morning = office.next_round(now)
    return min(morning, afternoon if office.works(now) and now < afternoon else morning)
