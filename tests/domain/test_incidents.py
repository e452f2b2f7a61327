"""When is an incident told, and when is it over?"""

from datetime import datetime, timedelta

import pytest

from domain.incidents import Cause, Incident
from tests.builders import NOW


def after(minutes: float | None) -> datetime | None:
    return None if minutes is None else NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("cause", "minutes", "told", "last", "expected"),
    [
        pytest.param(Cause.GAP, 0, (None, None), 0, True, id="at once"),
        pytest.param(Cause.UNSENT, 9, (None, None), 9, False, id="most interruptions pass"),
        pytest.param(Cause.UNSENT, 10, (None, None), 10, True, id="this one lasts"),
        pytest.param(Cause.GAP, 5, (None, -50), 5, False, id="the cause was told within the hour"),
        pytest.param(Cause.GAP, 10, (None, -50), 5, True, id="the cause was told an hour ago"),
        pytest.param(Cause.UNKNOWN, 60, (0, 0), 0, False, id="nothing new"),
        pytest.param(Cause.UNKNOWN, 60, (0, 0), 30, True, id="something new, an hour later"),
        pytest.param(Cause.UNKNOWN, 59, (0, 0), 30, False, id="something new within the hour"),
        pytest.param(Cause.UNSENT, 70, (10, 10), 70, True, id="still lasting, an hour later"),
        pytest.param(Cause.DATABASE, 70, (10, 10), 10, True, id="it lasts, whenever it was last seen"),
    ],
)
def test_a_cause_is_told_when_there_is_something_to_tell_and_once_an_hour_at_most(
    cause: Cause, minutes: float, told: tuple[float | None, float | None], last: float, expected: bool
) -> None:
    this, any_of_the_cause = map(after, told)
    incident = Incident(cause, NOW, NOW + timedelta(minutes=last), told_at=this)
    assert incident.is_to_be_told(NOW + timedelta(minutes=minutes), any_of_the_cause) is expected


@pytest.mark.parametrize(
    ("cause", "minutes", "expected"), [(Cause.GAP, 59, False), (Cause.GAP, 60, True), (Cause.UNSENT, 600, False)]
)
def test_what_happens_once_is_over_when_an_hour_was_calm(cause: Cause, minutes: float, expected: bool) -> None:
    assert Incident(cause, NOW, NOW).is_calm(NOW + timedelta(minutes=minutes)) is expected


def test_the_end_of_what_lasts_is_when_it_was_seen_to_end_and_else_the_last_time() -> None:
    last, over = NOW + timedelta(minutes=5), NOW + timedelta(minutes=65)
    ends = [Incident(cause, NOW, last, over_at=over).ended_at for cause in (Cause.UNSENT, Cause.GAP)]
    assert ends == [over, last]
    assert Incident(Cause.UNSENT, NOW, last).ended_at == last
