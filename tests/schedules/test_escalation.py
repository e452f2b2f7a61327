"""Who hears that a unit does not answer, from when on, and how often?"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.duties import Duty
from domain.units import Unit
from schedules import escalation
from schedules.escalation import Level
from tests.builders import a_conclusion, a_task, an_assignment, at, due, numbered
from tests.schedules.scenes import OFFICE

PUBLISHER, OTHER = 1, 2
NOW = at("2026-03-30", "08:00")


def a_duty(last_day: str | None = "2026-03-20", *, unit: int = 1, name: str = "Khoa Toán") -> Duty:
    assignment = an_assignment(deadline=due(last_day))
    assignment.id = unit
    return Duty(assignment, a_task(), numbered(unit, Unit(name)), a_conclusion(created_by=PUBLISHER))


def reminders(*days: int) -> Sequence[datetime]:
    return [at(f"2026-03-{day:02}", "08:00") for day in days]


@pytest.mark.parametrize(
    ("days_late", "ignored", "expected"),
    [
        (0, 0, Level.UNIT),
        (2, 2, Level.UNIT),
        (3, 0, Level.PUBLISHER),
        (0, 3, Level.PUBLISHER),
        (4, 4, Level.OFFICE),
        (4, 5, Level.OFFICE),
        (5, 0, Level.LEADER),
        (0, 6, Level.LEADER),
    ],
)
def test_days_late_and_reminders_ignored_both_count(days_late: int, ignored: int, expected: Level) -> None:
    assert escalation.level(days_late, ignored) is expected


# The 20th is a Friday, so the 25th is the third working day after it, and the 27th the fifth.
@pytest.mark.parametrize(
    ("now", "ignored", "level", "since"),
    [
        (at("2026-03-25", "08:00"), [], Level.PUBLISHER, date(2026, 3, 25)),
        # 00:30 in the office is still the day before in Greenwich.
        (at("2026-03-25", "00:30").astimezone(UTC), [], Level.PUBLISHER, date(2026, 3, 25)),
        (at("2026-03-26", "08:00"), [13, 18, 20, 23], Level.OFFICE, date(2026, 3, 23)),
        (at("2026-03-28", "08:00"), [], Level.LEADER, date(2026, 3, 27)),
        (at("2026-03-30", "08:00"), [], Level.LEADER, date(2026, 3, 27)),
        (at("2026-03-30", "08:00"), [13, 18, 20, 23, 25, 26], Level.LEADER, date(2026, 3, 26)),
        (at("2026-03-20", "08:00"), [13], Level.UNIT, date(2026, 3, 20)),
    ],
)
def test_a_case_holds_since_the_day_on_which_its_level_was_reached(
    now: datetime, ignored: Sequence[int], level: Level, since: date
) -> None:
    found = escalation.case(a_duty(), reminders(*ignored), now, OFFICE)
    assert (found.level, found.since) == (level, since)


@pytest.mark.parametrize(
    ("today", "previous", "told"),
    [
        (date(2026, 3, 1), None, False),
        (date(2026, 3, 2), date(2026, 2, 27), True),
        (date(2026, 3, 2), None, True),
        (date(2026, 3, 3), date(2026, 3, 2), False),
        (date(2026, 3, 6), date(2026, 3, 5), False),
        (date(2026, 3, 9), date(2026, 3, 6), True),
        (date(2026, 3, 10), date(2026, 3, 9), False),
        # A round that was missed on the day loses nothing.
        (date(2026, 3, 11), date(2026, 3, 6), True),
    ],
)
def test_what_goes_on_is_told_at_first_and_then_once_a_week(today: date, previous: date | None, told: bool) -> None:
    assert escalation.is_told(date(2026, 3, 2), today, previous) is told


@pytest.mark.parametrize(
    ("person", "last_day", "told"), [(PUBLISHER, "2026-03-25", 1), (OTHER, "2026-03-25", 0), (OTHER, "2026-03-23", 1)]
)
def test_who_published_hears_before_every_officer(person: int, last_day: str, told: int) -> None:
    case = escalation.case(a_duty(last_day), [], NOW, OFFICE)
    assert len(escalation.for_officer([case], person, OFFICE.today(NOW), None)) == told


def test_an_officer_who_heard_of_it_yesterday_hears_of_it_again_a_week_later() -> None:
    case = escalation.case(a_duty("2026-03-20"), [], at("2026-03-27", "08:00"), OFFICE)
    told = {day: escalation.for_officer([case], OTHER, day, day - timedelta(days=1)) for day in map(april, (2, 3, 4))}
    assert told == {april(2): [], april(3): [case], april(4): []}


def april(day: int) -> date:
    return date(2026, 4, day)


def test_of_units_that_are_as_late_the_one_that_ignored_more_comes_first() -> None:
    cases = [
        escalation.case(a_duty("2026-03-20", unit=number, name=name), reminders(*ignored), NOW, OFFICE)
        for number, name, ignored in ((1, "A", []), (2, "B", [23]), (3, "C", [23, 25]), (4, "D", [24, 26]))
    ]
    assert [one.unit.name for one in escalation.stragglers(cases)] == ["C", "D", "B", "A"]


def test_only_what_has_come_that_far_reaches_a_leader() -> None:
    cases = [escalation.case(a_duty(day), [], NOW, OFFICE) for day in ("2026-03-20", "2026-03-25")]
    assert [one.days_late for one in escalation.for_leader(cases)] == [6]


def test_a_unit_is_named_once_and_the_worst_first() -> None:
    cases = [
        escalation.case(a_duty("2026-03-25", name="A"), reminders(25, 26), NOW, OFFICE),
        escalation.case(a_duty("2026-03-20", name="A"), [], NOW, OFFICE),
        escalation.case(a_duty("2026-03-18", unit=2, name="B"), [], NOW, OFFICE),
    ]

    found = escalation.stragglers(cases)

    assert [(one.unit.name, one.days_late, one.ignored, len(one.duties)) for one in found] == [("B", 8, 0, 1), ("A", 6, 2, 2)]
