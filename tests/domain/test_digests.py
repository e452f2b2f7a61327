"""At which rounds can tasks be brought up once more?"""

from datetime import datetime

import pytest

from domain.calendar import Calendar
from domain.digests import Snooze, snoozes
from domain.offices import Office
from tests.builders import ZONE, at

OFFICE = Office(Calendar(), ZONE)
MORNING_ONLY, BOTH = (Snooze.MORNING,), (Snooze.AFTERNOON, Snooze.MORNING)


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (at("2026-03-02", "08:00"), BOTH),
        (at("2026-03-02", "13:59"), BOTH),
        (at("2026-03-02", "14:00"), MORNING_ONLY),
        (at("2026-03-02", "19:00"), MORNING_ONLY),
        (at("2026-03-07", "09:00"), MORNING_ONLY),
    ],
)
def test_only_rounds_that_lie_ahead_are_offered(now: datetime, offered: tuple[Snooze, ...]) -> None:
    assert snoozes(now, OFFICE) == offered


@pytest.mark.parametrize(
    ("snooze", "now", "moment"),
    [
        (Snooze.AFTERNOON, at("2026-03-02", "08:05"), at("2026-03-02", "14:00")),
        (Snooze.AFTERNOON, at("2026-03-02", "14:00"), None),
        (Snooze.AFTERNOON, at("2026-03-08", "09:00"), None),
        (Snooze.MORNING, at("2026-03-02", "06:30"), at("2026-03-03", "08:00")),
        (Snooze.MORNING, at("2026-03-06", "08:05"), at("2026-03-09", "08:00")),
    ],
)
def test_a_round_s_moment_is_on_a_working_day(snooze: Snooze, now: datetime, moment: datetime | None) -> None:
    assert snooze.moment(now, OFFICE) == moment
