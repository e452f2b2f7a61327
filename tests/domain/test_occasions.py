"""When is each step? Tables worked out by hand on the real calendars of 2021 to 2026."""

from dataclasses import replace
from datetime import date, time

import pytest

from domain import occasions
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.ladders import STANDARD, Ladder
from domain.occasions import PUBLISHED, Occasion
from domain.offices import Office
from storage import calendars
from tests.builders import ZONE, due
from tests.ladders import at, told

OFFICE = Office(calendars.around(2021), ZONE)
# February 2021: Tết is off from Wednesday the 10th to Tuesday the 16th, with weekends on the 6th, 7th, 20th, 21st, 27th, 28th.
LATE = ["+1 Mon 2021-02-22 08:00", "+3 Wed 2021-02-24 08:00", "+5 Fri 2021-02-26 08:00", "+10 Fri 2021-03-05 08:00"]
TET = [
    "published Mon 2021-02-01 09:00",
    "-5 Fri 2021-02-05 08:00",
    "-2 Wed 2021-02-17 08:00",
    "0 Fri 2021-02-19 08:00",
    "0pm Fri 2021-02-19 14:00",
    *LATE,
    "+w2 Fri 2021-03-12 08:00",
]
JUNE = ["published Mon 2022-06-06 09:00", "-5 Fri 2022-06-10 08:00", "-2 Wed 2022-06-15 08:00"]
AFTER_JUNE = ["+1 Mon 2022-06-20 08:00", "+3 Wed 2022-06-22 08:00", "+5 Fri 2022-06-24 08:00", "+10 Fri 2022-07-01 08:00"]
ROUNDS = ["0 Fri 2022-06-17 08:00", "0pm Fri 2022-06-17 14:00"]


