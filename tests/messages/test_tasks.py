"""Is a list readable, complete, and pressable?"""

from datetime import date, datetime, time

import pytest

from domain.assignments import AssignmentState, Submission
from domain.duties import Duty
from messages import tasks
from messages.buttons import Rows
from messages.i18n import Marked
from tests.messages.samples import EN, MOMENT, NOW, VI, a_deadline, a_duty


def labels(rows: Rows) -> list[str]:
    return [button.label for row in rows for button in row]


def test_what_people_wrote_is_escaped() -> None:
    text = tasks.card(VI, a_duty(), MOMENT).text
    assert "&lt;công tác&gt;" in text
    assert "khắc phục &amp; ký" in text


def test_unit_is_named_when_the_person_answers_for_several() -> None:
    one, other = a_duty(1, unit="Chi bộ A"), a_duty(2, unit="Chi bộ B")
    other.unit.id = 2
    assert "Chi bộ B" in tasks.listing(VI, [one, other], MOMENT).text
    assert "Chi bộ A" not in tasks.listing(VI, [one], MOMENT).text


@pytest.mark.parametrize(
    ("page", "first", "turns"), [(0, "1. ", ["▶"]), (1, "9. ", ["◀", "▶"]), (2, "17. ", ["◀"]), (9, "17. ", ["◀"])]
)
def test_long_list_is_turned_page_by_page(page: int, first: str, turns: list[str]) -> None:
    duties = [a_duty(number) for number in range(1, 21)]
    listing = tasks.listing(VI, duties, MOMENT, page=page)
    assert labels(listing.rows)[0].startswith(first)
    assert [label for label in labels(listing.rows) if label in "◀▶"] == turns
    assert "20" in listing.text.partition("\n")[0]


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (date(2021, 2, 1), "Hôm nay là hạn"),
        (date(2021, 1, 30), "Quá hạn 2 ngày"),
        (date(2021, 2, 3), "Sắp đến hạn"),
        (date(2021, 3, 3), "30 ngày"),
    ],
)
def test_nearness_is_told(last_day: date, words: str) -> None:
    assert words in tasks.listing(VI, [a_duty(deadline=a_deadline(last_day))], MOMENT).text


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2021, 2, 18), "Sắp đến hạn: còn 3 ngày"),
        (date(2021, 2, 19), "Hôm nay là ngày làm việc cuối"),
        (date(2021, 2, 20), "Sắp đến hạn: còn 1 ngày"),
        (date(2021, 2, 21), "Hôm nay là hạn"),
    ],
)
def test_the_last_working_day_is_told_though_days_off_follow(today: date, words: str) -> None:
    moment = tasks.Moment(datetime.combine(today, time(8), VI.zone), MOMENT.calendar)
    duty = a_duty(deadline=a_deadline(date(2021, 2, 21)))
    assert words in tasks.listing(VI, [duty], moment).text
    assert tasks.within(Marked(words)) in tasks.card(VI, duty, moment).text


@pytest.mark.parametrize(
    "state", [state for state in AssignmentState if state not in (AssignmentState.ASSIGNED, AssignmentState.RETURNED)]
)
def test_closed_task_cannot_be_pressed(state: AssignmentState) -> None:
    duty: Duty = a_duty()
    duty.assignment.state = state
    assert labels(tasks.card(EN, duty, MOMENT).rows) == ["My tasks"]


def handed_in(number: int) -> tuple[Duty, Submission]:
    submission = Submission(number, 1, NOW, AssignmentState.ASSIGNED)
    submission.id = number
    return a_duty(number, name=f"báo cáo {number}"), submission


@pytest.mark.parametrize("still_open", [[], [a_duty(9)]])
def test_what_waits_for_the_office_stands_in_one_line_with_a_way_to_each(still_open: list[Duty]) -> None:
    listing = tasks.listing(VI, still_open, MOMENT, pending=[handed_in(number) for number in (5, 4, 3, 2)])
    assert listing.text.splitlines()[-1] == (
        "📥 Đã nộp – chờ xác nhận: 4 việc, biên nhận số 2021-00005, 2021-00004, 2021-00003 và 1 việc nữa."
    )
    looks = [(button.label, button.data) for row in listing.rows for button in row if button.label.startswith("📥")]
    assert looks == [("📥 Báo cáo 5", "details:5"), ("📥 Báo cáo 4", "details:4"), ("📥 Báo cáo 3", "details:3")]
