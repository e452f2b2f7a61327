"""Which announcements are there, and who confirmed them?"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.broadcasts import Broadcast, BroadcastState, Hindrance, Miss, Results
from domain.deliveries import DeliveryState, Kind
from domain.errors import Refusal
from domain.reach import Silent
from domain.units import resolve
from storage import reach, tables, units
from storage.session import changed, insert_new

MISSED = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.CANCELLED)
acknowledgements, out, names = tables.acknowledgements.c, tables.outbox.c, tables.people.c
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
    """Tell how an announcement stands: who got it, who did not and why, and once nothing waits, who has not confirmed it.

    It is asked again and again while an announcement goes out to very many, so that they are counted where they are.
    """
    mine = [out.kind == Kind.BROADCAST, out.subject_id == broadcast_id]
    # Whoever has confirmed it got it, even where no answer of the platform said so.
    has_seen = exists().where(acknowledgements.broadcast_id == broadcast_id, acknowledgements.person_id == out.person_id)
    stands = select(out.state, has_seen.label("has_seen"), func.count()).where(*mine).group_by(out.state, "has_seen")
    counts = {(state, bool(seen)): count for state, seen, count in await session.execute(stands)}
    total, seen = sum(counts.values()), sum(count for (_, has_seen), count in counts.items() if has_seen)
    unseen = counts.get((DeliveryState.SENT, False), 0)
    named = select(names.name, out.reason).join(tables.people, names.id == out.person_id).where(*mine, ~has_seen).order_by(out.id)
    missed, late = tuple[Miss, ...](), tuple[str, ...]()
    if any((state, False) in counts for state in MISSED):
        ended = await session.execute(named.where(out.state.in_(MISSED)))
        missed = tuple(Miss(name, _hindrance(reason)) for name, reason in ended)
    if unseen and total == seen + unseen + len(missed):
        late = tuple(name for name, _ in await session.execute(named.where(out.state == DeliveryState.SENT)))
    return Results(total, seen + unseen, seen, missed, late, await _without(session, broadcast_id))


async def _without(session: AsyncSession, broadcast_id: int) -> tuple[Silent, ...]:
    """Give the units of an announcement's audience for which nobody receives messages."""
    broadcast, silent = await session.get(Broadcast, broadcast_id), await reach.silent(session)
    if not silent or broadcast is None or broadcast.audience is None:
        return ()
    meant = [unit for unit in resolve(broadcast.audience, await units.register(session)).units if unit.id in silent]
    return (await reach.of_units(session, [unit.id for unit in meant])).silent(meant)


def _hindrance(reason: str | None) -> Hindrance:
    code = (reason or "").partition(":")[0]
    return Hindrance(code) if code in set(Hindrance) else Hindrance.VOID