def by_clock(day: str, clock: str) -> Deadline:
    return replace(due(day), kind=DeadlineKind.DATETIME, at=time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("published", "last_day", "expected"),
    [
        pytest.param("2021-02-01 09:00", "2021-02-21", TET, id="Tết, ending on a Sunday"),
        pytest.param("2021-02-01 09:00", "2021-02-19", [*TET[:-1], "+w3 Fri 2021-03-12 08:00"], id="Tết, ending on a Friday"),
        pytest.param(
            "2021-02-01 09:00",
            "2021-02-14",
            [
                "published Mon 2021-02-01 09:00",
                "-5 Tue 2021-02-02 08:00",
                "-2 Fri 2021-02-05 08:00",
                "0 Tue 2021-02-09 08:00",
                "0pm Tue 2021-02-09 14:00",
                "+1 Wed 2021-02-17 08:00",
                "+3 Fri 2021-02-19 08:00",
                "+5 Tue 2021-02-23 08:00",
                "+10 Tue 2021-03-02 08:00",
                "+w3 Tue 2021-03-09 08:00",
            ],
            id="ending within Tết",
        ),
        pytest.param(
            "2021-02-01 09:00",
            "2021-01-20",
            ["published Mon 2021-02-01 09:00", "+10 Wed 2021-02-03 08:00", "+w3 Wed 2021-02-17 08:00"],
            id="past when it is published",
        ),
        pytest.param(
            "2021-02-01 09:00", "2020-06-01", ["published Mon 2021-02-01 09:00", "+w36 Mon 2021-02-08 08:00"], id="long past"
        ),
        pytest.param(
            "2025-12-22 09:00",
            "2026-01-02",
            [
                "published Mon 2025-12-22 09:00",
                "-5 Wed 2025-12-24 08:00",
                "-2 Mon 2025-12-29 08:00",
                "0 Wed 2025-12-31 08:00",
                "0pm Wed 2025-12-31 14:00",
                "+1 Mon 2026-01-05 08:00",
                "+3 Wed 2026-01-07 08:00",
                "+5 Fri 2026-01-09 08:00",
                "+10 Thu 2026-01-15 08:00",
                "+w2 Thu 2026-01-22 08:00",
            ],
            id="2026, ending on the day off that was swapped",
        ),
        pytest.param(
            "2025-12-29 10:00",
            "2026-01-11",
            [
                "published Mon 2025-12-29 10:00",
                "-5 Mon 2026-01-05 08:00",
                "-2 Thu 2026-01-08 08:00",
                "0 Sat 2026-01-10 08:00",
                "0pm Sat 2026-01-10 14:00",
                "+1 Mon 2026-01-12 08:00",
                "+3 Wed 2026-01-14 08:00",
                "+5 Fri 2026-01-16 08:00",
                "+10 Fri 2026-01-23 08:00",
                "+w2 Fri 2026-01-30 08:00",
            ],
            id="2026, ending after the Saturday that was worked",
        ),
        pytest.param(
            "2021-04-19 09:00",
            "2021-05-01",
            [
                "published Mon 2021-04-19 09:00",
                "-5 Thu 2021-04-22 08:00",
                "-2 Tue 2021-04-27 08:00",
                "0 Thu 2021-04-29 08:00",
                "0pm Thu 2021-04-29 14:00",
                "+1 Tue 2021-05-04 08:00",
                "+3 Thu 2021-05-06 08:00",
                "+5 Mon 2021-05-10 08:00",
                "+10 Mon 2021-05-17 08:00",
                "+w3 Mon 2021-05-24 08:00",
            ],
            id="30/4 to 1/5, with the Monday given for the Saturday",
        ),
        pytest.param(
            "2025-04-21 09:00",
            "2025-04-30",
            [
                "published Mon 2025-04-21 09:00",
                "-5 Wed 2025-04-23 08:00",
                "-2 Sat 2025-04-26 08:00",
                "0 Tue 2025-04-29 08:00",
                "0pm Tue 2025-04-29 14:00",
                "+1 Mon 2025-05-05 08:00",
                "+3 Wed 2025-05-07 08:00",
                "+5 Fri 2025-05-09 08:00",
                "+10 Fri 2025-05-16 08:00",
                "+w3 Fri 2025-05-23 08:00",
            ],
            id="30/4 to 1/5, with a Saturday worked for the Friday",
        ),
        pytest.param(
            "2021-08-23 09:00",
            "2021-09-03",
            [
                "published Mon 2021-08-23 09:00",
                "-5 Wed 2021-08-25 08:00",
                "-2 Mon 2021-08-30 08:00",
                "0 Wed 2021-09-01 08:00",
                "0pm Wed 2021-09-01 14:00",
                "+1 Mon 2021-09-06 08:00",
                "+3 Wed 2021-09-08 08:00",
                "+5 Fri 2021-09-10 08:00",
                "+10 Fri 2021-09-17 08:00",
                "+w3 Fri 2021-09-24 08:00",
            ],
            id="2/9 and the day after",
        ),
        pytest.param(
            "2024-08-20 09:00",
            "2024-09-02",
            [
                "published Tue 2024-08-20 09:00",
                "-5 Fri 2024-08-23 08:00",
                "-2 Wed 2024-08-28 08:00",
                "0 Fri 2024-08-30 08:00",
                "0pm Fri 2024-08-30 14:00",
                "+1 Wed 2024-09-04 08:00",
                "+3 Fri 2024-09-06 08:00",
                "+5 Tue 2024-09-10 08:00",
                "+10 Tue 2024-09-17 08:00",
                "+w3 Tue 2024-09-24 08:00",
            ],
            id="2/9 on a Monday, with the Tuesday",
        ),
        pytest.param(
            "2022-06-06 09:00", "2022-06-17", [*JUNE, *ROUNDS, *AFTER_JUNE, "+w3 Fri 2022-07-08 08:00"], id="an ordinary Friday"
        ),
        pytest.param(
            "2022-06-06 09:00", "2022-06-19", [*JUNE, *ROUNDS, *AFTER_JUNE, "+w2 Fri 2022-07-08 08:00"], id="an ordinary Sunday"
        ),
    ],
)
def test_the_ladder_is_as_worked_out_by_hand(published: str, last_day: str, expected: list[str]) -> None:
    assert told(occasions.ladder(due(last_day), at(published), OFFICE)) == expected


