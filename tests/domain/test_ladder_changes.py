"""What does another ladder bring, and what does it leave unsaid?"""

from domain import ladder_changes
from domain.ladder_changes import Sharing
from domain.ladders import STANDARD, parse
from domain.offices import Office
from storage import calendars
from tests.builders import ZONE, due
from tests.ladders import at, told

OFFICE = Office(calendars.around(2022), ZONE)
NOW = at("2022-06-14 09:00")
"""A Tuesday; the deadline is the Friday of that week, so that "-5" and "-4" are over and "-2" is tomorrow."""
FRIDAY = Sharing(due("2022-06-17"), count=3)
MONDAY = Sharing(due("2022-06-20"), count=2)


def test_the_next_three_moments_are_told_each_once() -> None:
    foresight = ladder_changes.foresee([FRIDAY, FRIDAY, MONDAY], STANDARD, STANDARD, NOW, OFFICE)

    assert told(foresight.coming) == ["-2 Wed 2022-06-15 08:00", "-2 Thu 2022-06-16 08:00", "0 Fri 2022-06-17 08:00"]
    assert foresight.changed == 0


def test_those_whose_steps_to_come_differ_are_counted() -> None:
    without = parse("5, 4, 0, +1, +3, +5, +10, weekly")

    assert ladder_changes.foresee([FRIDAY, MONDAY], STANDARD, without, NOW, OFFICE).changed == 5
    assert ladder_changes.foresee([FRIDAY], STANDARD, parse("7, 2, 0, +1, +3, +5, +10, weekly"), NOW, OFFICE).changed == 0


def test_steps_that_only_the_new_ladder_has_and_that_are_over_are_left_unsaid() -> None:
    after = parse("7, 5, 3, 1, 0")

    assert ladder_changes.over(FRIDAY, STANDARD, after, NOW, OFFICE) == ["-7", "-3"]
    assert ladder_changes.over(FRIDAY, after, STANDARD, NOW, OFFICE) == []


def test_who_is_reminded_early_has_a_step_more() -> None:
    early = Sharing(due("2022-06-17"), early=True, count=1)

    assert ladder_changes.over(early, parse("+1"), STANDARD, NOW, OFFICE) == ["-8", "-5"]


def test_a_step_whose_moment_is_now_is_over() -> None:
    at_the_round = at("2022-06-15 08:00")

    assert ladder_changes.over(FRIDAY, parse("5"), STANDARD, at_the_round, OFFICE) == ["-2"]
    assert ladder_changes.foresee([FRIDAY], STANDARD, STANDARD, at_the_round, OFFICE).coming[0].step == "0"


def test_weeks_are_reckoned_up_to_now() -> None:
    weeks_later, weekly = at("2022-07-20 09:00"), ["+w3", "+w4"]

    assert ladder_changes.over(FRIDAY, parse("+10"), parse("+10, weekly"), weeks_later, OFFICE) == weekly
    assert ladder_changes.over(FRIDAY, parse("+10, weekly"), parse("+10, weekly"), weeks_later, OFFICE) == []
    assert told(ladder_changes.foresee([FRIDAY], STANDARD, STANDARD, weeks_later, OFFICE).coming) == ["+w5 Fri 2022-07-22 08:00"]
