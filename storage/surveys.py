"""What is there for the office's round to look at? Counted and chosen by the database, so that a large office costs no memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import ENDED, Assignment, Submission, SubmissionState
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import Deadline, DeadlineKind
from domain.duties import Duty, Stand
from domain.reach import Silent
from domain.units import Unit
from storage import reach, tables
from storage.assignments import DUTIES, SEEN_FIRST
from storage.reminders import SAID

assignments, submissions, conclusions = tables.assignments.c, tables.submissions.c, tables.conclusions.c
reminders, roles = tables.reminders.c, tables.roles.c
PUBLISHED = "published"
"""The step that gives the order: what comes after it are reminders."""
AT_ONCE = 1000
IN_FORCE = (
    assignments.state.not_in(ENDED),
    conclusions.state == ConclusionState.PUBLISHED,
)
is_open: ColumnElement[bool] = literal_column(f"assignments.{tables.OPEN_NOW}")
STILL_OPEN = (is_open, conclusions.state == ConclusionState.PUBLISHED)
BY_CONCLUSION = conclusions.id == tables.tasks.c.conclusion_id
BY_TASK = tables.tasks.c.id == assignments.task_id
WORD = (submissions.assignment_id == assignments.id, submissions.state != SubmissionState.UNDONE)
"""What an assignment's unit handed in: beside the assignment it is found by its index, however much was ever handed in."""
UNANSWERED = (
    reminders.assignment_id == assignments.id,
    reminders.version == assignments.version,
    reminders.outcome == SAID,
    reminders.step != PUBLISHED,
    ~select(submissions.id).where(*WORD, submissions.at >= reminders.at).correlate(tables.assignments, tables.reminders).exists(),
)
"""The reminders of an assignment by the deadline that holds, since its unit last gave word."""


@dataclass(frozen=True)
class Unstaffed:
    """A unit whose messages nobody receives, how many duties it has open, and since when (UTC) both have held."""

    silent: Silent
    open: int
    since: datetime


async def pending(session: AsyncSession) -> list[tuple[Duty, Submission]]:
    """Give what waits for the office's decision, the oldest first."""
    waiting = DUTIES.add_columns(Submission).join(Submission, submissions.assignment_id == assignments.id)
    waiting = waiting.where(*IN_FORCE, submissions.state == SubmissionState.PENDING).order_by(submissions.at, submissions.id)
    return [(Duty(*duty), submission) for *duty, submission in await session.execute(waiting)]


async def troubled(session: AsyncSession, last_day: date, ignored: int) -> list[tuple[Duty, list[datetime]]]:
    """Give the open duties whose strict last day is a day or before it, or of which so many reminders went unanswered.

    Each comes with the moments (UTC, in order) of the reminders by the deadline that holds since its unit last gave word.
    """
    # Counted for each that is open, by the index of the ledger: a join would look at all that was ever said.
    counted = select(func.count()).select_from(tables.reminders).where(*UNANSWERED).scalar_subquery()
    often = select(assignments.id).where(is_open, counted >= ignored)
    # A union of two rather than a condition with an "or", which no index could serve.
    late = select(assignments.id).where(is_open, assignments.deadline_last_day <= last_day)
    chosen = assignments.id.in_(late.union(often))
    mine = DUTIES.where(*STILL_OPEN, chosen).order_by(*SEEN_FIRST)
    unanswered = select(reminders.assignment_id, reminders.at).join(Assignment, assignments.id == reminders.assignment_id)
    unanswered = unanswered.where(is_open, *UNANSWERED, chosen).order_by(reminders.at, reminders.id)
    moments: dict[int, list[datetime]] = {}
    for assignment_id, at in await session.execute(unanswered):
        moments.setdefault(assignment_id, []).append(at)
    duties = [Duty(*row) for row in await session.execute(mine)]
    return [(duty, moments.get(duty.assignment.id, [])) for duty in duties]


async def dayless(session: AsyncSession) -> list[Duty]:
    """Give a duty of each task whose deadline hangs on an event that has no day yet."""
    waiting = (assignments.deadline_kind == DeadlineKind.RELATIVE, assignments.deadline_last_day.is_(None))
    first = select(func.min(assignments.id)).join(Task, BY_TASK).join(Conclusion, BY_CONCLUSION)
    first = first.where(*STILL_OPEN, *waiting).group_by(assignments.task_id)
    found = DUTIES.where(assignments.id.in_(first)).order_by(*SEEN_FIRST)
    return [Duty(*row) for row in await session.execute(found)]


async def unheard(session: AsyncSession, since: datetime) -> list[tuple[Duty, datetime]]:
    """Give the open duties without any deadline whose unit gave no word since a moment, each with its last word or beginning."""
    word = select(func.max(submissions.at)).where(*WORD).scalar_subquery()
    last = func.coalesce(word, assignments.remind_from)
    without = (assignments.deadline_literal, assignments.deadline_last_day, assignments.deadline_recurrence)
    found = (
        DUTIES.add_columns(last)
        .where(*STILL_OPEN, *(column.is_(None) for column in without), last <= since)
        .order_by(*SEEN_FIRST)
    )
    return [(Duty(*duty), at) for *duty, at in await session.execute(found)]


async def unstaffed(session: AsyncSession) -> list[Unstaffed]:
    """Give the units that have duties open and nobody to receive messages, the longest so first."""
    staffed = select(roles.unit_id).join(tables.people, tables.people.c.id == roles.person_id)
    staffed = staffed.where(roles.unit_id.is_not(None), roles.until.is_(None), reach.takes_messages)
    empty = list(await session.scalars(select(tables.units.c.id).where(tables.units.c.id.not_in(staffed))))
    first = func.min(assignments.remind_from)
    each = select(Unit, func.count(), first).join(Assignment, assignments.unit_id == tables.units.c.id)
    alone = each.join(Task, BY_TASK).join(Conclusion, BY_CONCLUSION).where(*STILL_OPEN, assignments.unit_id.in_(empty))
    found = list(await session.execute(alone.group_by(tables.units.c.id).order_by(tables.units.c.id)))
    lost = (await reach.of_units(session, [unit.id for unit, _, _ in found])).lost
    silent = [Unstaffed(Silent(unit, lost.get(unit.id, ())), count, since) for unit, count, since in found]
    return sorted((_since_the_last_was_lost(one) for one in silent), key=lambda one: one.since)


def _since_the_last_was_lost(one: Unstaffed) -> Unstaffed:
    moments = [each.since for each in one.silent.lost if each.since is not None]
    return replace(one, since=max([one.since, *moments]))


async def drafts(session: AsyncSession) -> list[Conclusion]:
    """Give the drafts, the oldest first."""
    waiting = select(Conclusion).where(conclusions.state == ConclusionState.DRAFT).order_by(conclusions.created_at)
    return list(await session.scalars(waiting))


async def stands(session: AsyncSession) -> AsyncIterator[list[Stand]]:
    """Give how everything in force stands, equal ones counted together, a thousand at a time."""
    alike = (
        assignments.state,
        assignments.deadline_kind,
        assignments.deadline_last_day,
        assignments.deadline_at,
        assignments.submitted_at,
    )
    found = select(*alike, func.count()).join(Task, BY_TASK).join(Conclusion, BY_CONCLUSION)
    result = await session.stream(found.where(*IN_FORCE).group_by(*alike))
    async for rows in result.partitions(AT_ONCE):
        yield [
            Stand(state, Deadline(kind, last_day=day, at=clock), handed_in, count)
            for state, kind, day, clock, handed_in, count in rows
        ]
