"""Does a deadline keep its strict day, its working day and its words apart?"""

from datetime import date, time

import pytest

from domain.calendar import Calendar
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind


@pytest.mark.parametrize(("last_day", "working"), [("2026-03-06", "2026-03-06"), ("2026-03-08", "2026-03-06")])
def test_the_last_working_day_is_not_after_the_strict_last_day(last_day: str, working: str) -> None:
    deadline = Deadline(DeadlineKind.DATE, last_day=date.fromisoformat(last_day))
    assert deadline.last_working_day(Calendar()) == date.fromisoformat(working)


def test_what_has_no_last_day_has_no_last_working_day() -> None:
    assert NO_DEADLINE.last_working_day(Calendar()) is None


def test_a_moved_deadline_is_a_day_with_the_office_s_words_and_nothing_of_the_old_rule() -> None:
    old = Deadline(DeadlineKind.RECURRING, "hằng tháng", date(2026, 3, 25), time(17), "FREQ=MONTHLY;BYMONTHDAY=25", "inclusive")
    moved = old.moved(date(2026, 4, 10), "10/4")
    assert moved == Deadline(DeadlineKind.DATE, "10/4", date(2026, 4, 10), basis="office")
