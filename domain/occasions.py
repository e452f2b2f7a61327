"""When is a task brought up? The moments of a ladder's steps, by a deadline and the office's time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from domain.deadlines import Deadline
from domain.duties import Duty
from domain.ladders import STANDARD, Ladder, effective
from domain.offices import Office

PUBLISHED = "published"
LAST_DAY = "0"
AFTERNOON = "0pm"
"""The last working day once more, at the afternoon round, while nothing was heard."""
SOON = "-2h"
"""Two hours before a clock time, where the office works then."""
EVE = "-1pm"
"""The afternoon round before, where a clock time passes ahead of the last working day's own morning round."""
BEFORE_CLOCK = timedelta(hours=2)
HALF_DAY = timedelta(hours=4)
"""What falls nearer to a later step, or to publishing, says nothing that the other does not."""
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
AT_ONCE = 256
"""What falls due at one moment is mostly given to many units: so many deadlines are reckoned with once for all of them."""
WEEKS_BACK = 8
"""Of weekly steps only the last few are looked at, so that a task that is years late costs no more than another."""


@dataclass(frozen=True)
class Occasion:
    """A step of the ladder and the moment (UTC) from which it counts as reached.

    From the moment ``over`` on it is not said any more, since it would not be true; None while it is for ever.
    """

    step: str
    at: datetime
    over: datetime | None = field(default=None, compare=False)


def of_duty(duty: Duty, office: Office, wider: Ladder | None, *, until: datetime | None = None) -> tuple[Occasion, ...]:
    """Give the steps of a duty by the ladder of its task, its conclusion, or else the ``wider`` one, the office's."""
    one = duty.assignment
    steps = effective(duty.task.ladder, duty.conclusion.ladder, wider)
    moved, at_once = bool(one.past), duty.conclusion.at_once
    return ladder(one.deadline, one.remind_from, office, moved=moved, at_once=at_once, steps=steps, early=one.early, until=until)


def ladder(
    deadline: Deadline,
    since: datetime,
    office: Office,
    *,
    moved: bool = False,
    at_once: bool = False,
    steps: Ladder = STANDARD,
    early: bool = False,
    until: datetime | None = None,
) -> tuple[Occasion, ...]:
    """Give the steps from a moment on, in order: publishing, then those before and after the deadline that are still to come.

    A deadline that was ``moved`` is told by a message of its own, so that its steps begin with those before it. Steps
    before the deadline count back from the last working day, steps after it count on from the strict last day. Weekly
    steps go on to the first one behind ``until``. Who was late before is brought up one step ``early``. What is
    not heard of ``at_once``, on a day off or in the quiet hours, leaves out the steps near the round at which it is told.
    """
    first = () if moved else (Occasion(PUBLISHED, since),)
    if deadline.last_day is None:
        return first
    coming = [one for one in _before(deadline, deadline.last_day, office, steps, early=early) if one.at > since]
    before = _thinned(coming, since if moved or at_once else office.tells_at(since))
    after = (one for one in _after(deadline.last_day, office, steps, max(until or since, since)) if one.at > since)
    return (*first, *before, *after)


def all_steps(deadline: Deadline, now: datetime, office: Office, steps: Ladder, *, early: bool = False) -> tuple[Occasion, ...]:
    """Give the steps of a deadline whenever it was given, those before now included."""
    return ladder(deadline, LONG_AGO, office, moved=True, steps=steps, early=early, until=now)


@lru_cache(AT_ONCE)
def _before(deadline: Deadline, last_day: date, office: Office, steps: Ladder, *, early: bool) -> Sequence[Occasion]:
    """Give the steps that lie before the deadline's moment, in order."""
    end = office.calendar.last_working_day(last_day)
    moment = _moment(last_day + ONE_DAY, time(), office) if deadline.at is None else _moment(last_day, deadline.at, office)
    days = {days for days in steps.before if days} | ({_one_more(steps.before)} if early else set())
    made = [Occasion(f"{-days}", office.round_of(office.calendar.shift(end, -days)), moment) for days in days]
    if 0 in steps.before:
        made += _on_last_day(end, moment, office, has_clock=deadline.at is not None)
    return tuple(sorted((one for one in made if one.at < moment), key=lambda one: one.at))


def _on_last_day(end: date, moment: datetime, office: Office, *, has_clock: bool) -> Iterator[Occasion]:
    """Give the steps of the last working day: both rounds, and two hours before a clock time."""
    over = min(moment, _moment(end + ONE_DAY, time(), office))
    if office.round_of(end) >= moment:
        yield Occasion(EVE, office.round_of(office.calendar.shift(end, -1), afternoon=True), moment)
        return
    yield Occasion(LAST_DAY, office.round_of(end), over)
    yield Occasion(AFTERNOON, office.round_of(end, afternoon=True), over)
    soon = moment - BEFORE_CLOCK
    if has_clock and office.is_in_hours(soon):
        yield Occasion(SOON, soon, over)


def _moment(day: date, clock: time, office: Office) -> datetime:
    return datetime.combine(day, clock, office.zone).astimezone(UTC)


def _one_more(before: tuple[int, ...]) -> int:
    """Give a step one earlier than the earliest, as far ahead of it as that is of the next."""
    first, second, *_ = *before, 0, 0
    return first + max(first - second, 2)


def _thinned(occasions: list[Occasion], since: datetime) -> list[Occasion]:
    """Leave out the steps that fall within half a day of publishing, or of the step behind them."""
    kept: list[Occasion] = []
    for one in reversed(occasions):
        if one.at - since >= HALF_DAY and (not kept or kept[-1].at - one.at >= HALF_DAY):
            kept.append(one)
    return kept[::-1]


@lru_cache(AT_ONCE)
def _after(last_day: date, office: Office, steps: Ladder, until: datetime) -> Sequence[Occasion]:
    """Give the steps after the strict last day, the weekly ones to the first behind a moment."""
    made = [Occasion(f"+{days}", office.round_of(office.calendar.shift(last_day, days))) for days in steps.after]
    base = office.calendar.shift(last_day, max(steps.after, default=0))
    return (*made, *(_weekly(last_day, base, office, until) if steps.weekly else ()))


def _weekly(last_day: date, base: date, office: Office, until: datetime) -> Iterator[Occasion]:
    """Give a step each week behind a day, named by the weeks since the last day, whatever the steps before it are."""
    passed = (office.today(until) - base) // WEEK
    day = base + max(1, passed - WEEKS_BACK) * WEEK
    while True:
        moment = office.round_of(office.calendar.first_working_day(day))
        yield Occasion(f"+w{(day - last_day) // WEEK}", moment)
        if moment > until:
            return
        day += WEEK
