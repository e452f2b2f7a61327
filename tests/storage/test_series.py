"""Are series found when they are due, by one planner alone, and is no occurrence kept twice?"""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from domain import series as rules
from domain.deadlines import Deadline, DeadlineKind
from domain.errors import Refusal
from domain.series import Recurring, Series
from storage import assignments, conclusions, series, tables
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_conclusion, a_task, due

MONTHLY = Deadline(DeadlineKind.RECURRING, "trước ngày 25 hằng tháng", recurrence="FREQ=MONTHLY;BYMONTHDAY=24")
LATER = NOW + timedelta(hours=1)
MARCH, APRIL = date(2026, 3, 24), date(2026, 4, 24)


async def a_series(session: Session, cast: Cast, *, opens_at: datetime | None = NOW, number: str = "12") -> Recurring:
    """Publish a paper with a monthly task and one of another kind."""
    draft = a_conclusion(number=number, created_by=cast.hoa.id)
    kept = [a_task(deadline=MONTHLY), a_task(position=2, deadline=due("2026-03-20"))]
    await conclusions.keep(session, draft, kept)
    draft.publish(kept, NOW)
    stand = Series(kept[0].id, MARCH, opens_at)
    await series.keep(session, stand)
    return Recurring(kept[0], stand)


async def opened(session: Session, recurring: Recurring, *days: date) -> list[date | None]:
    """Open occurrences, and give the days of those that are new."""
    made = [rules.occurrence(recurring.task, day, ref=f"1, {day}", name="Kế hoạch") for day in days]
    return [one.occurs_on for one in await series.add_all(session, made)]


async def test_a_series_is_due_from_its_moment_on(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        soon = await a_series(session, cast)
        later = await a_series(session, cast, opens_at=LATER, number="13")
        await a_series(session, cast, opens_at=None, number="14")
    async with database.transaction() as session:
        found = {
            now: [(one.task.id, paper.number) for one, paper in await series.due(session, now, 9)]
            for now in (NOW - timedelta(minutes=1), NOW, LATER)
        }
    assert list(found.values()) == [[], [(soon.task.id, "12")], [(soon.task.id, "12"), (later.task.id, "13")]]


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
async def test_two_planners_never_hold_the_same_series(database: Database, replica: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await a_series(session, cast)
    async with database.transaction() as session, replica.transaction() as other:
        first, second = await asyncio.gather(series.due(session, NOW, 9), series.due(other, NOW, 9))
        assert sorted((len(first), len(second))) == [0, 1]


async def test_an_occurrence_is_kept_once(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        recurring = await a_series(session, cast)
        assert [await opened(session, recurring, *days) for days in ([MARCH], [MARCH], [MARCH, APRIL])] == [[MARCH], [], [APRIL]]
        found = await series.occurrences(session, recurring.task.id, MARCH)
    assert [(one.ref, one.occurs_on, one.deadline.last_day) for one in found] == [
        ("1, 2026-03-24", MARCH, MARCH),
        ("1, 2026-04-24", APRIL, APRIL),
    ]


async def test_occurrences_that_are_over_or_were_skipped_are_not_among_those_to_come(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        recurring = await a_series(session, cast)
        await opened(session, recurring, MARCH)
        skipped = rules.occurrence(recurring.task, APRIL, ref="1", name="Kế hoạch")
        skipped.dropped = True
        await series.add(session, skipped)
        assert await series.occurrences(session, recurring.task.id, MARCH + timedelta(days=1)) == []


async def test_a_paper_has_its_own_tasks_and_its_series(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        recurring = await a_series(session, cast)
        await opened(session, recurring, MARCH)
        number = recurring.task.conclusion_id
        assert [task.position for task in await conclusions.tasks_of(session, number)] == [1, 2]
        assert [one.task.id for one in await series.of_conclusion(session, number)] == [recurring.task.id]


async def test_what_is_open_of_a_series_is_told_apart_from_what_is_handed_in(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        recurring = await a_series(session, cast)
        await opened(session, recurring, MARCH)
        (march,) = await series.occurrences(session, recurring.task.id, MARCH)
        await assignments.assign(session, march, [cast.maths.id, cast.physics.id], NOW)
        first, second = await series.open_duties(session, recurring.task.id, is_held=True)
        await assignments.hand_in(session, first, cast.lan.id, NOW)
        assert [duty.unit.id for duty in await series.open_duties(session, recurring.task.id)] == [second.unit.id]


async def test_only_a_series_is_given_as_one(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        recurring = await a_series(session, cast)
        plain = recurring.task.id + 1
        found = await series.of_task(session, recurring.task.id)
        assert found is not None
        assert (found.task.id, found.series.begins_on) == (recurring.task.id, MARCH)
        assert await series.of_task(session, plain) is None
        with pytest.raises(Refusal, match="not-a-series"):
            await series.held(session, plain)


async def test_the_key_of_an_occurrence_is_a_unique_index() -> None:
    (index,) = [index for index in tables.tasks.indexes if index.unique]
    assert [column.name for column in index.columns] == ["series_id", "occurs_on"]
