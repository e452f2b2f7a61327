"""How far ahead are the places taken that a bot's rate gives? One row a bot, which all workers share."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.paces import Pace
from storage import delivery_tables
from storage.session import insert_new

paces = delivery_tables.paces
_OF = select(*paces.c).where(paces.c.bot.in_(bindparam("bots", expanding=True))).order_by(paces.c.bot)
_HELD = _OF.with_for_update()
_KEPT = (
    update(paces)
    .where(paces.c.bot == bindparam("name"))
    .values({name: bindparam(name) for name in ("next_at", "paused_at", "paused_until")})
)


async def of(session: AsyncSession, bots: Collection[str]) -> dict[str, Pace]:
    """Give the paces of bots as they stand, of those that have sent anything."""
    return await _found(session, _OF, bots)


async def held(session: AsyncSession, bots: Collection[str], now: datetime) -> dict[str, Pace]:
    """Give the paces of bots, made where they are new, and held until the transaction ends."""
    held = await _found(session, _HELD, bots)
    new = sorted(set(bots) - held.keys())
    if new:
        await session.execute(insert_new(session, paces, *({"bot": bot, "next_at": now} for bot in new)))
        held = await _found(session, _HELD, bots)
    return held


async def keep(session: AsyncSession, changed: Collection[Pace]) -> None:
    """Keep what became of paces that are held."""
    values = [
        {"name": one.bot, "next_at": one.next_at, "paused_at": one.paused_at, "paused_until": one.paused_until} for one in changed
    ]
    connection = await session.connection()
    await connection.execute(_KEPT, values)


async def _found(session: AsyncSession, asked: Select[Any], bots: Collection[str]) -> dict[str, Pace]:
    """Give paces as values of their own, since looking for what changed in a session takes longer than keeping it."""
    return {row.bot: Pace(*row) for row in await session.execute(asked, {"bots": list(bots)})}
