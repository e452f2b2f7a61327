"""What came in, and has it been worked on?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import UNFINISHED, Event, EventState
from storage import leases, tables
from storage.session import insert_new, tell_of_work

TRIES = 3
LEASE = timedelta(seconds=90)
KEPT = timedelta(days=30)
"""For so long an answered event is known when it comes again. docs/decisions/0018-what-is-kept.md"""
AT_ONCE = 1000
rows = tables.inbox.c


@dataclass(frozen=True)
class Claimant:
    """The worker that claims, ``now`` (UTC) by the office's clock and at a ``moment`` (UTC) of the wall clock.

    What another worker has claimed is its own until its lease is over, or it does not say any more that it lives; where this
    one is ``alone``, no other lives.
    """

    owner: str
    now: datetime
    moment: datetime
    alone: bool

    def may_have(self) -> ColumnElement[bool]:
        """Give the condition of what it may claim."""
        if self.alone:
            return true()
        dead = rows.owner.in_(leases.dead(self.moment))
        return or_(rows.owner.is_(None), rows.owner == self.owner, rows.lease_until < self.now, dead)


async def remember(session: AsyncSession, events: Sequence[Event]) -> None:
    """Keep events before they are worked on; one that comes again is kept once."""
    fresh = {"state": EventState.WAITING, "tries": 0}
    names = ("channel", "key", "chat", "incoming", "received_at")
    new = [{**fresh, **{name: getattr(event, name) for name in names}} for event in events]
    await session.execute(insert_new(session, tables.inbox), new)
    await tell_of_work(session)


async def take(
    session: AsyncSession, claimant: Claimant, busy: Collection[tuple[str, str]], limit: int, *, held_up: timedelta | None = None
) -> list[Event]:
    """Claim the oldest unfinished event of each chat, the oldest first, leaving out the chats that this worker is busy with.

    They belong to no session. A chat whose oldest event another worker has is left to that one. Where what follows in the
    transaction would wait for another's rows, it fails once it is ``held_up`` for so long, on PostgreSQL.
    """
    chat = rows.channel + ":" + rows.chat
    idle = chat.not_in([":".join(pair) for pair in busy])
    oldest = select(func.min(rows.id)).where(rows.state.in_(UNFINISHED), idle).group_by(rows.channel, rows.chat)
    free = select(rows.id).where(rows.id.in_(oldest), rows.state.in_(UNFINISHED), claimant.may_have())
    # What another worker is claiming now is its own, and not waited for. Named, so that PostgreSQL looks once.
    mine = free.order_by(rows.id).limit(limit).with_for_update(skip_locked=True).cte("mine")
    found = await _claimed(session, claimant, rows.id.in_(select(mine.c.id)))
    if found and held_up is not None and session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.set_config("lock_timeout", f"{held_up // timedelta(milliseconds=1)}ms", True)))
    session.expunge_all()
    return found


async def claim(session: AsyncSession, claimant: Claimant, event_id: int) -> Event | None:
    """Take an event that is to be worked on or answered; None when it is another worker's, or done."""
    mine = and_(rows.id == event_id, rows.state.in_(UNFINISHED), claimant.may_have())
    return next(iter(await _claimed(session, claimant, mine)), None)


async def _claimed(session: AsyncSession, claimant: Claimant, mine: ColumnElement[bool]) -> list[Event]:
    lease = {"owner": claimant.owner, "lease_until": claimant.now + LEASE}
    taken = update(tables.inbox).where(mine).values(lease).returning(*rows)
    events = select(Event).from_statement(taken).execution_options(populate_existing=True)
    return sorted(await session.scalars(events), key=lambda event: event.id)


async def keep_apart(session: AsyncSession) -> None:
    """Write down what one event has done, and forget its objects, so that the next one in the transaction reads anew."""
    await session.flush()
    session.expunge_all()


async def handled_all(session: AsyncSession, events: Sequence[Event]) -> None:
    """Record the answers of events that belong to no session."""
    if events:
        mine = update(tables.inbox).where(rows.id == bindparam("_id"))
        kept: dict[str, BindParameter[Any]] = {
            "state": bindparam("_state"),
            "answer": bindparam("_answer"),
            "incoming": bindparam("_incoming"),
        }
        # On the connection, since a session takes a list of parameters for rows by their primary key.
        connection = await session.connection()
        told = [{"_id": one.id, "_state": one.state, "_answer": one.answer, "_incoming": one.incoming} for one in events]
        await connection.execute(mine.values(kept), told)


def handled(event: Event, answer: list[dict[str, Any]]) -> None:
    """Record the answer in the transaction of the event's effect, so that it can be given after a crash.

    What the person wrote, which may be a code, has done its work and is forgotten; the key stays, so that the event is
    known when it comes again.
    """
    event.state, event.answer, event.incoming = EventState.HANDLED, answer, {}


async def answered(session: AsyncSession, event_ids: Collection[int]) -> None:
    """Record that answers went out, and forget their words."""
    mine = update(tables.inbox).where(rows.id.in_(event_ids), rows.state == EventState.HANDLED)
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
