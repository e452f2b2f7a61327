"""Which step is said when? Tables worked out by hand on the calendar of Tết 2021."""

from dataclasses import replace
from datetime import time

import pytest

from domain.duties import Duty
from domain.ladders import Ladder, parse
from domain.offices import Office
from domain.units import Unit
from schedules import policy
from schedules.policy import Outlook
from storage import calendars
from tests.builders import ZONE, a_conclusion, a_task, an_assignment, due
from tests.ladders import at

OFFICE = Office(calendars.around(2021), ZONE)
"""February 2021: Tết is off from Wednesday the 10th to Tuesday the 16th; the weekends begin on the 6th, the 20th and the 27th."""


@pytest.mark.parametrize(
    ("published", "done", "now", "expected"),
    [
        pytest.param("02-01 09:00", "", "02-01 09:00", "say published; 02-05 08:00", id="on publishing"),
        pytest.param("02-01 07:10", "", "02-01 07:10", "say published; 02-05 08:00", id="ahead of the round of a working day"),
        pytest.param("02-01 19:59", "", "02-01 19:59", "say published; 02-05 08:00", id="just before the quiet hours"),
        pytest.param("02-01 20:00", "", "02-01 20:00", "wait; 02-02 08:00", id="not in the quiet hours"),
        pytest.param("02-01 19:59", "", "02-01 20:01", "wait; 02-02 08:00", id="nor in those that began meanwhile"),
        pytest.param("02-01 06:00", "", "02-01 07:30", "wait; 02-01 08:00", id="published at night, so told at the round"),
        pytest.param("02-01 23:59", "", "02-02 07:30", "wait; 02-02 08:00", id="and once its day is over, at the round"),
        pytest.param("02-06 10:00", "", "02-06 10:00", "wait; 02-08 08:00", id="published on a Saturday"),
        pytest.param("02-06 10:00", "", "02-08 07:30", "wait; 02-08 08:00", id="a day off is over at the round, not at dawn"),
        pytest.param("02-06 10:00", "", "02-08 08:00", "say published; 02-17 08:00", id="the Saturday's news on Monday"),
        pytest.param("02-10 00:30", "", "02-10 00:30", "wait; 02-17 08:00", id="published in Tết"),
        pytest.param("02-10 00:30", "", "02-17 08:00", "say published; 02-19 08:00", id="and at its end, for two before"),
        pytest.param("02-01 09:00", "published", "02-04 12:00", "wait; 02-05 08:00", id="nothing is due"),
        pytest.param("02-01 09:00", "published", "02-05 08:00", "say -5; 02-17 08:00", id="at the round"),
        pytest.param("02-01 09:00", "published", "02-05 19:59", "say -5; 02-17 08:00", id="until the evening"),
        pytest.param("02-01 09:00", "published", "02-05 20:00", "wait; 02-08 08:00", id="not in the evening"),
        pytest.param("02-01 09:00", "published", "02-08 07:59", "wait; 02-08 08:00", id="not in the early morning"),
        pytest.param("02-01 09:00", "published -5 -2", "02-19 13:00", "say 0; 02-19 14:00", id="on the last working day"),
        pytest.param("02-01 09:00", "published -5 -2", "02-19 14:00", "say 0pm, skip 0; 02-22 08:00", id="in its afternoon"),
        pytest.param("02-01 09:00", "published -5", "02-20 10:00", "wait; 02-22 08:00", id="not on a Saturday"),
        pytest.param("02-01 09:00", "published -5", "02-22 08:00", "say +1, skip -2 0 0pm; 02-24 08:00", id="one for all"),
        pytest.param("02-01 09:00", "published -5 -2 0 0pm +1 +3 +5", "03-08 09:00", "say +10; 03-12 08:00", id="the tenth day"),
        pytest.param("02-01 09:00", "published -5 -2 0 0pm +1 +3 +5 +10", "03-12 08:00", "say +w2; 03-19 08:00", id="each week"),
    ],
)
def test_a_moment_asks_for_what_the_rule_says(published: str, done: str, now: str, expected: str) -> None:
    steps = policy.ladder(due("2021-02-21"), at(f"2021-{published}"), OFFICE, until=at(f"2021-{now}"))

    outlook = policy.outlook(steps, set(done.split()), at(f"2021-{now}"), OFFICE, at_once=False)

    assert in_short(outlook) == expected


