"""What does a change of the calendar move? Last working days, and reminders that are still to come, and no other."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from domain.assignments import AssignmentState
from domain.calendar import Calendar
from domain.calendar_changes import Change, Effect
from domain.deadlines import DeadlineKind
from domain.duties import Duty
from domain.ladders import Ladder, parse
from domain.offices import Office
from domain.units import Unit
from tests.builders import NOW, ZONE, a_conclusion, a_task, an_assignment, at, due

FRIDAY = date(2026, 3, 20)
BEFORE, AFTER = Office(Calendar(), ZONE), Office(Calendar(days_off=frozenset({FRIDAY})), ZONE)


def a_duty(day: str | None, state: AssignmentState = AssignmentState.ASSIGNED) -> Duty:
    assignment = an_assignment(state, deadline=due(day))
    assignment.id = 1
    return Duty(assignment, a_task(), Unit("Chi bộ Khoa Toán"), a_conclusion())


def a_change(
    *duties: Duty, said: frozenset[str] = frozenset(), now: datetime = NOW, after: Office = AFTER, ladder: Ladder | None = None
) -> Effect:
    return Change(BEFORE, after, now).effect(duties, {(1, 1): said} if said else {}, ladder)


@pytest.mark.parametrize(
    ("duty", "days", "moves"),
    [
        pytest.param(a_duty("2026-03-20"), 1, True, id="on the day"),
        pytest.param(a_duty("2026-03-22"), 1, True, id="on the Sunday after it"),
        pytest.param(a_duty("2026-03-24"), 0, True, id="soon after it"),
        pytest.param(a_duty("2026-03-12"), 0, True, id="soon before it"),
        pytest.param(a_duty("2026-09-10"), 0, False, id="long after it"),
        pytest.param(a_duty(None), 0, False, id="without a day"),
        pytest.param(a_duty("2026-03-20", AssignmentState.ACCEPTED), 0, False, id="fulfilled"),
    ],
)
def test_a_change_tells_whose_days_and_reminders_move(duty: Duty, days: int, moves: bool) -> None:
    found = a_change(duty)
    assert (len(found.days), bool(found.reminders)) == (days, moves)


def test_a_moved_day_is_told_before_and_after() -> None:
    duty = a_duty("2026-03-22")
    (one,) = a_change(duty).days
    assert (one.duty, one.before, one.after) == (duty, FRIDAY, date(2026, 3, 19))


def test_reminders_move_with_the_last_working_day_and_are_told_in_order() -> None:
    duty, later = a_duty("2026-03-20"), a_duty("2026-03-24")
    found = a_change(later, duty).reminders
    moved = {one.step: (one.before, one.after) for one in found if one.duty is duty}
    assert moved["0"] == (at("2026-03-20", "08:00"), at("2026-03-19", "08:00"))
    assert "+1" not in moved
    assert {one.step for one in found if one.duty is later} == {"-5", "-2"}
    assert [one.before for one in found] == sorted(one.before for one in found)


def test_only_the_steps_of_the_ladder_that_the_office_has_set_move() -> None:
    found = a_change(a_duty("2026-03-24"), ladder=parse("2")).reminders
    assert [(one.step, one.before, one.after) for one in found] == [("-2", at("2026-03-20", "08:00"), at("2026-03-19", "08:00"))]


def test_the_weekly_step_that_comes_next_moves_however_late_the_task_is() -> None:
    found = a_change(a_duty("2026-02-06"), now=at("2026-03-16"), ladder=parse("weekly")).reminders
    assert [(one.step, one.before, one.after) for one in found] == [("+w6", at("2026-03-20", "08:00"), at("2026-03-23", "08:00"))]


def test_a_step_that_the_day_has_no_more_is_not_told_as_moved() -> None:
    timed = a_duty("2026-03-20")
    timed.assignment.deadline = replace(timed.deadline, kind=DeadlineKind.DATETIME, at=time(16, 30))
    assert [one.step for one in a_change(timed, ladder=parse("0")).reminders] == ["0"]


def test_what_was_said_does_not_move() -> None:
    assert "0" not in {one.step for one in a_change(a_duty("2026-03-20"), said=frozenset({"0"})).reminders}


def test_what_is_over_by_both_calendars_does_not_move() -> None:
    moved = {one.step for one in a_change(a_duty("2026-03-20"), now=at("2026-03-19", "07:00")).reminders}
    assert "0" in moved
    assert not {step for step in moved if step.startswith("-")}


@pytest.mark.parametrize(
    ("day", "clock", "moves"),
    [
        pytest.param("2026-03-19", "12:00", True, id="what the new day brings sooner is over, and the old day is to come"),
        pytest.param("2026-03-20", "07:59", True, id="until the old moment"),
        pytest.param("2026-03-20", "08:00", False, id="and not at it"),
    ],
)
def test_a_reminder_moves_while_one_of_its_moments_is_to_come(day: str, clock: str, *, moves: bool) -> None:
    assert ("0" in {one.step for one in a_change(a_duty("2026-03-20"), now=at(day, clock)).reminders}) is moves


def test_nothing_moves_where_the_calendar_does_not_change() -> None:
    assert a_change(a_duty("2026-03-20"), after=BEFORE) == Effect()
