"""Does the planner open each occurrence once, for the units it binds by then, and none of a paper out of force?"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain import series as rules
from domain.assignments import AssignmentState
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import Deadline, DeadlineKind
from domain.deliveries import Delivery, Kind, Lane
from domain.series import Series
from messages.i18n import Speech
from schedules import contents, reminders
from schedules.readers import NoLongerHoldsError, Reader
from storage import assignments, conclusions, people, series, tables
from storage.session import Database
from tests.builders import NOW, ZONE, Cast, a_conclusion, a_task, a_unit, at
from tests.schedules.scenes import OFFICE, digests

WORDS = "trước ngày 25 hằng tháng"


def monthly(rule: str = "FREQ=MONTHLY;BYMONTHDAY=24") -> Deadline:
    return Deadline(DeadlineKind.RECURRING, WORDS, recurrence=rule, basis="recurring")


async def published(database: Database, cast: Cast, *deadlines: Deadline, moment: datetime = NOW) -> list[Series]:
    """Publish a paper with recurring tasks, whose series begin."""
    async with database.transaction() as session:
        draft = a_conclusion(created_by=cast.hoa.id, created_at=moment)
        kept = [a_task("Báo cáo & thống kê", position=n, deadline=one) for n, one in enumerate(deadlines or [monthly()], 1)]
        await conclusions.keep(session, draft, kept)
        draft.publish(kept, moment)
        begun = [one for task in kept if (one := rules.begin(task, moment, OFFICE))]
        for one in begun:
            await series.keep(session, one)
        return begun


async def plans(database: Database, *moments: datetime, batch: int = 500) -> None:
    for moment in moments:
        await reminders.plan(database, OFFICE, moment, batch=batch)


async def occurrences(database: Database) -> list[Task]:
    async with database.transaction() as session:
        found = select(Task).where(tables.tasks.c.series_id.is_not(None)).order_by(tables.tasks.c.occurs_on, tables.tasks.c.id)
        return list(await session.scalars(found))


async def days(database: Database) -> list[str]:
    return [f"{one.occurs_on}" for one in await occurrences(database)]


async def units_of(database: Database, task: Task) -> set[int]:
    async with database.transaction() as session:
        return {duty.unit.id for duty in await assignments.of_task(session, task.id)}


async def test_the_first_is_opened_on_publishing_and_told_in_the_same_digest(database: Database, cast: Cast) -> None:
    await published(database, cast)

    await plans(database, NOW)

    (first,) = await occurrences(database)
    assert (first.ref, first.deliverable) == ("1, kỳ tháng 3/2026", "kỳ tháng 3/2026: Kế hoạch")
    assert first.deadline == Deadline(DeadlineKind.DATE, WORDS, date(2026, 3, 24), basis="occurrence")
    assert await units_of(database, first) == {cast.maths.id, cast.physics.id}
    assert [person for person, _ in sorted(await digests(database))] == [cast.lan.id, cast.minh.id]


async def test_each_month_is_opened_ten_working_days_ahead(database: Database, cast: Cast) -> None:
    await published(database, cast)

    # Ten working days before Friday 24 April 2026 is 10 April.
    await plans(database, NOW, at("2026-04-10", "07:59"))
    before = await days(database)
    await plans(database, at("2026-04-10", "08:00"))

    assert (before, await days(database)) == (["2026-03-24"], ["2026-03-24", "2026-04-24"])


async def test_planning_again_opens_nothing_twice(database: Database, cast: Cast) -> None:
    await published(database, cast)

    await plans(database, *(NOW + timedelta(minutes=minute) for minute in range(5)))

    assert await days(database) == ["2026-03-24"]


async def test_a_series_that_was_set_back_opens_nothing_twice(database: Database, cast: Cast) -> None:
    (begun,) = await published(database, cast)
    await plans(database, NOW)
    async with database.transaction() as session:
        held = (await series.held(session, begun.task_id)).series
        held.begins_on, held.opens_at = date(2026, 3, 1), NOW

    await plans(database, NOW)

    (only,) = await occurrences(database)
    assert await units_of(database, only) == {cast.maths.id, cast.physics.id}


async def test_two_planners_open_each_once(database: Database, replica: Database, cast: Cast) -> None:
    await published(database, cast, *(monthly() for _ in range(6)))

    await asyncio.gather(*(reminders.plan(one, OFFICE, NOW, batch=2) for one in (database, replica)))
    await plans(database, NOW)

    assert await days(database) == ["2026-03-24"] * 6


@pytest.mark.parametrize("batch", [1, 2, 500])
async def test_all_series_are_opened_whatever_the_batch(database: Database, cast: Cast, batch: int) -> None:
    await published(database, cast, *(monthly() for _ in range(3)))

    await plans(database, NOW, batch=batch)

    assert await days(database) == ["2026-03-24"] * 3


@pytest.mark.parametrize(
    ("rule", "opened", "skipped"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=24", ["2026-03-24", "2026-04-24", "2026-05-24"], []),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260320", ["2026-03-06", "2026-03-13", "2026-03-20"], []),
        (
            "FREQ=DAILY;UNTIL=20260309",
            ["2026-03-07", "2026-03-08", "2026-03-09"],
            ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"],
        ),
    ],
)
async def test_after_an_outage_what_was_missed_is_opened_once(
    database: Database, cast: Cast, rule: str, opened: Sequence[str], skipped: Sequence[str]
) -> None:
    await published(database, cast, monthly(rule))

    await plans(database, at("2026-05-11", "09:00"), at("2026-05-11", "09:01"))

    found = await occurrences(database)
    assert [f"{one.occurs_on}" for one in found if not one.dropped] == opened
    assert [f"{one.occurs_on}" for one in found if one.doubts == {"occurrence": "outage"}] == skipped
    assert [await units_of(database, one) for one in found if one.dropped] == [set()] * len(skipped)
    assert len(await digests(database)) == 2


async def test_units_that_come_later_belong_to_what_is_opened_later(database: Database, cast: Cast) -> None:
    await published(database, cast)
    await plans(database, NOW)
    async with database.transaction() as session:
        history = await a_unit(session, "Chi bộ Khoa Sử")

    await plans(database, at("2026-04-10"))

    march, april = await occurrences(database)
    both = {cast.maths.id, cast.physics.id}
    assert (await units_of(database, march), await units_of(database, april)) == (both, {*both, history.id})


@pytest.mark.parametrize("state", [ConclusionState.WITHDRAWN, ConclusionState.SUPERSEDED])
async def test_a_paper_out_of_force_opens_no_more(database: Database, cast: Cast, state: ConclusionState) -> None:
    (begun,) = await published(database, cast)
    await plans(database, NOW)
    async with database.transaction() as session:
        task = await conclusions.task(session, begun.task_id)
        (await session.get_one(Conclusion, task.conclusion_id)).end(state)

    await plans(database, at("2026-04-10"), at("2026-06-10"))

    assert await days(database) == ["2026-03-24"]


async def test_a_rule_that_cannot_be_read_silences_no_other(
    database: Database, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    broken, _ = await published(database, cast, monthly(), monthly())
    async with database.transaction() as session:
        held = await series.held(session, broken.task_id)
        held.task.deadline = monthly("FREQ=SOMETIMES")

    await plans(database, NOW)

    assert await days(database) == ["2026-03-24"]
    failed = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [getattr(record, "action", None) for record in failed] == ["series"]


async def test_an_occurrence_that_is_handed_in_leaves_the_others_open(database: Database, cast: Cast) -> None:
    await published(database, cast)
    await plans(database, NOW, at("2026-04-10"))
    march, april = await occurrences(database)
    async with database.transaction() as session:
        (duty, _) = await assignments.of_task(session, march.id)
        await assignments.hand_in(session, duty, cast.lan.id, NOW)

    async with database.transaction() as session:
        states = {
            duty.task.occurs_on: duty.assignment.state
            for duty in await assignments.of_conclusion(session, march.conclusion_id)
            if duty.unit.id == cast.maths.id
        }

    assert states == {march.occurs_on: AssignmentState.SUBMITTED, april.occurs_on: AssignmentState.ASSIGNED}


async def told(database: Database, cast: Cast, task_id: int) -> str:
    """Give what Lan is told of a series now."""
    async with database.transaction() as session:
        standing = await people.standing(session, cast.lan.id)
        reader = Reader(cast.lan, standing, Speech("en", ZONE), OFFICE, NOW)
        delivery = Delivery(1, "key", Lane.WORD, Kind.SERIES, cast.lan.id, NOW, NOW, subject_id=task_id)
        return (await contents.content(session, delivery, reader)).text


async def test_the_news_of_a_series_say_what_the_reader_s_unit_still_owes(database: Database, cast: Cast) -> None:
    (begun,) = await published(database, cast)
    await plans(database, NOW)
    async with database.transaction() as session:
        (await series.held(session, begun.task_id)).series.end(NOW)

    assert "• Kỳ tháng 3/2026: Kế hoạch" in await told(database, cast, begun.task_id)


async def test_the_news_of_a_series_are_void_when_its_paper_is_withdrawn(database: Database, cast: Cast) -> None:
    (begun,) = await published(database, cast)
    async with database.transaction() as session:
        task = await conclusions.task(session, begun.task_id)
        (await session.get_one(Conclusion, task.conclusion_id)).end(ConclusionState.WITHDRAWN)

    with pytest.raises(NoLongerHoldsError, match="out of force"):
        await told(database, cast, begun.task_id)


async def test_the_news_of_a_series_are_void_for_who_answers_for_no_unit_of_it(database: Database, cast: Cast) -> None:
    (begun,) = await published(database, cast)
    async with database.transaction() as session:
        (role,) = (await people.standing(session, cast.lan.id)).roles
        role.until = NOW

    with pytest.raises(NoLongerHoldsError, match="no unit of the reader's"):
        await told(database, cast, begun.task_id)


async def test_an_occurrence_is_early_for_the_units_that_its_own_series_reminds_earlier(database: Database, cast: Cast) -> None:
    first, second = await published(database, cast, monthly(), monthly("FREQ=MONTHLY;BYMONTHDAY=23"))
    async with database.transaction() as session:
        (await series.held(session, first.task_id)).series.early = (cast.maths.id,)
    await plans(database, NOW)
    async with database.transaction() as session:
        duties = [duty for one in (first, second) for duty in await series.duties(session, one.task_id)]
    early = [(duty.task.series_id, duty.unit.id) for duty in duties if duty.assignment.early]
    assert len(duties) > len(early)
    assert early == [(first.task_id, cast.maths.id)]
