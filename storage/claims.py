"""Which messages leave next, and which worker has them? Rows are claimed for a time, and no two workers get the same one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, literal_column, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import Delivery, DeliveryState, Lane
from storage import leases, tables
from storage.columns import Moment
from storage.delivery_tables import ACTIVE, QUEUED, UNDER_WAY
from storage.session import changed

LEASE = timedelta(seconds=90)
table = tables.outbox
rows = table.c
TAKEN = (DeliveryState.CLAIMED, DeliveryState.SENDING)
queued: ColumnElement[bool] = literal_column(QUEUED)


async def claim(
    session: AsyncSession,
    owner: str,
    now: datetime,
    limit: int,
    *,
    full: Collection[str] = (),
    rested: datetime | None = None,
    after: int = 0,
) -> list[Delivery]:
    """Take at most so many rows that are due, in the order in which they may leave: one a person, the first that waits.

    Nothing is taken for a person who was written to after ``rested`` (UTC), or who is reached on a channel that is ``full``.
    Lane follows lane; announcements share theirs, and the one behind number ``after`` comes first.
    """
    terms = [queued, rows.due_at <= now, ~_is_behind(now)]
    if rested is not None:
        terms.append(~_was_written_to_since(rested))
    if full:
        terms.append(~_is_reached_on(full))
    taken: list[Delivery] = []
    for lane in (Lane.WORD, Lane.REMINDER):
        taken += await _take(session, owner, now, limit - len(taken), [*terms, rows.lane == lane])
    waiting = await _announcements(session, after) if len(taken) < limit else []
    for place, subject in enumerate(waiting):
        share = -(-(limit - len(taken)) // (len(waiting) - place))
        mine = [rows.lane == Lane.BROADCAST, rows.subject_id == subject]
        taken += await _take(session, owner, now, share, [*terms, *mine])
    return taken


async def _take(
    session: AsyncSession, owner: str, now: datetime, limit: int, terms: Sequence[ColumnElement[bool]]
) -> list[Delivery]:
    if limit <= 0:
        return []
    # Named, so that PostgreSQL looks once: what it looks up again for each row would take more than so many.
    first = select(rows.id).where(*terms).order_by(rows.due_at, rows.id).limit(limit)
    waiting = first.with_for_update(of=table, skip_locked=True).cte("waiting")
    mine = update(Delivery).where(rows.id.in_(select(waiting.c.id))).returning(Delivery)
    values = {"state": DeliveryState.CLAIMED, "owner": owner, "lease_until": now + LEASE}
    options = {"synchronize_session": False, "populate_existing": True}
    found = await session.scalars(mine.values(values), execution_options=options)
    return sorted(found, key=lambda row: (row.due_at, row.id))


async def _announcements(session: AsyncSession, after: int) -> list[int]:
    """Give the announcements with messages that wait, by looking up one after another in their index."""
    of_lane = [queued, rows.lane == Lane.BROADCAST]
    found = select(func.min(rows.subject_id).label("subject")).where(*of_lane).cte("found", recursive=True)
    following = select(func.min(rows.subject_id)).where(*of_lane, rows.subject_id > found.c.subject).scalar_subquery()
    found = found.union_all(select(following).where(found.c.subject.is_not(None)))
    subjects = list(await session.scalars(select(found.c.subject).where(found.c.subject.is_not(None))))
    return sorted(subjects, key=lambda subject: (subject <= after, subject))


def _is_behind(now: datetime) -> ColumnElement[bool]:
    """Tell whether another message to the same person is under way, or comes first."""
    other = table.alias("other")
    place, others = tuple_(rows.lane, rows.due_at, rows.id), tuple_(other.c.lane, other.c.due_at, other.c.id)
    comes_first = and_(other.c.due_at <= now, others < place)
    same = [other.c.person_id == rows.person_id, other.c.id != rows.id]
    return exists().where(literal_column(f"other.{ACTIVE}"), *same, or_(other.c.state.in_(TAKEN), comes_first))


def _was_written_to_since(moment: datetime) -> ColumnElement[bool]:
    other = table.alias("earlier")
    return exists().where(other.c.person_id == rows.person_id, other.c.leaves_at > moment)


def _is_reached_on(channels: Collection[str]) -> ColumnElement[bool]:
    accounts = tables.accounts.c
    takes = select(accounts.channel).where(accounts.person_id == rows.person_id, accounts.suspended.is_(None))
    return func.coalesce(takes.order_by(accounts.id.desc()).limit(1).scalar_subquery(), "").in_(sorted(channels))


async def begin(session: AsyncSession, owner: str, places: Mapping[int, datetime], now: datetime) -> set[int]:
    """Say that the first bytes of rows are about to leave, each at its place (UTC), and give the ids of those still claimed."""
    claimed = [rows.owner == owner, rows.state == DeliveryState.CLAIMED]
    mine = update(table).where(rows.id.in_(sorted(places)), *claimed).returning(rows.id)
    leaves_at = case({number: literal(place, Moment) for number, place in places.items()}, value=rows.id)
    values = {"state": DeliveryState.SENDING, "lease_until": now + 2 * LEASE, "leaves_at": leaves_at}
    return set(await session.scalars(mine.values({**values, "tries": rows.tries + 1})))


async def abandoned(
    session: AsyncSession, now: datetime, *, moment: datetime, alone: str | None = None
) -> tuple[list[Delivery], int]:
    """Give the rows that were being sent when their worker died, and give back, and count, those it had only claimed.

    A worker is held for dead when it does not say any more that it lives, at a ``moment`` (UTC) of the wall clock, or when the
    lease of a row is over; when one is ``alone``, every other is.
    """
    is_dead = rows.owner != alone if alone else or_(rows.lease_until < now, rows.owner.in_(leases.dead(moment)))
    back = update(table).where(literal_column(UNDER_WAY), rows.state == DeliveryState.CLAIMED, is_dead)
    freed = changed(await session.execute(back.values(state=DeliveryState.QUEUED, owner=None)))
    sending = [literal_column(UNDER_WAY), rows.state == DeliveryState.SENDING, is_dead]
    return list(await session.scalars(select(Delivery).where(*sending).with_for_update(skip_locked=True))), freed
