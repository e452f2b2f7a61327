"""What should be there and is not? Assignments that nobody looks at, steps that were told nobody, announcements left out.

All is filled through the unique keys by which it was planned, so that two sweeps, or a sweep and the planner, double nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import OPEN
from domain.broadcasts import Broadcast, BroadcastState
from domain.deliveries import Kind, Lane
from domain.duties import Duty
from domain.units import Register, resolve
from storage import assignments, outbox, reminders, tables, units
from storage.session import changed

LATELY = timedelta(days=1)
"""What is older is not compared: it was while it was new, each minute."""
JUST_SENT = timedelta(minutes=15)
"""An announcement is through within a minute or two, so that it is compared for a while behind its end."""
SETTLED = timedelta(hours=1)
"""A role that began later is not counted: it may have been written down after what it is compared with."""
APART = timedelta(minutes=5)
"""A digest that takes in a step may bear an earlier moment than the step: work bears the moment at which it began."""
ledger, items, out = tables.reminders.c, tables.digest_items.c, tables.outbox.c
roles, sent = tables.roles.c, tables.broadcasts.c


@dataclass(frozen=True)
class Untold:
    """A step that is in the ledger as said, and a person who answers for the unit and has it on no digest."""

    reminder_id: int
    assignment_id: int
    person_id: int


@dataclass(frozen=True)
class LeftOut:
    """An announcement, and the people it was for who have no message of it; it goes out in a lane."""

    broadcast_id: int
    people: frozenset[int]
    lane: Lane


async def without_look(session: AsyncSession, after: int, limit: int) -> list[Duty]:
    """Give the open assignments with a day that nothing is planned for, by their numbers from behind one on."""
    watched = tables.assignments
    found = select(watched.c.id).where(literal_column(tables.UNWATCHED), watched.c.id > after).order_by(watched.c.id)
    ids = list(await session.scalars(found.limit(limit)))
    return sorted(await assignments.by_ids(session, ids), key=lambda duty: duty.assignment.id) if ids else []


async def look_again(session: AsyncSession, ids: Collection[int], now: datetime) -> int:
    """Let planning look at assignments that nothing is planned for, and count them."""
    watched = tables.assignments.c
    blind = update(tables.assignments).where(watched.id.in_(ids), watched.look_at.is_(None), watched.state.in_(OPEN))
    return changed(await session.execute(blind.values(look_at=now)))


async def untold(session: AsyncSession, now: datetime) -> list[Untold]:
    """Give the steps that were said lately of what is still open, and are on no digest of somebody who should have them."""
    watched = tables.assignments.c
    has_it, is_told = _is_covered(now, out.person_id == roles.person_id), _is_covered(now)
    said = (
        select(ledger.id, ledger.assignment_id, roles.person_id, ledger.at, roles.since, is_told.label("is_told"))
        .join(tables.assignments, and_(watched.id == ledger.assignment_id, watched.version == ledger.version))
        .join(tables.roles, and_(roles.unit_id == watched.unit_id, roles.until.is_(None)))
        .where(ledger.at > now - LATELY, ledger.at <= now, ledger.outcome == reminders.SAID, watched.state.in_(OPEN), ~has_it)
    )
    found = list(await session.execute(said.order_by(ledger.id, roles.person_id)))
    left = await _left(session, {row.assignment_id for row in found}) if found else {}
    return [
        Untold(row.id, row.assignment_id, row.person_id)
        for row in found
        if (_held(row.since, row.at) or not (row.is_told or _reached(left[row.assignment_id].values(), row.at)))
        and not _reached([left[row.assignment_id].get(row.person_id)], row.at)
    ]


async def _left(session: AsyncSession, assignment_ids: Collection[int]) -> dict[int, dict[int, datetime]]:
    """Give when each person's last digest with an assignment on it left."""
    on_it = select(items.assignment_id, out.person_id, func.max(out.sent_at)).join(tables.outbox, out.id == items.delivery_id)
    mine = on_it.where(items.assignment_id.in_(assignment_ids), out.kind.in_(outbox.BRINGING_UP), out.sent_at.is_not(None))
    left: dict[int, dict[int, datetime]] = {number: {} for number in assignment_ids}
    for number, person_id, at in await session.execute(mine.group_by(items.assignment_id, out.person_id)):
        left[number][person_id] = at
    return left


def _reached(left: Iterable[datetime | None], moment: datetime) -> bool:
    """Tell whether a digest that took in a step at a moment is among those that left."""
    return any(at is not None and at > moment - APART for at in left)


def _held(since: datetime, moment: datetime) -> bool:
    return since <= moment - SETTLED


def _is_covered(now: datetime, *whose: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether a step is on a digest: one that was made or sent since, or one that was there then and was not sent."""
    there_then = and_(out.sent_at.is_(None), out.due_at >= now - 2 * LATELY)
    since = or_(out.created_at >= ledger.at, out.sent_at >= ledger.at, there_then)
    covers = [items.assignment_id == ledger.assignment_id, items.delivery_id == out.id, out.kind.in_(outbox.BRINGING_UP)]
    return exists().where(*covers, *whose, since).correlate(tables.reminders, tables.roles)


async def tell_again(session: AsyncSession, gaps: Sequence[Untold], now: datetime) -> int:
    """Put steps on digests of their people once more, and count those that were not there."""
    due: dict[int, list[tuple[int, int]]] = {}
    for gap in gaps:
        due.setdefault(gap.person_id, []).append((gap.assignment_id, gap.reminder_id))
    return await outbox.remind_all(session, due, now, about="gap")


async def left_out(session: AsyncSession, now: datetime) -> list[LeftOut]:
    """Give the announcements of lately, going out or just through, with whom they were for and who have no message."""
    going = and_(sent.state == BroadcastState.SENDING, sent.sent_at > now - LATELY)
    through = and_(sent.state == BroadcastState.DONE, sent.sent_at > now - JUST_SENT)
    lately = select(Broadcast).where(sent.sent_at > now - LATELY, or_(going, through)).order_by(sent.id)
    found = list(await session.scalars(lately))
    register = await units.register(session) if found else Register(())
    gaps = [await _left_out(session, one, register) for one in found]
    return [gap for gap in gaps if gap.people]


async def _left_out(session: AsyncSession, broadcast: Broadcast, register: Register) -> LeftOut:
    meant = {unit.id for unit in resolve(broadcast.audience, register).units} if broadcast.audience else set()
    held = select(roles.person_id, roles.since).where(roles.unit_id.in_(meant), roles.until.is_(None))
    moment = broadcast.sent_at or broadcast.created_at
    readers = {person_id for person_id, since in await session.execute(held) if _held(since, moment)}
    mine = select(out.person_id, out.lane).where(out.kind == Kind.BROADCAST, out.subject_id == broadcast.id)
    rows = list(await session.execute(mine))
    lane = Lane(min((lane for _, lane in rows), default=Lane.BROADCAST))
    return LeftOut(broadcast.id, frozenset(readers - {person_id for person_id, _ in rows}), lane)


async def announce(session: AsyncSession, gap: LeftOut, now: datetime) -> int:
    """Queue an announcement for those who were left out, let it go out again where it was through, and count the messages."""
    count = await outbox.put(session, Kind.BROADCAST, gap.people, lane=gap.lane, at=now, subject=gap.broadcast_id)
    over = update(tables.broadcasts).where(sent.id == gap.broadcast_id, sent.state == BroadcastState.DONE)
    await session.execute(over.values(state=BroadcastState.SENDING))
    return count
