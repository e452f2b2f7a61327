"""Is the office told each morning what it has to look after, once, truly, and only when there is something?"""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event

from channels.recording import Recording
from domain.assignments import Submission
from domain.deadlines import Deadline, DeadlineKind
from domain.deliveries import DeliveryState, Kind
from domain.duties import Duty
from domain.people import RoleKind
from schedules import delivery, rounds
from schedules.delivery import Courier
from storage import assignments, conclusions, reminders
from storage.reminders import SAID, Entry
from storage.session import Database
from tests.builders import NOW, Cast, a_conclusion, a_duty, a_person, a_published_conclusion, a_task, a_unit, at, due
from tests.schedules.scenes import OFFICE, deliveries, until_all_left

# March 2026 has no holiday; the 2nd, when everything begins, is a Monday.
HOA, LEADER = "103", "109"


async def told(database: Database, courier: Courier, telegram: Recording, moment: datetime, address: str = HOA) -> list[str]:
    """Make the round of a moment, and give the lines of what came to an address."""
    before = len(telegram.to(address))
    await rounds.plan(database, OFFICE, moment)
    await until_all_left(courier, moment)
    return [line for outgoing in telegram.to(address)[before:] for line in outgoing.text.splitlines()]


async def handed_in(database: Database, cast: Cast, moment: datetime) -> Submission:
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-03-30"))
        return await assignments.hand_in(session, duty, cast.lan.id, moment)


async def lans_duty(database: Database, cast: Cast, deadline: Deadline, moment: datetime = NOW) -> Duty:
    async with database.transaction() as session:
        return await a_duty(session, cast, deadline, at=moment)


async def test_nothing_is_told_when_there_is_nothing(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    await lans_duty(database, cast, due("2026-03-30"))

    assert await told(database, courier, telegram, at("2026-03-10", "08:00")) == []
    assert await deliveries(database) == []


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(at("2026-03-04", "07:59"), id="before the morning round"),
        pytest.param(at("2026-03-04", "20:00"), id="in quiet hours"),
        pytest.param(at("2026-03-07", "09:00"), id="on a Saturday"),
    ],
)
async def test_the_office_is_left_in_peace_outside_its_hours(
    database: Database, courier: Courier, telegram: Recording, cast: Cast, *, moment: datetime
) -> None:
    await handed_in(database, cast, NOW)

    assert await told(database, courier, telegram, moment) == []


