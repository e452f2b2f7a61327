"""Does the database choose for the round just what concerns the office, and count everything in force?"""

from datetime import date, datetime, timedelta

import pytest

from domain.assignments import OPEN, AssignmentState, SubmissionState
from domain.conclusions import ConclusionState
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.duties import Duty, Tally, tally
from domain.people import Person
from domain.reach import Silent, Unreached
from storage import assignments, people, reminders, surveys
from storage.reminders import NOBODY, SAID, Entry
from storage.session import Database, Session
from storage.surveys import Unstaffed
from tests.builders import NOW, ZONE, Cast, a_duty, a_person, a_published_conclusion, a_task, a_unit, due

NEVER = date(2026, 1, 1)
DAY = timedelta(days=1)


async def remind(session: Session, duty: Duty, *moments: datetime, outcome: str = SAID) -> None:
    for number, moment in enumerate(moments):
        await reminders.record(session, [Entry(duty.assignment, f"+{moment.day}-{number}", outcome)], moment)


async def hand_in_and_return(session: Session, duty: Duty, cast: Cast, moment: datetime) -> None:
    submission = await assignments.hand_in(session, duty, cast.lan.id, moment)
    submission.decide(SubmissionState.RETURNED, by=cast.hoa.id, at=moment, reason="thiếu phụ lục")
    duty.assignment.give_back(moment)
    await session.flush()


async def loses(session: Session, person: Person, reason: str, moment: datetime) -> None:
    """Let the platform take nothing any more for a person."""
    account = (await people.addressees(session, [person.id], ["telegram"]))[person.id].account
    assert account is not None
    await people.suspend(session, account.id, reason, moment)


async def troubled(session: Session, last_day: date = NEVER, ignored: int = 3) -> list[tuple[int, list[datetime]]]:
    found = await surveys.troubled(session, last_day, ignored)
    return [(duty.assignment.id, moments) for duty, moments in found]


@pytest.mark.parametrize(("last_day", "found"), [("2026-03-20", 1), ("2026-03-21", 0), (None, 0)])
async def test_what_was_due_until_a_day_is_chosen(database: Database, cast: Cast, *, last_day: str | None, found: int) -> None:
    async with database.transaction() as session:
        await a_duty(session, cast, due(last_day))
        assert len(await troubled(session, date(2026, 3, 20))) == found


