"""Has each unit each task once, in the order in which it should see them, and is one thing handed in once?"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from domain.assignments import AssignmentState, Submission, SubmissionState
from domain.duties import Duty
from domain.errors import Refusal
from storage import assignments
from storage.session import Database
from tests.builders import NOW, Cast, a_duty, a_published_conclusion, a_task, due

LATER = NOW + timedelta(days=1)
MOMENT = timedelta(seconds=1)


def texts(duties: Sequence[Duty]) -> list[str]:
    return [duty.task.text for duty in duties]


async def hand_in(database: Database, assignment_id: int, person_id: int) -> Submission | str:
    """Hand in as a handler does, and give the refusal's reason when it is refused."""
    try:
        async with database.transaction() as session:
            duty = await assignments.duty(session, assignment_id)
            return await assignments.hand_in(session, duty, person_id, NOW)
    except Refusal as refused:
        return refused.reason


async def test_a_task_is_given_to_each_unit_once(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        both = [cast.maths.id, cast.physics.id]
        assert await assignments.assign(session, duty.task, both, LATER) == 1
        assert await assignments.assign(session, duty.task, both, LATER) == 0
        having = await assignments.of_conclusion(session, duty.conclusion.id)
    assert [one.unit.id for one in having] == both
    assert (duty.assignment.remind_from, having[0].assignment is duty.assignment) == (NOW, True)


async def test_a_new_assignment_is_looked_at_at_once(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
    assert (duty.assignment.state, duty.assignment.look_at, duty.assignment.remind_from) == (AssignmentState.ASSIGNED, NOW, NOW)
    assert (duty.assignment.revision, duty.assignment.version, duty.assignment.submitted_at) == (1, 1, None)


async def test_a_unit_sees_the_newest_conclusion_then_the_nearest_deadline_then_what_has_none(
    database: Database, cast: Cast
) -> None:
    old = [a_task("cũ, gần", deadline=due("2026-03-03"))]
    new = [
        a_task("không hạn, 1", position=1),
        a_task("xa", position=2, deadline=due("2026-04-20")),
        a_task("gần", position=3, deadline=due("2026-03-20")),
        a_task("không hạn, 2", position=4),
        a_task("gần, sau", position=5, deadline=due("2026-03-20")),
    ]
    seen = ["gần", "gần, sau", "xa", "không hạn, 1", "không hạn, 2", "cũ, gần"]
    async with database.transaction() as session:
        await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=new, at=LATER, number="13")
        await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=old)
        mine = await assignments.of_units(session, [cast.maths.id])
        assert texts(mine) == seen
        ids = sorted(duty.assignment.id for duty in mine)
        assert texts(await assignments.by_ids(session, ids)) == seen
        assert await assignments.by_ids(session, []) == []


async def test_a_unit_sees_only_its_own_in_the_states_asked_for(database: Database, cast: Cast) -> None:
    tasks = [a_task("một", position=1), a_task("hai", position=2)]
    async with database.transaction() as session:
        duties = await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa, tasks=tasks)
        duties[0].assignment.end(AssignmentState.CANCELLED)
        await session.flush()
        assert texts(await assignments.of_units(session, [cast.maths.id])) == ["hai"]
        assert texts(await assignments.of_units(session, [cast.maths.id], [AssignmentState.CANCELLED])) == ["một"]
        assert len(await assignments.of_units(session, [cast.maths.id, cast.physics.id])) == 3


async def test_a_number_that_nobody_has_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(Refusal, match="no-such-task"):
            await assignments.duty(session, 404)
        with pytest.raises(Refusal, match="no-such-submission"):
            await assignments.submission(session, 404)


async def test_what_is_due_is_found_by_its_next_look_the_longest_due_first(database: Database, cast: Cast) -> None:
    tasks = [a_task(f"{n}", position=n, deadline=due("2020-01-01")) for n in range(1, 6)]
    looks = [NOW + MOMENT, NOW, None, NOW - MOMENT, NOW]
    async with database.transaction() as session:
        duties = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=tasks)
        for duty, look_at in zip(duties, looks, strict=True):
            duty.assignment.look_at = look_at
    async with database.transaction() as session:
        assert texts(await assignments.due(session, NOW, 10)) == ["4", "2", "5"]
        assert texts(await assignments.due(session, NOW, 2)) == ["4", "2"]


