"""Is a digest or a list readable, complete, and pressable?"""

from datetime import date

import pytest

from domain.assignments import AssignmentState
from domain.duties import Duty
from messages import tasks
from messages.buttons import Rows
from tests.messages.samples import EN, MOMENT, VI, a_deadline, a_duty


def labels(rows: Rows) -> list[str]:
    return [button.label for row in rows for button in row]


def test_one_task_has_its_two_buttons_and_no_heading_button() -> None:
    digest = tasks.digest(VI, "Lan", [a_duty()], MOMENT)
    assert labels(digest.rows) == ["Đã nộp", "Chi tiết"]


def test_each_of_several_tasks_stands_above_its_own_buttons() -> None:
    digest = tasks.digest(VI, "Lan", [a_duty(1), a_duty(2, name="kế hoạch")], MOMENT)
    assert labels(digest.rows) == ["1. Báo cáo khắc phục", "Đã nộp", "Chi tiết", "2. Kế hoạch", "Đã nộp", "Chi tiết"]
    assert [row[0].data for row in digest.rows] == ["details:1", "submit:1:1:list", "details:2", "submit:2:1:list"]


def test_deadline_is_told_by_its_words_the_last_day_and_the_last_working_day() -> None:
    text = tasks.digest(VI, "Lan", [a_duty()], MOMENT).text
    assert "trước ngày 22/02/2021 — ngày cuối: Chủ nhật, 21/02/2021; ngày làm việc cuối: thứ Sáu, 19/02/2021" in text


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


def test_digest_of_many_tasks_shows_eight_and_a_way_to_the_rest() -> None:
    digest = tasks.digest(VI, "Lan", [a_duty(number) for number in range(1, 12)], MOMENT)
    assert "3" in digest.text.splitlines()[-1]
    assert labels(digest.rows)[-1] == "Việc của tôi"
    assert len(digest.text) < 4096


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
    "state", [state for state in AssignmentState if state not in (AssignmentState.ASSIGNED, AssignmentState.RETURNED)]
)
def test_closed_task_cannot_be_pressed(state: AssignmentState) -> None:
    duty: Duty = a_duty()
    duty.assignment.state = state
    assert labels(tasks.card(EN, duty, MOMENT).rows) == ["My tasks"]
