"""Is everything that is due planned once, for the right people, and in one digest each?"""

import asyncio
from datetime import datetime, timedelta

import pytest

from domain.assignments import AssignmentState, SubmissionState
from domain.deliveries import DeliveryState
from domain.duties import Duty
from domain.ladders import parse
from domain.people import Role, RoleKind
from schedules import reminders
from storage import assignments, claims, ladders, outbox, people
from storage.session import Database
from tests.builders import NOW, Cast, a_duty, a_person, a_published_conclusion, a_task, a_unit, at, due
from tests.schedules.scenes import OFFICE, assignment, deliveries, digests, ledger

# March 2026 has no holiday: the 20th is a Friday, five working days before it is the 13th, and two before is the 18th.
DEADLINE = due("2026-03-20")


async def published(database: Database, cast: Cast, *, moment: datetime = NOW, tasks: int = 1) -> list[Duty]:
    """Publish tasks for both units, with a deadline."""
    given = [a_task(position=number, deadline=DEADLINE) for number in range(1, tasks + 1)]
    async with database.transaction() as session:
        return await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa, tasks=given, at=moment)


async def lans_duty(database: Database, cast: Cast, *, moment: datetime = NOW) -> Duty:
    async with database.transaction() as session:
        return await a_duty(session, cast, DEADLINE, at=moment)


async def handed_in(database: Database, cast: Cast, duty: Duty, moment: datetime) -> int:
    async with database.transaction() as session:
        held = await assignments.duty(session, duty.assignment.id)
        return (await assignments.hand_in(session, held, cast.lan.id, moment)).id


async def test_one_digest_tells_a_person_of_all_tasks_of_all_their_units(database: Database, cast: Cast) -> None:
    duties = await published(database, cast, tasks=3)
    async with database.transaction() as session:
        await people.take_role(session, Role(cast.lan.id, RoleKind.SECRETARY, NOW, cast.physics.id))

    await reminders.plan(database, OFFICE, NOW)

    of_physics = {duty.assignment.id for duty in duties if duty.unit.id == cast.physics.id}
    assert sorted(await digests(database)) == [
        (cast.lan.id, {duty.assignment.id for duty in duties}),
        (cast.minh.id, of_physics),
    ]


