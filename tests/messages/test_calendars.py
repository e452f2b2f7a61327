"""Is the office's calendar told as an office would write it, and what a change moves, in few words?"""

from datetime import date

import pytest

from domain.calendar import Calendar
from domain.calendar_changes import Effect, MovedDay, MovedReminder
from domain.deadlines import Deadline, DeadlineKind
from domain.duties import Duty
from domain.office_days import DayKind, ListedDay, OfficeDay
from domain.units import Unit
from messages import calendars, deadlines
from tests.builders import NOW, a_conclusion, a_task, an_assignment
from tests.messages.samples import VI, a_duty

DAY = date(2026, 5, 15)
SET = OfficeDay(DAY, DayKind.OFF, "Ngày hội", "Thông báo 12-TB/VP", NOW)
DUTY = Duty(an_assignment(), a_task(), Unit("Chi bộ Khoa Toán", "Khoa Toán"), a_conclusion())
MOVED = MovedDay(DUTY, DAY, date(2026, 5, 14))


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (ListedDay(DAY, DayKind.OFF, "Ngày hội", "Luật"), "• thứ Sáu, 15/05/2026: Ngày hội"),
        (ListedDay(DAY, DayKind.OFF, "Ngày hội", "TB 12", is_own=True), "• thứ Sáu, 15/05/2026: Ngày hội (TB 12)"),
        (ListedDay(DAY, DayKind.OFF, "Ngày hội", "Luật", is_expected=True), "• thứ Sáu, 15/05/2026: Ngày hội <i>(dự kiến)</i>"),
        (ListedDay(DAY, DayKind.WORKING, "Làm bù", "TB 12"), "• thứ Sáu, 15/05/2026: <b>làm việc</b> – Làm bù (TB 12)"),
        (ListedDay(DAY, DayKind.WORKING, "Làm bù", None), "• thứ Sáu, 15/05/2026: <b>làm việc</b> – Làm bù"),
    ],
)
def test_a_day_is_one_line(day: ListedDay, line: str) -> None:
    assert line in calendars.year(VI, [day], 2026, 0, may_set=False).text.splitlines()


def test_only_who_may_set_days_gets_the_buttons() -> None:
    days = [ListedDay(DAY, DayKind.OFF, "Ngày hội", None, is_own=True)]
    labels = [button.label for row in calendars.year(VI, days, 2026, 0, may_set=True).rows for button in row]
    assert {"Bỏ ngày 15/05/2026", "Thêm ngày nghỉ", "Thêm ngày làm bù"} <= set(labels)
    plain = [button.label for row in calendars.year(VI, days, 2026, 0, may_set=False).rows for button in row]
    assert plain == ["2025", "2027"]


def test_a_page_that_is_none_is_the_last_one() -> None:
    days = [ListedDay(date(2026, 5, number), DayKind.OFF, f"Ngày {number}", None) for number in range(1, 15)]
    assert "Ngày 14" in calendars.year(VI, days, 2026, 9, may_set=False).text


def test_what_moves_is_counted_and_named() -> None:
    other = [MovedDay(a_duty(number, unit="Khoa Toán"), DAY, date(2026, 5, 14)) for number in range(2, 13)]
    effect = Effect((MOVED, *other), (MovedReminder(DUTY, "0", NOW, NOW),) * 30)
    text = calendars.proposed(VI, SET, effect).text
    assert "12 việc đổi ngày làm việc cuối:" in text
    assert "• Kế hoạch (Khoa Toán): thứ Sáu, 15/05/2026 → thứ Năm, 14/05/2026" in text
    assert "… và 4 việc nữa." in text
    assert "30 lượt nhắc đổi ngày" in text


def test_a_task_of_several_units_is_named_once() -> None:
    alike = [MovedDay(a_duty(1, unit=unit), DAY, date(2026, 5, 14)) for unit in ("Chi bộ A", "Chi bộ B", "Chi bộ C")]
    text = calendars.proposed(VI, SET, Effect((*alike, MovedDay(a_duty(2), DAY, date(2026, 5, 14))))).text
    assert [line for line in text.splitlines() if line.startswith("•")] == [
        "• Báo cáo khắc phục (3 đơn vị): thứ Sáu, 15/05/2026 → thứ Năm, 14/05/2026",
        "• Báo cáo khắc phục (Chi bộ A): thứ Sáu, 15/05/2026 → thứ Năm, 14/05/2026",
    ]


def test_nothing_that_moves_is_said_so() -> None:
    assert calendars.moves(VI, Effect()) == ["Không việc nào đang theo dõi bị đổi hạn hay lịch nhắc."]


def test_a_deadline_that_hangs_on_expected_days_says_so() -> None:
    tet = frozenset(date(2027, 2, number) for number in range(4, 11))
    deadline = Deadline(DeadlineKind.DATE, "trước ngày 09/02/2027", date(2027, 2, 8))
    assert "mới là dự kiến" in deadlines.line(VI, deadline, Calendar(days_off=tet, expected=tet))
    assert "dự kiến" not in deadlines.line(VI, deadline, Calendar(days_off=tet))
