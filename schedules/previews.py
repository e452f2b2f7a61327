"""Which messages would follow if orders were given now? What the planner would do, told without doing it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain import series
from domain.deadlines import Deadline, DeadlineKind
from domain.offices import Office
from domain.previews import Mention, Order, Planned
from domain.units import Unit
from schedules import policy

FORESEEN = timedelta(days=31)
"""Of an order that recurs without end, what is given within so many days."""


def planned(orders: Sequence[Order], answering: Mapping[int, int], now: datetime, office: Office) -> list[Planned]:
    """Give every message in order, as far as no unit hands in; ``answering`` counts the people of units, by id.

    What recurs is told for a month.
    """
    found: dict[tuple[datetime, int], list[Mention]] = {}
    units: dict[int, Unit] = {unit.id: unit for order in orders for unit in order.units}
    for order, since in (given for one in orders for given in _given(one, now, office)):
        for when, step in _moments(order, since, office).items():
            for unit in order.units:
                found.setdefault((when, unit.id), []).append(Mention(step, order))
    messages = [Planned(when, units[number], answering.get(number, 0), tuple(said)) for (when, number), said in found.items()]
    return sorted(messages, key=lambda one: (one.when, -len(one.mentions), one.unit.name))


def _given(order: Order, now: datetime, office: Office) -> Iterator[tuple[Order, datetime]]:
    """Give what units are given and when: an order at once, one that recurs by its occurrences."""
    rule = order.deadline
    day = series.first_day(rule, now, office)
    if day is None:
        yield order, now
        return
    opens_at: datetime | None = now
    while day is not None and opens_at is not None and opens_at < now + FORESEEN:
        kind = DeadlineKind.DATE if rule.at is None else DeadlineKind.DATETIME
        yield replace(order, deadline=Deadline(kind, rule.literal, day, rule.at)), opens_at
        following = day + series.ONE_DAY
        day, opens_at = series.next_day(rule, following), series.opening_moment(rule, following, office)


def _moments(order: Order, since: datetime, office: Office) -> dict[datetime, str]:
    """Give the moments at which an order is brought up; of steps that fall on one moment only the newest is said."""
    steps = policy.ladder(order.deadline, since, office, steps=order.ladder)
    said = [(policy.may_say(one, one.at, office), one) for one in steps]
    return {when: one.step for when, one in said if one.over is None or when < one.over}
