"""What is still to be done at a moment? Counts of what waits in each place where work is found."""

from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, exists, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import deliveries
from domain.assignments import OPEN
from domain.deliveries import DeliveryState, Kind, Lane
from domain.files import FileState
from domain.quotas import Ways
from storage import claims, series_tables, tables
from storage.delivery_tables import QUEUED

UNFINISHED = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)


async def backlog(session: AsyncSession, now: datetime, ways: Ways = claims.ANY) -> dict[str, int]:
    """Count the events, files, series, reminders and messages that are due, but for announcements that rest."""
    inbox, files, assignments, outbox = tables.inbox.c, tables.files.c, tables.assignments.c, tables.outbox.c
    messages = select(func.count()).where(outbox.state.in_(UNFINISHED), outbox.due_at <= now)
    waiting = {
        "events": select(func.count()).where(inbox.state.in_(deliveries.UNFINISHED)),
        "files": select(func.count()).where(files.state == FileState.WAITING, files.fetch_at <= now),
        "series": select(func.count()).where(series_tables.series.c.opens_at <= now),
        "reminders": select(func.count()).where(assignments.look_at <= now),
        "messages": messages.where(~claims.rests(ways) | (outbox.expires_at <= now)) if ways.rest else messages,
    }
    return {name: await session.scalar(counted) or 0 for name, counted in waiting.items()}


async def due(session: AsyncSession, now: datetime) -> list[str]:
    """Name what is due at a moment, of files, plans and messages; by indexes, so that it costs little however much waits."""
    told = (await session.execute(_due(), {"now": now})).one()
    return [name for name, is_due in zip(("papers", "plan", "deliver"), told, strict=True) if is_due]


@cache
def _due() -> Select[bool, bool, bool]:
    files, series, assignments, outbox = tables.files.c, series_tables.series.c, tables.assignments.c, tables.outbox.c
    now = bindparam("now", type_=outbox.due_at.type)
    fetches = select(1).where(files.state == FileState.WAITING, files.fetch_at <= now)
    opens = select(1).where(series.opens_at <= now)
    looks = select(1).where(assignments.look_at <= now, assignments.state.in_(OPEN))
    leaves = select(1).where(literal_column(QUEUED), outbox.lane.in_(list(Lane)), outbox.due_at <= now)
    return select(exists(fetches), or_(exists(opens), exists(looks)), exists(leaves))


async def messages(session: AsyncSession, now: datetime) -> tuple[dict[Kind, int], datetime | None]:
    """Count the messages that are due, by kind, and give the moment at which the oldest of them was to leave."""
    outbox = tables.outbox.c
    due = select(outbox.kind, func.count(), func.min(outbox.due_at)).where(outbox.state.in_(UNFINISHED), outbox.due_at <= now)
    found = (await session.execute(due.group_by(outbox.kind).order_by(outbox.kind))).all()
    return {kind: count for kind, count, _ in found}, min((oldest for *_, oldest in found), default=None)