@pytest.mark.parametrize(
    ("published", "clock", "done", "now", "expected"),
    [
        pytest.param("02-01 09:00", "16:30", "published -5 -2", "02-19 16:29", "say -2h, skip 0; never", id="until its moment"),
        pytest.param("02-01 09:00", "16:30", "published -5 -2", "02-19 16:30", "wait, miss 0 -2h; never", id="not at its moment"),
        pytest.param("02-01 09:00", "16:30", "published -5 -2 0", "02-19 17:00", "wait, miss -2h; never", id="not after it"),
        pytest.param(
            "02-01 09:00", "16:30", "", "02-19 17:00", "say published, miss -5 -2 0 -2h; never", id="only the news is true"
        ),
        pytest.param("02-01 09:00", None, "published -5", "02-19 20:30", "wait; 02-22 08:00", id="a night is waited for"),
        pytest.param("02-01 09:00", None, "published -5", "02-22 08:00", "wait, miss -2 0 0pm; never", id="after the last day"),
    ],
)
def test_what_would_not_be_true_any_more_is_not_said(
    published: str, clock: str | None, done: str, now: str, expected: str
) -> None:
    deadline = replace(due("2021-02-19"), at=time.fromisoformat(clock) if clock else None)
    steps = policy.ladder(deadline, at(f"2021-{published}"), OFFICE, steps=Ladder((5, 2, 0), (), weekly=False))

    outlook = policy.outlook(steps, set(done.split()), at(f"2021-{now}"), OFFICE, at_once=False)

    assert in_short(outlook) == expected


@pytest.mark.parametrize(
    ("done", "now", "expected"),
    [
        pytest.param("", "02-06 22:00", "say published; 02-17 08:00", id="at once"),
        pytest.param("", "02-20 10:00", "wait; 02-22 08:00", id="once only the rest is old"),
        pytest.param("published", "02-20 10:00", "wait; 02-22 08:00", id="reminders still wait"),
    ],
)
def test_an_officer_may_let_what_is_published_out_on_a_day_off(done: str, now: str, expected: str) -> None:
    steps = policy.ladder(due("2021-02-21"), at("2021-02-06 21:00"), OFFICE)

    outlook = policy.outlook(steps, set(done.split()), at(f"2021-{now}"), OFFICE, at_once=True)

    assert in_short(outlook) == expected


def in_short(outlook: Outlook) -> str:
    said = f"say {outlook.say}" if outlook.say else "wait"
    overtaken, late = " ".join(outlook.skip), " ".join(outlook.missed)
    skipped = f", skip {overtaken}" if overtaken else ""
    missed = f", miss {late}" if late else ""
    return (
        f"{said}{skipped}{missed}; {outlook.look_at.astimezone(ZONE):%m-%d %H:%M}"
        if outlook.look_at
        else f"{said}{skipped}{missed}; never"
    )


@pytest.mark.parametrize(
    ("planned", "now", "expected"),
    [
        pytest.param("02-05 09:00", "02-05 19:59", "02-05 19:59", id="in the hours"),
        pytest.param("02-05 09:00", "02-05 20:00", "02-08 08:00", id="not in the evening"),
        pytest.param("02-05 07:00", "02-05 07:59", "02-05 07:59", id="soon after it was planned"),
        pytest.param("02-04 19:00", "02-05 07:59", "02-05 08:00", id="not so soon"),
        pytest.param("02-05 19:30", "02-05 20:01", "02-08 08:00", id="not in quiet hours that began meanwhile"),
        pytest.param("02-06 10:00", "02-06 10:01", "02-06 10:01", id="on the day off for which it was planned"),
        pytest.param("02-06 10:00", "02-06 11:00", "02-08 08:00", id="no more an hour later"),
    ],
)
def test_a_digest_leaves_when_the_office_may_write(planned: str, now: str, expected: str) -> None:
    assert policy.may_leave(at(f"2021-{planned}"), at(f"2021-{now}"), OFFICE) == at(f"2021-{expected}")


