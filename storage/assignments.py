"""What has each unit to do, and what has it handed in?"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import OPEN, Assignment, AssignmentState, Submission, SubmissionState
from domain.conclusions import Conclusion, Task
from domain.duties import Duty
from domain.errors import Refusal
from domain.units import Unit
from storage import tables
from storage.session import insert_new

assignments, tasks, submissions = tables.assignments.c, tables.tasks.c, tables.submissions.c


DUTIES = (
    select(Assignment, Task, Unit, Conclusion)
    .join(Task, tasks.id == assignments.task_id)
    .join(Unit, tables.units.c.id == assignments.unit_id)
    .join(Conclusion, tables.conclusions.c.id == tasks.conclusion_id)
)
# The newest conclusion is what a unit sees first, then the nearest deadline, and last what has none.
SEEN_FIRST = (
    tables.conclusions.c.published_at.desc(),
    assignments.deadline_last_day.is_(None),
    assignments.deadline_last_day,
    tasks.position,
    assignments.id,
)


async def duty(session: AsyncSession, assignment_id: int) -> Duty:
    """Give one assignment with what belongs to it, held until the transaction ends; refuse a number that nobody has."""
    found = DUTIES.where(assignments.id == assignment_id).with_for_update(of=Assignment)
    row = (await session.execute(found)).one_or_none()
    if row is None:
        raise Refusal("no-such-task")
    return Duty(*row)


async def of_units(session: AsyncSession, unit_ids: Collection[int], states: Collection[AssignmentState] = OPEN) -> list[Duty]:
    """Give what the units have in one of the states, as they see it: the newest conclusion and the nearest deadline first."""
    mine = DUTIES.where(assignments.unit_id.in_(unit_ids), assignments.state.in_(states))
    return [Duty(*row) for row in await session.execute(mine.order_by(*SEEN_FIRST))]


async def pending_of_units(session: AsyncSession, unit_ids: Collection[int]) -> list[tuple[Duty, Submission]]:
    """Give what the units have handed in and the office has not decided, the newest first."""
    waiting = DUTIES.add_columns(Submission).join(Submission, submissions.assignment_id == assignments.id)
    waiting = waiting.where(assignments.unit_id.in_(unit_ids), submissions.state == SubmissionState.PENDING)
    rows = await session.execute(waiting.order_by(submissions.id.desc()))
    return [(Duty(*duty), submission) for *duty, submission in rows]


async def by_ids(session: AsyncSession, ids: Collection[int]) -> list[Duty]:
    """Give assignments by their ids, in the order in which a unit sees them."""
    return [Duty(*row) for row in await session.execute(DUTIES.where(assignments.id.in_(ids)).order_by(*SEEN_FIRST))]


async def of_conclusion(session: AsyncSession, conclusion_id: int, *, held: bool = False) -> list[Duty]:
    """Give all assignments of a conclusion, by task and unit; ``held`` until the transaction ends, when they are to change."""
    mine = DUTIES.where(tasks.conclusion_id == conclusion_id).order_by(tasks.position, tasks.occurs_on, assignments.unit_id)
    mine = mine.with_for_update(of=Assignment) if held else mine
    return [Duty(*row) for row in await session.execute(mine)]


async def due(session: AsyncSession, now: datetime, limit: int) -> list[Duty]:
    """Give the open assignments whose next look is due, the longest due first, held until the transaction ends."""
    waiting = _due(now).order_by(assignments.look_at, assignments.id).limit(limit)
    return [Duty(*row) for row in await session.execute(waiting)]


async def due_of_units(session: AsyncSession, now: datetime, unit_ids: Collection[int], without: Collection[int]) -> list[Duty]:
    """Give what else is due for units, held until the transaction ends."""
    waiting = _due(now).where(assignments.unit_id.in_(unit_ids), assignments.id.not_in(without)).order_by(assignments.id)
    return [Duty(*row) for row in await session.execute(waiting)]


def _due(now: datetime) -> Select[Assignment, Task, Unit, Conclusion]:
    waiting = DUTIES.where(assignments.look_at <= now, assignments.state.in_(OPEN))
    return waiting.with_for_update(of=Assignment, skip_locked=True)


async def of_task(session: AsyncSession, task_id: int, *, held: bool = False) -> list[Duty]:
    """Give all assignments of a task, by unit; ``held`` until the transaction ends, when they are to change."""
    mine = DUTIES.where(assignments.task_id == task_id).order_by(assignments.unit_id)
    mine = mine.with_for_update(of=Assignment) if held else mine
    return [Duty(*row) for row in await session.execute(mine)]


async def assign(session: AsyncSession, task: Task, unit_ids: Collection[int], at: datetime) -> int:
    """Give the task, with its deadline, to the units that do not have it yet, and count them."""
    having = set(await session.scalars(select(assignments.unit_id).where(assignments.task_id == task.id)))
    new = [
        Assignment(task.id, unit_id, remind_from=at, look_at=at, deadline=task.deadline)
        for unit_id in unit_ids
        if unit_id not in having
    ]
    session.add_all(new)
    await session.flush()
    return len(new)


async def assign_new(
    session: AsyncSession, orders: Iterable[tuple[Task, Collection[Unit]]], at: datetime, early: Collection[tuple[int, int]] = ()
) -> None:
    """Give tasks that nobody has yet, each with its deadline, to its units; ``early`` pairs a series and a unit's id."""
    session.add_all(
        Assignment(task.id, unit.id, remind_from=at, look_at=at, deadline=task.deadline, early=(task.series_id, unit.id) in early)
        for task, units in orders
        for unit in units
    )
    await session.flush()


