"""Is each gap found, filled once, and told, and is nothing found where nothing is missing?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from domain.broadcasts import BroadcastState
from domain.deliveries import DeliveryState, Kind, Lane
from domain.duties import Duty
from domain.incidents import Cause
from domain.ladders import parse
from schedules import reminders
from schedules.delivery import Courier
from schedules.sweeping import Sweeper
from storage import broadcasts, incidents, ladders, outbox, tables
from storage.session import Database
from tests.builders import NOW, Cast, a_broadcast, a_duty, a_person, a_published_conclusion, a_task, at, due
from tests.schedules.scenes import OFFICE, assignment, deliveries, digests, until_all_left

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = NOW + 2 * HOUR
"""When the cast's roles are as old as must be."""


async def a_planned_duty(database: Database, cast: Cast, day: str = "2026-03-20", *, moment: datetime = LATER) -> Duty:
    """Publish a task for Lan's unit, and plan what is due."""
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due(day), at=moment)
    await reminders.plan(database, OFFICE, moment)
    return duty


async def swept(database: Database, moment: datetime) -> int:
    return await Sweeper(database).sweep(OFFICE, moment)


async def told_gaps(database: Database) -> int:
    async with database.transaction() as session:
        return sum(one.count for one in await incidents.not_over(session) if one.cause is Cause.GAP)


async def forget_look(database: Database, number: int) -> None:
    async with database.transaction() as session:
        await session.execute(update(tables.assignments).where(tables.assignments.c.id == number).values(look_at=None))


async def test_an_assignment_that_nobody_looks_at_is_planned_again(database: Database, cast: Cast) -> None:
    duty = await a_planned_duty(database, cast)
    planned = (await assignment(database, duty.assignment.id)).look_at
    await forget_look(database, duty.assignment.id)

    found = [await swept(database, LATER + MINUTE) for _ in range(2)]

    assert (found, await told_gaps(database)) == ([1, 0], 1)
    await reminders.plan(database, OFFICE, LATER + MINUTE)
    assert (await assignment(database, duty.assignment.id)).look_at == planned
    assert len(await digests(database)) == 1


async def test_what_rightly_has_no_next_look_is_let_be(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await ladders.keep_for_office(session, parse("2, 0, +1"))
    through = await a_planned_duty(database, cast, "2026-03-04")
    for day in ("2026-03-04", "2026-03-05", "2026-03-06"):
        await reminders.plan(database, OFFICE, at(day, "14:00"))
    assert (await assignment(database, through.assignment.id)).look_at is None
    async with database.transaction() as session:
        handed_in = await a_duty(session, cast, due("2026-03-20"), at=LATER)
        handed_in.assignment.submit(LATER)
        without_day = await a_duty(session, cast, at=LATER)
    await reminders.plan(database, OFFICE, at("2026-03-06", "15:00"))
    assert (await assignment(database, without_day.assignment.id)).look_at is None

    assert await swept(database, at("2026-03-06", "15:01")) == 0


async def test_pages_go_round_over_all_that_is_not_looked_at(database: Database, cast: Cast) -> None:
    tasks = [a_task(position=number, deadline=due("2026-03-04")) for number in range(3)]
    async with database.transaction() as session:
        await ladders.keep_for_office(session, parse("2, 0, +1"))
        duties = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=tasks)
        over = [duty.assignment.id for duty in duties]
    for day in ("2026-03-02", "2026-03-04", "2026-03-05"):
        await reminders.plan(database, OFFICE, at(day, "14:00"))
    last = await a_planned_duty(database, cast, "2026-03-20", moment=at("2026-03-05", "15:00"))
    await forget_look(database, last.assignment.id)
    assert [(await assignment(database, number)).look_at for number in over] == [None] * 3

    sweeper = Sweeper(database, page=2)
    assert [await sweeper.sweep(OFFICE, at("2026-03-05", "15:01")) for _ in range(3)] == [0, 1, 0]


async def test_a_step_that_is_on_no_digest_is_told_again_once(
    database: Database, replica: Database, cast: Cast, courier: Courier
) -> None:
    duty = await a_planned_duty(database, cast)
    async with database.transaction() as session:
        await session.execute(delete(tables.digest_items))
        await session.execute(delete(tables.outbox))

    found = [await swept(place, LATER + MINUTE) for place in (database, replica, database)]
    await until_all_left(courier, LATER + MINUTE)
    found.append(await swept(database, LATER + 2 * MINUTE))

    assert (found, await told_gaps(database)) == ([1, 0, 0, 0], 1)
    assert await digests(database) == [(cast.lan.id, {duty.assignment.id})]
    assert [one.state for one in await deliveries(database)] == [DeliveryState.SENT]


async def test_a_digest_that_left_without_the_step_is_made_up_for(database: Database, cast: Cast, courier: Courier) -> None:
    duty = await a_planned_duty(database, cast)
    await until_all_left(courier, LATER)
    async with database.transaction() as session:
        await session.execute(delete(tables.digest_items))

    assert [await swept(database, LATER + MINUTE), await swept(database, LATER + MINUTE)] == [1, 0]
    assert await digests(database) == [(cast.lan.id, set()), (cast.lan.id, {duty.assignment.id})]
    await until_all_left(courier, LATER + MINUTE)
    async with database.transaction() as session:
        await session.execute(delete(tables.digest_items))
    assert await swept(database, LATER + 2 * MINUTE) == 0  # the key of what is told again stands, so that nothing is doubled
    assert len(await digests(database)) == 2


