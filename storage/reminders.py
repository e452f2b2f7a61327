"""Which steps of the ladder have been brought up? A ledger that is unique on assignment, deadline version and step."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import Assignment
from storage import tables
from storage.session import insert_new

rows = tables.reminders.c
Ledger = dict[tuple[int, int], set[str]]


async def brought_up(session: AsyncSession, assignments: Iterable[Assignment]) -> Ledger:
    """Give the steps that are in the ledger, by assignment and deadline version."""
    ids = [assignment.id for assignment in assignments]
    ledger: Ledger = {}
    found = select(rows.assignment_id, rows.version, rows.step).where(rows.assignment_id.in_(ids))
    for assignment_id, version, step in await session.execute(found):
        ledger.setdefault((assignment_id, version), set()).add(step)
    return ledger


async def record(session: AsyncSession, assignment: Assignment, step: str, outcome: str, at: datetime) -> int | None:
    """Write a step into the ledger and give its number; None when it stands there already."""
    row = {"assignment_id": assignment.id, "version": assignment.version, "step": step, "outcome": outcome, "at": at}
    written: int | None = await session.scalar(insert_new(session, tables.reminders, **row).returning(rows.id))
    return written
