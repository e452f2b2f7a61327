"""When was a piece of work last done? A row a piece, for those who look from outside whether the program is alive."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import health_tables
from storage.session import changed, insert_new

table = health_tables.ticks
PLAN = "plan"


async def record(session: AsyncSession, name: str, at: datetime) -> None:
    """Write down that a piece of work was done."""
    if not changed(await session.execute(insert_new(session, table, {"name": name, "at": at}))):
        await session.execute(update(table).where(table.c.name == name).values(at=at))


async def last(session: AsyncSession, name: str) -> datetime | None:
    """Give the moment at which it was last done; None when it never was."""
    at: datetime | None = await session.scalar(select(table.c.at).where(table.c.name == name))
    return at
