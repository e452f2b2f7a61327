"""Does a calendar that holds a task hear of its new deadline and of its end, and no other?"""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from icalendar import Calendar, Event

from channels import Outgoing
from domain import series as rules
from domain.assignments import AssignmentState
from domain.conclusions import ConclusionState
from domain.deadlines import Deadline, DeadlineKind
from domain.deliveries import Kind
from domain.duties import Duty
from domain.people import Person
from domain.series import Series
from messages import moves
from messages.calendar_files import sequence
from schedules.readers import NoLongerHoldsError
from storage import assignments, calendar_files, series
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_duty, a_published_conclusion, a_task, due
from tests.schedules.test_contents import MOMENT, SPEECH, end_roles, said


@pytest.fixture
async def session(database: Database, cast: Cast) -> AsyncIterator[Session]:
    """Give a session in which everything of a test happens, once the cast is there."""
    async with database.transaction() as session:
        yield session


async def takes(session: Session, person: Person, duty: Duty) -> Event:
    """Let a person take the file of a task, and give its event."""
    await calendar_files.take(session, duty.assignment.id, person.id, sequence(duty.assignment))
    (event,) = events(await said(session, Kind.CALENDAR_FILE, duty.assignment.id, person))
    return event


def events(outgoing: Outgoing) -> list[Event]:
    assert outgoing.attachment is not None
    return list(Calendar.from_ical(outgoing.attachment.content).events)


async def test_who_took_the_file_gets_the_moved_event_along_with_the_word(session: Session, cast: Cast) -> None:
    duty = await a_duty(session, cast, due("2026-03-20"))
    first = await takes(session, cast.lan, duty)
    duty.assignment.move(due("2026-03-27"), NOW)

    for _ in range(2):  # A message that did not leave is made again, and must not be poorer.
        outgoing = await said(session, Kind.MOVED, duty.task.id, cast.lan)
        (moved,) = events(outgoing)
        assert outgoing.text == moves.told_units(SPEECH, [duty], MOMENT).text
        assert (moved.uid, moved.sequence, str(moved.start)) == (first.uid, first.sequence + 1, "2026-03-27")


async def test_who_took_none_or_the_new_one_gets_the_word_alone(session: Session, cast: Cast) -> None:
    first, second = await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa)
    for duty in (first, second):
        duty.assignment.move(due("2026-03-27"), NOW)
    await takes(session, cast.minh, second)

    told = [await said(session, Kind.MOVED, first.task.id, person) for person in (cast.lan, cast.minh)]

    assert [one.attachment for one in told] == [None, None]


async def test_new_days_off_renew_what_is_still_open_in_a_calendar(session: Session, cast: Cast) -> None:
    duty = await a_duty(session, cast, due("2026-03-20"))
    first = await takes(session, cast.lan, duty)

    (renewed,) = events(await said(session, Kind.CALENDAR_CHANGED, None, cast.lan))
    assert renewed.uid == first.uid

    with pytest.raises(NoLongerHoldsError, match="in the reader's calendar"):
        await said(session, Kind.CALENDAR_CHANGED, None, cast.minh)
    duty.assignment.end(AssignmentState.CANCELLED)
    with pytest.raises(NoLongerHoldsError, match="in the reader's calendar"):
        await said(session, Kind.CALENDAR_CHANGED, None, cast.lan)


async def test_an_end_takes_the_event_out_of_the_calendar(session: Session, cast: Cast) -> None:
    duty = await a_duty(session, cast, due("2026-03-20"))
    first = await takes(session, cast.lan, duty)
    duty.conclusion.end(ConclusionState.WITHDRAWN)
    duty.assignment.end(AssignmentState.CANCELLED)

    (ended,) = events(await said(session, Kind.ENDED, duty.conclusion.id, cast.lan))

    assert (ended.uid, ended.status, ended.sequence) == (first.uid, "CANCELLED", 1)


async def test_a_series_that_ended_takes_its_open_occurrence_out_of_the_calendar(session: Session, cast: Cast) -> None:
    weekly = Deadline(DeadlineKind.RECURRING, "thứ Sáu hằng tuần", recurrence="FREQ=WEEKLY;BYDAY=FR")
    task = a_task(deadline=weekly)
    await a_published_conclusion(session, to=[], by=cast.hoa, tasks=[task])
    await series.keep(session, Series(task.id, date(2026, 3, 13), NOW))
    occurrence = rules.occurrence(task, date(2026, 3, 6), ref="1 (06/03)", name="Kế hoạch (06/03)")
    await series.add(session, occurrence)
    await assignments.assign(session, occurrence, [cast.maths.id], NOW)
    (duty,) = await assignments.of_task(session, occurrence.id)
    first = await takes(session, cast.lan, duty)

    assert (await said(session, Kind.SERIES, task.id, cast.lan)).attachment is None
    duty.assignment.end(AssignmentState.CANCELLED)
    (ended,) = events(await said(session, Kind.SERIES, task.id, cast.lan))

    assert (ended.uid, ended.status, str(ended.start)) == (first.uid, "CANCELLED", "2026-03-06")


async def test_who_left_the_unit_gets_no_file(session: Session, cast: Cast) -> None:
    duty = await a_duty(session, cast, due("2026-03-20"))
    await end_roles(session, cast.lan)

    with pytest.raises(NoLongerHoldsError, match="no longer of the unit"):
        await said(session, Kind.CALENDAR_FILE, duty.assignment.id, cast.lan)
