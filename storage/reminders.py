"""Which steps of the ladder have been brought up? A ledger that is unique on assignment, deadline version and step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import Assignment
from storage import tables
from storage.session import insert_new

rows = tables.reminders.c
SAID, SKIPPED, MISSED, NOBODY = "said", "overtaken", "too-late", "nobody"
"""What became of a step: it was said, a later one overtook it, it came too late to be true, or nobody was there to hear it."""
Ledger = dict[tuple[int, int], set[str]]


@dataclass(frozen=True)
class Entry:
    """A step of an assignment's ladder, and what became of it."""

    assignment: Assignment
    step: str
    outcome: str


async def brought_up(session: AsyncSession, assignments: Iterable[Assignment]) -> Ledger:
    """Give the steps that are in the ledger, by assignment and deadline version."""
    ids = [assignment.id for assignment in assignments]
    ledger: Ledger = {}
    found = select(rows.assignment_id, rows.version, rows.step).where(rows.assignment_id.in_(ids))
    for assignment_id, version, step in await session.execute(found):
        ledger.setdefault((assignment_id, version), set()).add(step)
    return ledger


async def record(session: AsyncSession, entries: Sequence[Entry], at: datetime) -> dict[tuple[int, str], int]:
    """Write steps into the ledger, and give the numbers of those that did not stand there, by assignment and step."""
    values = [
        {
            "assignment_id": one.assignment.id,
            "version": one.assignment.version,
            "step": one.step,
            "outcome": one.outcome,
            "at": at,
        }
        for one in entries
    ]
    if not values:
        return {}
    new = insert_new(session, tables.reminders).returning(rows.assignment_id, rows.step, rows.id)
    return {(assignment_id, step): number for assignment_id, step, number in await session.execute(new, values)}
