"""How far ahead are the places taken that a bot's rate gives? One row a bot, which all workers share."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.paces import Pace
from storage import delivery_tables
from storage.session import insert_new


async def of(session: AsyncSession, bots: Collection[str]) -> dict[str, Pace]:
    """Give the paces of bots as they stand, of those that have sent anything."""
    paces = delivery_tables.paces.c
    return {pace.bot: pace for pace in await session.scalars(select(Pace).where(paces.bot.in_(bots)))}


async def held(session: AsyncSession, bots: Collection[str], now: datetime) -> dict[str, Pace]:
    """Give the paces of bots, made where they are new, and held until the transaction ends."""
    paces = delivery_tables.paces
    found = select(Pace).where(paces.c.bot.in_(bots)).order_by(paces.c.bot).with_for_update()
    held = {pace.bot: pace for pace in await session.scalars(found)}
    new = sorted(set(bots) - held.keys())
    if new:
        await session.execute(insert_new(session, paces, *({"bot": bot, "next_at": now} for bot in new)))
        held = {pace.bot: pace for pace in await session.scalars(found)}
    return held
