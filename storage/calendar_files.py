"""Who has put a task into a calendar? So that the calendar is told when the deadline moves or the task ends."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import tables
from storage.session import insert_new

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
