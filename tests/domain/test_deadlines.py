"""Does a deadline keep its strict day, its working day and its words apart?"""

from dataclasses import replace
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


EVENT = Deadline(DeadlineKind.RELATIVE, "sau 05 ngày kể từ ngày kết thúc lễ hội", basis="event")


@pytest.mark.parametrize(
    ("deadline", "awaits"),
    [
        (EVENT, True),
        (replace(EVENT, last_day=date(2026, 3, 20)), False),
        (NO_DEADLINE, False),
        (Deadline(DeadlineKind.DATE), False),
    ],
)
def test_only_what_hangs_on_an_event_awaits_a_day(deadline: Deadline, *, awaits: bool) -> None:
    assert deadline.awaits_day is awaits


def test_a_day_that_a_person_sets_keeps_the_words_of_the_paper() -> None:
    typed = Deadline(DeadlineKind.DATETIME, "17h00 ngày 20/03/2026", date(2026, 3, 20), time(17))
    assert typed.for_words(EVENT) == replace(EVENT, last_day=date(2026, 3, 20), at=time(17), basis="set")
    assert NO_DEADLINE.for_words(EVENT) == NO_DEADLINE
