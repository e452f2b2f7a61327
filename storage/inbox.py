"""What came in, and has it been worked on?"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import Event, EventState
from storage import tables
from storage.session import insert_new

TRIES = 3
rows = tables.inbox.c


async def remember(session: AsyncSession, events: Sequence[Event]) -> None:
    """Keep events before they are worked on; one that comes again is kept once."""
    for event in events:
        row = {"channel": event.channel, "key": event.key, "chat": event.chat, "incoming": event.incoming}
        state = {"received_at": event.received_at, "state": event.state, "tries": 0}
        await session.execute(insert_new(session, tables.inbox, **row, **state))


async def waiting(session: AsyncSession, busy: Collection[tuple[str, str]], limit: int) -> list[Event]:
    """Give the oldest events that need work, leaving out the chats that are being worked on: pairs of channel and chat."""
    chat = rows.channel + ":" + rows.chat
    found = select(Event).where(
        rows.state.in_((EventState.WAITING, EventState.HANDLED)), chat.not_in([":".join(pair) for pair in busy])
    )
    return list(await session.scalars(found.order_by(rows.id).limit(limit)))


async def take(session: AsyncSession, event_id: int) -> Event | None:
    """Give an event that still waits, held until the transaction ends; None when it has been worked on or is held."""
    wanted = select(Event).where(rows.id == event_id, rows.state == EventState.WAITING)
    return (await session.scalars(wanted.with_for_update(skip_locked=True))).one_or_none()


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


async def stumbled(session: AsyncSession, event_id: int) -> EventState:
    """Count a failure of the event's handler; the third sets the event aside."""
    event = await session.get_one(Event, event_id, with_for_update=True)
    event.tries += 1
    if event.tries >= TRIES:
        event.state = EventState.SET_ASIDE
    return event.state
