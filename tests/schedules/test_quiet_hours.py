"""Is nothing sent in quiet hours that nobody asked for just now: the office's for all, a person's own for their reminders?"""

from datetime import datetime, time

import pytest

from channels.recording import Recording
from domain.deliveries import DeliveryState, Kind, Lane
from domain.digests import GATHERING
from domain.people import Person
from schedules import delivery, reminders
from storage import outbox
from storage.session import Database
from tests.builders import Cast, a_broadcast, a_duty, at, due
from tests.schedules.scenes import OFFICE, a_courier, announced, only


async def rests(database: Database, person: Person, *, quiet_from: time | None = None, quiet_until: time | None = None) -> None:
    async with database.transaction() as session:
        one = await session.get_one(Person, person.id)
        one.quiet_from, one.quiet_until = quiet_from, quiet_until


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        pytest.param(at("2026-03-02", "20:00"), at("2026-03-03", "07:00"), id="in the evening"),
        pytest.param(at("2026-03-03", "06:59"), at("2026-03-03", "07:00"), id="in the morning"),
        pytest.param(at("2026-03-06", "23:00"), at("2026-03-07", "07:00"), id="before a day off, which holds no announcement"),
    ],
)
async def test_an_announcement_waits_for_the_end_of_the_quiet_hours(
    database: Database, cast: Cast, now: datetime, leaves: datetime
) -> None:
    telegram = Recording("telegram")
    courier = a_courier(database, telegram)
    await announced(database, cast, "Họp", moment=now)

    await delivery.deliver(courier, OFFICE, now)
    row = await only(database)
    assert (row.state, row.due_at, telegram.to("101")) == (DeliveryState.QUEUED, leaves, [])

    await delivery.deliver(courier, OFFICE, leaves)
    assert len(telegram.to("101")) == 1


async def test_an_urgent_announcement_travels_in_the_lane_that_is_not_held(database: Database, cast: Cast) -> None:
    telegram, night = Recording("telegram"), at("2026-03-02", "23:00")
    async with database.transaction() as session:
        broadcast = await a_broadcast(session, cast.hoa, at=night)
        broadcast.send(night, broadcast.revision)
        await outbox.put(session, Kind.BROADCAST, [cast.lan.id], lane=Lane.WORD, at=night, subject=broadcast.id)

    await delivery.deliver(a_courier(database, telegram), OFFICE, night)

    assert len(telegram.to("101")) == 1


@pytest.mark.parametrize("own", [None, time(18)])
async def test_another_deadline_set_at_night_is_told_in_the_morning(database: Database, cast: Cast, own: time | None) -> None:
    telegram, night, morning = Recording("telegram"), at("2026-03-03", "22:00"), at("2026-03-04", "07:00")
    courier = a_courier(database, telegram)
    await rests(database, cast.lan, quiet_from=own)
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-03-20"))
        duty.assignment.move(due("2026-03-27"), night)
        await outbox.put(session, Kind.MOVED, [cast.lan.id], lane=Lane.WORD, at=night, subject=duty.task.id)

    await delivery.deliver(courier, OFFICE, night)
    assert ((await only(database)).due_at, telegram.to("101")) == (morning, [])

    await delivery.deliver(courier, OFFICE, morning)
    assert len(telegram.to("101")) == 1


async def test_a_person_s_own_hours_hold_their_digest_until_it_is_true_at_that_moment(database: Database, cast: Cast) -> None:
    telegram, morning = Recording("telegram"), at("2026-03-20", "08:00")
    courier = a_courier(database, telegram)
    await rests(database, cast.lan, quiet_until=time(9))
    async with database.transaction() as session:
        await a_duty(session, cast, due("2026-03-20"))
    await reminders.plan(database, OFFICE, morning)

    await delivery.deliver(courier, OFFICE, morning)
    assert ((await only(database)).due_at, telegram.to("101")) == (at("2026-03-20", "09:00"), [])

    await delivery.deliver(courier, OFFICE, at("2026-03-20", "09:00"))
    assert len(telegram.to("101")) == 1


async def test_what_waits_in_the_evening_of_a_person_leaves_on_the_next_working_day(database: Database, cast: Cast) -> None:
    telegram, evening = Recording("telegram"), at("2026-03-06", "18:30")
    courier = a_courier(database, telegram)
    await rests(database, cast.lan, quiet_from=time(18), quiet_until=time(9))
    async with database.transaction() as session:
        await a_duty(session, cast, due("2026-03-06"))
    await reminders.plan(database, OFFICE, evening)
    for moment in (evening, at("2026-03-07", "09:00"), at("2026-03-09", "08:00")):
        await delivery.deliver(courier, OFFICE, moment)
    assert telegram.to("101") == []

    await delivery.deliver(courier, OFFICE, at("2026-03-09", "09:00"))

    assert len(telegram.to("101")) == 1


async def test_what_waits_for_hours_that_end_with_the_round_comes_with_what_the_round_brings_up(
    database: Database, cast: Cast
) -> None:
    telegram, evening, morning = Recording("telegram"), at("2026-03-05", "18:30"), at("2026-03-06", "08:00")
    courier = a_courier(database, telegram)
    await rests(database, cast.lan, quiet_from=time(18), quiet_until=time(8))
    async with database.transaction() as session:
        await a_duty(session, cast, due("2026-03-20"), at=at("2026-03-02"))
        await a_duty(session, cast, due("2026-03-13"), at=evening)
    await reminders.plan(database, OFFICE, evening)
    for moment in (evening, morning):  # by a worker that is faster than the planner
        await delivery.deliver(courier, OFFICE, moment)
    await reminders.plan(database, OFFICE, morning)

    for moment in (morning, morning + GATHERING):
        await delivery.deliver(courier, OFFICE, moment)

    assert len(telegram.to("101")) == 1


async def test_a_person_s_own_hours_hold_no_announcement(database: Database, cast: Cast) -> None:
    telegram, evening = Recording("telegram"), at("2026-03-02", "18:30")
    await rests(database, cast.lan, quiet_from=time(18))
    await announced(database, cast, "Họp", moment=evening)

    await delivery.deliver(a_courier(database, telegram), OFFICE, evening)

    assert len(telegram.to("101")) == 1