async def test_everyone_who_answers_for_a_unit_is_told(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        nam = await a_person(session, "Nam", unit=cast.maths, address="104")
    duty = await lans_duty(database, cast)

    await reminders.plan(database, OFFICE, NOW)

    assert sorted(await digests(database)) == [(cast.lan.id, {duty.assignment.id}), (nam.id, {duty.assignment.id})]
    assert await ledger(database) == [(duty.assignment.id, "published", "said")]


async def test_who_no_longer_answers_for_a_unit_is_not_told(database: Database, cast: Cast) -> None:
    await lans_duty(database, cast)
    async with database.transaction() as session:
        (role,) = (await people.standing(session, cast.lan.id)).roles
        role.until = NOW

    await reminders.plan(database, OFFICE, NOW)

    assert await digests(database) == []


async def test_a_unit_with_nobody_is_recorded_as_such(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        history = await a_unit(session, "Chi bộ Khoa Sử")
        (duty,) = await a_published_conclusion(session, to=[history], by=cast.hoa, tasks=[a_task(deadline=DEADLINE)])

    count = await reminders.plan(database, OFFICE, NOW)

    assert (count, await digests(database)) == (0, [])
    assert await ledger(database) == [(duty.assignment.id, "published", "nobody")]
    assert (await assignment(database, duty.assignment.id)).look_at == at("2026-03-13", "08:00")


async def test_nothing_is_told_twice_when_it_is_planned_twice(database: Database, cast: Cast) -> None:
    duty = await lans_duty(database, cast)

    counts = [await reminders.plan(database, OFFICE, NOW + timedelta(minutes=minute)) for minute in range(3)]

    assert counts == [1, 0, 0]
    assert await digests(database) == [(cast.lan.id, {duty.assignment.id})]


async def test_the_ledger_keeps_what_a_forgotten_look_would_repeat(database: Database, cast: Cast) -> None:
    duty = await lans_duty(database, cast)
    await reminders.plan(database, OFFICE, NOW)
    async with database.transaction() as session:
        (await assignments.duty(session, duty.assignment.id)).assignment.look_at = NOW

    count = await reminders.plan(database, OFFICE, NOW)

    assert (count, await ledger(database)) == (0, [(duty.assignment.id, "published", "said")])


async def test_two_planners_at_once_make_one_digest_a_person(database: Database, replica: Database, cast: Cast) -> None:
    duties = await published(database, cast, tasks=12)

    await asyncio.gather(*(reminders.plan(one, OFFICE, NOW, batch=2) for one in (database, replica)))
    # What the two held for each other's at that moment was left to the next tick.
    await reminders.plan(database, OFFICE, NOW)

    assert sorted(await ledger(database)) == sorted((duty.assignment.id, "published", "said") for duty in duties)
    assert sorted(await digests(database)) == [
        (cast.lan.id, {duty.assignment.id for duty in duties if duty.unit.id == cast.maths.id}),
        (cast.minh.id, {duty.assignment.id for duty in duties if duty.unit.id == cast.physics.id}),
    ]


async def test_a_planner_waits_for_the_digest_that_another_is_making(database: Database, replica: Database, cast: Cast) -> None:
    first, second = [duty for duty in await published(database, cast, tasks=2) if duty.unit.id == cast.maths.id]

    async def plan_other() -> None:
        async with replica.transaction() as session:
            await outbox.remind(session, cast.lan.id, [(second.assignment.id, 2)], NOW)

    async with database.transaction() as session:
        await outbox.remind(session, cast.lan.id, [(first.assignment.id, 1)], NOW)
        other = asyncio.create_task(plan_other())
        await asyncio.wait([other], timeout=0.05)
    await other

    assert await digests(database) == [(cast.lan.id, {first.assignment.id, second.assignment.id})]


@pytest.mark.parametrize("batch", [1, 3, 7, 8, 500])
async def test_everything_is_planned_whatever_the_batch(database: Database, cast: Cast, batch: int) -> None:
    duties = await published(database, cast, tasks=4)

    await reminders.plan(database, OFFICE, NOW, batch=batch)

    assert sorted(assignment_id for assignment_id, _, _ in await ledger(database)) == [duty.assignment.id for duty in duties]
    assert sorted(person_id for person_id, _ in await digests(database)) == [cast.lan.id, cast.minh.id]


async def test_each_look_is_at_the_next_step(database: Database, cast: Cast) -> None:
    duty = await lans_duty(database, cast)

    looks = [NOW]
    for _ in range(11):
        next_look = (await assignment(database, duty.assignment.id)).look_at
        assert next_look is not None
        looks.append(next_look)
        await reminders.plan(database, OFFICE, next_look)

    before = [at("2026-03-13", "08:00"), at("2026-03-18", "08:00"), at("2026-03-20", "08:00"), at("2026-03-20", "14:00")]
    after = [at(f"2026-{day}", "08:00") for day in ("03-23", "03-25", "03-27", "04-03", "04-10", "04-17")]
    assert looks == [NOW, NOW, *before, *after]
    steps = ["published", "-5", "-2", "0", "0pm", "+1", "+3", "+5", "+10", "+w3", "+w4"]
    assert await ledger(database) == [(duty.assignment.id, step, "said") for step in steps]


async def test_an_outage_ends_in_one_digest_that_is_true_now(database: Database, cast: Cast) -> None:
    duty = await lans_duty(database, cast)

    await reminders.plan(database, OFFICE, at("2026-03-24", "10:00"))

    overtaken = [(duty.assignment.id, step, "overtaken") for step in ("published", "-5", "-2", "0", "0pm")]
    assert await ledger(database) == [*overtaken, (duty.assignment.id, "+1", "said")]
    assert await digests(database) == [(cast.lan.id, {duty.assignment.id})]


async def test_what_an_outage_made_untrue_is_recorded_and_not_said(database: Database, cast: Cast) -> None:
    duty = await lans_duty(database, cast)
    async with database.transaction() as session:
        (await assignments.duty(session, duty.assignment.id)).conclusion.ladder = parse("2, 0")
    await reminders.plan(database, OFFICE, NOW)

    count = await reminders.plan(database, OFFICE, at("2026-03-23", "08:00"))

    late = [(duty.assignment.id, step, "too-late") for step in ("-2", "0", "0pm")]
    assert (count, await ledger(database)) == (0, [(duty.assignment.id, "published", "said"), *late])
    assert (await assignment(database, duty.assignment.id)).look_at is None


async def test_the_office_s_ladder_holds_where_none_is_nearer(database: Database, cast: Cast) -> None:
    office_s, own = (await published(database, cast, tasks=2))[::2]
    async with database.transaction() as session:
        await ladders.keep_for_office(session, parse("4"))
        (await assignments.duty(session, own.assignment.id)).task.ladder = parse("3")
    await reminders.plan(database, OFFICE, NOW)

    looks = [(await assignment(database, one.assignment.id)).look_at for one in (office_s, own)]

    assert looks == [at("2026-03-16", "08:00"), at("2026-03-17", "08:00")]


@pytest.mark.parametrize("state", [AssignmentState.SUBMITTED, AssignmentState.ACCEPTED])
async def test_what_is_handed_in_is_not_reminded_of(database: Database, cast: Cast, state: AssignmentState) -> None:
    duty = await lans_duty(database, cast)
    await handed_in(database, cast, duty, NOW)
    if state is AssignmentState.ACCEPTED:
        async with database.transaction() as session:
            (await assignments.duty(session, duty.assignment.id)).assignment.accept()

    count = await reminders.plan(database, OFFICE, at("2026-03-23", "08:00"))

    assert (count, await ledger(database)) == (0, [])


@pytest.mark.parametrize("state", [AssignmentState.CANCELLED, AssignmentState.SUPERSEDED])
async def test_what_has_ended_is_not_reminded_of(database: Database, cast: Cast, state: AssignmentState) -> None:
    duty = await lans_duty(database, cast)
    async with database.transaction() as session:
        (await assignments.duty(session, duty.assignment.id)).assignment.end(state)

    count = await reminders.plan(database, OFFICE, at("2026-03-23", "08:00"))

    assert (count, await ledger(database)) == (0, [])


async def test_a_reminder_that_fell_due_while_handed_in_comes_when_it_is_taken_back(database: Database, cast: Cast) -> None:
    duty = await lans_duty(database, cast)
    await reminders.plan(database, OFFICE, NOW)
    await handed_in(database, cast, duty, at("2026-03-13", "07:55"))
    await reminders.plan(database, OFFICE, at("2026-03-13", "08:00"))
    async with database.transaction() as session:
        held = (await assignments.duty(session, duty.assignment.id)).assignment
        held.undo(AssignmentState.ASSIGNED, at("2026-03-13", "08:02"))

    await reminders.plan(database, OFFICE, at("2026-03-13", "08:02"))

    assert [step for _, step, _ in await ledger(database)] == ["published", "-5"]


async def test_what_is_returned_is_reminded_of_by_the_coming_steps_only(database: Database, cast: Cast) -> None:
    duty = await lans_duty(database, cast)
    await reminders.plan(database, OFFICE, NOW)
    submission_id = await handed_in(database, cast, duty, at("2026-03-05"))
    returned_at = at("2026-03-16", "10:00")
    async with database.transaction() as session:
        submission = await assignments.submission(session, submission_id)
        submission.decide(SubmissionState.RETURNED, by=cast.hoa.id, at=returned_at, reason="Thiếu phụ lục")
        (await assignments.duty(session, duty.assignment.id)).assignment.give_back(returned_at)

    on_return = await reminders.plan(database, OFFICE, returned_at)
    look_at = (await assignment(database, duty.assignment.id)).look_at
    await reminders.plan(database, OFFICE, at("2026-03-18", "08:00"))

    assert (on_return, look_at) == (0, at("2026-03-18", "08:00"))
    assert [step for _, step, _ in await ledger(database)] == ["published", "-2"]


async def test_a_new_deadline_starts_the_ladder_anew(database: Database, cast: Cast) -> None:
    duty = await lans_duty(database, cast)
    await reminders.plan(database, OFFICE, at("2026-03-20", "08:00"))
    moved_at = at("2026-03-20", "10:00")
    async with database.transaction() as session:
        held = await assignments.duty(session, duty.assignment.id)
        held.assignment.move(due("2026-03-27"), moved_at)

    await reminders.plan(database, OFFICE, moved_at)
    await reminders.plan(database, OFFICE, at("2026-03-25", "08:00"))

    said = [step for _, step, outcome in await ledger(database) if outcome == "said"]
    assert said == ["0", "-2"]


async def test_what_is_published_on_a_day_off_is_told_on_the_next_working_day(database: Database, cast: Cast) -> None:
    saturday, monday = at("2026-03-07", "10:00"), at("2026-03-09", "08:00")
    duty = await lans_duty(database, cast, moment=saturday)

    on_saturday = await reminders.plan(database, OFFICE, saturday)
    look_at = (await assignment(database, duty.assignment.id)).look_at
    on_monday = await reminders.plan(database, OFFICE, monday)

    assert (on_saturday, look_at, on_monday) == (0, monday, 1)


async def test_what_is_to_be_told_at_once_is_told_on_a_day_off(database: Database, cast: Cast) -> None:
    saturday = at("2026-03-07", "10:00")
    duty = await lans_duty(database, cast, moment=saturday)
    async with database.transaction() as session:
        (await assignments.duty(session, duty.assignment.id)).conclusion.at_once = True

    count = await reminders.plan(database, OFFICE, saturday)

    assert (count, await ledger(database)) == (1, [(duty.assignment.id, "published", "said")])


async def test_a_digest_that_still_waits_takes_in_what_falls_due(database: Database, cast: Cast) -> None:
    first = await lans_duty(database, cast)
    await reminders.plan(database, OFFICE, NOW)
    second = await lans_duty(database, cast, moment=NOW + timedelta(minutes=1))

    await reminders.plan(database, OFFICE, NOW + timedelta(minutes=1))

    assert await digests(database) == [(cast.lan.id, {first.assignment.id, second.assignment.id})]


async def test_a_digest_that_is_leaving_is_left_as_it_is(database: Database, cast: Cast) -> None:
    first = await lans_duty(database, cast)
    await reminders.plan(database, OFFICE, NOW)
    async with database.transaction() as session:
        await claims.claim(session, "worker-1", NOW, limit=1)
    second = await lans_duty(database, cast, moment=NOW + timedelta(minutes=1))

    await reminders.plan(database, OFFICE, NOW + timedelta(minutes=1))

    assert await digests(database) == [(cast.lan.id, {first.assignment.id}), (cast.lan.id, {second.assignment.id})]


async def test_a_digest_that_waits_for_the_next_round_does_not_hold_up_what_is_told_at_once(
    database: Database, cast: Cast
) -> None:
    friday, saturday, monday = at("2026-03-06", "19:00"), at("2026-03-07", "10:00"), at("2026-03-09", "08:00")
    await lans_duty(database, cast, moment=friday)
    await reminders.plan(database, OFFICE, friday)
    async with database.transaction() as session:
        (claimed,) = await claims.claim(session, "worker-1", friday, limit=1)
        await outbox.postpone(session, claimed, monday, "outside the office's hours")
    urgent = await lans_duty(database, cast, moment=saturday)
    async with database.transaction() as session:
        (await assignments.duty(session, urgent.assignment.id)).conclusion.at_once = True

    await reminders.plan(database, OFFICE, saturday)

    waiting = [(row.state, row.due_at) for row in await deliveries(database)]
    assert waiting == [(DeliveryState.QUEUED, monday), (DeliveryState.QUEUED, saturday)]
    assert (await digests(database))[1] == (cast.lan.id, {urgent.assignment.id})


async def test_a_unit_registered_later_is_told_when_it_gets_its_task(database: Database, cast: Cast) -> None:
    duty = await lans_duty(database, cast)
    await reminders.plan(database, OFFICE, NOW)
    later = at("2026-03-04", "14:00")
    async with database.transaction() as session:
        await assignments.assign(session, duty.task, [cast.maths.id, cast.physics.id], later)

    await reminders.plan(database, OFFICE, later)

    assert [person_id for person_id, _ in await digests(database)] == [cast.lan.id, cast.minh.id]


async def test_a_unit_that_is_reminded_early_hears_one_step_before_the_others(database: Database, cast: Cast) -> None:
    duties = await published(database, cast)
    async with database.transaction() as session:
        (await assignments.duty(session, duties[0].assignment.id)).assignment.early = True

    for moment in (NOW, at("2026-03-10", "08:00")):
        await reminders.plan(database, OFFICE, moment)

    early, other = (duty.assignment.id for duty in duties)
    assert await ledger(database) == [(early, "published", "said"), (other, "published", "said"), (early, "-8", "said")]
