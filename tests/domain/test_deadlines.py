"""Does a deadline keep its strict day, its working day and its words apart?"""

from datetime import date

import pytest

from domain.calendar import Calendar
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind


@pytest.mark.parametrize(("last_day", "working"), [("2026-03-06", "2026-03-06"), ("2026-03-08", "2026-03-06")])
def test_the_last_working_day_is_not_after_the_strict_last_day(last_day: str, working: str) -> None:
    deadline = Deadline(DeadlineKind.DATE, last_day=date.fromisoformat(last_day))
    assert deadline.last_working_day(Calendar()) == date.fromisoformat(working)


def test_what_has_no_last_day_has_no_last_working_day() -> None:
    assert NO_DEADLINE.last_working_day(Calendar()) is None
