"""Which rounds did the office make?"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import round_tables
from storage.session import changed, insert_new

rows = round_tables.rounds.c


async def begin(session: AsyncSession, day: date, at: datetime) -> bool:
    """Say that the round of a day is made; False when it was before, by this process or another."""
    return bool(changed(await session.execute(insert_new(session, round_tables.rounds, {"day": day, "at": at}))))


async def previous(session: AsyncSession, day: date) -> date | None:
    """Give the day of the round before a day's; None when there was none."""
    before = select(rows.day).where(rows.day < day).order_by(rows.day.desc())
    found: date | None = await session.scalar(before.limit(1))
    return found
