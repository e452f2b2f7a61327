"""Which announcements are there, and who confirmed them?"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.broadcasts import Broadcast, BroadcastState, Hindrance, Miss, Results
from domain.deliveries import DeliveryState, Kind
from domain.errors import Refusal
from domain.reach import Silent
from domain.units import resolve
from storage import reach, tables, units
from storage.session import changed, insert_new

acknowledgements = tables.acknowledgements.c
_BY_IDS = select(Broadcast).where(tables.broadcasts.c.id.in_(bindparam("ids", expanding=True)))


async def add(session: AsyncSession, broadcast: Broadcast) -> Broadcast:
    """Keep a new announcement."""
    session.add(broadcast)
    await session.flush()
    return broadcast


async def one(session: AsyncSession, broadcast_id: int, *, held: bool = False) -> Broadcast:
    """Give one announcement, ``held`` until the transaction ends where it is to change; refuse a number that nobody has."""
    found = await session.get(Broadcast, broadcast_id, with_for_update=True if held else None)
    if found is None:
        raise Refusal("no-such-broadcast")
    return found


async def by_ids(session: AsyncSession, ids: Collection[int]) -> list[Broadcast]:
    """Give announcements by their ids; while they are held, the session gives each of them again without asking."""
    return list(await session.scalars(_BY_IDS, {"ids": list(ids)}))


async def going_out(session: AsyncSession) -> list[Broadcast]:
    """Give the announcements that are being sent."""
    found = select(Broadcast).where(tables.broadcasts.c.state == BroadcastState.SENDING)
    return list(await session.scalars(found.order_by(tables.broadcasts.c.id)))


async def acknowledge(session: AsyncSession, broadcast_id: int, person_id: int, at: datetime) -> bool:
    """Keep a person's confirmation; False when it was kept before."""
    row = {"broadcast_id": broadcast_id, "person_id": person_id, "at": at}
    return bool(changed(await session.execute(insert_new(session, tables.acknowledgements, row))))


async def results(session: AsyncSession, broadcast_id: int) -> Results:
    """Tell how an announcement stands: who got it, who did not and why, and who has confirmed it."""
    out, names = tables.outbox.c, tables.people.c
    sent_to = select(out.person_id, names.name, out.state, out.reason).join(tables.people, names.id == out.person_id)
    rows = list(await session.execute(sent_to.where(out.kind == Kind.BROADCAST, out.subject_id == broadcast_id).order_by(out.id)))
    seen = set(await session.scalars(select(acknowledgements.person_id).where(acknowledgements.broadcast_id == broadcast_id)))
    # Whoever has confirmed it got it, even where no answer of the platform said so.
    got = [row for row in rows if row.state is DeliveryState.SENT or row.person_id in seen]
    ended = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.CANCELLED)
    missed = tuple(Miss(row.name, _hindrance(row.reason)) for row in rows if row.state in ended and row.person_id not in seen)
    unseen = tuple(row.name for row in got if row.person_id not in seen)
    return Results(len(rows), len(got), len(seen), missed, unseen, await _without(session, broadcast_id))


async def _without(session: AsyncSession, broadcast_id: int) -> tuple[Silent, ...]:
    """Give the units of an announcement's audience for which nobody receives messages."""
    broadcast = await session.get(Broadcast, broadcast_id)
    audience = broadcast.audience if broadcast else None
    meant = resolve(audience, await units.register(session)).units if audience else ()
    return (await reach.of_units(session, [unit.id for unit in meant])).silent(meant)


def _hindrance(reason: str | None) -> Hindrance:
    code = (reason or "").partition(":")[0]
    return Hindrance(code) if code in set(Hindrance) else Hindrance.VOID
