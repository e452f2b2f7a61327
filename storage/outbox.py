"""What is to be sent, and what came of it? One row a message and person, unique by its key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, String, Update, bindparam, cast, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import LIFE, Delivery, DeliveryState, Kind, Lane
from domain.digests import SOON
from storage import tables
from storage.session import batched, changed, insert_found, insert_new, tell_of_work

REASON_LENGTH = 300
BRINGING_UP = (Kind.DIGEST, Kind.NUDGE)
"""What brings tasks up; one that still waits takes in what falls due, so that a person gets one message."""
rows = tables.outbox.c
COLUMNS = tuple(rows[one.name] for one in fields(Delivery))
"""What a delivery is made of, in its order."""
DELIVERIES = select(*COLUMNS)
_SENT = (
    update(tables.outbox)
    .where(rows.id == bindparam("number"), rows.owner == bindparam("worker"), rows.state == DeliveryState.SENDING)
    .values({"state": DeliveryState.SENT, "owner": None, "reason": None})
    .values({name: bindparam(name) for name in ("account_id", "message_id", "sent_at")})
)


@dataclass(frozen=True)
class Taken:
    """A delivery that the platform took: on which account of its reader, under which id, and when."""

    delivery: Delivery
    account_id: int
    message_id: str
    at: datetime


async def put(
    session: AsyncSession,
    kind: Kind,
    people: Collection[int],
    *,
    lane: Lane,
    at: datetime,
    subject: int | None = None,
    about: str = "",
) -> int:
    """Queue one message for each of the people and count the new ones; the same subject is never told anyone twice."""
    told, name = tables.people.c.id, f"{kind}:{'' if subject is None else subject}:{about}:"
    same = {
        column: literal(value, rows[column].type) for column, value in row(name, kind, 0, at, lane=lane, subject=subject).items()
    }
    # Selected from the people, so that the statement is compiled once for any number of them.
    values = {**same, "key": same["key"] + cast(told, String), "person_id": told}
    new = 0
    for chunk in batched(sorted(people)):
        queued = select(*values.values()).where(told.in_(chunk)).order_by(told)
        new += changed(await session.execute(insert_found(session, tables.outbox, list(values), queued)))
    await tell_of_work(session)
    return new


async def remind(session: AsyncSession, person_id: int, due: Sequence[tuple[int, int]], at: datetime) -> None:
    """Put what is due, pairs of assignment and reminder, on the person's digest: the one that leaves soon, or a new one."""
    await remind_all(session, {person_id: due}, at)


async def remind_all(
    session: AsyncSession, due: Mapping[int, Sequence[tuple[int, int]]], at: datetime, *, about: str = ""
) -> int:
    """Put what is due for each of several people on their digests, in a few statements however many they are, and count it.

    What is told once more, ``about`` something, is on no other digest of that name; else it is not put on one again.
    """
    await tell_of_work(session)
    new = 0
    for people in batched(sorted(due)):  # in one order, so that two planners never wait for each other
        digests = await _digests(session, {person_id: due[person_id][0][1] for person_id in people}, at, about)
        found = [one for one in people if one in digests]
        items = [{"delivery_id": digests[one], "assignment_id": number} for one in found for number, _ in due[one]]
        if items:
            on_digest = insert_new(session, tables.digest_items).returning(tables.digest_items.c.assignment_id)
            new += len((await session.execute(on_digest, items)).all())
    return new


async def _digests(session: AsyncSession, first: Mapping[int, int], at: datetime, about: str) -> dict[int, int]:
    """Give the digest of each person that leaves soon, made where there is none and named by the first reminder on it.

    None for one whose digest of that name has left already.
    """
    # Another planner waits here until the transaction ends, and then finds the digests that this one made.
    people = select(tables.people.c.id).where(tables.people.c.id.in_(first)).order_by(tables.people.c.id)
    await session.execute(people.with_for_update(key_share=True))
    waiting = select(rows.person_id, rows.id).where(
        rows.person_id.in_(first),
        rows.kind.in_(BRINGING_UP),
        rows.state == DeliveryState.QUEUED,
        rows.due_at <= at + SOON,
    )
    # Held until the transaction ends, so that no worker can claim them half filled.
    found = await session.execute(waiting.order_by(rows.id.desc()).with_for_update(skip_locked=True))
    digests = dict(found.all())
    name = f":{about}" if about else ""
    made = [row(f"{Kind.DIGEST}:{first[one]}:{one}{name}", Kind.DIGEST, one, at) for one in first if one not in digests]
    if made:
        new = insert_new(session, tables.outbox).returning(rows.person_id, rows.id)
        digests |= dict((await session.execute(new, made)).all())
    return digests


