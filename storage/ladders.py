"""Whose reminders follow which ladder? The office's own, and the open assignments for which no narrower one is set."""

from collections.abc import Collection
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import OPEN
from domain.deadlines import Deadline, DeadlineKind
from domain.ladder_changes import Sharing
from domain.ladders import Extent, Ladder, Scope
from storage import offices, tables
from storage.reminders import SKIPPED
from storage.session import insert_found

assignments, tasks, conclusions, office = tables.assignments.c, tables.tasks.c, tables.conclusions.c, tables.office
LEDGER = ("assignment_id", "version", "step", "outcome", "at")
FOLLOWING = tables.assignments.join(tables.tasks, tasks.id == assignments.task_id).join(
    tables.conclusions, conclusions.id == tasks.conclusion_id
)


async def of_office(session: AsyncSession) -> Ladder | None:
    """Give the ladder that the office has set for everything, None where it keeps the standard one."""
    return await session.scalar(select(office.c.ladder))


async def keep_for_office(session: AsyncSession, ladder: Ladder | None) -> None:
    """Set the office's ladder, or take the standard one again."""
    await offices.salt(session)  # makes the office's row where there is none yet
    await session.execute(update(office).values(ladder=ladder))


async def sharing(session: AsyncSession, extent: Extent) -> list[Sharing]:
    """Give the deadlines of the open assignments that follow the ladder of an extent, the earliest first."""
    last_day, clock, early = assignments.deadline_last_day, assignments.deadline_at, assignments.early
    found = (
        select(last_day, clock, early, func.count())
        .select_from(FOLLOWING)
        .where(_follow(extent), last_day.is_not(None))
        .group_by(last_day, clock, early)
    )
    rows = await session.execute(found.order_by(last_day))
    return [Sharing(_on(day, at), is_early, count) for day, at, is_early, count in rows]


async def overtake(session: AsyncSession, extent: Extent, one: Sharing, steps: Collection[str], at: datetime) -> None:
    """Record for all who share a deadline that steps are not said any more, but those that stand in the ledger already."""
    same = (
        assignments.deadline_last_day == one.deadline.last_day,
        assignments.deadline_at.is_not_distinct_from(one.deadline.at),
        assignments.early == one.early,
    )
    for step in steps:
        values = (assignments.id, assignments.version, literal(step), literal(SKIPPED), literal(at, tables.reminders.c.at.type))
        found = select(*values).select_from(FOLLOWING).where(_follow(extent), *same)
        await session.execute(insert_found(session, tables.reminders, LEDGER, found))


async def plan_anew(session: AsyncSession, extent: Extent, at: datetime) -> None:
    """Have the reminders that follow the ladder of an extent planned anew; the ledger keeps what was said from coming again."""
    mine = select(assignments.id).select_from(FOLLOWING).where(_follow(extent))
    await session.execute(update(tables.assignments).where(assignments.id.in_(mine)).values(look_at=at))


def _follow(extent: Extent) -> ColumnElement[bool]:
    """Tell which assignments follow the ladder of an extent: the open ones for which no narrower one is set."""
    is_open = assignments.state.in_(OPEN)
    match extent.scope:
        case Scope.TASK:
            return is_open & (assignments.task_id == extent.number)
        case Scope.CONCLUSION:
            return is_open & (tasks.conclusion_id == extent.number) & tasks.ladder.is_(None)
        case Scope.OFFICE:
            return is_open & tasks.ladder.is_(None) & conclusions.ladder.is_(None)


def _on(day: date, at: time | None) -> Deadline:
    return Deadline(DeadlineKind.DATE if at is None else DeadlineKind.DATETIME, last_day=day, at=at)
