"""Whose reminders follow which ladder, and what does a new one leave unsaid?"""

from dataclasses import replace
from datetime import time

from sqlalchemy import select

from domain.assignments import Assignment
from domain.deadlines import DeadlineKind
from domain.duties import Duty
from domain.ladder_changes import Sharing
from domain.ladders import Extent, Scope, parse
from storage import assignments, conclusions, ladders, tables
from storage.session import Database
from tests.builders import NOW, Cast, a_published_conclusion, a_task, at, due

OFFICE, LATER = Extent(Scope.OFFICE), at("2026-03-05")
BY_CLOCK = replace(due("2026-03-20"), kind=DeadlineKind.DATETIME, at=time(16, 30))


async def published(database: Database, cast: Cast) -> list[Duty]:
    """Publish three tasks for two units: one by a day, one by a clock time, and one without a deadline."""
    given = [a_task(position=1, deadline=due("2026-03-20")), a_task(position=2, deadline=BY_CLOCK), a_task(position=3)]
    async with database.transaction() as session:
        return await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa, tasks=given)


def in_short(shared: list[Sharing]) -> list[tuple[str, time | None, bool, int]]:
    return [(f"{one.deadline.last_day}", one.deadline.at, one.early, one.count) for one in shared]


async def test_the_office_s_ladder_is_the_standard_one_until_it_is_set(database: Database) -> None:
    async with database.transaction() as session:
        assert await ladders.of_office(session) is None
        await ladders.keep_for_office(session, parse("3, 0"))
        assert await ladders.of_office(session) == parse("3, 0")
        await ladders.keep_for_office(session, None)
        assert await ladders.of_office(session) is None


async def test_ladders_are_kept_with_conclusions_and_tasks(database: Database, cast: Cast) -> None:
    first = (await published(database, cast))[0]
    async with database.transaction() as session:
        (await conclusions.one(session, first.conclusion.id)).ladder = parse("3, +1, weekly")
        (await conclusions.task(session, first.task.id)).ladder = parse("0")

    async with database.transaction() as session:
        found = await assignments.duty(session, first.assignment.id)
    assert (found.conclusion.ladder, found.task.ladder) == (parse("3, +1, weekly"), parse("0"))


async def test_open_assignments_are_counted_by_their_deadlines(database: Database, cast: Cast) -> None:
    first, second, *_ = await published(database, cast)
    async with database.transaction() as session:
        (await assignments.duty(session, first.assignment.id)).assignment.submit(NOW)
        (await assignments.duty(session, second.assignment.id)).assignment.early = True

    async with database.transaction() as session:
        shared = await ladders.sharing(session, OFFICE)
    assert sorted(in_short(shared), key=str) == [("2026-03-20", None, True, 1), ("2026-03-20", time(16, 30), False, 2)]


async def test_a_narrower_ladder_takes_assignments_out_of_a_wider_extent(database: Database, cast: Cast) -> None:
    first, _, third, *_ = await published(database, cast)
    conclusion, task = Extent(Scope.CONCLUSION, first.conclusion.id), Extent(Scope.TASK, third.task.id)
    async with database.transaction() as session:
        (await conclusions.task(session, third.task.id)).ladder = parse("0")

    async with database.transaction() as session:
        counts = {
            extent: sum(one.count for one in await ladders.sharing(session, extent)) for extent in (OFFICE, conclusion, task)
        }
        (await conclusions.one(session, first.conclusion.id)).ladder = parse("0")
        await session.flush()
        in_office = await ladders.sharing(session, OFFICE)
    assert counts == {OFFICE: 2, conclusion: 2, task: 2}
    assert in_office == []


async def test_steps_are_overtaken_for_all_who_share_a_deadline_but_stay_as_they_stand(database: Database, cast: Cast) -> None:
    first, second, *_ = await published(database, cast)
    extent = Extent(Scope.CONCLUSION, first.conclusion.id)
    by_day = Sharing(due("2026-03-20"))
    async with database.transaction() as session:
        await ladders.overtake(session, extent, by_day, ["-7"], NOW)
        await ladders.overtake(session, extent, by_day, ["-7", "-6"], LATER)

    rows = tables.reminders.c
    async with database.transaction() as session:
        found = await session.execute(
            select(rows.assignment_id, rows.step, rows.outcome, rows.at).order_by(rows.step, rows.assignment_id)
        )
        lines = [tuple(row) for row in found]
    ids = [first.assignment.id, second.assignment.id]
    assert lines == [(one, step, "overtaken", when) for step, when in (("-6", LATER), ("-7", NOW)) for one in ids]


async def test_only_open_assignments_of_the_extent_are_planned_anew(database: Database, cast: Cast) -> None:
    first, second, *others = await published(database, cast)
    async with database.transaction() as session:
        (await assignments.duty(session, first.assignment.id)).assignment.submit(NOW)
        await session.flush()
        await ladders.plan_anew(session, Extent(Scope.TASK, first.task.id), LATER)

    async with database.transaction() as session:
        looks = {one.id: one.look_at for one in await session.scalars(select(Assignment))}
    assert looks[first.assignment.id] is None
    assert looks[second.assignment.id] == LATER
    assert {looks[duty.assignment.id] for duty in others} == {NOW}