async def items(session: AsyncSession, delivery_id: int) -> list[int]:
    """Give the ids of the assignments on a digest."""
    items = tables.digest_items.c
    return list(await session.scalars(select(items.assignment_id).where(items.delivery_id == delivery_id)))


async def sent(session: AsyncSession, taken: Sequence[Taken]) -> None:
    """Record what the platform took; nothing of a row that another worker has by now."""
    values = [
        {
            "number": one.delivery.id,
            "worker": one.delivery.owner,
            "account_id": one.account_id,
            "message_id": one.message_id,
            "sent_at": one.at,
        }
        for one in taken
    ]
    # On the connection, since a session takes a list of parameters for rows by their primary key.
    connection = await session.connection()
    await connection.execute(_SENT, values)


async def postpone(
    session: AsyncSession, delivery: Delivery, until: datetime, reason: str, *, repeated: bool = False, tried: bool = True
) -> None:
    """Queue the row again for a later moment.

    ``repeated`` when its first copy may have arrived, and not ``tried`` when it had begun to leave and did not.
    """
    values = {"state": DeliveryState.QUEUED, "owner": None, "due_at": until, "reason": reason[:REASON_LENGTH]}
    again = {"repeated": True} if repeated else {}
    untried = {} if tried else {"tries": rows.tries - 1}
    await session.execute(_mine(delivery).values({**values, **again, **untried}))


async def finish(session: AsyncSession, delivery: Delivery, state: DeliveryState, reason: str) -> bool:
    """End the row unsent, or with an unknown outcome, for a reason; False when another worker has it by now."""
    values = {"state": state, "owner": None, "reason": reason[:REASON_LENGTH]}
    return bool(changed(await session.execute(_mine(delivery).values(values))))


async def about(session: AsyncSession, kind: Kind, subject_id: int) -> list[Delivery]:
    """Give the deliveries of one kind about one subject."""
    return await found(session, DELIVERIES.where(rows.kind == kind, rows.subject_id == subject_id).order_by(rows.id))


async def waits(session: AsyncSession, kind: Kind, subject_id: int) -> bool:
    """Tell whether a message of a kind about a subject is still to leave; it will say how things stand then."""
    found = select(rows.id).where(rows.kind == kind, rows.subject_id == subject_id, rows.state == DeliveryState.QUEUED)
    return await session.scalar(found.limit(1)) is not None


async def waiting(session: AsyncSession, kind: Kind) -> set[int]:
    """Give the people to whom a message of a kind is still to leave."""
    return set(await session.scalars(select(rows.person_id).where(rows.kind == kind, rows.state == DeliveryState.QUEUED)))


async def was_sent_to(session: AsyncSession, kind: Kind, subject_id: int, person_id: int) -> bool:
    """Tell whether a message of a kind about a subject was ever meant for the person."""
    found = select(rows.id).where(rows.kind == kind, rows.subject_id == subject_id, rows.person_id == person_id)
    return await session.scalar(found.limit(1)) is not None


async def found(session: AsyncSession, asked: Executable, values: Mapping[str, Any] | None = None) -> list[Delivery]:
    """Give the deliveries that a statement gives, as values: their rows are changed by conditional statements only."""
    return [Delivery(*row) for row in await session.execute(asked, values)]


def row(
    key: str,
    kind: Kind,
    person_id: int,
    at: datetime,
    *,
    lane: Lane = Lane.REMINDER,
    due: datetime | None = None,
    subject: int | None = None,
) -> dict[str, object]:
    """Give the values of a row that is queued at a moment, to leave then or when it is due (UTC), as long as it is wanted."""
    fixed = {"state": DeliveryState.QUEUED, "tries": 0, "repeated": False}
    moments = {"due_at": due or at, "created_at": at, "expires_at": (due or at) + LIFE[kind] if kind in LIFE else None}
    return {"key": key, "kind": kind, "lane": int(lane), "person_id": person_id, "subject_id": subject, **fixed, **moments}


def _mine(delivery: Delivery) -> Update:
    return update(tables.outbox).where(rows.id == delivery.id, rows.owner == delivery.owner)
