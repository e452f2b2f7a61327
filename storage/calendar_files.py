"""Who has put a task into a calendar? So that the calendar is told when the deadline moves or the task ends."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import Kind, Lane
from storage import outbox, tables
from storage.session import batched, insert_new

rows = tables.calendar_files.c


async def take(session: AsyncSession, assignment_id: int, person_id: int, sequence: int) -> None:
    """Note that a person took the file of an assignment, and with which sequence number."""
    row = {"assignment_id": assignment_id, "person_id": person_id, "sequence": sequence}
    await session.execute(insert_new(session, tables.calendar_files, row))
    mine = update(tables.calendar_files).where(rows.assignment_id == assignment_id, rows.person_id == person_id)
    await session.execute(mine.values(sequence=sequence))


async def taken(session: AsyncSession, person_id: int, assignment_ids: Collection[int]) -> dict[int, int]:
    """Give the sequence numbers of the files that a person took, by assignment."""
    mine = select(rows.assignment_id, rows.sequence).where(rows.person_id == person_id, rows.assignment_id.in_(assignment_ids))
    return {row.assignment_id: row.sequence for row in await session.execute(mine)}


async def taken_by(session: AsyncSession, person_id: int) -> list[int]:
    """Give the assignments whose files a person took."""
    return list(await session.scalars(select(rows.assignment_id).where(rows.person_id == person_id)))


async def renew(session: AsyncSession, assignment_ids: Collection[int], *, now: datetime, at: datetime) -> int:
    """Have everyone who took a file of these get it anew at a moment (UTC), as the office's calendar is since now; count them.

    Who has such a message still to come gets no second one: it tells how things stand when it leaves.
    """
    holders: set[int] = set()
    for chunk in batched(list(assignment_ids)):
        holders |= set(await session.scalars(select(rows.person_id).where(rows.assignment_id.in_(chunk))))
    kind = Kind.CALENDAR_CHANGED
    holders -= await outbox.waiting(session, kind)
    return await outbox.put(session, kind, holders, lane=Lane.WORD, at=at, about=now.isoformat())
