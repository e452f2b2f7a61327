"""What went wrong, and who was told? One row a cause from the moment it begins until it is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.incidents import Cause, Incident
from storage import health_tables
from storage.session import changed, insert_new

table = health_tables.incidents
rows = table.c


async def note(session: AsyncSession, cause: Cause, now: datetime, *, count: int = 1, subject: int | None = None) -> None:
    """Note that something happened so many times, as an incident of its own or one more time of that which is open."""
    await _note(session, cause, now, subject, count, new=rows.count + count)


async def lasts(session: AsyncSession, cause: Cause, now: datetime, *, count: int) -> None:
    """Note that a lasting trouble is there now, in so many rows."""
    await _note(session, cause, now, None, count, new=count)


async def _note(session: AsyncSession, cause: Cause, now: datetime, subject: int | None, count: int, *, new: object) -> None:
    begun = {"cause": cause, "since": now, "last_at": now, "count": count, "subject_id": subject}
    if not changed(await session.execute(insert_new(session, table, begun))):
        open_one = update(table).where(rows.cause == cause, rows.over_at.is_(None))
        await session.execute(open_one.values({"count": new, "last_at": now, "subject_id": subject}))


async def keep(session: AsyncSession, incident: Incident) -> Incident:
    """Keep an incident that is known from its beginning to its end."""
    session.add(incident)
    await session.flush()
    return incident


async def one(session: AsyncSession, incident_id: int) -> Incident:
    """Give one incident."""
    return await session.get_one(Incident, incident_id)


async def not_over(session: AsyncSession, *, held: bool = False) -> Sequence[Incident]:
    """Give the incidents that are not over, ``held`` until the transaction ends where they are to change."""
    found = select(Incident).where(rows.over_at.is_(None)).order_by(rows.id)
    found = found.with_for_update().execution_options(populate_existing=True) if held else found
    return list(await session.scalars(found))


async def last_told(session: AsyncSession, cause: Cause) -> datetime | None:
    """Give the moment at which a cause was last told; None when it never was."""
    told: datetime | None = await session.scalar(select(func.max(rows.told_at)).where(rows.cause == cause))
    return told
