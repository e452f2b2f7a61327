"""When does a digest leave, and does it say how things stand then?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from channels.recording import Recording
from domain.assignments import SubmissionState
from domain.deliveries import DeliveryState, Kind
from schedules import delivery, reminders
from schedules.delivery import Courier
from storage import assignments, digests, outbox, tables
from storage.session import Database
from tests.builders import NOW, Cast, a_duty, a_published_conclusion, a_task, at, due
from tests.schedules.scenes import OFFICE, deliveries, until_all_left
from tests.schedules.scenes import digests as planned


async def brought_up(database: Database, courier: Courier, cast: Cast, moment: datetime, *, number: str = "12") -> None:
    """Publish a task for Lan's unit, and let the digest of that leave when it may."""
    async with database.transaction() as session:
        kept = [a_task(deadline=due("2026-04-20"))]
        await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=kept, at=moment, number=number)
    await reminders.plan(database, OFFICE, moment)
    await delivery.deliver(courier, OFFICE, moment)


async def test_a_third_digest_of_a_day_waits_for_the_next_round(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    for hour in (9, 10, 11):
        await brought_up(database, courier, cast, at("2026-03-02", f"{hour:02}:00"), number=f"{hour}")

    third = (await deliveries(database))[-1]

    assert len(telegram.to("101")) == 2
    assert (third.state, third.due_at) == (DeliveryState.QUEUED, at("2026-03-02", "14:01"))


async def test_what_waited_on_the_same_day_waits_for_the_next_morning_and_is_told_then(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    for hour in (9, 10, 11):
        await brought_up(database, courier, cast, at("2026-03-02", f"{hour:02}:00"), number=f"{hour}")

    await delivery.deliver(courier, OFFICE, at("2026-03-02", "14:01"))
    in_the_afternoon = len(telegram.to("101"))
    await delivery.deliver(courier, OFFICE, at("2026-03-03", "08:01"))

    assert (in_the_afternoon, len(telegram.to("101"))) == (2, 3)


async def test_what_waited_for_a_round_leaves_with_what_the_round_brings_up(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    async with database.transaction() as session:
        await a_duty(session, cast, due("2026-03-10"))
    await reminders.plan(database, OFFICE, NOW)
    await delivery.deliver(courier, OFFICE, NOW)
    for number in ("13", "14"):
        await brought_up(database, courier, cast, at("2026-03-02", "15:00"), number=number)
        await delivery.deliver(courier, OFFICE, at("2026-03-02", "15:01"))
    morning = at("2026-03-03", "08:00")

    await reminders.plan(database, OFFICE, morning)
    await delivery.deliver(courier, OFFICE, morning)
    await delivery.deliver(courier, OFFICE, morning + timedelta(minutes=1))

    assert len(telegram.to("101")) == 3
    assert len((await planned(database))[-1][1]) == 2


async def test_what_waits_for_one_round_leaves_as_one_message(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    for hour in (9, 10, 11, 15):
        moment = at("2026-03-02", f"{hour:02}:00")
        await brought_up(database, courier, cast, moment, number=f"{hour}")
        await delivery.deliver(courier, OFFICE, at("2026-03-02", "14:01") if hour == 11 else moment)
    morning = at("2026-03-03", "08:01")

    await delivery.deliver(courier, OFFICE, morning)

    third, fourth = (await deliveries(database))[-2:]
    assert (third.state, third.sent_at, fourth.state) == (DeliveryState.SENT, morning, DeliveryState.CANCELLED)
    assert len((await planned(database))[-2][1]) == 2
    assert len(telegram.to("101")) == 3


async def test_what_may_have_arrived_before_leaves_by_itself(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    later = at("2026-03-02", "12:30")
    async with database.transaction() as session:
        await a_duty(session, cast)
    await reminders.plan(database, OFFICE, NOW)
    async with database.transaction() as session:
        await session.execute(update(tables.outbox).values(repeated=True, due_at=later))
        await a_duty(session, cast)
    await reminders.plan(database, OFFICE, at("2026-03-02", "11:00"))

    await until_all_left(courier, later)

    assert [row.state for row in await deliveries(database)] == [DeliveryState.SENT] * 2
    assert [outgoing.text.startswith("(sent again)") for outgoing in telegram.to("101")] == [False, True]


async def test_what_a_person_wished_comes_whatever_came_that_day(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    for hour in (9, 10):
        await brought_up(database, courier, cast, at("2026-03-02", f"{hour:02}:00"), number=f"{hour}")
    afternoon, (first, _) = at("2026-03-02", "14:01"), await deliveries(database)
    async with database.transaction() as session:
        ids = await outbox.items(session, first.id)
        await digests.queue(session, Kind.DIGEST, cast.lan.id, ids, subject=first.id, due=afternoon, now=NOW)

    await delivery.deliver(courier, OFFICE, afternoon)

    assert "as you wished" in telegram.to("101")[-1].text


@pytest.mark.parametrize(
    ("moment", "state"),
    [(at("2026-03-02", "09:30"), DeliveryState.SENT), (at("2026-03-02", "07:30"), DeliveryState.QUEUED)],
)
async def test_what_an_officer_presses_for_leaves_in_hours_only(
    database: Database, courier: Courier, cast: Cast, moment: datetime, state: DeliveryState
) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-03-10"))
        await digests.queue(session, Kind.NUDGE, cast.lan.id, [duty.assignment.id], subject=1, due=moment, now=moment)

    await delivery.deliver(courier, OFFICE, moment)

    (row,) = await deliveries(database)
    assert (row.state, row.due_at) == (state, moment if state is DeliveryState.SENT else at("2026-03-02", "08:01"))


async def test_a_digest_tells_what_changed_since_the_last(
    database: Database, courier: Courier, telegram: Recording, cast: Cast
) -> None:
    async with database.transaction() as session:
        tasks = [a_task(position=number, deadline=due("2026-03-09")) for number in (1, 2, 3)]
        duties = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=tasks)
    await reminders.plan(database, OFFICE, NOW)
    await delivery.deliver(courier, OFFICE, NOW)
    changed, morning = at("2026-03-03", "10:00"), at("2026-03-05", "08:00")
    async with database.transaction() as session:
        first = await assignments.duty(session, duties[0].assignment.id)
        submission = await assignments.hand_in(session, first, cast.lan.id, changed)
        submission.decide(SubmissionState.RETURNED, by=cast.hoa.id, at=changed, reason="Thiếu phụ lục")
        first.assignment.give_back(changed)
        (await assignments.duty(session, duties[1].assignment.id)).assignment.move(due("2026-03-30"), changed)
        await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, at=morning, number="13")

    await reminders.plan(database, OFFICE, morning)
    await delivery.deliver(courier, OFFICE, morning)

    lines = telegram.to("101")[-1].text.splitlines()
    assert lines[1] == "<b>New: 1 task; returned: 1 task; deadline moved: 1 task</b>"
