"""Which messages leave next, and which worker has them? Rows are claimed for a time, and no two workers get the same one.

The statements are made once and kept, since making one takes longer than executing it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import chain, islice, repeat
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate

from domain.deliveries import Delivery, DeliveryState, Lane
from domain.paces import FARTHEST
from domain.quotas import Ways
from storage import leases, outbox, tables
from storage.delivery_tables import ACTIVE, QUEUED, UNDER_WAY
from storage.schema import Number
from storage.session import changed

LEASE = timedelta(seconds=90)
FORM = 10
"""The statement that begins to send is made for so many rows, or twice as many, and so on; what is left over names no row."""
NOBODY = 0
table = tables.outbox
rows = table.c
TAKEN = (DeliveryState.CLAIMED, DeliveryState.SENDING)
queued: ColumnElement[bool] = literal_column(QUEUED)
now_: ColumnElement[datetime] = bindparam("now", type_=rows.due_at.type)
ANY = Ways()
Bots = Sequence[str] | BindParameter[Any]


async def claim(
    session: AsyncSession,
    owner: str,
    now: datetime,
    limit: int,
    *,
    full: Collection[str] = (),
    rested: datetime | None = None,
    after: int = 0,
    ways: Ways = ANY,
) -> list[Delivery]:
    """Take at most so many rows that are due, in the order in which they may leave: one a person, the first that waits.

    Nothing is taken for a person who was written to after ``rested`` (UTC), or who is reached on a channel that is ``full``.
    Lane follows lane; announcements share theirs, and the one behind number ``after`` comes first. Where they rest by the
    ``ways`` that there are, only what has had its day is taken.
    """
    values = {"now": now, "worker": owner, "lease_ends": now + LEASE, "rested": rested}
    asked = {name: value for name, value in values.items() if value}
    if rested:
        asked["farthest"] = rested + FARTHEST
    waiting = (await session.execute(_lines(), {"now": now})).all()
    taken: list[Delivery] = []
    for lane in sorted({line.lane for line in waiting} - {Lane.BROADCAST}):
        of_lane = {"of_lane": lane, **_room(Lane(lane), full, ways, now)}
        taken += await _take(session, {**asked, **of_lane, "most": limit - len(taken)})
    subjects = sorted((line.subject for line in waiting if line.subject), key=lambda subject: (subject <= after, subject))
    for place, subject in enumerate(subjects):
        share = -(-(limit - len(taken)) // (len(subjects) - place))
        mine = {"of_lane": Lane.BROADCAST, "of_subject": subject, **_room(Lane.BROADCAST, full, ways, now)}
        taken += await _take(session, {**asked, **mine, "most": share})
    return taken


def _room(lane: Lane, full: Collection[str], ways: Ways, now: datetime) -> dict[str, Any]:
    """Give what is to be asked of a lane's rows so that none goes where there is no room, and nothing where all have room.

    Announcements that rest and have ``ended`` are taken, so that they end. Where all rest there may be very many, which need not
    be asked one by one where they would go.
    """
    rest = ways.rest if lane == Lane.BROADCAST else frozenset[str]()
    ended = {"ended": now} if rest else {}
    if (rest and rest >= ways.bots) or not (full or rest):
        return ended
    shunned = ways.shunned(lane)
    others = {"shunned": sorted(shunned), "bots": sorted(ways.bots)} if shunned else {}
    return {**ended, **others, "full": sorted({*full, *rest})}


async def _take(session: AsyncSession, asked: Mapping[str, Any]) -> list[Delivery]:
    if asked["most"] <= 0:
        return []
    shapes = {"shared": "of_subject", "rested": "rested", "full": "full", "shunned": "shunned", "resting": "ended"}
    taking = _taking(**{shape: name in asked for shape, name in shapes.items()})
    return sorted(await outbox.found(session, taking, asked), key=lambda row: (row.due_at, row.id))


@cache
def _taking(*, shared: bool, rested: bool, full: bool, shunned: bool, resting: bool) -> ReturningUpdate[Any]:
    """Make the statement that takes rows of a lane, or of one announcement, which ``shared`` it with others."""
    terms = [queued, rows.due_at <= now_, ~_is_behind(), rows.lane == bindparam("of_lane")]
    if shared:
        terms.append(rows.subject_id == bindparam("of_subject"))
    if rested:
        terms.append(~_was_written_to_since_rested())
    if full or resting:
        terms.append(or_(*_may_be_taken(full=full, shunned=shunned, resting=resting)))
    # Named, so that PostgreSQL looks once: what it looks up again for each row would take more than so many.
    first = select(rows.id).where(*terms).order_by(rows.due_at, rows.id).limit(bindparam("most", type_=Integer))
    waiting = first.with_for_update(of=table, skip_locked=True).cte("waiting")
    mine = update(table).where(rows.id.in_(select(waiting.c.id))).returning(*outbox.COLUMNS)
    values = {"state": DeliveryState.CLAIMED, "owner": bindparam("worker"), "lease_until": bindparam("lease_ends")}
    return mine.values(values)


@cache
def _lines() -> CompoundSelect[Any]:  # The lane and the announcement's number, None in the other lanes.
    """Make the statement that finds in which lanes something is due, looking up one announcement after another."""
    of_lane = [queued, rows.lane == Lane.BROADCAST]
    # Each by its order in an index, of which the first is taken: PostgreSQL would read all that waits as long as it has not
    # counted it, which it does within a minute of its being queued.
    first = select(rows.subject_id).where(*of_lane).order_by(rows.lane, rows.subject_id).limit(1)
    found = select(first.scalar_subquery().label("subject")).cte("found", recursive=True)
    following = first.where(rows.subject_id > found.c.subject).scalar_subquery()
    found = found.union_all(select(following).where(found.c.subject.is_not(None)))
    soonest = select(rows.due_at).where(*of_lane, rows.subject_id == found.c.subject)
    is_due = soonest.order_by(rows.lane, rows.subject_id, rows.due_at).limit(1).scalar_subquery() <= now_
    announcements = select(literal(int(Lane.BROADCAST), Integer).label("lane"), found.c.subject).where(
        found.c.subject.is_not(None), is_due
    )
    others = [
        select(literal(int(lane), Integer), literal(None, Number)).where(
            exists().where(queued, rows.lane == lane, rows.due_at <= now_)
        )
        for lane in (Lane.WORD, Lane.REMINDER)
    ]
    return union_all(announcements, *others)


def _is_behind() -> ColumnElement[bool]:
    """Tell whether another message to the same person is under way, or comes first."""
    other = table.alias("other")
    place, others = tuple_(rows.lane, rows.due_at, rows.id), tuple_(other.c.lane, other.c.due_at, other.c.id)
    comes_first = and_(other.c.due_at <= now_, others < place)
    same = [other.c.person_id == rows.person_id, other.c.id != rows.id]
    return exists().where(literal_column(f"other.{ACTIVE}"), *same, or_(other.c.state.in_(TAKEN), comes_first))


def _was_written_to_since_rested() -> ColumnElement[bool]:
    """Tell whether a message left after a moment; a place far ahead of it was given by a clock that has been set back since."""
    other = table.alias("earlier")
    since = [other.c.leaves_at > bindparam("rested"), other.c.leaves_at <= bindparam("farthest")]
    return exists().where(other.c.person_id == rows.person_id, *since)


def _may_be_taken(*, full: bool, shunned: bool, resting: bool) -> Iterator[ColumnElement[bool]]:
    """Give the reasons, each of which suffices, for which a row is taken although there is not room everywhere."""
    if resting:
        yield rows.expires_at <= bindparam("ended", type_=rows.expires_at.type)
    if full:
        takes = taker(*(bindparam(name, expanding=True) for name in ("shunned", "bots"))) if shunned else taker()
        yield takes.not_in(bindparam("full", expanding=True))


def rests(ways: Ways) -> ColumnElement[bool]:
    """Tell of a row whether it is an announcement to somebody who is reached only where announcements rest.

    Where they rest on every way, whether anything reaches the person is found when the rest is over.
    """
    bulk = rows.lane == Lane.BROADCAST
    if ways.rest >= ways.bots:
        return bulk
    return and_(bulk, taker(sorted(ways.rest), sorted(ways.bots)).in_(sorted(ways.rest)))


def taker(shunned: Bots | None = None, bots: Bots = ()) -> ColumnElement[str]:
    """Give the channel that takes a row, the empty text where none does: of the person's newest account.

    One that is ``shunned`` takes it only where none of the other ``bots`` does.
    """
    accounts = tables.accounts.c
    takes = select(accounts.channel).where(accounts.person_id == rows.person_id, accounts.suspended.is_(None))
    if shunned is not None:
        takes = takes.where(accounts.channel.in_(bots)).order_by(accounts.channel.in_(shunned))
    return func.coalesce(takes.order_by(accounts.id.desc()).limit(1).scalar_subquery(), "")


async def begin(session: AsyncSession, owner: str, places: Mapping[int, datetime], now: datetime) -> set[int]:
    """Say that the first bytes of rows are about to leave, each at its place (UTC), and give the ids of those still claimed."""
    asked: dict[str, Any] = {"worker": owner, "lease_ends": now + 2 * LEASE, "numbers": sorted(places)}
    size = -(-len(places) // FORM) * FORM
    for place, (number, moment) in enumerate(islice(chain(places.items(), repeat((NOBODY, now))), size)):
        asked |= {f"number{place}": number, f"place{place}": moment}
    connection = await session.connection()
    return set((await connection.execute(_beginning(size), asked)).scalars())


@cache
def _beginning(count: int) -> ReturningUpdate[Any]:
    """Make the statement that begins to send so many rows at most."""
    claimed = [rows.owner == bindparam("worker"), rows.state == DeliveryState.CLAIMED]
    mine = update(table).where(rows.id.in_(bindparam("numbers", expanding=True)), *claimed).returning(rows.id)
    moment = rows.leaves_at.type
    places = [(rows.id == bindparam(f"number{place}"), bindparam(f"place{place}", type_=moment)) for place in range(count)]
    values = {"state": DeliveryState.SENDING, "lease_until": bindparam("lease_ends"), "leaves_at": case(*places)}
    return mine.values({**values, "tries": rows.tries + 1})


async def release(session: AsyncSession, owner: str, ids: Collection[int]) -> None:
    """Give back rows that were claimed and do not begin to leave."""
    back = update(table).where(rows.id.in_(sorted(ids)), rows.owner == owner, rows.state == DeliveryState.CLAIMED)
    await session.execute(back.values(state=DeliveryState.QUEUED, owner=None))


async def abandoned(
    session: AsyncSession, now: datetime, *, moment: datetime, alone: str | None = None, but: Collection[int] = ()
) -> tuple[list[Delivery], int]:
    """Give the rows that were being sent when their worker died, and give back, and count, those it had only claimed.

    A worker is held for dead when it does not say any more that it lives, at a ``moment`` (UTC) of the wall clock, or when the
    lease of a row is over; when one is ``alone``, every other is. Rows are left out of whom it is known better.
    """
    known = rows.id.not_in(sorted(but))
    is_dead = rows.owner != alone if alone else or_(rows.lease_until < now, rows.owner.in_(leases.dead(moment)))
    back = update(table).where(literal_column(UNDER_WAY), rows.state == DeliveryState.CLAIMED, is_dead, known)
    freed = changed(await session.execute(back.values(state=DeliveryState.QUEUED, owner=None)))
    sending = [literal_column(UNDER_WAY), rows.state == DeliveryState.SENDING, is_dead, known]
    return await outbox.found(session, outbox.DELIVERIES.where(*sending).with_for_update(skip_locked=True)), freed
