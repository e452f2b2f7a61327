"""Which conclusions and tasks are there?"""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import changes
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.errors import Refusal
from storage import tables


async def one(session: AsyncSession, conclusion_id: int) -> Conclusion:
    """Give one conclusion, held until the transaction ends; refuse a number that nobody has."""
    found = await session.get(Conclusion, conclusion_id, with_for_update=True)
    if found is None:
        raise Refusal("no-such-conclusion")
    return found


async def task(session: AsyncSession, task_id: int) -> Task:
    """Give one task; refuse a number that nobody has."""
    found = await session.get(Task, task_id)
    if found is None:
        raise Refusal("no-such-task")
    return found


async def held_task(session: AsyncSession, task_id: int) -> tuple[Task, Conclusion]:
    """Give a task with its conclusion, which is held until the transaction ends; the task is read after that."""
    found = await task(session, task_id)
    conclusion = await one(session, found.conclusion_id)
    await session.refresh(found)
    return found, conclusion


async def tasks_of(session: AsyncSession, conclusion_id: int) -> list[Task]:
    """Give a conclusion's own tasks in the order of the paper, dropped ones included, but no occurrences of recurring ones."""
    mine = select(Task).where(tables.tasks.c.conclusion_id == conclusion_id, tables.tasks.c.series_id.is_(None))
    return list(await session.scalars(mine.order_by(tables.tasks.c.position)))


async def keep(session: AsyncSession, conclusion: Conclusion, tasks: Iterable[Task]) -> Conclusion:
    """Keep a new conclusion with its tasks, and number them."""
    session.add(conclusion)
    await session.flush()
    for one_task in tasks:
        one_task.conclusion_id = conclusion.id
        session.add(one_task)
    await session.flush()
    return conclusion


async def twin(session: AsyncSession, conclusion: Conclusion) -> Conclusion | None:
    """Give the newest other draft or conclusion in force with the same number, symbol and date; None when there is none."""
    columns = tables.conclusions.c
    if not conclusion.is_identified:
        return None
    same = select(Conclusion).where(
        columns.id != conclusion.id,
        columns.state.in_((ConclusionState.DRAFT, ConclusionState.PUBLISHED)),
        columns.number == conclusion.number,
        columns.symbol == conclusion.symbol,
        columns.dated == conclusion.dated,
    )
    return (await session.scalars(same.order_by(columns.id.desc()).limit(1))).one_or_none()


async def cited(session: AsyncSession, number: str, symbol: str) -> Conclusion | None:
    """Give the newest conclusion in force by a number and symbol, however they are spelled; None when there is none."""
    columns, wanted = tables.conclusions.c, changes.label(number, symbol)
    in_force = select(columns.id, columns.number, columns.symbol).where(columns.state == ConclusionState.PUBLISHED)
    rows = await session.execute(in_force.order_by(columns.published_at.desc(), columns.id.desc()))
    found = next((row.id for row in rows if changes.label(row.number, row.symbol) == wanted), None)
    return None if found is None else await session.get_one(Conclusion, found)


async def in_states(session: AsyncSession, states: Sequence[ConclusionState]) -> list[Conclusion]:
    """Give the conclusions in one of the states, drafts first, and then the newest."""
    columns = tables.conclusions.c
    found = select(Conclusion).where(columns.state.in_(states))
    return list(await session.scalars(found.order_by(columns.published_at.desc().nulls_first(), columns.id.desc())))
