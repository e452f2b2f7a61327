"""Which units were reminded out of turn, when, and by whom?"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.nudges import ONCE_WITHIN, Nudge, Told
from storage import round_tables, tables

rows = round_tables.nudges.c


async def claim(session: AsyncSession, unit_id: int, person_id: int, at: datetime, leaves_at: datetime) -> Nudge | None:
    """Keep that a person reminds a unit; None when somebody did within the last hour."""
    # Another press waits here until the transaction ends, and then finds what this one kept.
    await session.execute(select(tables.units.c.id).where(tables.units.c.id == unit_id).with_for_update(key_share=True))
    fresh = select(rows.id).where(rows.unit_id == unit_id, rows.at > at - ONCE_WITHIN)
    if await session.scalar(fresh.limit(1)) is not None:
        return None
    nudge = Nudge(unit_id, person_id, at, leaves_at)
    session.add(nudge)
    await session.flush()
    return nudge


async def newest(session: AsyncSession, unit_ids: Collection[int]) -> dict[int, Told]:
    """Give, for each unit that was ever reminded by a press, when that was last and who pressed."""
    last = select(func.max(rows.id)).where(rows.unit_id.in_(unit_ids)).group_by(rows.unit_id)
    people = tables.people.c
    found = select(rows.unit_id, rows.at, people.name).join(tables.people, people.id == rows.person_id).where(rows.id.in_(last))
    return {unit_id: Told(at, name) for unit_id, at, name in await session.execute(found)}
