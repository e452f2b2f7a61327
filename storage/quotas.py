"""What has each bot sent in a month, and what waits since its quota leaves nothing for announcements? One row a bot and month."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import LIFE, Kind, Lane
from domain.offices import Office
from domain.quotas import Limits, Quota, Rest, Ways
from storage import claims, delivery_tables, tables
from storage.session import batched, insert_new

table = delivery_tables.quotas
rows = table.c
outbox, accounts = tables.outbox.c, tables.accounts.c
_OF_MONTH = rows.month == bindparam("month"), rows.bot.in_(bindparam("bots", expanding=True))
_USED = select(rows.bot, rows.used).where(*_OF_MONTH)
_HELD = select(Quota).where(*_OF_MONTH).order_by(rows.bot).with_for_update().execution_options(populate_existing=True)


async def of(session: AsyncSession, limits: Limits, now: datetime) -> list[Quota]:
    """Give the quotas of a moment's month as they stand, by the limits that hold now; nothing is asked where there are none."""
    if not limits.months:
        return []
    month = limits.month(now)
    used = dict((await session.execute(_USED, {"month": month, "bots": sorted(limits.months)})).all())
    return [Quota(bot, month, most, used.get(bot, 0)) for bot, most in sorted(limits.months.items())]


async def ways(session: AsyncSession, limits: Limits, now: datetime) -> Ways:
    """Tell by which bots what may leave now."""
    return limits.ways(await of(session, limits, now))


async def held(session: AsyncSession, limits: Limits, month: date, bots: Collection[str]) -> dict[str, Quota]:
    """Give the quotas of those bots that have one, made where they are new, and held until the transaction ends.

    The rows are kept by the limit that holds now. Who holds incidents, too, takes them before these, and paces after.
    """
    wanted = sorted(limits.months.keys() & set(bots))
    if not wanted:
        return {}
    asked = {"month": month, "bots": wanted}
    held = {quota.bot: quota for quota in await session.scalars(_HELD, asked)}
    if new := [bot for bot in wanted if bot not in held]:
        begun = ({"bot": bot, "month": month, "most": limits.months[bot], "used": 0} for bot in new)
        await session.execute(insert_new(session, table, *begun))
        held = {quota.bot: quota for quota in await session.scalars(_HELD, asked)}
    for bot, quota in held.items():
        quota.most = limits.months[bot]
    return held


async def count(session: AsyncSession, limits: Limits, month: date, taken: Mapping[str, int]) -> dict[str, Quota]:
    """Put so many messages more, or fewer, on the month of each bot, and give the quotas of those that have one, held."""
    kept = await held(session, limits, month, taken)
    for bot, quota in kept.items():
        quota.used = max(0, quota.used + taken[bot])
    return kept


async def of_months(session: AsyncSession, first: date, last: date) -> list[Quota]:
    """Give what was kept of the months from one to another, the newest first."""
    found = select(rows.bot, rows.month, rows.most, rows.used).where(rows.month >= first, rows.month <= last)
    return [Quota(*row) for row in await session.execute(found.order_by(rows.month.desc(), rows.bot))]


async def resting(session: AsyncSession, limits: Limits, broadcast_id: int, office: Office, now: datetime) -> Rest | None:
    """Tell what of an announcement waits for the turn of the month or a higher quota; None when nothing does."""
    quotas = await of(session, limits, now)
    ways = limits.ways(quotas)
    if not ways.rest:
        return None
    mine = [claims.queued, outbox.kind == Kind.BROADCAST, outbox.subject_id == broadcast_id, claims.rests(ways)]
    waiting, expires_at = (await session.execute(select(func.count(), func.max(outbox.expires_at)).where(*mine))).one()
    full = tuple(quota for quota in quotas if quota.rests)
    return Rest(waiting, full, office.next_allowed(limits.turn(now)), expires_at) if waiting else None


async def lacking(session: AsyncSession, limits: Limits, readers: Collection[int], office: Office, at: datetime) -> Rest | None:
    """Tell how many of its readers an announcement that may leave at a moment would not reach yet.

    What waits already leaves before it. None when there is room for all.
    """
    quotas = await of(session, limits, at)
    if not quotas:
        return None
    ways = limits.ways(quotas)
    ahead, more = await _ahead(session, ways), await _takers(session, readers, ways)
    short = {quota: more[quota.bot] - max(0, quota.left_in_bulk - ahead[quota.bot]) for quota in quotas if more[quota.bot]}
    full = tuple(quota for quota, count in short.items() if count > 0)
    count = sum(short[quota] for quota in full)
    return Rest(count, full, office.next_allowed(limits.turn(at)), at + LIFE[Kind.BROADCAST]) if full else None


async def _ahead(session: AsyncSession, ways: Ways) -> Counter[str]:
    """Count the announcements that wait, by the bot that takes them."""
    taker = claims.taker(sorted(ways.rest), sorted(ways.bots))
    found = select(taker, func.count()).where(claims.queued, outbox.lane == Lane.BROADCAST).group_by(taker)
    return Counter(dict((await session.execute(found)).all()))


async def _takers(session: AsyncSession, readers: Collection[int], ways: Ways) -> Counter[str]:
    """Count readers by the bot that would take an announcement to them, the newest that does not rest."""
    bots: dict[int, str] = {}
    for people in batched(sorted(readers)):
        takes = select(accounts.person_id, accounts.channel).where(accounts.suspended.is_(None))
        mine = takes.where(accounts.person_id.in_(people), accounts.channel.in_(sorted(ways.bots)))
        last_wins = mine.order_by(accounts.channel.in_(sorted(ways.rest)).desc(), accounts.id)
        bots |= dict((await session.execute(last_wins)).all())
    return Counter(bots.values())
