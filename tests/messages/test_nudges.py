"""Does an officer read whom a press reminded, whom not, and why?"""

from datetime import timedelta

import pytest

from channels import Outgoing
from domain.duties import Duty, Tally
from domain.nudges import Told
from domain.reach import Silent
from domain.units import Unit
from messages import nudges, reports, steps
from messages.nudges import Outcome
from messages.reports import Standing
from tests.messages.samples import MOMENT, NOW, VI, a_deadline, a_duty

MORNING, YESTERDAY = Told(NOW - timedelta(hours=1), "Hoa"), Told(NOW - timedelta(days=1), "Hoa")


def a_unit(number: int = 1, short: str | None = None) -> Unit:
    unit = Unit(f"Chi bộ {number}", short)
    unit.id = number
    return unit


def pressed(outgoing: Outgoing) -> list[str]:
    return [button.data for row in outgoing.rows for button in row]


@pytest.mark.parametrize(
    ("outcome", "lines"),
    [
        (Outcome([a_unit(1), a_unit(2)], 3, [], [], None), ["🔔 Đã nhắc 2 đơn vị (3 người)."]),
        (
            Outcome([a_unit(1)], 1, [], [Silent(a_unit(2))], NOW + timedelta(days=1)),
            [
                "🔔 Ngoài giờ làm việc: 1 đơn vị (1 người) sẽ được nhắc lúc 09:00 thứ Ba, 02/02/2021.",
                "📵 Đơn vị chưa có người nhận tin: Chi bộ 2.",
            ],
        ),
        (
            Outcome([], 0, [(a_unit(1), MORNING)], [], None),
            ["⏳ Chi bộ 1: đã nhắc lúc 08:00 bởi Hoa; mỗi đơn vị chỉ nhắc một lần trong một giờ."],
        ),
        (Outcome([], 0, [], [], None), ["Không còn việc nào chưa nộp nên không phải nhắc ai."]),
    ],
)
def test_a_press_is_answered_with_what_it_did(outcome: Outcome, lines: list[str]) -> None:
    assert nudges.done(VI, outcome, NOW).text.splitlines() == lines


def test_an_earlier_day_is_told_by_its_date() -> None:
    assert nudges.told(VI, YESTERDAY, NOW) == "đã nhắc ngày 31/01/2021 bởi Hoa"


def test_the_newest_of_several_presses_is_told() -> None:
    assert nudges.last_of(VI, {1: YESTERDAY, 2: MORNING}, [1, 2, 3], NOW) == "đã nhắc lúc 08:00 bởi Hoa"
    assert nudges.last_of(VI, {}, [1], NOW) is None


def test_each_unit_has_one_button_and_not_too_many() -> None:
    rows = nudges.of_units(VI, [a_unit(number, f"CB {number}") for number in (1, 1, *range(2, 20))])
    assert [(button.label, button.data) for row in rows[:2] for button in row] == [
        ("Nhắc ngay: CB 1", "nudgeunit:1"),
        ("Nhắc ngay: CB 2", "nudgeunit:2"),
    ]
    assert len(rows) == 8


def late(number: int, last_day: int) -> Duty:
    duty = a_duty(number, deadline=a_deadline((NOW - timedelta(days=last_day)).date()))
    duty.unit.id, duty.unit.name = number, f"Chi bộ {number}"
    return duty


def test_the_overview_tells_who_is_late_who_was_reminded_and_offers_the_longest_late_first() -> None:
    standing = Standing(a_duty().conclusion, Tally(open_late=2), (late(1, 3), late(2, 34)))

    told = reports.overview(VI, [standing], MOMENT, {1: MORNING}, may_nudge=True)
    read_only = reports.overview(VI, [standing], MOMENT)

    assert told.text.splitlines()[-2:] == [
        "• Chi bộ 1 – mục 2.1 (quá hạn 3 ngày); đã nhắc lúc 08:00 bởi Hoa",
        "• Chi bộ 2 – mục 2.2 (quá hạn 34 ngày)",
    ]
    assert pressed(told) == ["nudgeunit:2", "nudgeunit:1", "overview"]
    assert pressed(read_only) == ["overview"]


def test_the_step_of_a_press_has_a_name() -> None:
    assert steps.step(VI, "nudge:7") == "do chuyên viên bấm nhắc"
