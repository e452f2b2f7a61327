"""What does a change of the calendar move? Last working days, and reminders that are still to come, and no other."""

from datetime import date, datetime

import pytest

from domain.assignments import AssignmentState
from domain.calendar import Calendar
from domain.calendar_changes import Change, Effect
from domain.duties import Duty
from domain.offices import Office
from domain.units import Unit
from tests.builders import NOW, ZONE, a_conclusion, a_task, an_assignment, at, due

FRIDAY = date(2026, 3, 20)
BEFORE, AFTER = Office(Calendar(), ZONE), Office(Calendar(days_off=frozenset({FRIDAY})), ZONE)


def a_duty(day: str | None, state: AssignmentState = AssignmentState.ASSIGNED) -> Duty:
    assignment = an_assignment(state, deadline=due(day))
    assignment.id = 1
    return Duty(assignment, a_task(), Unit("Chi bộ Khoa Toán"), a_conclusion())


def a_change(duty: Duty, *, said: frozenset[str] = frozenset(), now: datetime = NOW, after: Office = AFTER) -> Effect:
    return Change(BEFORE, after, now).effect([duty], {(1, 1): said}, None)


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
    (one,) = a_change(a_duty("2026-03-22")).days
    assert (one.before, one.after) == (FRIDAY, date(2026, 3, 19))


def test_reminders_move_with_the_last_working_day_and_are_told_in_order() -> None:
    found = a_change(a_duty("2026-03-20")).reminders
    moved = {one.step: (one.before, one.after) for one in found}
    assert moved["0"] == (at("2026-03-20", "08:00"), at("2026-03-19", "08:00"))
    assert "+1" not in moved
    assert [one.before for one in found] == sorted(one.before for one in found)


def test_what_was_said_does_not_move() -> None:
    assert "0" not in {one.step for one in a_change(a_duty("2026-03-20"), said=frozenset({"0"})).reminders}


def test_what_is_over_by_both_calendars_does_not_move() -> None:
    moved = {one.step for one in a_change(a_duty("2026-03-20"), now=at("2026-03-19", "07:00")).reminders}
    assert "0" in moved
    assert not {step for step in moved if step.startswith("-")}


def test_nothing_moves_where_the_calendar_does_not_change() -> None:
    assert a_change(a_duty("2026-03-20"), after=BEFORE) == Effect()