async def test_what_is_handed_in_is_kept_with_when_and_by_whom(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
    handed = await hand_in(database, duty.assignment.id, cast.lan.id)
    assert isinstance(handed, Submission)
    async with database.transaction() as session:
        found = await assignments.submission(session, handed.id)
        assert (found.person_id, found.at, found.state) == (cast.lan.id, NOW, SubmissionState.PENDING)
        assert found.opened_from is AssignmentState.ASSIGNED
        again = await assignments.duty(session, duty.assignment.id)
        assert (again.assignment.state, again.assignment.submitted_at) == (AssignmentState.SUBMITTED, NOW)


async def test_of_presses_at_once_one_hands_in_and_the_others_are_told(database: Database, replica: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
    presses = (hand_in(one, duty.assignment.id, cast.lan.id) for one in [database, replica] * 3)
    outcomes = await asyncio.gather(*presses)
    assert sorted(str(outcome) for outcome in outcomes if not isinstance(outcome, Submission)) == ["is-submitted"] * 5
    async with database.transaction() as session:
        assert len(await assignments.pending(session)) == 1


async def test_a_second_pending_submission_is_refused_by_the_database_itself(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        session.add(Submission(duty.assignment.id, cast.lan.id, NOW, AssignmentState.ASSIGNED))
        await session.flush()
        with pytest.raises(Refusal, match="is-submitted"):
            await assignments.hand_in(session, duty, cast.lan.id, NOW)
        assert len(await assignments.pending(session)) == 1


async def test_after_an_undo_it_is_handed_in_again_and_the_newest_counts(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        first = await assignments.hand_in(session, duty, cast.lan.id, NOW)
        first.undo(NOW + MOMENT)
        duty.assignment.undo(first.opened_from, NOW + MOMENT)
        second = await assignments.hand_in(session, duty, cast.lan.id, NOW + 2 * MOMENT)
    async with database.transaction() as session:
        newest = await assignments.newest_submission(session, duty.assignment.id)
        assert newest is not None
        assert newest.id == second.id
        assert [one.id for one in await assignments.pending(session)] == [second.id]


async def test_nothing_handed_in_has_no_newest(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        assert await assignments.newest_submission(session, duty.assignment.id) is None


@pytest.mark.parametrize(("since", "is_fresh"), [(NOW - MOMENT, True), (NOW, True), (NOW + MOMENT, False)])
async def test_what_was_handed_in_not_before_a_moment_is_fresh(
    database: Database, cast: Cast, since: datetime, is_fresh: bool
) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        handed = await assignments.hand_in(session, duty, cast.lan.id, NOW)
        assert (await assignments.fresh_submission(session, cast.lan.id, since) is handed) == is_fresh


async def test_what_was_decided_or_is_another_s_is_not_fresh(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        handed = await assignments.hand_in(session, duty, cast.lan.id, NOW)
        assert await assignments.fresh_submission(session, cast.minh.id, NOW) is None
        handed.decide(SubmissionState.ACCEPTED, by=cast.hoa.id, at=NOW)
        await session.flush()
        assert await assignments.fresh_submission(session, cast.lan.id, NOW) is None
        assert await assignments.pending(session) == []


async def test_planners_at_once_never_hold_the_same_assignment(database: Database, replica: Database, cast: Cast) -> None:
    tasks = [a_task(position=n) for n in range(1, 7)]
    async with database.transaction() as session:
        await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=tasks)

    async def plan(one: Database) -> list[int]:
        async with one.transaction() as session:
            duties = await assignments.due(session, NOW, 3)
            for duty in duties:
                duty.assignment.look_at = LATER
            return [duty.assignment.id for duty in duties]

    planned = await asyncio.gather(*(plan(one) for one in [database, replica] * 2))
    found = [number for numbers in planned for number in numbers]
    assert len(found) == len(set(found))


async def test_an_assignment_takes_the_deadline_of_its_task_and_keeps_it(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-03-20"))
        duty.task.decide_deadline(due("2026-03-27"))
        await assignments.assign(session, duty.task, [cast.maths.id, cast.physics.id], LATER)
        given = await assignments.of_task(session, duty.task.id, held=True)
    assert [one.deadline for one in given] == [due("2026-03-20"), due("2026-03-27")]


async def test_what_units_handed_in_is_pending_until_the_office_decides(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        first, second, decided = [await a_duty(session, cast) for _ in range(3)]
        handed_in = [await assignments.hand_in(session, duty, cast.lan.id, NOW) for duty in (first, second, decided)]
        handed_in[2].decide(SubmissionState.ACCEPTED, by=cast.hoa.id, at=NOW)
        await session.flush()
        pending = await assignments.pending_of_units(session, [cast.maths.id])
        others = await assignments.pending_of_units(session, [cast.physics.id])

    assert [(duty.assignment.id, submission.id) for duty, submission in pending] == [
        (second.assignment.id, handed_in[1].id),
        (first.assignment.id, handed_in[0].id),
    ]
    assert others == []
