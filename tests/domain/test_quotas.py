"""What rests when how much of a quota is used, and when does a month turn?"""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deliveries import Lane
from domain.quotas import Limits, Quota, Rest, Ways, stage
from tests.builders import ZONE, at

MARCH = date(2026, 3, 1)
LIMITS = Limits(ZONE, {"telegram": 100}, frozenset({"telegram", "zalo"}))


@pytest.mark.parametrize(
    ("most", "used", "percent", "left", "reached"),
    [
        (100, 0, 0, 95, 0),
        (100, 79, 79, 16, 0),
        (100, 80, 80, 15, 80),
        (100, 94, 94, 1, 80),
        (100, 95, 95, 0, 95),
        (100, 99, 99, 0, 95),
        (100, 100, 100, 0, 100),
        (100, 240, 240, 0, 100),
        (3000, 2399, 79, 451, 0),
        (3000, 2849, 94, 1, 80),
        (10, 9, 90, 1, 80),
        (1, 0, 0, 1, 0),
        (1, 1, 100, 0, 100),
    ],
)
def test_what_is_left_and_what_is_reached(most: int, used: int, percent: int, left: int, reached: int) -> None:
    quota = Quota("telegram", MARCH, most, used)
    assert (quota.percent, quota.left_in_bulk, stage(quota.percent)) == (percent, left, reached)
    assert quota.rests is (left == 0)


@given(st.integers(1, 10_000), st.integers(0, 12_000))
def test_announcements_rest_just_when_95_percent_are_used(most: int, used: int) -> None:
    assert Quota("telegram", MARCH, most, used).rests is (used * 100 >= 95 * most)


@pytest.mark.parametrize(
    ("moment", "month", "turn"),
    [
        (at("2026-03-02"), MARCH, at("2026-04-01", "00:00")),
        (at("2026-03-31", "23:59"), MARCH, at("2026-04-01", "00:00")),
        (at("2026-04-01", "00:00"), date(2026, 4, 1), at("2026-05-01", "00:00")),
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), date(2026, 12, 1), at("2027-01-01", "00:00")),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1), at("2027-02-01", "00:00")),
        (at("2028-01-31"), date(2028, 1, 1), at("2028-02-01", "00:00")),
    ],
)
def test_months_turn_at_midnight_in_hanoi(moment: datetime, month: date, turn: datetime) -> None:
    assert (LIMITS.month(moment), LIMITS.turn(moment)) == (month, turn)


@pytest.mark.parametrize(("used", "rest", "spent"), [(94, set(), set()), (95, {"telegram"}, set()), (100,) + ({"telegram"},) * 2])
def test_announcements_shun_a_bot_that_rests_and_others_one_that_has_spent_all(
    used: int, rest: set[str], spent: set[str]
) -> None:
    ways = LIMITS.ways([Quota("telegram", MARCH, 100, used)])

    assert ways == Ways(LIMITS.bots, frozenset(rest), frozenset(spent))
    assert [ways.shunned(lane) for lane in (Lane.WORD, Lane.REMINDER, Lane.BROADCAST)] == [spent, spent, rest]


@pytest.mark.parametrize(
    ("expires_at", "outlasts"),
    [(at("2026-03-31", "23:59"), True), (at("2026-04-01", "00:00"), True), (at("2026-04-02"), False), (None, False)],
)
def test_what_has_had_its_day_before_the_turn_does_not_wait_for_it(expires_at: datetime | None, outlasts: bool) -> None:
    assert Rest(3, (), at("2026-04-01", "00:00"), expires_at).outlasts is outlasts