@pytest.mark.parametrize(
    ("last_day", "clock", "expected"),
    [
        pytest.param("2022-06-17", "07:30", ["-1pm Thu 2022-06-16 14:00"], id="before the round: on the afternoon before"),
        pytest.param("2022-06-17", "08:00", ["-1pm Thu 2022-06-16 14:00"], id="at the round"),
        pytest.param("2022-06-17", "08:01", ["0 Fri 2022-06-17 08:00"], id="just behind the round"),
        pytest.param("2022-06-17", "09:59", ["0 Fri 2022-06-17 08:00"], id="two hours before lie before the round"),
        pytest.param("2022-06-17", "10:00", ["-2h Fri 2022-06-17 08:00"], id="two hours before are the round"),
        pytest.param("2022-06-17", "11:00", ["-2h Fri 2022-06-17 09:00"], id="in the place of the round"),
        pytest.param("2022-06-17", "14:00", ["0 Fri 2022-06-17 08:00", "-2h Fri 2022-06-17 12:00"], id="half a day after it"),
        pytest.param("2022-06-17", "16:30", ["0 Fri 2022-06-17 08:00", "-2h Fri 2022-06-17 14:30"], id="in the afternoon"),
        pytest.param("2022-06-17", "17:00", ["0 Fri 2022-06-17 08:00", "-2h Fri 2022-06-17 15:00"], id="at closing time"),
        pytest.param("2022-06-17", "20:00", [ROUNDS[0], *ROUNDS[1:], "-2h Fri 2022-06-17 18:00"], id="four hours after two"),
        pytest.param("2022-06-17", "23:59", ROUNDS, id="two hours before lie in the quiet hours"),
        pytest.param("2022-06-19", "10:00", ROUNDS, id="on a Sunday"),
        pytest.param("2022-06-19", "07:30", ROUNDS, id="on a Sunday before the round"),
    ],
)
def test_a_clock_time_is_told_two_hours_before_and_never_after(last_day: str, clock: str, expected: list[str]) -> None:
    steps = told(occasions.ladder(by_clock(last_day, clock), at("2022-06-06 09:00"), OFFICE))

    assert steps[:-1] == [*JUNE, *expected, *AFTER_JUNE]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param("2021-02-19 07:59", TET[4:5], id="just before the round, which would say the same"),
        pytest.param("2021-02-19 08:00", TET[4:5], id="at the round"),
        pytest.param("2021-02-19 10:00", TET[4:5], id="half a day before the afternoon"),
        pytest.param("2021-02-19 10:01", [], id="less than half a day before the afternoon"),
        pytest.param("2021-02-19 16:00", [], id="after the last round"),
        pytest.param("2021-02-20 09:00", [], id="no working day left"),
        pytest.param("2021-02-18 21:00", TET[4:5], id="the evening before, so told at the round"),
    ],
)
def test_what_was_just_published_is_not_brought_up_within_half_a_day(published: str, expected: list[str]) -> None:
    steps = told(occasions.ladder(due("2021-02-21"), at(published), OFFICE))

    assert steps[1:] == [*expected, *TET[5:]]


def test_only_a_step_that_stands_puts_an_earlier_one_aside() -> None:
    close = Office(OFFICE.calendar, ZONE, morning=time(8), afternoon=time(11))

    steps = occasions.ladder(by_clock("2022-06-17", "16:00"), at("2022-06-06 09:00"), close)

    assert [one.step for one in steps][3:5] == ["0", "-2h"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param(Ladder((), (1,), weekly=False), ["+1"], id="nothing before"),
        pytest.param(Ladder((3,), (), weekly=False), ["-3"], id="nothing after"),
        pytest.param(Ladder((0,), (), weekly=False), ["0", "0pm"], id="the last day alone"),
        pytest.param(Ladder((), (), weekly=True), ["+w1"], id="weekly alone"),
    ],
)
def test_a_ladder_may_have_steps_on_one_side_only(steps: Ladder, expected: list[str]) -> None:
    found = occasions.ladder(due("2022-06-17"), at("2022-06-06 09:00"), OFFICE, steps=steps)

    assert [one.step for one in found] == [PUBLISHED, *expected]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param((5, 2, 0), "-8", id="three earlier, as five is than two"),
        pytest.param((3,), "-6", id="one step"),
        pytest.param((1, 0), "-3", id="two at least"),
        pytest.param((0,), "-2", id="the last day alone"),
        pytest.param((), "-2", id="none"),
    ],
)
def test_who_was_late_before_is_brought_up_one_step_early(before: tuple[int, ...], expected: str) -> None:
    steps = Ladder(before, (), weekly=False)

    early = occasions.ladder(due("2022-06-30"), at("2022-06-06 09:00"), OFFICE, steps=steps, early=True)
    usual = occasions.ladder(due("2022-06-30"), at("2022-06-06 09:00"), OFFICE, steps=steps)

    assert [one.step for one in early if one not in usual] == [expected]
    assert early[1].step == expected


