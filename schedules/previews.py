"""Which messages would follow if orders were given now? What planner and delivery would do, told without doing it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from domain.ladders import Ladder
from domain.offices import Office
from domain.previews import Coming, Listener, Mention, Order, Planned
from domain.units import Unit
from schedules import errands, foresight
from schedules.errands import Given
from schedules.foresight import Errand, Heard, Situation, Waiting

NOBODY = 0
"""The number of a listener who is none."""
WEEKLY = "+w"
Place = tuple[Order, Unit]
Message = tuple[datetime, int, tuple[Mention, ...]]


def planned(
    orders: Sequence[Order],
    listeners: Sequence[Listener],
    now: datetime,
    office: Office,
    *,
    coming: Iterable[Coming] = (),
    at_once: bool = False,
    wider: Ladder | None = None,
) -> list[Planned]:
    """Give every message that brings the orders up, as far as no unit hands in.

    It leaves by all that bears on it: what its reader's units have to do besides, by the ``wider`` ladder where the office
    has set one; what is ``coming`` of older papers that recur; what reached the reader today; and the reader's own quiet hours.
    A unit without anybody is told as one person would be. ``at_once`` tells on a day off. What recurs is told for a month,
    and of the weekly steps the first.
    """
    until = errands.horizon(orders, now, office)
    given = errands.of_orders(orders, now, office, until, at_once=at_once)
    others = errands.of_listeners(listeners, now, office, until, wider)
    later = errands.of_coming(coming, now, office, until)
    units = {unit.id: unit for one in orders for unit in one.units}
    played = _player(now, office)
    readers: dict[Message, set[int]] = {}
    for one in (*listeners, *_nobody(units, listeners)):
        places, besides = _of(one, given), [others[duty.assignment.id] for duty, _ in one.duties]
        all_errands = [*(order.to(unit) for order, unit in places), *besides, *(order.usual for order, _ in _of(one, later))]
        for message in _messages([(order.order, unit) for order, unit in places], played(_situation(one, all_errands))):
            readers.setdefault(message, set()).add(one.person_id)
    return _sorted(Planned(when, units[unit], frozenset(who - {NOBODY}), said) for (when, unit, said), who in readers.items())


def _of(listener: Listener, given: Iterable[Given]) -> list[tuple[Given, Unit]]:
    return [(one, unit) for one in given for unit in one.order.units if unit.id in listener.unit_ids]


def _sorted(messages: Iterable[Planned]) -> list[Planned]:
    return sorted(messages, key=lambda one: (one.when, -len(one.mentions), one.unit.name))


def _nobody(units: Iterable[int], listeners: Iterable[Listener]) -> list[Listener]:
    """Give a listener in the place of those whom units do not have."""
    answered = {number for one in listeners for number in one.unit_ids}
    return [Listener(NOBODY, frozenset({number})) for number in units if number not in answered]


def _situation(listener: Listener, all_errands: Sequence[Errand]) -> Situation:
    still_open = {duty.assignment.id for duty, _ in listener.duties}
    waiting = [
        Waiting(one.planned_at, one.due_at, one.reason, holds=bool(one.assignments & still_open)) for one in listener.pending
    ]
    return Situation(tuple(all_errands), listener.quiet_from, listener.quiet_until, listener.got, tuple(waiting))


def _player(now: datetime, office: Office) -> Callable[[Situation], Sequence[Heard]]:
    """Play each kind of situation once, since most units are in the same."""
    known: dict[tuple[object, ...], Sequence[Heard]] = {}

    def played(situation: Situation) -> Sequence[Heard]:
        key = situation.key
        if key not in known:
            known[key] = foresight.play(situation, now, office)
        return known[key]

    return played


def _messages(places: Sequence[Place], heard: Iterable[Heard]) -> Iterator[Message]:
    """Give what each unit is told in every digest; of the weekly steps of an order only the first."""
    weekly: set[int] = set()
    for one in heard:
        told: dict[int, list[Mention]] = {}
        for place, step in one.said:
            if place >= len(places) or (step.startswith(WEEKLY) and place in weekly):
                continue
            order, unit = places[place]
            weekly |= {place} if step.startswith(WEEKLY) else set()
            told.setdefault(unit.id, []).append(Mention(step, order))
        yield from ((one.when, unit_id, tuple(mentions)) for unit_id, mentions in told.items())