async def test_the_round_is_made_once_a_day_by_whichever_process(
    database: Database, replica: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    await handed_in(database, cast, NOW)
    morning = at("2026-03-04", "08:00")

    made = await asyncio.gather(*(rounds.plan(one, OFFICE, morning) for one in (database, replica)))
    again = await told(database, courier, telegram, at("2026-03-04", "09:00"))

    assert sorted(made) == [0, 1]
    assert [row.kind for row in await deliveries(database)] == [Kind.OFFICE_ROUND]
    assert len(again) > 0


@pytest.mark.parametrize(("day", "expected"), [("2026-03-03", 0), ("2026-03-04", 1), ("2026-03-05", 1)])
async def test_a_submission_that_waits_for_two_working_days_is_told_every_day(
    database: Database, courier: Courier, telegram: Recording, cast: Cast, *, day: str, expected: int
) -> None:
    await handed_in(database, cast, NOW)

    lines = await told(database, courier, telegram, at(day, "08:00"))

    assert lines.count("• Chi bộ Khoa Toán – item 1, handed in at 09:00 Monday, 02/03/2026") == expected


async def test_what_was_decided_before_the_message_leaves_is_not_told(database: Database, courier: Courier, cast: Cast) -> None:
    submission = await handed_in(database, cast, NOW)
    morning = at("2026-03-04", "08:00")
    await rounds.plan(database, OFFICE, morning)
    async with database.transaction() as session:
        duty, _ = await assignments.handed_in(session, submission.id)
        duty.assignment.accept()
        await assignments.close_pending(session, [duty.assignment.id], morning)

    await delivery.deliver(courier, OFFICE, morning)

    assert [row.state for row in await deliveries(database)] == [DeliveryState.CANCELLED]


async def test_a_round_that_could_not_leave_on_its_day_is_overtaken_by_the_next(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    await handed_in(database, cast, NOW)
    await rounds.plan(database, OFFICE, at("2026-03-04", "08:00"))

    lines = await told(database, courier, telegram, at("2026-03-05", "08:00"))

    assert sum("own tasks" in line for line in lines) == 1
    assert [row.state for row in await deliveries(database)] == [DeliveryState.CANCELLED, DeliveryState.SENT]


async def test_a_missing_day_is_asked_for_each_week_with_a_button(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    relative = Deadline(DeadlineKind.RELATIVE, "05 ngày sau hội nghị")
    duty = await lans_duty(database, cast, relative)

    days = [day for day in range(2, 28) if await told(database, courier, telegram, at(f"2026-03-{day:02}", "09:30"))]

    assert days == [9, 16, 23]
    assert [button.data for row in telegram.to(HOA)[0].rows for button in row] == [f"setday:{duty.task.id}", "overview"]


async def test_a_task_without_deadline_is_told_after_three_months_of_silence(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    await lans_duty(database, cast, due(None))

    before = await told(database, courier, telegram, at("2026-05-29", "08:00"))
    after = await told(database, courier, telegram, at("2026-06-01", "08:00"))

    assert before == []
    assert "• Chi bộ Khoa Toán – item 1 of 12-TB/ĐU" in after


async def test_a_unit_with_tasks_and_nobody_is_told(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    async with database.transaction() as session:
        history = await a_unit(session, "Chi bộ Khoa Sử")
        await a_published_conclusion(session, to=[history], by=cast.hoa, tasks=[a_task(position=n) for n in (1, 2)])

    assert "• Chi bộ Khoa Sử: 2 tasks" in await told(database, courier, telegram, at("2026-03-03", "08:00"))


async def test_a_draft_that_lies_for_two_working_days_is_told(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    async with database.transaction() as session:
        await conclusions.keep(session, a_conclusion(created_by=cast.hoa.id, created_at=at("2026-03-06")), [a_task()])

    on_monday = await told(database, courier, telegram, at("2026-03-09", "08:00"))
    on_tuesday = await told(database, courier, telegram, at("2026-03-10", "08:00"))

    assert on_monday == []
    assert "• No. 12-TB/ĐU: Thông báo kết luận giao ban, here since Friday, 06/03/2026" in on_tuesday


async def test_the_leader_is_told_daily_of_units_that_are_late_by_a_week_of_work(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    async with database.transaction() as session:
        await a_person(session, "Tuấn", RoleKind.LEADER, address=LEADER)
        duty = await a_duty(session, cast, due("2026-03-20"))
        await reminders.record(session, [Entry(duty.assignment, step, SAID) for step in ("-2", "0", "nudge:7")], NOW)

    days = range(23, 32)
    lines = [await told(database, courier, telegram, at(f"2026-03-{day}", "08:00"), LEADER) for day in days]

    assert [day for day, found in zip(days, lines, strict=True) if found] == [27, 30, 31]
    assert lines[4][1] == "Fulfilled: 0 of 1 assignments (0%); overdue: 1."
    line = "• Chi bộ Khoa Toán – 5 working days overdue, 3 reminders without an answer; reminded: Lan; officer: Hoa"
    assert line in lines[4]


async def test_who_published_is_told_before_other_officers(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    async with database.transaction() as session:
        await a_person(session, "Tâm", RoleKind.OFFICER, address="110")
    await lans_duty(database, cast, due("2026-03-20"))

    wednesday = await told(database, courier, telegram, at("2026-03-25", "08:00"))
    friday = await told(database, courier, telegram, at("2026-03-27", "08:00"), "110")

    late = "• Chi bộ Khoa Toán – item 1: {n} working days overdue"
    assert late.format(n=3) in wednesday
    assert late.format(n=5) in friday
    assert len(telegram.to("110")) == 1


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_a_round_looks_at_what_is_open_and_not_at_all_that_ever_was(database: Database) -> None:
    plans: list[str] = []

    def explain(connection: object, cursor: Any, statement: str, parameters: object, *_: object) -> None:  # an untyped cursor
        if statement.startswith("SELECT"):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[-1] for row in cursor.fetchall())

    event.listen(database.engine.sync_engine, "before_cursor_execute", explain)
    assert await rounds.plan(database, OFFICE, NOW) == 0
    assert any(plan.startswith("SEARCH assignments USING INDEX ix_assignments_open") for plan in plans)
    of_what_is_open = ("ix_assignments_open", "uq_submissions_pending")
    whole = [plan for plan in plans if plan.startswith(("SCAN assignments", "SCAN reminders", "SCAN submissions"))]
    assert [plan for plan in whole if not plan.endswith(of_what_is_open)] == []