def test_weekly_steps_go_on_over_a_year_and_cost_no_more() -> None:
    steps = occasions.ladder(due("2021-02-19"), at("2021-02-01 09:00"), OFFICE, until=at("2022-02-28 09:00"))

    # The Fridays of January and February 2022; those of Tết, from 31 January to 4 February, come on Monday the 7th.
    assert told(steps)[-9:] == [
        "+w46 Fri 2022-01-07 08:00",
        "+w47 Fri 2022-01-14 08:00",
        "+w48 Fri 2022-01-21 08:00",
        "+w49 Fri 2022-01-28 08:00",
        "+w50 Mon 2022-02-07 08:00",
        "+w51 Fri 2022-02-11 08:00",
        "+w52 Fri 2022-02-18 08:00",
        "+w53 Fri 2022-02-25 08:00",
        "+w54 Fri 2022-03-04 08:00",
    ]
    assert len(steps) == len(TET) + occasions.WEEKS_BACK + 1


def test_a_week_keeps_its_name_whatever_the_steps_before_it_are() -> None:
    def weeks(after: tuple[int, ...]) -> set[str]:
        steps = Ladder((), after, weekly=True)
        return set(
            told(occasions.ladder(due("2022-06-17"), at("2022-06-06 09:00"), OFFICE, steps=steps, until=at("2022-08-01 09:00")))
        )

    assert {one for one in weeks((10,)) if "+w" in one} < weeks((5,))


def test_what_has_no_day_is_told_once() -> None:
    published = at("2021-02-01 09:00")

    assert occasions.ladder(NO_DEADLINE, published, OFFICE) == (Occasion(PUBLISHED, published),)


def test_what_hangs_on_an_event_is_told_once_and_a_moved_deadline_by_no_step_of_its_own() -> None:
    event = Deadline(DeadlineKind.RELATIVE, "sau hội nghị 05 ngày")
    since = at("2021-02-01 09:00")
    assert occasions.ladder(event, since, OFFICE) == (Occasion(PUBLISHED, since),)
    assert occasions.ladder(event, since, OFFICE, moved=True) == ()
    set_day = replace(event, last_day=date(2021, 2, 21))
    assert told(occasions.ladder(set_day, since, OFFICE, moved=True)) == TET[1:]


@pytest.mark.parametrize(
    ("last_day", "clock", "step", "expected"),
    [
        pytest.param("2022-06-19", None, "-2", "2022-06-20 00:00", id="before the deadline, until its last day is over"),
        pytest.param("2022-06-19", None, "0", "2022-06-18 00:00", id="the last working day is over before the last day"),
        pytest.param("2022-06-19", None, "0pm", "2022-06-18 00:00", id="its afternoon, too"),
        pytest.param("2022-06-17", "16:30", "-2", "2022-06-17 16:30", id="until the clock time"),
        pytest.param("2022-06-17", "16:30", "-2h", "2022-06-17 16:30", id="on the last working day"),
        pytest.param("2022-06-17", "07:30", "-1pm", "2022-06-17 07:30", id="the afternoon before"),
        pytest.param("2022-06-17", None, "+1", None, id="late one is for ever"),
        pytest.param("2022-06-17", None, PUBLISHED, None, id="published, too"),
    ],
)
def test_a_step_is_true_until_a_moment(last_day: str, clock: str | None, step: str, expected: str | None) -> None:
    deadline = by_clock(last_day, clock) if clock else due(last_day)

    (found,) = (one for one in occasions.ladder(deadline, at("2022-06-06 09:00"), OFFICE) if one.step == step)

    assert found.over == (at(expected) if expected else None)


def test_all_steps_are_there_whenever_the_deadline_was_given() -> None:
    steps = occasions.all_steps(due("2021-02-21"), at("2021-02-19 07:59"), OFFICE, STANDARD)

    assert told(steps) == TET[1:]


@pytest.mark.parametrize(
    ("at_once", "expected"),
    [
        # 20 June 2022 is a Monday: what was published on Saturday is told there at 08:00, and 09:00 adds nothing to that.
        pytest.param(False, [PUBLISHED], id="told at the round"),
        pytest.param(True, [PUBLISHED, "-2h"], id="told on Saturday"),
    ],
)
def test_no_step_follows_close_on_the_round_at_which_publishing_is_told(*, at_once: bool, expected: list[str]) -> None:
    before = Ladder((5, 2, 0), (), weekly=False)
    found = occasions.ladder(by_clock("2022-06-20", "11:00"), at("2022-06-18 09:00"), OFFICE, at_once=at_once, steps=before)
    assert [one.step for one in found] == expected
