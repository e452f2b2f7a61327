"""Which step is said when? Tables worked out by hand on the real calendars."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.offices import Office
from schedules import policy
from schedules.policy import AFTER, BEFORE, PUBLISHED, Occasion, Outlook
from storage import calendars
from tests.builders import ZONE, due

OFFICE = Office(calendars.around(2021), ZONE)
EVERY_STEP = {PUBLISHED, *(f"{-n}" for n in BEFORE), *(f"+{n}" for n in AFTER)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def told(occasions: Iterable[Occasion]) -> list[str]:
    return [f"{one.step} {one.at.astimezone(ZONE):%a %Y-%m-%d %H:%M}" for one in occasions]


# February 2021: Tết is off from Wednesday the 10th to Tuesday the 16th, with weekends on the 6th, 7th, 20th, 21st, 27th, 28th.
AFTER_TET = [
    "+1 Mon 2021-02-22 08:00",
    "+3 Wed 2021-02-24 08:00",
    "+5 Fri 2021-02-26 08:00",
    "+7 Tue 2021-03-02 08:00",
    "+9 Thu 2021-03-04 08:00",
    "+11 Mon 2021-03-08 08:00",
]
TET = [
    "published Mon 2021-02-01 09:00",
    "-5 Fri 2021-02-05 08:00",
    "-2 Wed 2021-02-17 08:00",
    "0 Fri 2021-02-19 08:00",
    *AFTER_TET,
]


@pytest.mark.parametrize(
    ("published", "last_day", "expected"),
    [
        pytest.param("2021-02-01 09:00", "2021-02-21", TET, id="Tết, ending on a Sunday"),
        pytest.param("2021-02-01 09:00", "2021-02-19", TET, id="Tết, ending on its last working day"),
        pytest.param(
            "2021-02-01 09:00",
            "2021-02-14",
            [
                "published Mon 2021-02-01 09:00",
                "-5 Tue 2021-02-02 08:00",
                "-2 Fri 2021-02-05 08:00",
                "0 Tue 2021-02-09 08:00",
                "+1 Wed 2021-02-17 08:00",
                "+3 Fri 2021-02-19 08:00",
                "+5 Tue 2021-02-23 08:00",
                "+7 Thu 2021-02-25 08:00",
                "+9 Mon 2021-03-01 08:00",
                "+11 Wed 2021-03-03 08:00",
            ],
            id="ending within Tết",
        ),
        pytest.param(
            "2021-02-01 09:00",
            "2021-01-20",
            ["published Mon 2021-02-01 09:00", "+9 Tue 2021-02-02 08:00", "+11 Thu 2021-02-04 08:00"],
            id="past when it is published",
        ),
        pytest.param("2021-02-01 09:00", "2020-06-01", ["published Mon 2021-02-01 09:00"], id="long past"),
        pytest.param(
            "2021-02-19 07:59", "2021-02-21", ["published Fri 2021-02-19 07:59", TET[3], *AFTER_TET], id="just before the round"
        ),
        pytest.param("2021-02-19 08:00", "2021-02-21", ["published Fri 2021-02-19 08:00", *AFTER_TET], id="at the round"),
        pytest.param("2021-02-19 09:00", "2021-02-21", ["published Fri 2021-02-19 09:00", *AFTER_TET], id="after the round"),
        pytest.param("2021-02-20 09:00", "2021-02-21", ["published Sat 2021-02-20 09:00", *AFTER_TET], id="no working day left"),
        pytest.param(
            "2025-12-22 09:00",
            "2026-01-02",
            [
                "published Mon 2025-12-22 09:00",
                "-5 Wed 2025-12-24 08:00",
                "-2 Mon 2025-12-29 08:00",
                "0 Wed 2025-12-31 08:00",
                "+1 Mon 2026-01-05 08:00",
                "+3 Wed 2026-01-07 08:00",
                "+5 Fri 2026-01-09 08:00",
                "+7 Mon 2026-01-12 08:00",
                "+9 Wed 2026-01-14 08:00",
                "+11 Fri 2026-01-16 08:00",
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
                "+1 Mon 2026-01-12 08:00",
                "+3 Wed 2026-01-14 08:00",
                "+5 Fri 2026-01-16 08:00",
                "+7 Tue 2026-01-20 08:00",
                "+9 Thu 2026-01-22 08:00",
                "+11 Mon 2026-01-26 08:00",
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
                "+1 Tue 2021-05-04 08:00",
                "+3 Thu 2021-05-06 08:00",
                "+5 Mon 2021-05-10 08:00",
                "+7 Wed 2021-05-12 08:00",
                "+9 Fri 2021-05-14 08:00",
                "+11 Tue 2021-05-18 08:00",
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
                "+1 Mon 2025-05-05 08:00",
                "+3 Wed 2025-05-07 08:00",
                "+5 Fri 2025-05-09 08:00",
                "+7 Tue 2025-05-13 08:00",
                "+9 Thu 2025-05-15 08:00",
                "+11 Mon 2025-05-19 08:00",
            ],
            id="30/4 to 1/5, with a Saturday worked for the Friday",
        ),
    ],
)
def test_the_ladder_is_as_worked_out_by_hand(published: str, last_day: str, expected: list[str]) -> None:
    assert told(policy.ladder(due(last_day), at(published), OFFICE)) == expected


def test_what_has_no_day_is_told_once() -> None:
    published = at("2021-02-01 09:00")

    assert policy.ladder(NO_DEADLINE, published, OFFICE) == (Occasion(PUBLISHED, published),)


@pytest.mark.parametrize(
    ("published", "done", "now", "expected"),
    [
        pytest.param("02-01 09:00", "", "02-01 09:00", "say published; 02-05 08:00", id="on publishing"),
        pytest.param("02-01 23:30", "", "02-01 23:30", "say published; 02-05 08:00", id="late in the evening of a working day"),
        pytest.param("02-01 23:59", "", "02-02 00:00", "wait; 02-02 08:00", id="not when its day is over"),
        pytest.param("02-06 10:00", "", "02-06 10:00", "wait; 02-08 08:00", id="published on a Saturday"),
        pytest.param("02-06 10:00", "", "02-08 03:00", "wait; 02-08 08:00", id="a day off is over at the round, not at midnight"),
        pytest.param("02-06 10:00", "", "02-08 08:00", "say published; 02-17 08:00", id="the Saturday's news on Monday"),
        pytest.param("02-10 00:30", "", "02-10 00:30", "wait; 02-17 08:00", id="published in Tết"),
        pytest.param("02-10 00:30", "", "02-17 08:00", "say -2, skip published; 02-19 08:00", id="two rounds in one"),
        pytest.param("02-01 09:00", "published", "02-04 12:00", "wait; 02-05 08:00", id="nothing is due"),
        pytest.param("02-01 09:00", "published", "02-05 08:00", "say -5; 02-17 08:00", id="at the round"),
        pytest.param("02-01 09:00", "published", "02-05 19:59", "say -5; 02-17 08:00", id="until the evening"),
        pytest.param("02-01 09:00", "published", "02-05 20:00", "wait; 02-08 08:00", id="not in the evening"),
        pytest.param("02-01 09:00", "published", "02-08 07:59", "wait; 02-08 08:00", id="not in the early morning"),
        pytest.param("02-01 09:00", "published -5", "02-20 10:00", "wait; 02-22 08:00", id="not on a Saturday"),
        pytest.param("02-01 09:00", "published -5", "02-22 08:00", "say +1, skip -2 0; 02-24 08:00", id="one for all"),
        pytest.param("02-01 09:00", "published", "03-08 09:00", "say +11, skip -5 -2 0 +1 +3 +5 +7 +9; never", id="the last"),
        pytest.param("02-01 09:00", "published -5 -2 0 +1 +3 +5 +7 +9 +11", "03-08 09:00", "wait; never", id="no more after it"),
    ],
)
def test_a_moment_asks_for_what_the_rule_says(published: str, done: str, now: str, expected: str) -> None:
    steps = policy.ladder(due("2021-02-21"), at(f"2021-{published}"), OFFICE)

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
    skipped = f", skip {' '.join(outlook.skip)}" if outlook.skip else ""
    return f"{said}{skipped}; {outlook.look_at.astimezone(ZONE):%m-%d %H:%M}" if outlook.look_at else f"{said}{skipped}; never"


@pytest.mark.parametrize(
    ("planned", "now", "expected"),
    [
        pytest.param("02-05 09:00", "02-05 19:59", "02-05 19:59", id="in the hours"),
        pytest.param("02-05 09:00", "02-05 20:00", "02-08 08:00", id="not in the evening"),
        pytest.param("02-05 22:00", "02-05 22:59", "02-05 22:59", id="soon after it was planned"),
        pytest.param("02-05 22:00", "02-05 23:00", "02-08 08:00", id="not so soon"),
        pytest.param("02-05 23:59", "02-06 00:00", "02-08 08:00", id="not on a day off that began meanwhile"),
        pytest.param("02-06 10:00", "02-06 10:01", "02-06 10:01", id="on the day off for which it was planned"),
        pytest.param("02-06 23:59", "02-07 00:00", "02-07 00:00", id="from one day off to the next"),
    ],
)
def test_a_digest_leaves_when_the_office_may_write(planned: str, now: str, expected: str) -> None:
    assert policy.may_leave(at(f"2021-{planned}"), at(f"2021-{now}"), OFFICE) == at(f"2021-{expected}")


def test_what_hangs_on_an_event_is_told_once_and_a_moved_deadline_by_no_step_of_its_own() -> None:
    event = Deadline(DeadlineKind.RELATIVE, "sau hội nghị 05 ngày")
    since = at("2021-02-01 09:00")
    assert policy.ladder(event, since, OFFICE) == (Occasion(PUBLISHED, since),)
    assert policy.ladder(event, since, OFFICE, moved=True) == ()
    set_day = replace(event, last_day=date(2021, 2, 21))
    assert told(policy.ladder(set_day, since, OFFICE, moved=True)) == TET[1:]