async def hand_in(session: AsyncSession, duty: Duty, person_id: int, at: datetime) -> Submission:
    """Submit an assignment and keep the submission; refused when another press was faster."""
    before = duty.assignment.state
    duty.assignment.submit(at)
    row = {"assignment_id": duty.assignment.id, "person_id": person_id, "at": at, "opened_from": before}
    new = insert_new(session, tables.submissions).values({**row, "state": SubmissionState.PENDING})
    kept = select(Submission).from_statement(new.returning(tables.submissions))
    submission: Submission | None = (await session.scalars(kept)).one_or_none()
    if submission is None:
        raise Refusal("is-submitted")
    return submission


async def submission(session: AsyncSession, submission_id: int) -> Submission:
    """Give one submission; refuse a number that nobody has."""
    found = await session.get(Submission, submission_id)
    if found is None:
        raise Refusal("no-such-submission")
    return found


async def handed_in(session: AsyncSession, submission_id: int) -> tuple[Duty, Submission]:
    """Give a submission with its duty, both held until the transaction ends.

    The assignment is held first, as everywhere, so that two transactions never wait for each other.
    """
    found = await submission(session, submission_id)
    held = await duty(session, found.assignment_id)
    await session.refresh(found, with_for_update=True)
    return held, found


async def close_pending(session: AsyncSession, assignment_ids: Collection[int], at: datetime) -> None:
    """Close what waits for the office's decision on assignments that are no longer followed up."""
    waiting = update(tables.submissions).where(
        submissions.assignment_id.in_(assignment_ids), submissions.state == SubmissionState.PENDING
    )
    await session.execute(waiting.values(state=SubmissionState.CLOSED, decided_at=at))


async def newest_submission(session: AsyncSession, assignment_id: int) -> Submission | None:
    """Give what was handed in last for an assignment, undone or not."""
    mine = select(Submission).where(submissions.assignment_id == assignment_id)
    return (await session.scalars(mine.order_by(submissions.id.desc()).limit(1))).one_or_none()


async def fresh_submission(session: AsyncSession, person_id: int, since: datetime) -> Submission | None:
    """Give what the person handed in last, when it was not before the moment and the office has not decided."""
    mine = select(Submission).where(
        submissions.person_id == person_id, submissions.state == SubmissionState.PENDING, submissions.at >= since
    )
    return (await session.scalars(mine.order_by(submissions.id.desc()).limit(1))).one_or_none()


async def pending(session: AsyncSession) -> list[Submission]:
    """Give what waits for the office's decision, the oldest first."""
    waiting = select(Submission).where(submissions.state == SubmissionState.PENDING)
    return list(await session.scalars(waiting.order_by(submissions.id)))
