"""What was brought up for a person before, and what is to be once more? The digests among the messages of the outbox."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import AssignmentState, SubmissionState
from domain.deliveries import Delivery, DeliveryState, Kind
from domain.digests import News
from domain.duties import Duty
from domain.errors import Refusal
from storage import outbox, tables
from storage.session import batched, insert_found, insert_new

rows, items, submissions = tables.outbox.c, tables.digest_items.c, tables.submissions.c


async def of_person(session: AsyncSession, delivery_id: int, person_id: int) -> Delivery:
    """Give a digest of the person's; refuse a number that is none of theirs."""
    mine = outbox.DELIVERIES.where(rows.id == delivery_id, rows.person_id == person_id, rows.kind.in_(outbox.BRINGING_UP))
    for delivery in await outbox.found(session, mine):
        return delivery
    raise Refusal("card-old")


async def queue(
    session: AsyncSession,
    kind: Kind,
    person_id: int,
    assignment_ids: Collection[int],
    *,
    subject: int,
    due: datetime,
    now: datetime,
) -> bool:
    """Queue one message that brings assignments up out of turn; False when the same was queued before.

    It is the same by its kind, its subject, its person and the moment (UTC) at which it is due.
    """
    key = f"{kind}:{subject}:{due.timestamp():.0f}:{person_id}"
    row = outbox.row(key, kind, person_id, now, due=due, subject=subject)
    number = await session.scalar(insert_new(session, tables.outbox, row).returning(rows.id))
    if number is None:
        return False
    for chunk in batched([{"delivery_id": number, "assignment_id": one} for one in assignment_ids]):
        await session.execute(insert(tables.digest_items).values(chunk))
    return True


async def sent_since(session: AsyncSession, person_id: int, moment: datetime) -> int:
    """Count the digests that reached a person from a moment on."""
    counted = select(func.count()).where(*_sent(person_id), rows.sent_at >= moment)
    return await session.scalar(counted) or 0


async def gather(session: AsyncSession, delivery: Delivery, now: datetime) -> None:
    """Put on a digest that is about to leave what the person's other planned ones bring up that are due, and end those.

    What may have arrived before, and what another worker holds, leaves by itself.
    """
    others = rows.id != delivery.id, rows.person_id == delivery.person_id, rows.due_at <= now
    planned = rows.kind == Kind.DIGEST, rows.subject_id.is_(None), rows.repeated.is_(False)
    mine = and_(rows.state == DeliveryState.CLAIMED, rows.owner == delivery.owner)
    still_mine = select(rows.id).where(rows.id == delivery.id, mine).exists()
    free = or_(rows.state == DeliveryState.QUEUED, mine)
    values = {"state": DeliveryState.CANCELLED, "owner": None, "reason": f"gathered on {delivery.id}"}
    # A worker claims several rows of a person, so that this one may have been gathered on the one before it.
    if not await session.scalar(select(still_mine)):
        return
    taken = update(tables.outbox).where(*others, *planned, free).values(values).returning(rows.id)
    gathered = list(await session.scalars(taken))
    if gathered:
        found = select(literal(delivery.id), items.assignment_id).where(items.delivery_id.in_(gathered)).distinct()
        await session.execute(insert_found(session, tables.digest_items, ("delivery_id", "assignment_id"), found))


async def reached_since(session: AsyncSession, people: Collection[int], moment: datetime) -> dict[int, list[datetime]]:
    """Give the moments (UTC) from one on at which digests reached people, by the person."""
    found = select(rows.person_id, rows.sent_at).where(
        rows.person_id.in_(people), rows.kind.in_(outbox.BRINGING_UP), rows.state == DeliveryState.SENT, rows.sent_at >= moment
    )
    reached: dict[int, list[datetime]] = {}
    for person_id, sent_at in await session.execute(found.order_by(rows.sent_at)):
        reached.setdefault(person_id, []).append(sent_at)
    return reached


async def waiting(session: AsyncSession, people: Collection[int]) -> list[Delivery]:
    """Give the digests of people that have not left, in the order in which they were planned."""
    queued = (DeliveryState.QUEUED, DeliveryState.CLAIMED)
    mine = outbox.DELIVERIES.where(rows.person_id.in_(people), rows.kind.in_(outbox.BRINGING_UP), rows.state.in_(queued))
    return await outbox.found(session, mine.order_by(rows.id))


async def items_of(session: AsyncSession, delivery_ids: Collection[int]) -> dict[int, set[int]]:
    """Give the ids of the assignments on digests, by the digest."""
    found: dict[int, set[int]] = {number: set() for number in delivery_ids}
    mine = select(items.delivery_id, items.assignment_id).where(items.delivery_id.in_(delivery_ids))
    for number, assignment_id in await session.execute(mine):
        found[number].add(assignment_id)
    return found


async def news(session: AsyncSession, delivery: Delivery, due: Collection[Duty], still_open: Collection[Duty]) -> News:
    """Tell what changed since the person's digest before: what is new of what is due, and the rest of all that is open."""
    before = [*_sent(delivery.person_id), rows.id != delivery.id]
    if delivery.sent_at is not None:
        before.append(rows.sent_at < delivery.sent_at)
    since = await session.scalar(select(func.max(rows.sent_at)).where(*before))
    if since is None:
        return News()
    told = select(items.assignment_id).join(tables.outbox, rows.id == items.delivery_id).where(*before)
    known = set(await session.scalars(told.distinct()))
    returned = set(await session.scalars(_returned_since(still_open, since)))
    moved = [duty for duty in still_open if duty.assignment.past and duty.assignment.past[-1].until > since]
    return News(sum(duty.assignment.id not in known for duty in due), len(returned), len(moved))


def _sent(person_id: int) -> list[ColumnElement[bool]]:
    return [rows.person_id == person_id, rows.kind.in_(outbox.BRINGING_UP), rows.state == DeliveryState.SENT]


def _returned_since(duties: Collection[Duty], since: datetime) -> Select[int]:
    ids = [duty.assignment.id for duty in duties if duty.assignment.state is AssignmentState.RETURNED]
    returned = select(submissions.assignment_id).where(
        submissions.assignment_id.in_(ids), submissions.state == SubmissionState.RETURNED, submissions.decided_at > since
    )
    return returned.distinct()
