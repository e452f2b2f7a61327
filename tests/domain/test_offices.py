"""Does the office know its hours, and the moment of its next round?"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.offices import Office
from tests.builders import NOW, ZONE, at

TET = Calendar(frozenset(date(2026, 2, day) for day in range(16, 21)), frozenset({date(2026, 1, 10)}))
OFFICE = Office(TET, ZONE)

moments = st.timedeltas(timedelta(days=-60), timedelta(days=300)).map(lambda since: NOW + since)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(at("2026-03-03", "07:59"), at("2026-03-03", "08:00"), id="before today's round"),
        pytest.param(at("2026-03-03", "08:00"), at("2026-03-03", "08:00"), id="at the round"),
        pytest.param(at("2026-03-03", "08:00:01"), at("2026-03-04", "08:00"), id="just after the round"),
        pytest.param(at("2026-03-06", "09:00"), at("2026-03-09", "08:00"), id="Friday to Monday"),
        pytest.param(at("2026-03-07", "07:00"), at("2026-03-09", "08:00"), id="Saturday to Monday"),
        pytest.param(at("2026-02-13", "17:00"), at("2026-02-23", "08:00"), id="over Tet"),
        pytest.param(at("2026-02-18", "07:00"), at("2026-02-23", "08:00"), id="within Tet"),
        pytest.param(at("2026-01-09", "09:00"), at("2026-01-10", "08:00"), id="to a working Saturday"),
        pytest.param(datetime(2026, 3, 3, 23, 30, tzinfo=UTC), at("2026-03-04", "08:00"), id="another day in UTC"),
    ],
)
def test_the_next_round_is_on_a_working_day_at_eight(now: datetime, expected: datetime) -> None:
    assert OFFICE.next_round(now) == expected


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param(at("2026-03-03", "07:00"), at("2026-03-03", "07:00"), id="at once on a working day"),
        pytest.param(at("2026-03-03", "06:59"), at("2026-03-03", "08:00"), id="at the round where it is still quiet"),
        pytest.param(at("2026-03-06", "20:00"), at("2026-03-09", "08:00"), id="after the weekend from its eve's quiet hours on"),
        pytest.param(at("2026-03-07", "12:00"), at("2026-03-09", "08:00"), id="after the weekend"),
    ],
)
def test_units_are_told_on_working_days_outside_the_quiet_hours(now: datetime, told: datetime) -> None:
    assert OFFICE.tells_at(now) == told


@given(moments)
def test_the_next_round_is_not_before_now_and_is_its_own_next(now: datetime) -> None:
    following = OFFICE.next_round(now)
    assert following >= now
    assert OFFICE.works(following)
    assert OFFICE.next_round(following) == following


@given(moments, moments)
def test_later_moments_have_no_earlier_rounds(one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    assert OFFICE.next_round(earlier) <= OFFICE.next_round(later)


def test_a_round_is_given_in_utc() -> None:
    assert OFFICE.round_of(date(2026, 3, 3)) == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    assert OFFICE.round_of(date(2026, 3, 3)).tzinfo is UTC


@pytest.mark.parametrize(
    ("now", "within"),
    [
        (at("2026-03-03", "07:59"), False),
        (at("2026-03-03", "08:00"), True),
        (at("2026-03-03", "19:59"), True),
        (at("2026-03-03", "20:00"), False),
        (at("2026-03-07", "10:00"), False),
        (at("2026-02-17", "10:00"), False),
        (at("2026-01-10", "10:00"), True),
    ],
)
def test_hours_are_from_the_round_to_the_evening_of_a_working_day(now: datetime, within: bool) -> None:
    assert OFFICE.is_in_hours(now) == within


def test_today_is_the_day_in_the_office_s_zone() -> None:
    assert OFFICE.today(datetime(2026, 3, 3, 17, 0, tzinfo=UTC)) == date(2026, 3, 4)


def test_the_afternoon_round_is_another_one() -> None:
    assert OFFICE.round_of(date(2026, 3, 3), afternoon=True) == at("2026-03-03", "14:00")


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [
        ("19:59:59", False),
        ("20:00", True),
        ("23:59", True),
        ("00:00", True),
        ("06:59:59", True),
        ("07:00", False),
        ("12:00", False),
    ],
)
def test_quiet_hours_lie_over_midnight_on_every_day(clock: str, quiet: bool) -> None:
    assert OFFICE.is_quiet(at("2026-03-03", clock)) == quiet
    assert OFFICE.is_quiet(at("2026-03-07", clock)) == quiet


@pytest.mark.parametrize(
    ("office", "clock", "quiet"),
    [
        pytest.param(Office(TET, ZONE, quiet_from=time(0), quiet_until=time(6)), "23:59", False, id="after midnight: before"),
        pytest.param(Office(TET, ZONE, quiet_from=time(0), quiet_until=time(6)), "05:59", True, id="after midnight: within"),
        pytest.param(Office(TET, ZONE, quiet_from=time(7), quiet_until=time(7)), "07:00", False, id="none"),
    ],
)
def test_quiet_hours_are_the_office_s_own(office: Office, clock: str, quiet: bool) -> None:
    assert office.is_quiet(at("2026-03-03", clock)) == quiet


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(at("2026-03-03", "12:00"), at("2026-03-03", "12:00"), id="outside"),
        pytest.param(at("2026-03-03", "20:00"), at("2026-03-04", "07:00"), id="in the evening"),
        pytest.param(at("2026-03-03", "02:00"), at("2026-03-03", "07:00"), id="in the night"),
        pytest.param(at("2026-03-06", "22:00"), at("2026-03-07", "07:00"), id="before a day off"),
    ],
)
def test_the_next_allowed_moment_is_the_end_of_the_quiet_hours(now: datetime, expected: datetime) -> None:
    assert OFFICE.next_allowed(now) == expected


@given(moments)
def test_the_next_allowed_moment_is_not_before_now_and_not_quiet(now: datetime) -> None:
    following = OFFICE.next_allowed(now)
    assert now <= following <= now + timedelta(days=1)
    assert not OFFICE.is_quiet(following)


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        pytest.param(time(18), time(9), (time(18), time(9)), id="longer at both ends"),
        pytest.param(None, time(9), (time(20), time(9)), id="in the morning"),
        pytest.param(None, None, (time(20), time(7)), id="as the office's"),
        pytest.param(time(22), time(6), (time(20), time(7)), id="shorter than the office's"),
    ],
)
def test_a_person_makes_quiet_hours_longer_and_never_shorter(
    begins: time | None, ends: time | None, expected: tuple[time, time]
) -> None:
    own = OFFICE.quieter(quiet_from=begins, quiet_until=ends)
    assert (own.quiet_from, own.quiet_until) == expected


@pytest.mark.parametrize("now", [at("2026-03-03", "00:00"), at("2026-03-03", "06:59").astimezone(UTC), at("2026-03-03", "23:59")])
def test_a_day_begins_at_midnight_in_the_office_s_zone(now: datetime) -> None:
    assert OFFICE.midnight(now) == at("2026-03-03", "00:00")


@pytest.mark.parametrize(("clock", "quiet"), [("11:59", False), ("12:00", True), ("13:29", True), ("13:30", False)])
def test_quiet_hours_within_a_day_begin_and_end_at_their_clock(clock: str, *, quiet: bool) -> None:
    noon = replace(OFFICE, quiet_from=time(12), quiet_until=time(13, 30))
    assert noon.is_quiet(at("2026-03-03", clock)) is quiet
