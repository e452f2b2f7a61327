"""Are duties judged and counted as the office's report counts them?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import urgency
from domain.assignments import AssignmentState, Lateness, Timing
from domain.calendar import Calendar
from domain.duties import Duty, Tally, late, tally
from domain.records import often_late
from domain.units import Unit
from tests.builders import ZONE, a_conclusion, a_task, an_assignment, at, due

TODAY = at("2026-03-20")
IN_TIME, LATE = at("2026-03-10"), at("2026-03-12")


def a_duty(state: AssignmentState, *, last_day: str | None = "2026-03-11", submitted_at: datetime | None = None) -> Duty:
    unit = Unit("Chi bộ Khoa Toán")
    assignment = an_assignment(state, submitted_at=submitted_at, deadline=due(last_day))
    return Duty(assignment, a_task(), unit, a_conclusion())


def test_an_open_duty_is_judged_by_now_and_one_handed_in_by_its_moment() -> None:
    assert a_duty(AssignmentState.ASSIGNED).lateness(TODAY, ZONE) == Lateness(Timing.LATE, 9)
    assert a_duty(AssignmentState.SUBMITTED, submitted_at=LATE).lateness(TODAY, ZONE) == Lateness(Timing.LATE, 1)
    assert a_duty(AssignmentState.ACCEPTED, submitted_at=IN_TIME).lateness(TODAY, ZONE) == Lateness(Timing.SOON, 1)


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        pytest.param(a_duty(AssignmentState.ACCEPTED, submitted_at=IN_TIME), Tally(done_in_time=1), id="done in time"),
        pytest.param(a_duty(AssignmentState.ACCEPTED, submitted_at=LATE), Tally(done_late=1), id="done late"),
        pytest.param(a_duty(AssignmentState.ASSIGNED, last_day="2026-03-20"), Tally(open_in_time=1), id="open, today"),
        pytest.param(a_duty(AssignmentState.ASSIGNED, last_day=None), Tally(open_in_time=1), id="open, no deadline"),
        pytest.param(a_duty(AssignmentState.ASSIGNED), Tally(open_late=1), id="open, late"),
        pytest.param(a_duty(AssignmentState.RETURNED), Tally(open_late=1), id="returned, late"),
        pytest.param(
            a_duty(AssignmentState.SUBMITTED, submitted_at=IN_TIME), Tally(open_in_time=1, waiting=1), id="waiting, came in time"
        ),
        pytest.param(
            a_duty(AssignmentState.SUBMITTED, submitted_at=LATE), Tally(open_late=1, waiting=1), id="waiting, came late"
        ),
    ],
)
def test_one_duty_counts_in_one_of_four(duty: Duty, expected: Tally) -> None:
    assert tally([duty.stand], TODAY, ZONE) == expected


# 23:30 and 00:30 in Viet Nam, both on the evening of 11 March in Greenwich.
BEFORE_MIDNIGHT, AFTER_MIDNIGHT = datetime(2026, 3, 11, 16, 30, tzinfo=UTC), datetime(2026, 3, 11, 17, 30, tzinfo=UTC)


def test_the_day_ends_at_midnight_in_viet_nam() -> None:
    duty = a_duty(AssignmentState.ASSIGNED)

    assert tally([duty.stand], BEFORE_MIDNIGHT, ZONE) == Tally(open_in_time=1)
    assert tally([duty.stand], AFTER_MIDNIGHT, ZONE) == Tally(open_late=1)
    assert (late([duty], BEFORE_MIDNIGHT, ZONE), late([duty], AFTER_MIDNIGHT, ZONE)) == ([], [duty])
    assert often_late([duty] * 2, BEFORE_MIDNIGHT, ZONE) == []
    assert [record.unit for record in often_late([duty] * 2, AFTER_MIDNIGHT, ZONE)] == [duty.unit]
    assert urgency.working_days_late(duty, BEFORE_MIDNIGHT, Calendar(), ZONE) == 0
    assert urgency.working_days_late(duty, AFTER_MIDNIGHT, Calendar(), ZONE) == 1


def test_those_that_wait_are_counted_one_by_one() -> None:
    waiting = a_duty(AssignmentState.SUBMITTED, submitted_at=IN_TIME)

    assert tally([waiting.stand, waiting.stand], TODAY, ZONE) == Tally(open_in_time=2, waiting=2)


moments = st.none() | st.integers(-30, 30).map(lambda days: TODAY + timedelta(days))
duties = st.builds(a_duty, st.sampled_from(AssignmentState), submitted_at=moments)


@given(st.lists(duties, max_size=8), st.lists(duties, max_size=8))
def test_two_tallies_added_are_the_tally_of_both(some: list[Duty], others: list[Duty]) -> None:
    first, second, both = (tally((duty.stand for duty in part), TODAY, ZONE) for part in (some, others, [*some, *others]))
    assert first + second == both


def test_no_duties_are_no_count() -> None:
    assert tally([], TODAY, ZONE) == Tally()


@given(st.lists(duties, max_size=20))
def test_every_duty_that_has_not_ended_is_counted_once(some: list[Duty]) -> None:
    counted = tally((duty.stand for duty in some), TODAY, ZONE)
    assert counted.total == sum(not duty.assignment.has_ended for duty in some)
    assert counted.waiting <= counted.open_in_time + counted.open_late


def test_the_longest_overdue_comes_first_and_only_what_is_open_and_over_is_late() -> None:
    short = a_duty(AssignmentState.ASSIGNED, last_day="2026-03-19")
    long = a_duty(AssignmentState.RETURNED, last_day="2026-03-01")
    others = [
        a_duty(AssignmentState.ASSIGNED, last_day="2026-03-20"),
        a_duty(AssignmentState.ASSIGNED, last_day=None),
        a_duty(AssignmentState.SUBMITTED, submitted_at=LATE),
        a_duty(AssignmentState.ACCEPTED, submitted_at=LATE),
        a_duty(AssignmentState.CANCELLED),
    ]
    assert late([short, *others, long], TODAY, ZONE) == [long, short]
