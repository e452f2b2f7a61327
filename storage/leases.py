"""Which worker does what only one may do? A row a task, held for a time and renewed while its worker lives."""

from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Select, delete, exists, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import UNFINISHED
from storage import delivery_tables
from storage.session import changed, insert_new

leases, inbox = delivery_tables.leases, delivery_tables.inbox
LEADER, WORKER = "leader", "worker:"
_sends = exists().where(literal_column(delivery_tables.UNDER_WAY), delivery_tables.outbox.c.owner == leases.c.owner)
_answers = exists().where(inbox.c.state.in_(UNFINISHED), inbox.c.owner == leases.c.owner)
_has_rows = or_(_sends, _answers)


async def hold(session: AsyncSession, owner: str, now: datetime, life: timedelta, *, alone: bool, name: str = LEADER) -> bool:
    """Take a lease, or renew it, until so long after now (UTC); False while another worker holds it.

    Another worker's lease does not count when this one is ``alone``, nor when it ends later than one that is given now:
    the clock was set back since.
    """
    row = {"name": name, "owner": owner, "until": now + life}
    if changed(await session.execute(insert_new(session, leases, row))):
        return True
    mine = update(leases).where(leases.c.name == name)
    free = or_(leases.c.owner == owner, leases.c.until < now, leases.c.until > now + life)
    mine = mine if alone else mine.where(free)
    return bool(changed(await session.execute(mine.values(owner=owner, until=now + life))))


async def lives(session: AsyncSession, owner: str, now: datetime, life: timedelta) -> None:
    """Say that a worker lives, until so long after now (UTC)."""
    await hold(session, owner, now, life, alone=True, name=f"{WORKER}{owner}")


def dead(now: datetime | BindParameter[datetime]) -> Select[str]:
    """Select the workers that have not said in time that they live; a moment (UTC) of the wall clock."""
    return select(leases.c.owner).where(leases.c.name.startswith(WORKER), leases.c.until < now)


async def forget_dead(session: AsyncSession, now: datetime) -> None:
    """Forget the dead workers that left nothing behind; what a transaction that froze holds is found later."""
    await session.execute(delete(leases).where(leases.c.name.startswith(WORKER), leases.c.until < now, ~_has_rows))


async def release(session: AsyncSession, owner: str) -> None:
    """Let go of what a worker holds; one that leaves rows behind is found dead as soon as it has not renewed in time."""
    await session.execute(delete(leases).where(leases.c.owner == owner, or_(leases.c.name == LEADER, ~_has_rows)))


async def holder(session: AsyncSession, now: datetime, *, name: str = LEADER) -> str | None:
    """Name the worker that holds a lease now."""
    return await session.scalar(select(leases.c.owner).where(leases.c.name == name, leases.c.until >= now))
