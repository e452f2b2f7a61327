"""What came in, and has it been worked on?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Executable, Integer, bindparam, delete, func, or_, select, true, update
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
_ANSWERED = (
    update(tables.inbox)
    .where(rows.id.in_(bindparam("ids", expanding=True)), rows.state == EventState.HANDLED)
    .values(state=EventState.ANSWERED, answer=None)
)


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

    @property
    def terms(self) -> dict[str, Any]:
        """The values that a statement by which it claims is executed with."""
        others = {} if self.alone else {"now": self.now, "moment": self.moment}
        return {"worker": self.owner, "lease_ends": self.now + LEASE, **others}


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
    terms = {"busy": [":".join(pair) for pair in busy], "most": limit}
    found = await _claimed(session, _taking(alone=claimant.alone), {**claimant.terms, **terms})
    if found and held_up is not None and session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.set_config("lock_timeout", f"{held_up // timedelta(milliseconds=1)}ms", True)))
    session.expunge_all()
    return found


async def claim(session: AsyncSession, claimant: Claimant, event_id: int) -> Event | None:
    """Take an event that is to be worked on or answered; None when it is another worker's, or done."""
    mine = _claiming(rows.id == event_id, rows.state.in_(UNFINISHED), _may_have(alone=claimant.alone))
    return next(iter(await _claimed(session, mine, claimant.terms)), None)


async def _claimed(session: AsyncSession, claiming: Executable, terms: Mapping[str, Any]) -> list[Event]:
    return sorted(await session.scalars(claiming, terms), key=lambda event: event.id)


@cache
def _taking(*, alone: bool) -> Executable:
    """Make the statement that claims the oldest event of each chat; once, since that takes longer than executing it."""
    idle = (rows.channel + ":" + rows.chat).not_in(bindparam("busy", expanding=True))
    oldest = select(func.min(rows.id)).where(rows.state.in_(UNFINISHED), idle).group_by(rows.channel, rows.chat)
    free = select(rows.id).where(rows.id.in_(oldest), rows.state.in_(UNFINISHED), _may_have(alone=alone))
    # What another worker is claiming now is its own, and not waited for. Named, so that PostgreSQL looks once.
    first = free.order_by(rows.id).limit(bindparam("most", type_=Integer))
    mine = first.with_for_update(skip_locked=True).cte("mine")
    return _claiming(rows.id.in_(select(mine.c.id)))


def _claiming(*mine: ColumnElement[bool]) -> Executable:
    taken = update(tables.inbox).where(*mine).values(owner=bindparam("worker"), lease_until=bindparam("lease_ends"))
    return select(Event).from_statement(taken.returning(*rows)).execution_options(populate_existing=True)


def _may_have(*, alone: bool) -> ColumnElement[bool]:
    """Give the condition of what a claimant may claim."""
    if alone:
        return true()
    moment, now = (bindparam(name, type_=leases.leases.c.until.type) for name in ("moment", "now"))
    dead = rows.owner.in_(leases.dead(moment))
    return or_(rows.owner.is_(None), rows.owner == bindparam("worker"), rows.lease_until < now, dead)


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
    await session.execute(_ANSWERED, {"ids": list(event_ids)})


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
