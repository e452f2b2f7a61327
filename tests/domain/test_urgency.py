"""Which task comes first, and how late is it by working days?"""

from datetime import date, datetime, time

import pytest

from domain import urgency
from domain.assignments import AssignmentState
from domain.calendar import Calendar
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.duties import Duty
from domain.units import Unit
from tests.builders import NOW, ZONE, a_conclusion, a_task, an_assignment, at, due, numbered

# The 2nd of March 2026 is a Monday.
CALENDAR = Calendar()
NINE = Deadline(DeadlineKind.DATETIME, "8 giờ ngày 02/3", date(2026, 3, 2), time(8))


def a_duty(number: int, deadline: Deadline, state: AssignmentState = AssignmentState.ASSIGNED) -> Duty:
    assignment = an_assignment(state, deadline=deadline)
    assignment.id = number
    return Duty(assignment, a_task(), numbered(1, Unit("Chi bộ Khoa Toán")), a_conclusion())


def test_what_matters_comes_first() -> None:
    returned = AssignmentState.RETURNED
    expected = [
        a_duty(9, due("2026-02-02")),
        a_duty(8, due("2026-02-27")),
        # Saturday's and Sunday's, whose last working day is the same Friday.
        a_duty(11, due("2026-02-28")),
        a_duty(10, due("2026-03-01")),
        a_duty(7, NINE),
        a_duty(6, due("2026-03-02")),
        a_duty(5, due("2026-03-06"), returned),
        # Sunday the 8th, whose last working day is Friday the 6th.
        a_duty(4, due("2026-03-08")),
        a_duty(3, due("2026-03-09")),
        a_duty(2, NO_DEADLINE, returned),
        a_duty(1, NO_DEADLINE),
    ]

    found = urgency.by_urgency(reversed(expected), NOW, CALENDAR, ZONE)

    assert [duty.assignment.id for duty in found] == [duty.assignment.id for duty in expected]


@pytest.mark.parametrize(
    ("last_day", "now", "days"),
    [
        ("2026-03-02", at("2026-03-02", "23:59"), 0),
        ("2026-02-27", at("2026-03-01"), 0),
        ("2026-02-27", at("2026-03-02"), 1),
        ("2026-02-23", at("2026-03-02"), 5),
        (None, at("2026-03-02"), 0),
    ],
)
def test_lateness_is_counted_by_working_days(last_day: str | None, now: datetime, days: int) -> None:
    assert urgency.working_days_late(a_duty(1, due(last_day)), now, CALENDAR, ZONE) == days


@pytest.mark.parametrize(("submitted", "days"), [(at("2026-02-25"), 2), (at("2026-02-20"), 0)])
def test_what_was_handed_in_grows_no_later(submitted: datetime, days: int) -> None:
    duty = a_duty(1, due("2026-02-23"), AssignmentState.SUBMITTED)
    duty.assignment.submitted_at = submitted
    assert urgency.working_days_late(duty, NOW, CALENDAR, ZONE) == days
