"""What came in, and has it been worked on?"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import Event, EventState
from storage import tables
from storage.session import changed, insert_new, tell_of_work

TRIES = 3
LEASE = timedelta(seconds=90)
KEPT = timedelta(days=30)
"""For so long an answered event is known when it comes again. docs/decisions/0018-what-is-kept.md"""
AT_ONCE = 1000
UNFINISHED = (EventState.WAITING, EventState.HANDLED)
rows = tables.inbox.c


async def remember(session: AsyncSession, events: Sequence[Event]) -> None:
    """Keep events before they are worked on; one that comes again is kept once."""
    fresh = {"state": EventState.WAITING, "tries": 0}
    names = ("channel", "key", "chat", "incoming", "received_at")
    new = [{**fresh, **{name: getattr(event, name) for name in names}} for event in events]
    await session.execute(insert_new(session, tables.inbox), new)
    await tell_of_work(session)


async def waiting(session: AsyncSession, busy: Collection[tuple[str, str]], limit: int) -> list[Event]:
    """Give the oldest events that need work, leaving out the chats that are being worked on: pairs of channel and chat."""
    chat = rows.channel + ":" + rows.chat
    found = select(Event).where(rows.state.in_(UNFINISHED), chat.not_in([":".join(pair) for pair in busy]))
    return list(await session.scalars(found.order_by(rows.id).limit(limit)))


async def claim(session: AsyncSession, event_id: int, owner: str, now: datetime, *, alone: bool) -> Event | None:
    """Take an event that is to be worked on or answered, for one worker and for a time; None when it is another's, or done.

    Another worker's claim counts while its lease lasts, but not when this worker is ``alone``.
    """
    free = or_(rows.owner.is_(None), rows.owner == owner, rows.lease_until < now)
    mine = update(tables.inbox).where(rows.id == event_id, rows.state.in_(UNFINISHED))
    mine = mine if alone else mine.where(free)
    if not changed(await session.execute(mine.values(owner=owner, lease_until=now + LEASE))):
        return None
    return await session.get_one(Event, event_id, populate_existing=True)


def handled(event: Event, answer: list[dict[str, Any]]) -> None:
    """Record the answer in the transaction of the event's effect, so that it can be given after a crash.

    What the person wrote, which may be a code, has done its work and is forgotten; the key stays, so that the event is
    known when it comes again.
    """
    event.state, event.answer, event.incoming = EventState.HANDLED, answer, {}


async def answered(session: AsyncSession, event_id: int) -> None:
    """Record that the answer went out, and forget its words."""
    mine = update(tables.inbox).where(rows.id == event_id, rows.state == EventState.HANDLED)
    await session.execute(mine.values(state=EventState.ANSWERED, answer=None))


async def shorten(session: AsyncSession, event_id: int, answer: list[dict[str, Any]]) -> None:
    """Keep only what of an answer is still to be given."""
    await session.execute(update(tables.inbox).where(rows.id == event_id).values(answer=answer))


async def stumbled(session: AsyncSession, event_id: int) -> Event:
    """Count a failure to handle or to answer the event; the third sets it aside."""
    event = await session.get_one(Event, event_id, with_for_update=True)
    event.tries += 1
    if event.tries >= TRIES:
        event.state = EventState.SET_ASIDE
    return event


async def forget_answered(session: AsyncSession, now: datetime) -> int:
    """Forget the oldest answered events, as far as they are old enough, so many at once, and count them."""
    # Only so many are looked at, too: events are numbered as they come in, so that the oldest come first.
    oldest = select(rows.id).where(rows.state == EventState.ANSWERED).order_by(rows.id).limit(AT_ONCE)
    # Named, so that PostgreSQL looks once: what it looks up again for each row would take more than so many.
    named = oldest.with_for_update(skip_locked=True).cte("oldest")
    gone = delete(tables.inbox).where(rows.id.in_(select(named.c.id)), rows.received_at < now - KEPT)
    return len((await session.scalars(gone.returning(rows.id))).all())
