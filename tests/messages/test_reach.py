"""Does the office read who gets no messages, and why?"""

import pytest

from domain.reach import Silent, Unreached
from domain.units import Unit
from messages import reach, reports
from tests.builders import numbered
from tests.messages.samples import EN, NOW, VI

BLOCKED = Unreached("Minh", "Forbidden: bot was blocked by the user", NOW)
MATHS, PHYSICS, HISTORY = (numbered(n, Unit(name)) for n, name in enumerate(("Khoa Toán", "Khoa Lý & Hóa", "Khoa Sử"), 1))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("Forbidden: bot was blocked by the user", "has blocked the bot"),
        ("Forbidden: user is deactivated", "has closed the account"),
        ("Bad Request: chat not found", "has deleted the chat or the account"),
        ("Forbidden: something new", "takes no messages from the bot"),
        (None, "has no chat with the bot"),
    ],
)
def test_the_platform_s_reason_is_told_in_the_reader_s_words(reason: str | None, words: str) -> None:
    assert reach.lost(EN, Unreached("Minh", reason)) == f"📵 Minh {words}"


def test_it_is_told_since_when_it_is_known() -> None:
    assert reach.lost(VI, BLOCKED) == "📵 Minh đã chặn bot, từ 01/02/2021"


def test_a_unit_is_named_with_those_who_would_get_its_messages() -> None:
    named = reach.names(VI, [Silent(HISTORY), Silent(PHYSICS, (BLOCKED, Unreached("Tâm")))])

    assert named == [
        "Khoa Sử",
        "Khoa Lý & Hóa (📵 Minh đã chặn bot, từ 01/02/2021 và 📵 Tâm chưa kết nối tài khoản nhận tin)",
    ]


def test_the_list_of_units_counts_who_has_only_people_that_are_lost_among_those_without_anybody() -> None:
    people, lost = {MATHS.id: ["Lan"]}, {MATHS.id: [Unreached("Nga")], PHYSICS.id: [BLOCKED]}

    assert reports.units(VI, [MATHS, PHYSICS, HISTORY], people, lost).text.splitlines() == [
        "<b>3 đơn vị</b>, trong đó chưa có người nhận: 2",
        "1. Khoa Toán – Lan và 📵 Nga chưa kết nối tài khoản nhận tin",
        "2. Khoa Lý &amp; Hóa – 📵 Minh đã chặn bot, từ 01/02/2021",
        "3. Khoa Sử – 📵 chưa có người nhận",
    ]
