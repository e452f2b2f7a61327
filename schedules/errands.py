"""What is there to bring up, and at which steps, until a moment that is still to come? Errands of orders and of duties."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain import series
from domain.duties import Duty
from domain.ladders import Ladder
from domain.occasions import WEEKS_BACK
from domain.offices import Office
from domain.previews import Coming, Listener, Order
from domain.units import Unit
from schedules import policy
from schedules.foresight import Errand
from schedules.policy import Occasion

FORESEEN = timedelta(days=31)
"""Of an order that recurs without end, what is given within so many days."""
REACH = timedelta(weeks=WEEKS_BACK)
"""A ladder holds the weekly steps of so long a time, and is asked again for what comes behind."""


@dataclass(frozen=True)
class Given:
    """An order as it would be given, and the errand that it is for a unit, or for one that is brought up ``early``."""

    order: Order
    usual: Errand
    early: Errand

    def to(self, unit: Unit) -> Errand:
        """Give the errand that the order is for a unit."""
        return self.early if unit.id in self.order.early else self.usual


def horizon(orders: Iterable[Order], now: datetime, office: Office) -> datetime:
    """Give the last moment (UTC) at which an order is brought up, the first weekly step included."""
    steps = (one for order in orders for each, since in _opened(order, now, office) for one in _steps(each, since, office, now))
    return max((one.at for one in steps), default=now)


def of_orders(orders: Iterable[Order], now: datetime, office: Office, until: datetime, *, at_once: bool) -> list[Given]:
    """Give what orders would be from the moment on at which they are given."""
    return [
        Given(each, *(_errand(each, since, office, until, at_once=at_once, early=early) for early in (False, True)))
        for order in orders
        for each, since in _opened(order, now, office)
    ]


def of_coming(coming: Iterable[Coming], now: datetime, office: Office, until: datetime) -> list[Given]:
    """Give what older papers that recur will be, as far as it is given before a moment."""
    opened = (
        (each, max(since, now))
        for one in coming
        for each, since in _occurrences(one.order, one.begins_on, one.opens_at, office, until)
    )
    made = [(each, _errand(each, since, office, until, at_once=False, early=False)) for each, since in opened]
    return [Given(each, errand, errand) for each, errand in made]


def of_listeners(
    listeners: Iterable[Listener], now: datetime, office: Office, until: datetime, wider: Ladder | None
) -> dict[int, Errand]:
    """Give what people's units have open already, by the id of its assignment."""
    known: dict[tuple[object, ...], tuple[Occasion, ...]] = {}
    found: dict[int, Errand] = {}
    for duty, done in (each for one in listeners for each in one.duties):
        if duty.assignment.id not in found:
            if _alike(duty) not in known:
                known[_alike(duty)] = _of_duty(duty, now, office, until, wider)
            look_at, at_once = duty.assignment.look_at, duty.conclusion.at_once
            found[duty.assignment.id] = Errand(known[_alike(duty)], look_at, done, at_once=at_once)
    return found


def _alike(duty: Duty) -> tuple[object, ...]:
    """Give what assignments have in common that are brought up at the same steps."""
    one = duty.assignment
    return duty.task.id, one.deadline, one.remind_from, bool(one.past), one.early


def _of_duty(duty: Duty, now: datetime, office: Office, until: datetime, wider: Ladder | None) -> tuple[Occasion, ...]:
    return _far(lambda moment: policy.of_duty(duty, office, wider, until=moment), now, until)


def _opened(order: Order, now: datetime, office: Office) -> Iterator[tuple[Order, datetime]]:
    """Give what units are given and when: an order at once, one that recurs by its occurrences."""
    day = series.first_day(order.deadline, now, office)
    if day is None:
        yield order, now
        return
    for one, opens_at in _occurrences(order, day, now, office, now + FORESEEN):
        yield replace(one, early=order.early if opens_at == now else frozenset()), opens_at


def _occurrences(
    order: Order, begins_on: date, opens_at: datetime | None, office: Office, until: datetime
) -> Iterator[tuple[Order, datetime]]:
    """Give the occurrences that are given before a moment, from a strict last day on, and when each is."""
    rule = order.deadline
    day = series.next_day(rule, begins_on)
    while day is not None and opens_at is not None and opens_at < until:
        yield replace(order, deadline=series.on(rule, day)), opens_at
        following = day + series.ONE_DAY
        day, opens_at = series.next_day(rule, following), series.opening_moment(rule, following, office)


def _errand(order: Order, since: datetime, office: Office, until: datetime, *, at_once: bool, early: bool) -> Errand:
    def steps(moment: datetime) -> Sequence[Occasion]:
        return _steps(order, since, office, moment, at_once=at_once, early=early)

    return Errand(_far(steps, since, until), since, at_once=at_once)


def _steps(
    order: Order, since: datetime, office: Office, until: datetime, *, at_once: bool = False, early: bool = False
) -> Sequence[Occasion]:
    ladder, moved = order.ladder, order.moved
    return policy.ladder(order.deadline, since, office, moved=moved, at_once=at_once, steps=ladder, early=early, until=until)


def _far(steps: Callable[[datetime], Sequence[Occasion]], since: datetime, until: datetime) -> tuple[Occasion, ...]:
    """Give the steps until a moment, which may lie farther ahead than one look at the weekly ones reaches."""
    found: dict[str, Occasion] = {}
    moment = since
    while moment < until:
        found |= {one.step: one for one in steps(moment)}
        moment += REACH
    return tuple((found | {one.step: one for one in steps(until)}).values())