async def test_so_many_reminders_without_a_word_are_chosen_with_their_moments(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        often, seldom = await a_duty(session, cast, due("2026-03-30")), await a_duty(session, cast, due("2026-03-30"))
        moments = [NOW + day * DAY for day in (3, 1, 2)]
        await remind(session, often, *moments)
        await remind(session, seldom, *moments[:2])
        await remind(session, seldom, NOW, outcome=NOBODY)
        await reminders.record(session, [Entry(seldom.assignment, "published", SAID)], NOW)

        assert await troubled(session) == [(often.assignment.id, sorted(moments))]
        assert {number for number, _ in await troubled(session, ignored=2)} == {often.assignment.id, seldom.assignment.id}
        late = await troubled(session, date(2026, 3, 30), ignored=9)
        assert dict(late) == {often.assignment.id: sorted(moments), seldom.assignment.id: sorted(moments[:2])}


async def test_reminders_before_the_last_word_of_a_unit_were_answered(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-03-30"))
        await remind(session, duty, NOW + DAY, NOW + 2 * DAY)
        await hand_in_and_return(session, duty, cast, NOW + 3 * DAY)
        await remind(session, duty, NOW + 4 * DAY)

        assert await troubled(session, ignored=2) == []
        assert await troubled(session, ignored=1) == [(duty.assignment.id, [NOW + 4 * DAY])]


async def test_what_was_said_by_a_former_deadline_does_not_count(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-03-30"))
        await remind(session, duty, NOW + DAY)
        duty.assignment.move(due("2026-04-30"), NOW + 2 * DAY)

        assert await troubled(session, ignored=1) == []


@pytest.mark.parametrize("state", [state for state in AssignmentState if state not in OPEN])
async def test_what_is_not_open_concerns_nobody(database: Database, cast: Cast, *, state: AssignmentState) -> None:
    async with database.transaction() as session:
        for deadline in (due("2026-03-01"), NO_DEADLINE, Deadline(DeadlineKind.RELATIVE, "sau hội nghị")):
            duty = await a_duty(session, cast, deadline)
            await remind(session, duty, NOW)
            duty.assignment.state = state

        assert await troubled(session, date(2026, 3, 30), 1) == []
        assert await surveys.dayless(session) == []
        assert await surveys.unheard(session, NOW) == []


@pytest.mark.parametrize("state", AssignmentState)
async def test_what_is_late_is_chosen_while_it_is_open(database: Database, cast: Cast, *, state: AssignmentState) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast, due("2026-03-01"))
        duty.assignment.state = state
        assert bool(await troubled(session, date(2026, 3, 30))) == (state in OPEN)


async def test_a_task_without_its_day_is_one_whatever_the_number_of_units(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        relative = Deadline(DeadlineKind.RELATIVE, "sau hội nghị")
        tasks = [a_task(position=1, deadline=relative), a_task(position=2, deadline=relative), a_task(position=3)]
        await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa, tasks=tasks)

        assert [duty.task.position for duty in await surveys.dayless(session)] == [1, 2]


async def test_silence_is_counted_from_the_last_word_or_from_publishing(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        silent, heard = await a_duty(session, cast), await a_duty(session, cast)
        await a_duty(session, cast, due("2026-03-30"))
        await hand_in_and_return(session, heard, cast, NOW + DAY)

        assert [(duty.assignment.id, at) for duty, at in await surveys.unheard(session, NOW)] == [(silent.assignment.id, NOW)]
        later = await surveys.unheard(session, NOW + DAY)
        assert {duty.assignment.id: at for duty, at in later} == {silent.assignment.id: NOW, heard.assignment.id: NOW + DAY}


async def test_a_unit_without_people_is_told_with_what_it_has_open(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        history, letters = await a_unit(session, "Chi bộ Khoa Sử"), await a_unit(session, "Chi bộ Khoa Văn")
        await a_published_conclusion(session, to=[letters], by=cast.hoa, tasks=[a_task()], at=NOW + DAY)
        await a_published_conclusion(session, to=[history, cast.maths], by=cast.hoa, tasks=[a_task(position=n) for n in (1, 2)])

        found = await surveys.unstaffed(session)

    assert found == [Unstaffed(Silent(history), 2, NOW), Unstaffed(Silent(letters), 1, NOW + DAY)]


async def test_a_unit_whose_last_person_is_lost_is_told_since_then(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa, at=NOW)
        nga = await a_person(session, "Nga", unit=cast.maths, address="104")
        await loses(session, cast.lan, "blocked", NOW + DAY)
        assert await surveys.unstaffed(session) == []
        await loses(session, nga, "deactivated", NOW + 2 * DAY)
        found = await surveys.unstaffed(session)

    lost = (Unreached("Lan", "blocked", NOW + DAY), Unreached("Nga", "deactivated", NOW + 2 * DAY))
    told = [(one.silent.unit.name, one.silent.lost, one.open, one.since) for one in found]
    assert told == [(cast.maths.name, lost, 1, NOW + 2 * DAY)]


async def test_everything_in_force_is_counted_as_one_by_one(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duties = [await a_duty(session, cast, due(day)) for day in ("2026-03-01", "2026-03-01", "2026-03-20", None)]
        duties += [await a_duty(session, cast, due("2026-03-01")) for _ in AssignmentState]
        for duty, state in zip(duties[4:], AssignmentState, strict=True):
            duty.assignment.state = state
        handed_in = [duty for duty in duties if duty.assignment.state in (AssignmentState.SUBMITTED, AssignmentState.ACCEPTED)]
        for duty in handed_in:
            duty.assignment.submitted_at = NOW - 5 * DAY
        withdrawn = await a_duty(session, cast, due("2026-03-01"))
        withdrawn.conclusion.state = ConclusionState.WITHDRAWN
        await session.flush()

        counted = Tally()
        async for stands in surveys.stands(session):
            counted += tally(stands, NOW, ZONE)

    assert counted == tally((duty.stand for duty in duties), NOW, ZONE)
    assert counted.total == len(duties) - 2
