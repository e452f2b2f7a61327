"""Which tasks recur, what is to be opened of them, and which occurrences are there?"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignments import OPEN, Assignment
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.duties import Duty
from domain.errors import Refusal
from domain.series import Recurring, Series
from storage import series_tables, tables
from storage.assignments import DUTIES

rows, tasks = series_tables.series.c, tables.tasks.c
RECURRING = select(Task, Series).join(Series, rows.task_id == tasks.id)


async def keep(session: AsyncSession, series: Series) -> None:
    """Keep a new series."""
    session.add(series)
    await session.flush()


async def due(session: AsyncSession, now: datetime, limit: int) -> list[tuple[Recurring, Conclusion]]:
    """Give the series whose next occurrence is to be opened, the longest due first, held until the transaction ends.

    Their conclusions are held with them, so that none is withdrawn while an occurrence of it is opened.
    """
    waiting = (
        select(Task, Series, Conclusion)
        .join(Series, rows.task_id == tasks.id)
        .join(Conclusion, tables.conclusions.c.id == tasks.conclusion_id)
        .where(rows.opens_at <= now)
        .order_by(rows.opens_at, rows.task_id)
        .limit(limit)
        .with_for_update(of=[Series, Conclusion], skip_locked=True)
    )
    return [(Recurring(task, series), conclusion) for task, series, conclusion in await session.execute(waiting)]


async def to_come(session: AsyncSession) -> list[tuple[Recurring, Conclusion]]:
    """Give the series of which an occurrence is still to be opened, with their conclusions, which are in force."""
    goes_on = (
        select(Task, Series, Conclusion)
        .join(Series, rows.task_id == tasks.id)
        .join(Conclusion, tables.conclusions.c.id == tasks.conclusion_id)
        .where(rows.opens_at.is_not(None), tables.conclusions.c.state == ConclusionState.PUBLISHED)
    )
    found = await session.execute(goes_on.order_by(rows.task_id))
    return [(Recurring(task, series), conclusion) for task, series, conclusion in found]


async def add(session: AsyncSession, occurrence: Task) -> bool:
    """Keep an occurrence as a task of its own; False when it is there already."""
    try:
        async with session.begin_nested():
            session.add(occurrence)
    except IntegrityError:
        return False
    return True


async def add_all(session: AsyncSession, opened: Sequence[Task]) -> list[Task]:
    """Keep occurrences, at one go where none is there already, and give those that are new."""
    try:
        async with session.begin_nested():
            session.add_all(opened)
    except IntegrityError:
        return [one for one in opened if await add(session, one)]
    return list(opened)


async def of_task(session: AsyncSession, task_id: int) -> Recurring | None:
    """Give the series that a task is; None when it does not recur, or has not begun."""
    found = (await session.execute(RECURRING.where(tasks.id == task_id))).one_or_none()
    return None if found is None else Recurring(*found)


async def held(session: AsyncSession, task_id: int) -> Recurring:
    """Give the series that a task is, held until the transaction ends; refuse a task that is none."""
    mine = RECURRING.where(tasks.id == task_id).with_for_update(of=Series).execution_options(populate_existing=True)
    found = (await session.execute(mine)).one_or_none()
    if found is None:
        raise Refusal("not-a-series")
    return Recurring(*found)


async def of_conclusion(session: AsyncSession, conclusion_id: int) -> list[Recurring]:
    """Give the series of a conclusion in the order of the paper."""
    mine = RECURRING.where(tasks.conclusion_id == conclusion_id).order_by(tasks.position)
    return [Recurring(*found) for found in await session.execute(mine)]


async def occurrences(session: AsyncSession, task_id: int, since: date) -> Sequence[Task]:
    """Give the opened occurrences of a series whose strict last day is not before a day."""
    mine = select(Task).where(tasks.series_id == task_id, tasks.occurs_on >= since, tasks.dropped.is_(False))
    return list(await session.scalars(mine.order_by(tasks.occurs_on)))


async def duties(session: AsyncSession, task_id: int) -> list[Duty]:
    """Give what the units were given for a series, handed in or not, the oldest occurrence first."""
    mine = DUTIES.where(tasks.series_id == task_id).order_by(tasks.occurs_on, tables.assignments.c.unit_id)
    return [Duty(*row) for row in await session.execute(mine)]


async def open_duties(session: AsyncSession, task_id: int, *, is_held: bool = False) -> list[Duty]:
    """Give what the units have still to hand in for a series, the oldest occurrence first; held when it is to change."""
    mine = DUTIES.where(tasks.series_id == task_id, tables.assignments.c.state.in_(OPEN))
    mine = mine.order_by(tasks.occurs_on, tables.assignments.c.unit_id)
    mine = mine.with_for_update(of=Assignment) if is_held else mine
    return [Duty(*row) for row in await session.execute(mine)]
