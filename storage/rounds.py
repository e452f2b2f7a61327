"""Which rounds did the office make, and what is there for the next one to look at?"""

from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import OPEN, Assignment, AssignmentState, Submission, SubmissionState
from domain.conclusions import Conclusion, ConclusionState
from domain.duties import Duty
from storage import round_tables, tables
from storage.assignments import DUTIES, SEEN_FIRST
from storage.reminders import SAID
from storage.session import changed, insert_new

rows, assignments, submissions = round_tables.rounds.c, tables.assignments.c, tables.submissions.c
reminders, conclusions = tables.reminders.c, tables.conclusions.c
LIVING = [state for state in AssignmentState if state not in (AssignmentState.CANCELLED, AssignmentState.SUPERSEDED)]
PUBLISHED = "published"
"""The step that gives the order: what comes after it are reminders."""


async def begin(session: AsyncSession, day: date, at: datetime) -> bool:
    """Say that the round of a day is made; False when it was before, by this process or another."""
    return bool(changed(await session.execute(insert_new(session, round_tables.rounds, {"day": day, "at": at}))))


async def previous(session: AsyncSession, day: date) -> date | None:
    """Give the day of the round before a day's; None when there was none."""
    before = select(rows.day).where(rows.day < day).order_by(rows.day.desc())
    found: date | None = await session.scalar(before.limit(1))
    return found


async def in_force(session: AsyncSession) -> list[Duty]:
    """Give every duty of the published conclusions, whether open or fulfilled."""
    mine = DUTIES.where(assignments.state.in_(LIVING), conclusions.state == ConclusionState.PUBLISHED)
    return [Duty(*row) for row in await session.execute(mine.order_by(*SEEN_FIRST))]


async def pending(session: AsyncSession) -> dict[int, Submission]:
    """Give what waits for the office's decision, by assignment, the oldest first."""
    waiting = select(Submission).where(submissions.state == SubmissionState.PENDING).order_by(submissions.at)
    return {one.assignment_id: one for one in await session.scalars(waiting)}


async def said(session: AsyncSession) -> dict[int, list[datetime]]:
    """Give, for each open assignment, when it was reminded of by the deadline that holds, in order."""
    of_version = and_(assignments.id == reminders.assignment_id, assignments.version == reminders.version)
    found = (
        select(reminders.assignment_id, reminders.at)
        .join(Assignment, of_version)
        .where(assignments.state.in_(OPEN), reminders.outcome == SAID, reminders.step != PUBLISHED)
        .order_by(reminders.at, reminders.id)
    )
    moments: dict[int, list[datetime]] = {}
    for assignment_id, at in await session.execute(found):
        moments.setdefault(assignment_id, []).append(at)
    return moments


async def words(session: AsyncSession) -> dict[int, datetime]:
    """Give, for each assignment of which something was handed in, when that was last."""
    latest = func.max(submissions.at)
    found = select(submissions.assignment_id, latest).where(submissions.state != SubmissionState.UNDONE)
    words = await session.execute(found.group_by(submissions.assignment_id))
    return {assignment_id: at for assignment_id, at in words}  # noqa: C416  # rows are no tuples to the type checker


async def drafts(session: AsyncSession) -> list[Conclusion]:
    """Give the drafts, the oldest first."""
    waiting = select(Conclusion).where(conclusions.state == ConclusionState.DRAFT).order_by(conclusions.created_at)
    return list(await session.scalars(waiting))
