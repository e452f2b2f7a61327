"""Is a person offered only what makes their quiet hours longer than the office's?"""

from datetime import time

import pytest

from domain.calendar import Calendar
from domain.offices import Office
from domain.people import Person
from messages import settings
from tests.builders import ZONE
from tests.messages.samples import VI

OFFICE = Office(Calendar(), ZONE)


@pytest.mark.parametrize(
    ("office", "begins", "ends"),
    [
        pytest.param(OFFICE, [17, 18], [9, 10], id="the usual hours"),
        pytest.param(Office(Calendar(), ZONE, quiet_from=time(18)), [17], [9, 10], id="an early evening"),
        pytest.param(Office(Calendar(), ZONE, morning=time(9, 30), quiet_until=time(9)), [17, 18], [10], id="a late morning"),
    ],
)
def test_only_longer_quiet_hours_are_offered(office: Office, begins: list[int], ends: list[int]) -> None:
    offered = settings.quiet_choices(office)
    assert (offered.begins, offered.ends) == (begins, ends)


def test_the_settings_say_when_reminders_come() -> None:
    lan = Person("Lan", quiet_until=time(9))
    card = settings.chosen(VI, lan, OFFICE)
    assert "Nhắc việc trong khoảng 09:00 – 20:00" in card.text
    assert "Theo giờ chung của văn phòng" in [button.label for row in card.rows for button in row]


def test_who_has_chosen_nothing_needs_no_way_back() -> None:
    labels = [button.label for row in settings.chosen(VI, Person("Lan"), OFFICE).rows for button in row]
    assert labels == [
        "Không nhắc trước 9 giờ",
        "Không nhắc trước 10 giờ",
        "Không nhắc sau 17 giờ",
        "Không nhắc sau 18 giờ",
        "Tiếng Việt",
        "English",
    ]
