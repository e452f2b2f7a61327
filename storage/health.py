"""Is what is to leave leaving, and who works on it? What can be read of the program's health from its rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, and_, false, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import DeliveryState, EventState, Lane
from domain.health import Leader, SetAside, Suspended, Unknown
from domain.paces import Pace
from domain.quotas import Ways
from storage import claims, delivery_tables, leases, tables
from storage.delivery_tables import QUEUED

rows = tables.outbox.c
queued: ColumnElement[bool] = literal_column(QUEUED)
LONGEST = timedelta(minutes=10)
"""For so long a message may wait beyond the time that all before it take at the bot's rate; an interruption is mostly shorter."""
FAILED_OFTEN = 4
"""So many tries take half a minute: what fails then is no hiccup of the network."""
PLATFORM, BUG = ("too fast",), ("bug",)
FAILURE = "not sent%"


@dataclass(frozen=True)
class Waiting:
    """What waits to leave: how many rows are due, since when the oldest is, and how many fail again and again.

    Announcements that are ``resting``, since their bots' quotas leave nothing for them, are not due.
    """

    due: int
    oldest: datetime | None
    failing: int
    resting: int = 0

    def is_stuck(self, now: datetime, rate: float) -> bool:
        """Whether messages do not leave: the oldest has waited for longer than the rate explains, or some fail on and on."""
        queue = timedelta(seconds=self.due / rate) if rate else timedelta(0)
        return self.failing > 0 or (self.oldest is not None and now - self.oldest > LONGEST + queue)

    @property
    def stuck(self) -> int:
        """How many messages are held up."""
        return self.due + self.failing


async def waiting(session: AsyncSession, now: datetime, ways: Ways = claims.ANY) -> Waiting:
    """Tell what waits by the ``ways`` that there are; what is to be tried again later counts as failing, and not as due."""
    failing = _is_failing()
    resting = and_(rows.due_at <= now, claims.rests(ways)) if ways.rest else false()
    is_due = and_(rows.due_at <= now, ~failing, ~resting)
    due, failed, rested = (func.count().filter(one) for one in (is_due, failing, resting))
    found = select(due, func.min(rows.due_at).filter(is_due), failed, rested).where(queued)
    return Waiting(*(await session.execute(found)).one())


def _is_failing() -> ColumnElement[bool]:
    reason = func.coalesce(rows.reason, "")
    often = and_(rows.tries >= FAILED_OFTEN, reason.like(FAILURE))
    return or_(often, reason.in_(PLATFORM + BUG))


async def failing(session: AsyncSession) -> dict[str, int]:
    """Count what fails again and again by the reason of its last try."""
    found = select(rows.reason, func.count()).where(queued, _is_failing()).group_by(rows.reason).order_by(rows.reason)
    return {reason or "": count for reason, count in await session.execute(found)}


async def by_state(session: AsyncSession, since: datetime) -> tuple[dict[tuple[DeliveryState, Lane], int], int]:
    """Count the whole outbox by state and lane, and what took a place in its bot's rate since a moment; one pass over it."""
    left = func.count().filter(rows.leaves_at > since)
    found = list(await session.execute(select(rows.state, rows.lane, func.count(), left).group_by(rows.state, rows.lane)))
    return {(state, Lane(lane)): count for state, lane, count, _ in found}, sum(row[3] for row in found)


async def suspended(session: AsyncSession) -> list[Suspended]:
    """Give who takes no messages, of those who hold a role, by name."""
    accounts, people, roles, units = (one.c for one in (tables.accounts, tables.people, tables.roles, tables.units))
    held = (
        select(people.name, accounts.channel, accounts.suspended, accounts.id, units.name.label("unit"))
        .join(tables.people, people.id == accounts.person_id)
        .join(tables.roles, and_(roles.person_id == people.id, roles.until.is_(None)))
        .outerjoin(tables.units, units.id == roles.unit_id)
        .where(accounts.suspended.is_not(None))
        .order_by(people.name, accounts.id, units.name)
    )
    found = groupby(await session.execute(held), key=lambda row: (row.id, row.name, row.channel, row.suspended))
    return [
        Suspended(name, channel, reason, tuple(row.unit for row in mine if row.unit))
        for (_, name, channel, reason), mine in found
    ]


async def unknown(session: AsyncSession, since: datetime) -> list[Unknown]:
    """Give the messages of which nobody knows whether they arrived, the last ones first."""
    name = tables.people.c
    left = func.coalesce(rows.leaves_at, rows.created_at, type_=rows.created_at.type)
    found = select(rows.id, name.name, rows.kind, left).join(tables.people, name.id == rows.person_id)
    lately = found.where(rows.state == DeliveryState.UNKNOWN, left > since).order_by(left.desc(), rows.id.desc())
    return [Unknown(*row) for row in await session.execute(lately)]


async def set_aside(session: AsyncSession, since: datetime) -> list[SetAside]:
    """Give the events that failed three times, the last ones first."""
    inbox = tables.inbox.c
    found = select(inbox.id, inbox.channel, inbox.received_at).where(inbox.state == EventState.SET_ASIDE)
    return [SetAside(*row) for row in await session.execute(found.where(inbox.received_at > since).order_by(inbox.id.desc()))]


async def leader(session: AsyncSession, now: datetime) -> Leader | None:
    """Give the process that leads; None when its time is over, or nobody led."""
    lease = delivery_tables.leases.c
    found = select(lease.owner, lease.until).where(lease.name == leases.LEADER, lease.until >= now)
    row = (await session.execute(found)).one_or_none()
    return None if row is None else Leader(*row)


async def pauses(session: AsyncSession, now: datetime) -> dict[str, datetime]:
    """Give the bots that the platform asked to pause, and until when."""
    found = await session.scalars(select(Pace).order_by(delivery_tables.paces.c.bot))
    return {one.bot: ends for one in found if (ends := one.pause_ends(now))}
