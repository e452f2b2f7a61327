"""Are a bot's places never nearer than its rate allows, whoever takes them and whatever the clock does?"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.paces import FARTHEST, Pace, Rates

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
RATES = Rates(overall=10, chat=1)
AHEAD = timedelta(seconds=0.5)


def seconds(*moments: datetime) -> list[float]:
    return [(moment - NOW).total_seconds() for moment in moments]


def later(count: float) -> datetime:
    return NOW + timedelta(seconds=count)


def test_places_follow_each_other_at_the_rate() -> None:
    pace = Pace("telegram", NOW)

    assert seconds(*pace.take(NOW, RATES, 3), *pace.take(NOW, RATES)) == pytest.approx([0, 0.1, 0.2, 0.3])


def test_what_was_not_used_is_not_made_up_for() -> None:
    pace = Pace("telegram", NOW)
    pace.take(NOW, RATES, 3)

    assert seconds(*pace.take(later(60), RATES, 2)) == pytest.approx([60, 60.1])


@pytest.mark.parametrize(("taken", "room"), [(0, 5), (1, 4), (4, 1), (5, 0), (9, 0)])
def test_the_room_ahead_is_counted(taken: int, room: int) -> None:
    pace = Pace("telegram", NOW)
    pace.take(NOW, RATES, taken)

    assert pace.room(NOW, RATES, AHEAD) == room


@pytest.mark.parametrize(("overall", "room"), [(0.5, 1), (1.9, 1), (2.1, 2), (3, 2), (30, 16)])
def test_a_place_that_begins_in_time_is_room_however_long_the_gap(overall: float, room: int) -> None:
    assert Pace("telegram", NOW).room(NOW, Rates(overall), AHEAD) == room


def test_without_a_rate_there_is_room_without_end_and_every_place_is_now() -> None:
    pace = Pace("telegram", NOW)

    assert (pace.take(NOW, Rates(0, 0), 2), pace.room(NOW, Rates(0, 0), AHEAD)) == ([NOW, NOW], None)


@pytest.mark.parametrize("overall", [10, 0])
def test_a_pause_leaves_no_room_until_it_ends(overall: float) -> None:
    pace, rates = Pace("telegram", NOW), Rates(overall, 1)
    pace.pause(NOW, later(30))

    assert [pace.room(later(at), rates, AHEAD) == 0 for at in (0, 29.9, 30)] == [True, True, False]


def test_a_longer_pause_stays_and_one_that_is_over_does_not_count() -> None:
    pace = Pace("telegram", NOW)
    pace.pause(NOW, later(30))
    pace.pause(later(1), later(5))
    long = pace.pause_ends(later(2))
    pace.pause(later(40), later(41))

    assert (long, pace.pause_ends(later(40))) == (later(30), later(41))


def test_a_clock_that_is_set_back_ends_a_pause_and_gives_places_at_once() -> None:
    pace, yesterday = Pace("telegram", NOW), NOW - timedelta(days=1)
    pace.take(NOW, RATES, 3)
    pace.pause(NOW, later(30))

    assert pace.room(yesterday, RATES, AHEAD) == 5
    assert pace.take(yesterday, RATES) == [yesterday]


def test_many_answers_are_a_debt_and_no_clock_that_was_set_back() -> None:
    pace = Pace("telegram", NOW)
    pace.take(NOW, RATES, 10 * int(FARTHEST.total_seconds()))

    assert (pace.room(NOW, RATES, AHEAD), pace.take(NOW, RATES)) == (0, [NOW + FARTHEST])


@given(st.lists(st.tuples(st.floats(0, 3), st.integers(1, 5)), min_size=2, max_size=30))
def test_no_two_places_are_nearer_than_the_rate_allows(wanted: list[tuple[float, int]]) -> None:
    pace, moment, places = Pace("telegram", NOW), NOW, []
    for waited, count in wanted:
        moment += timedelta(seconds=waited)
        places += pace.take(moment, RATES, min(count, pace.room(moment, RATES, AHEAD) or 0))

    assert all(second - first >= RATES.gap for first, second in pairwise(places))
    assert all(place - moment <= AHEAD for place in places)


@pytest.mark.parametrize(("rates", "gaps"), [(Rates(20, 0.5), (0.05, 2)), (Rates(0, 0), (0, 0)), (Rates(), (1 / 30, 1))])
def test_gaps_are_the_time_between_two_messages(rates: Rates, gaps: tuple[float, float]) -> None:
    assert (rates.gap, rates.chat_gap) == tuple(timedelta(seconds=gap) for gap in gaps)


@pytest.mark.parametrize(
    ("rates", "longer"), [(Rates(chat=1, group=0.25), 3), (Rates(chat=0.1, group=1), 0), (Rates(0, 0), 0), (Rates(), 2)]
)
def test_groups_are_left_alone_for_longer(rates: Rates, longer: float) -> None:
    assert rates.longer_in_groups.total_seconds() == pytest.approx(longer)