async def test_a_digest_that_took_in_the_step_while_it_was_about_to_leave_is_enough(
    database: Database, cast: Cast, courier: Courier
) -> None:
    await a_planned_duty(database, cast)
    second = await a_planned_duty(database, cast, "2026-03-25", moment=LATER + timedelta(seconds=1))
    await until_all_left(courier, LATER)  # a worker that read the clock before the planner did
    assert [on_it >= {second.assignment.id} for _, on_it in await digests(database)] == [True]
    assert await swept(database, LATER + MINUTE) == 0


async def test_what_joins_a_digest_that_waits_makes_no_second_one(database: Database, cast: Cast) -> None:
    first = await a_planned_duty(database, cast)
    async with database.transaction() as session:
        await session.execute(delete(tables.digest_items))
    second = await a_planned_duty(database, cast, "2026-03-25", moment=LATER + MINUTE)

    assert await swept(database, LATER + 2 * MINUTE) == 1
    assert await digests(database) == [(cast.lan.id, {first.assignment.id, second.assignment.id})]


async def test_one_of_two_secretaries_who_was_passed_over_is_told(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        mai = await a_person(session, "Mai", unit=cast.maths, address="104")
        late = await a_person(session, "Lý", unit=cast.maths, address="105", since=LATER)
    duty = await a_planned_duty(database, cast)
    async with database.transaction() as session:
        lost = select(tables.outbox.c.id).where(tables.outbox.c.person_id.in_([mai.id, late.id]))
        await session.execute(delete(tables.digest_items).where(tables.digest_items.c.delivery_id.in_(lost)))

    assert await swept(database, LATER + MINUTE) == 1  # whoever came within the hour may not have been there yet
    told = [person for person, on_it in await digests(database) if duty.assignment.id in on_it]
    assert sorted(told) == sorted([cast.lan.id, mai.id])


@pytest.mark.parametrize("hours", [25, 24 * 400])
async def test_what_is_long_past_is_not_brought_up(database: Database, cast: Cast, hours: int) -> None:
    duty = await a_planned_duty(database, cast)
    async with database.transaction() as session:
        await session.execute(delete(tables.digest_items))
        broadcast = await a_broadcast(session, cast.hoa, at=LATER)
        broadcast.send(LATER, broadcast.revision)
    assert await swept(database, LATER + timedelta(hours=hours)) == 0
    assert duty.assignment.id not in set().union(*[on_it for _, on_it in await digests(database)])


async def test_what_was_handed_in_or_moved_meanwhile_is_not_told_again(database: Database, cast: Cast) -> None:
    for step in ("submit", "move"):
        duty = await a_planned_duty(database, cast)
        async with database.transaction() as session:
            one = await session.get_one(type(duty.assignment), duty.assignment.id)
            if step == "submit":
                one.submit(LATER)
            else:
                one.move(due("2026-03-30"), LATER)
            await session.execute(delete(tables.digest_items))
    assert await swept(database, LATER + MINUTE) == 0


async def an_announcement(database: Database, cast: Cast, *, lane: Lane = Lane.BROADCAST) -> int:
    """Send an announcement to everyone."""
    async with database.transaction() as session:
        broadcast = await a_broadcast(session, cast.hoa, at=LATER)
        broadcast.send(LATER, broadcast.revision)
        readers = [cast.lan.id, cast.minh.id]
        await outbox.put(session, Kind.BROADCAST, readers, lane=lane, at=LATER, subject=broadcast.id)
        return broadcast.id


@pytest.mark.parametrize("lane", [Lane.BROADCAST, Lane.WORD])
async def test_who_was_left_out_of_an_announcement_gets_it(database: Database, replica: Database, cast: Cast, lane: Lane) -> None:
    await an_announcement(database, cast, lane=lane)
    async with database.transaction() as session:
        await a_person(session, "Mai", unit=cast.maths, address="104", since=LATER + MINUTE)
        await session.execute(delete(tables.outbox).where(tables.outbox.c.person_id == cast.minh.id))

    found = [await swept(place, LATER + 2 * MINUTE) for place in (database, replica)]

    assert (found, await told_gaps(database)) == ([1, 0], 1)
    assert [(one.person_id, one.lane) for one in await deliveries(database)] == [(cast.lan.id, lane), (cast.minh.id, lane)]


async def test_an_announcement_that_was_through_goes_out_again_for_who_was_left_out(
    database: Database, cast: Cast, courier: Courier
) -> None:
    number = await an_announcement(database, cast)
    async with database.transaction() as session:
        await session.execute(delete(tables.outbox).where(tables.outbox.c.person_id == cast.minh.id))
    await until_all_left(courier, LATER)
    async with database.transaction() as session:
        (await broadcasts.one(session, number)).state = BroadcastState.DONE

    assert await swept(database, LATER + MINUTE) == 1
    await until_all_left(courier, LATER + MINUTE)

    assert [one.state for one in await deliveries(database)] == [DeliveryState.SENT] * 2
    assert await swept(database, LATER + 2 * MINUTE) == 0


async def test_weeks_of_reminders_and_announcements_leave_no_gap(database: Database, cast: Cast, courier: Courier) -> None:
    tasks = [a_task(position=number, deadline=due(day)) for number, day in enumerate(("2026-03-04", "2026-03-12", None))]
    async with database.transaction() as session:
        await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa, tasks=tasks, at=NOW)
    sweeper, moment, found = Sweeper(database), NOW, []
    while moment < at("2026-04-20"):
        await reminders.plan(database, OFFICE, moment)
        found.append(await sweeper.sweep(OFFICE, moment))
        await until_all_left(courier, moment)
        found.append(await sweeper.sweep(OFFICE, moment + MINUTE))
        if moment == NOW + 20 * HOUR:
            await an_announcement(database, cast)
        moment += 5 * HOUR
    assert (set(found), await told_gaps(database)) == ({0}, 0)
    assert len(await digests(database)) > 10
