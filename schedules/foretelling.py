"""What would publishing a draft send? Its notices, its messages, and what the office's later decisions would make of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.changes import Effect
from domain.drafts import Draft
from domain.ladders import Ladder, effective
from domain.offices import Office
from domain.previews import Coming, Foretold, Listener, Notice, Order, Planned
from domain.readings import AmendmentKind
from domain.records import Record
from domain.series import ONE_DAY, opening_moment
from domain.units import Unit, resolve
from schedules import listeners, previews
from storage import records, series, units
from storage.session import Session

Reaching = tuple[Effect, tuple[Unit, ...]]
"""A change, and the units for which it does something."""


@dataclass(frozen=True)
class Outset:
    """What is known before time is played forward: who would be told of which orders, and how the office stands."""

    orders: tuple[Order, ...]
    listeners: tuple[Listener, ...]
    often_late: tuple[Record, ...]
    now: datetime
    office: Office
    wider: Ladder | None = None
    notices: tuple[Notice, ...] = ()
    coming: tuple[Coming, ...] = ()

    def planned(self, *, at_once: bool = False, is_early: bool = False) -> list[Planned]:
        """Give the messages, as the office decides."""
        late = frozenset(one.unit.id for one in self.often_late)
        orders = [replace(one, early=late) if is_early and not one.moved else one for one in self.orders]
        now, office, wider, coming = self.now, self.office, self.wider, self.coming
        return previews.planned(orders, self.listeners, now, office, coming=coming, at_once=at_once, wider=wider)

    def foretold(self) -> Foretold:
        """Give everything that publishing sends."""
        usual = self.planned()
        at_once = () if self.office.works(self.now) else _otherwise(self.planned(at_once=True), usual)
        early = _otherwise(self.planned(is_early=True), usual) if self.often_late else ()
        return Foretold(tuple(usual), self.notices, at_once, early, self.often_late)


async def outset(
    session: Session,
    orders: Sequence[Order],
    now: datetime,
    office: Office,
    *,
    wider: Ladder | None = None,
    draft: Draft | None = None,
) -> Outset:
    """Look up who would be told of orders, and of what a draft changes, and how they stand."""
    changes = [(effect, draft.touched(effect)) for effect in draft.foreseen] if draft else []
    changed = [duty for effect, _ in changes for duty in draft.reached(effect)] if draft else []
    told = {*(unit.id for one in orders for unit in one.units), *(unit.id for _, touched in changes for unit in touched)}
    # What ends is brought up no more, and what has another deadline is by the order that moves it.
    gone = {duty.assignment.id for duty in changed}
    audience = await listeners.of_units(session, told, now, office, without=gone)
    dated = {unit.id for one in orders if one.deadline.last_day and not one.moved for unit in one.units}
    late = await records.often_late(session, dated, now, office.zone)
    notices = _notices(changes, audience, office.tells_at(now))
    ended = {effect.earlier.id for effect, _ in changes if effect.change.whole}
    opening = {effect.change.earlier_task_id: effect.to_open for effect, _ in changes if effect.to_open}
    coming = await _coming(session, office, wider, ended, opening)
    return Outset(tuple(orders), tuple(audience), tuple(late), now, office, wider, notices, coming)


async def _coming(
    session: Session, office: Office, wider: Ladder | None, ended: Collection[int], opening: Mapping[int | None, date]
) -> tuple[Coming, ...]:
    """Give what recurs of other papers and is still to be given, but for those that will have ended.

    Where publishing opens an occurrence before its time, that is the next one.
    """
    register = await units.register(session)
    found = []
    for recurring, conclusion in await series.to_come(session):
        task, stand = recurring.task, recurring.series
        begins_on, opens_at = stand.begins_on, stand.opens_at
        if (opened := opening.get(recurring.task.id)) is not None:
            begins_on = opened + ONE_DAY
            opens_at = opening_moment(recurring.task.deadline, begins_on, office)
        if opens_at is not None and conclusion.id not in ended:
            bound, ladder = resolve(task.audience, register).units, effective(task.ladder, conclusion.ladder, wider)
            order = Order(task.position, task.ref, task.text, task.deadline, bound, ladder)
            found.append(Coming(order, begins_on, opens_at))
    return tuple(found)


def _notices(changes: Iterable[Reaching], audience: Collection[Listener], when: datetime) -> tuple[Notice, ...]:
    """Give what tells units of changes; all tasks that end of one older conclusion are told in one message."""
    found: dict[tuple[object, ...], list[Reaching]] = {}
    for effect, touched in changes:
        is_moved = effect.change.kind is AmendmentKind.MOVES and not effect.recurs_instead
        found.setdefault((effect.earlier.id, effect.change.id if is_moved else None), []).append((effect, touched))
    told = [_notice(alike, audience, when) for alike in found.values()]
    return tuple(one for one in told if one.units)


def _notice(alike: Sequence[Reaching], audience: Collection[Listener], when: datetime) -> Notice:
    told = {unit.id: unit for _, touched in alike for unit in touched}
    readers = frozenset(one.person_id for one in audience if one.unit_ids & told.keys())
    return Notice(when, tuple(effect for effect, _ in alike), tuple(told.values()), readers)


def _otherwise(variant: Iterable[Planned], usual: Iterable[Planned]) -> tuple[Planned, ...]:
    """Give the messages of a variant that are not among the usual ones."""
    known = {_words(one) for one in usual}
    return tuple(one for one in variant if _words(one) not in known)


def _words(one: Planned) -> tuple[object, ...]:
    said = tuple((each.order.position, each.order.deadline, each.step) for each in one.mentions)
    return one.when, one.unit.id, said
