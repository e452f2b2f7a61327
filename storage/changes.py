"""What do papers change of older conclusions, and what belongs to each change?"""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.changes import Change, ChangeState, Effect, of_occurrence
from domain.conclusions import Conclusion, Task
from domain.duties import Duty
from domain.errors import Refusal
from domain.readings import AmendmentKind
from domain.series import Recurring
from domain.units import resolve
from storage import assignments, change_tables, conclusions, series, tables, units

changes = change_tables.changes.c


async def keep(session: AsyncSession, found: Sequence[Change]) -> None:
    """Keep new changes, and number them."""
    session.add_all(found)
    await session.flush()


async def one(session: AsyncSession, change_id: int) -> Change:
    """Give one change; refuse a number that nobody has."""
    found = await session.get(Change, change_id)
    if found is None:
        raise Refusal("card-old")
    return found


async def of_paper(session: AsyncSession, conclusion_id: int) -> tuple[Effect, ...]:
    """Give what a paper changes, in the order of the paper, with what each change speaks of."""
    return await _laid_out(session, select(Change).where(changes.conclusion_id == conclusion_id))


async def applied_to(session: AsyncSession, conclusion_id: int) -> tuple[Effect, ...]:
    """Give what newer papers have changed of a conclusion, the first change first."""
    of_it = select(Change).where(changes.earlier_id == conclusion_id, changes.state == ChangeState.APPLIED)
    return await _laid_out(session, of_it)


async def have_ended(session: AsyncSession, duty: Duty) -> bool:
    """Tell whether a newer paper has ended a duty's task, or put one that recurs in its place: no more is asked for it."""
    of_it = changes.earlier_task_id == duty.task.id, changes.state == ChangeState.APPLIED
    said = select(changes.kind, Task).outerjoin(Task, tables.tasks.c.id == changes.task_id).where(*of_it)
    register = await units.register(session)
    for kind, says in await session.execute(said):
        recurs = kind is AmendmentKind.MOVES and says is not None and says.deadline.recurrence is not None
        if kind is AmendmentKind.ENDS or (recurs and duty.unit in resolve(says.audience, register).units):
            return True
    return False


async def hold(session: AsyncSession, conclusion_id: int) -> None:
    """Hold a paper, the older conclusions that it changes, and their assignments until the transaction ends.

    What is read of them after that is what holds: nobody hands in, moves or withdraws meanwhile.
    """
    await conclusions.one(session, conclusion_id)
    earlier = select(changes.earlier_id).where(changes.conclusion_id == conclusion_id)
    papers, tasks, given = tables.conclusions.c, tables.tasks.c, tables.assignments.c
    await session.execute(select(papers.id).where(papers.id.in_(earlier)).order_by(papers.id).with_for_update())
    of_them = select(given.id).join(tables.tasks, tasks.id == given.task_id).where(tasks.conclusion_id.in_(earlier))
    await session.execute(of_them.order_by(given.id).with_for_update(of=tables.assignments))


async def _laid_out(session: AsyncSession, wanted: Select[Change]) -> tuple[Effect, ...]:
    found = list(await session.scalars(wanted.order_by(changes.id)))
    return tuple([await _effect(session, change) for change in found])


async def foreseen(
    session: AsyncSession, paper: Conclusion, tasks: Sequence[Task], proposed: Sequence[Change]
) -> tuple[Effect, ...]:
    """Give what a paper that is not kept would change, with what each change speaks of."""
    by_id = {task.id: task for task in tasks}
    says = (None if change.task_id is None else by_id[change.task_id] for change in proposed)
    return tuple([await _by(session, change, paper, task) for change, task in zip(proposed, says, strict=True)])


async def _effect(session: AsyncSession, change: Change) -> Effect:
    says = await session.get_one(Task, change.task_id) if change.task_id is not None else None
    return await _by(session, change, await session.get_one(Conclusion, change.conclusion_id), says)


async def _by(session: AsyncSession, change: Change, paper: Conclusion, says: Task | None) -> Effect:
    tasks = await conclusions.tasks_of(session, change.earlier_id)
    recurring = None if change.earlier_task_id is None else await series.of_task(session, change.earlier_task_id)
    return Effect(
        change,
        by=paper,
        earlier=await session.get_one(Conclusion, change.earlier_id),
        tasks=tuple(task for task in tasks if not task.dropped),
        says=says,
        duties=tuple(await _duties(session, change, says, recurring)),
        series=recurring,
        bound=await _bound(session, recurring) if recurring else frozenset(),
    )


async def _bound(session: AsyncSession, recurring: Recurring) -> frozenset[int]:
    register = await units.register(session)
    return frozenset(unit.id for unit in resolve(recurring.task.audience, register).units)


async def _duties(session: AsyncSession, change: Change, says: Task | None, recurring: Recurring | None) -> list[Duty]:
    if recurring is not None:
        of_all = await series.duties(session, recurring.task.id)
        is_one = change.kind is AmendmentKind.MOVES and says is not None and says.deadline.recurrence is None
        return of_occurrence(of_all, recurring, says.deadline.last_day) if is_one and says else of_all
    if change.whole:
        return await assignments.of_conclusion(session, change.earlier_id)
    return [] if change.earlier_task_id is None else await assignments.of_task(session, change.earlier_task_id)
