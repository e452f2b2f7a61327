"""How far ahead are the places taken that a bot's rate gives? One row a bot, which all workers share."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.paces import Pace
from storage import delivery_tables
from storage.session import insert_new

paces = delivery_tables.paces
_OF = select(Pace).where(paces.c.bot.in_(bindparam("bots", expanding=True))).order_by(paces.c.bot)
# What was read in the same transaction without being held may be older.
_HELD = _OF.with_for_update().execution_options(populate_existing=True)


async def of(session: AsyncSession, bots: Collection[str]) -> dict[str, Pace]:
    """Give the paces of bots as they stand, of those that have sent anything."""
    return {pace.bot: pace for pace in await session.scalars(_OF, {"bots": list(bots)})}


async def held(session: AsyncSession, bots: Collection[str], now: datetime) -> dict[str, Pace]:
    """Give the paces of bots, made where they are new, and held until the transaction ends."""
    held = await _held(session, bots)
    new = sorted(set(bots) - held.keys())
    if new:
        await session.execute(insert_new(session, paces, *({"bot": bot, "next_at": now} for bot in new)))
        held = await _held(session, bots)
    return held


async def _held(session: AsyncSession, bots: Collection[str]) -> dict[str, Pace]:
    return {pace.bot: pace for pace in await session.scalars(_HELD, {"bots": list(bots)})}
