"""Which units were late before, by their record of the last year?"""

from datetime import UTC, datetime

import pytest

from domain.assignments import AssignmentState
from domain.duties import Duty
from domain.records import often_late
from domain.units import Unit
from tests.builders import NOW, ZONE, a_conclusion, a_task, an_assignment, at, due, numbered

MATHS, PHYSICS = numbered(1, Unit("Khoa Toán")), numbered(2, Unit("Khoa Vật lý"))
ACCEPTED, CANCELLED = AssignmentState.ACCEPTED, AssignmentState.CANCELLED
LATE, IN_TIME = at("2026-01-21"), at("2026-01-19")


def a_duty(
    unit: Unit, submitted_at: datetime | None, last_day: str | None = "2026-01-20", *, state: AssignmentState = ACCEPTED
) -> Duty:
    return Duty(an_assignment(state, submitted_at=submitted_at, deadline=due(last_day)), a_task(), unit, a_conclusion())


def test_units_that_were_late_twice_are_named_with_their_record_the_worst_first() -> None:
    duties = [
        *(a_duty(MATHS, moment) for moment in (LATE, IN_TIME, LATE)),
        *(a_duty(PHYSICS, LATE) for _ in range(3)),
    ]

    found = often_late(duties, NOW, ZONE)

    assert [(one.unit, one.late, one.total) for one in found] == [(PHYSICS, 3, 3), (MATHS, 2, 3)]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(a_duty(MATHS, IN_TIME), id="in time"),
        pytest.param(a_duty(MATHS, at("2025-02-25"), "2025-02-20"), id="longer ago than a year"),
        pytest.param(a_duty(MATHS, None, "2026-03-05", state=AssignmentState.ASSIGNED), id="still within its time"),
        pytest.param(a_duty(MATHS, None, state=CANCELLED), id="ended"),
        pytest.param(a_duty(MATHS, LATE, None), id="without a deadline"),
    ],
)
def test_what_is_no_lateness_does_not_count(second: Duty) -> None:
    assert often_late([a_duty(MATHS, LATE), second], NOW, ZONE) == []


def test_what_is_open_beyond_its_deadline_counts() -> None:
    still_open = a_duty(MATHS, None, state=AssignmentState.ASSIGNED)
    assert len(often_late([a_duty(MATHS, LATE), still_open], NOW, ZONE)) == 1


# 00:30 of the 1st of March in Viet Nam is still February in Greenwich.
@pytest.mark.parametrize("now", [at("2026-03-01"), at("2026-03-01", "00:30").astimezone(UTC)])
@pytest.mark.parametrize(("last_day", "found"), [("2025-03-01", 1), ("2025-02-28", 0)])
def test_a_year_goes_back_to_the_same_day_and_counts_it(last_day: str, found: int, now: datetime) -> None:
    duties = [a_duty(MATHS, LATE), a_duty(MATHS, at("2025-03-05"), last_day)]
    assert len(often_late(duties, now, ZONE)) == found
