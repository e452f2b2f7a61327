"""Which units are registered?"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.units import Register, Unit
from storage import tables


async def register(session: AsyncSession) -> Register:
    """Give all units, in the order in which they were registered."""
    return Register(tuple(await session.scalars(select(Unit).order_by(tables.units.c.id))))


async def add(session: AsyncSession, units: Iterable[Unit]) -> None:
    """Register units; a name that is registered in another spelling is refused by the database."""
    session.add_all(units)
    await session.flush()


async def by_ids(session: AsyncSession, ids: Iterable[int]) -> dict[int, Unit]:
    """Give units by their ids."""
    found = await session.scalars(select(Unit).where(tables.units.c.id.in_(list(ids))))
    return {unit.id: unit for unit in found}


async def one(session: AsyncSession, unit_id: int) -> Unit:
    """Give one unit."""
    return await session.get_one(Unit, unit_id)


async def held(session: AsyncSession, unit_id: int) -> Unit | None:
    """Give one unit, held until the transaction ends; None for a number that nobody has."""
    return await session.get(Unit, unit_id, with_for_update=True, populate_existing=True)
