"""Is a ladder understood as offices type it, and whose holds?"""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.ladders import FARTHEST, STANDARD, Ladder, effective, parse

DAYS = st.integers(0, FARTHEST)
LADDERS = st.builds(
    lambda before, after, weekly: Ladder(tuple(sorted(before, reverse=True)), tuple(sorted(after)), weekly),
    st.sets(DAYS, min_size=1, max_size=9),
    st.sets(DAYS.filter(bool), max_size=9),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5, 2, 0, +1, +3", Ladder((5, 2, 0), (1, 3), weekly=False)),
        ("0 2 5 +3 +1", Ladder((5, 2, 0), (1, 3), weekly=False)),
        ("5,2,0,+1,+3,+5,+10, hằng tuần", STANDARD),
        ("5; 2; 0; +1; +3; +5; +10; Hàng tuần.", STANDARD),
        ("5 2 0 +1 +3 +5 +10 weekly", STANDARD),
        ("5 2 0 +1 +3 +5 +10 mỗi tuần", STANDARD),
        ("5 2 0 +1 +3 +5 +10 hang tuan", STANDARD),
        (normalize("NFD", "5, 2, 0, +1, +3, +5, +10, hằng tuần"), STANDARD),
        ("-5, −2, 0, + 1", Ladder((5, 2, 0), (1,), weekly=False)),
        ("5, 5, 5", Ladder((5,), (), weekly=False)),
        ("90", Ladder((90,), (), weekly=False)),
        ("+90", Ladder((), (90,), weekly=False)),
        ("hằng tuần", Ladder((), (), weekly=True)),
        (", ".join(map(str, range(20))), Ladder(tuple(range(19, -1, -1)), (), weekly=False)),
    ],
)
def test_what_is_typed_is_understood(text: str, expected: Ladder) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        "không",
        "5 ngày",
        "+0",
        "91",
        "+91",
        "91, 5",
        "1000",
        "0102",
        "1.5",
        "+",
        "5, x",
        "tuần",
        ", ".join(map(str, range(21))),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text)
    assert refused.value.reason == "ladder-not-understood"


def test_weekly_counts_as_a_step() -> None:
    with pytest.raises(Refusal):
        parse(", ".join(map(str, range(20))) + ", weekly")


@given(LADDERS.filter(lambda one: len(one.before) + len(one.after) + one.weekly <= 20))
def test_a_ladder_is_read_as_it_is_written(ladder: Ladder) -> None:
    assert parse(str(ladder)) == ladder


@given(st.text(alphabet="0123456789+-,; weklyằngtuầ", max_size=30))
def test_any_text_is_a_ladder_or_is_refused(text: str) -> None:
    try:
        ladder = parse(text)
    except Refusal:
        return
    assert ladder.before or ladder.after or ladder.weekly
    assert ladder.before == tuple(sorted(set(ladder.before), reverse=True))
    assert ladder.after == tuple(sorted(set(ladder.after)))


def test_the_narrowest_ladder_that_is_set_holds() -> None:
    task, office = parse("3"), parse("2")
    assert effective(task, None, office) == task
    assert effective(None, None, office) == office
    assert effective(None, None, None) == effective() == STANDARD
