"""Does the calendar count working days as the law and the office do?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import ONE_DAY, Calendar

TET = frozenset(date(2026, 2, day) for day in range(16, 21))
YEAR_2026 = Calendar(
    days_off=TET | {date(2026, 1, 1), date(2026, 1, 2), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)},
    working_weekends=frozenset({date(2026, 1, 10), date(2026, 8, 22)}),
)

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
calendars = st.builds(
    Calendar,
    st.frozensets(days, max_size=40),
    st.frozensets(days.filter(lambda day: day.weekday() >= 5), max_size=10),
)
shifts = st.integers(-30, 30)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "works"),
    [
        ("2026-01-09", True),
        ("2026-01-02", False),
        ("2026-01-10", True),
        ("2026-01-11", False),
        ("2026-02-13", True),
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-02-21", False),
        ("2026-02-23", True),
        ("2026-08-22", True),
        ("2026-08-31", False),
    ],
)
def test_weekends_and_days_off_are_not_worked_but_swapped_weekends_are(when: str, works: bool) -> None:
    assert YEAR_2026.is_working(day(when)) == works


def test_a_day_off_that_is_a_working_weekend_is_worked() -> None:
    saturday = day("2026-01-10")
    assert Calendar(frozenset({saturday}), frozenset({saturday})).is_working(saturday)


@pytest.mark.parametrize(
    ("when", "before", "after"),
    [
        ("2026-03-04", "2026-03-04", "2026-03-04"),
        ("2026-03-07", "2026-03-06", "2026-03-09"),
        ("2026-02-17", "2026-02-13", "2026-02-23"),
        ("2026-01-10", "2026-01-10", "2026-01-10"),
        ("2026-09-01", "2026-08-28", "2026-09-03"),
    ],
)
def test_the_nearest_working_days_on_both_sides(when: str, before: str, after: str) -> None:
    assert (YEAR_2026.last_working_day(day(when)), YEAR_2026.first_working_day(day(when))) == (day(before), day(after))


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-03-07", 0, "2026-03-07"),
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-03-09", -1, "2026-03-06"),
        ("2026-03-07", -1, "2026-03-06"),
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-02-24", -3, "2026-02-12"),
        ("2026-01-08", 2, "2026-01-10"),
        ("2026-03-02", 5, "2026-03-09"),
    ],
)
def test_a_shift_does_not_count_the_day_itself(start: str, count: int, expected: str) -> None:
    assert YEAR_2026.shift(day(start), count) == day(expected)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-06", 4),
        ("2026-03-06", "2026-03-08", 0),
        ("2026-02-13", "2026-02-23", 1),
        ("2026-03-06", "2026-03-02", 0),
        ("2026-01-09", "2026-01-12", 2),
    ],
)
def test_working_days_between_two_days_count_the_end_and_not_the_start(start: str, end: str, count: int) -> None:
    assert YEAR_2026.working_days_between(day(start), day(end)) == count


@given(calendars, days)
def test_the_last_working_day_is_worked_and_nothing_after_it_is(calendar: Calendar, when: date) -> None:
    last = calendar.last_working_day(when)
    assert calendar.is_working(last)
    assert calendar.working_days_between(last, when) == 0


@given(calendars, days)
def test_the_first_working_day_is_worked_and_nothing_before_it_is(calendar: Calendar, when: date) -> None:
    first = calendar.first_working_day(when)
    assert calendar.is_working(first)
    assert calendar.working_days_between(when - ONE_DAY, first) == 1


@given(calendars, days, shifts.filter(bool))
def test_a_shift_leads_to_a_working_day_on_the_right_side(calendar: Calendar, when: date, count: int) -> None:
    shifted = calendar.shift(when, count)
    assert calendar.is_working(shifted)
    assert (shifted > when) == (count > 0)


@given(calendars, days, st.integers(1, 30))
def test_a_shift_onward_is_as_many_working_days_as_it_says(calendar: Calendar, when: date, count: int) -> None:
    assert calendar.working_days_between(when, calendar.shift(when, count)) == count


@given(calendars, days, shifts)
def test_a_shift_there_and_back_returns_to_a_working_day(calendar: Calendar, when: date, count: int) -> None:
    start = calendar.first_working_day(when)
    assert calendar.shift(calendar.shift(start, count), -count) == start


@given(calendars, days, st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(calendar: Calendar, start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(first), start + timedelta(first + second)
    parts = calendar.working_days_between(start, middle) + calendar.working_days_between(middle, end)
    assert calendar.working_days_between(start, end) == parts