@pytest.mark.parametrize(
    ("planned", "now", "expected"),
    [
        pytest.param("02-05 23:59", "02-06 00:00", "02-08 08:00", id="not on a day off that began meanwhile"),
        pytest.param("02-06 23:59", "02-07 00:00", "02-07 00:00", id="from one day off to the next"),
    ],
)
def test_an_office_without_quiet_hours_writes_at_night_on_the_same_kind_of_day(planned: str, now: str, expected: str) -> None:
    wakeful = replace(OFFICE, quiet_from=time(0), quiet_until=time(0))

    assert policy.may_leave(at(f"2021-{planned}"), at(f"2021-{now}"), wakeful) == at(f"2021-{expected}")


def test_a_duty_follows_the_narrowest_ladder_from_its_own_beginning() -> None:
    conclusion, task = a_conclusion(), a_task()
    assignment = an_assignment(deadline=due("2026-03-20"))
    duty = Duty(assignment, task, Unit("Chi bộ Khoa Toán"), conclusion)

    def steps(wider: Ladder | None = None) -> list[str]:
        return [one.step for one in policy.of_duty(duty, OFFICE, wider)]

    assert steps()[1:5] == ["-5", "-2", "0", "0pm"]
    assert steps(parse("4")) == ["published", "-4"]
    assert [one.step for one in policy.of_duty(duty, OFFICE, parse("weekly"), until=at("2026-04-10 09:00"))][-1] == "+w4"
    conclusion.ladder = parse("3")
    assert steps(parse("4")) == ["published", "-3"]
    task.ladder = parse("1, +2")
    assert steps(parse("4")) == ["published", "-1", "+2"]
    assignment.early = True
    assert steps(parse("4")) == ["published", "-3", "-1", "+2"]
    assignment.move(due("2026-03-13"), at("2026-03-12 07:00"))
    assert steps(parse("4")) == ["+2"]


@pytest.mark.parametrize(
    ("planned", "now", "got", "expected"),
    [
        pytest.param("02-05 09:00", "02-05 09:00", 0, "02-05 09:00", id="the first of a day at once"),
        pytest.param("02-05 09:00", "02-05 09:00", 1, "02-05 09:00", id="the second too"),
        pytest.param("02-05 09:00", "02-05 09:00", 2, "02-05 14:01", id="a third with the afternoon round"),
        pytest.param("02-05 07:30", "02-05 07:30", 2, "02-05 08:01", id="or with the morning round, when that is ahead"),
        pytest.param("02-05 14:00", "02-05 14:00", 2, "02-08 08:01", id="or when the rounds are over, with the next day's"),
        pytest.param("02-06 10:00", "02-06 10:00", 2, "02-08 08:01", id="on a day off there is no round"),
        pytest.param("02-05 09:00", "02-05 20:00", 0, "02-08 08:01", id="what waits for the morning joins its round"),
    ],
)
def test_a_third_digest_in_a_day_waits_and_leaves_with_what_a_round_brings(
    planned: str, now: str, got: int, expected: str
) -> None:
    leaves = policy.digest_leaves(at(f"2021-{planned}"), at(f"2021-{now}"), OFFICE, got_today=got)
    assert leaves == at(f"2021-{expected}")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("02-05 09:00", "02-05 09:00", id="at once"),
        pytest.param("02-05 07:30", "02-05 08:01", id="not before the morning round"),
        pytest.param("02-05 20:00", "02-08 08:01", id="not in the evening"),
        pytest.param("02-06 10:00", "02-08 08:01", id="not on a day off"),
    ],
)
def test_what_an_officer_presses_for_leaves_within_the_office_s_hours(now: str, expected: str) -> None:
    assert policy.pressed_leaves(at(f"2021-{now}"), OFFICE) == at(f"2021-{expected}")


@pytest.mark.parametrize(("at_once", "expected"), [(True, ["published", "-1"]), (False, ["published"])])
def test_a_step_near_the_round_is_left_out_unless_the_units_heard_at_once(*, at_once: bool, expected: list[str]) -> None:
    conclusion = a_conclusion()
    conclusion.at_once = at_once
    assignment = an_assignment(deadline=due("2026-03-10"))
    assignment.remind_from = at("2026-03-07 10:00")
    duty = Duty(assignment, a_task(), Unit("Chi bộ Khoa Toán"), conclusion)
    assert [one.step for one in policy.of_duty(duty, OFFICE, parse("1"))] == expected
