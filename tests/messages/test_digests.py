"""Does a digest say what matters first, courteously and in plain words, and is it pressable?"""

from datetime import UTC, date, datetime

import pytest

from channels import Outgoing
from domain.assignments import AssignmentState
from domain.digests import News, Reason, Snooze
from domain.duties import Duty
from messages import digests
from messages.digests import Digest
from tests.messages.samples import EN, MOMENT, VI, a_deadline, a_duty


def labels(outgoing: Outgoing) -> list[str]:
    return [button.label for row in outgoing.rows for button in row]


def told(*duties: Duty, reason: Reason = Reason.DUE, news: News = digests.NOTHING_NEW) -> Outgoing:
    return digests.told(VI, Digest(7, "Lan", duties, reason, news), MOMENT)


def test_one_task_has_its_two_buttons_and_no_heading_button() -> None:
    assert labels(told(a_duty())) == ["Đã nộp", "Chi tiết"]


def test_each_of_several_tasks_stands_above_its_own_buttons() -> None:
    digest = told(a_duty(1), a_duty(2, name="kế hoạch"))
    assert labels(digest) == ["1. Báo cáo khắc phục", "Đã nộp", "Chi tiết", "2. Kế hoạch", "Đã nộp", "Chi tiết"]
    assert [row[0].data for row in digest.rows] == ["details:1", "submit:1:1:list", "details:2", "submit:2:1:list"]


def test_deadline_is_told_by_its_words_the_last_day_and_the_last_working_day() -> None:
    text = told(a_duty()).text
    assert "trước ngày 22/02/2021 — ngày cuối: Chủ nhật, 21/02/2021; ngày làm việc cuối: thứ Sáu, 19/02/2021" in text


def test_the_most_urgent_comes_first() -> None:
    near, late, none = a_duty(1, name="gần"), a_duty(2, name="trễ"), a_duty(3, name="không hạn", deadline=a_deadline(None))
    late.assignment.deadline = a_deadline(date(2021, 1, 29))
    none.assignment.deadline = a_deadline(None)
    assert labels(told(none, near, late))[::3] == ["1. Trễ", "2. Gần", "3. Không hạn"]


def test_of_many_tasks_the_eight_most_urgent_are_shown_and_a_way_to_the_rest() -> None:
    digest = told(*(a_duty(number) for number in range(1, 14)))
    assert digest.text.splitlines()[-1] == "Còn 5 việc – bấm “Việc của tôi”."
    assert labels(digest)[-1] == "Việc của tôi"
    assert len(digest.text) < 4096


@pytest.mark.parametrize(
    ("news", "line"),
    [
        (News(2, 1, 1), "<b>Mới: 2 việc; trả lại: 1 việc; dời hạn: 1 việc</b>"),
        (News(returned=1), "<b>Trả lại: 1 việc</b>"),
    ],
)
def test_what_changed_stands_on_top(news: News, line: str) -> None:
    assert told(a_duty(), news=news).text.splitlines()[1] == line


def test_nothing_is_said_where_nothing_changed() -> None:
    assert told(a_duty()).text.splitlines()[1] == ""


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (date(2021, 1, 26), "<b>Quá hạn 6 ngày</b>"),
        (
            date(2021, 1, 25),
            "<b>Quá hạn 5 ngày làm việc. Đề nghị đồng chí gửi ngay; nếu còn vướng mắc, xin báo Văn phòng.</b>",
        ),
    ],
)
def test_what_is_late_by_a_week_of_work_is_told_plainly(last_day: date, words: str) -> None:
    assert words in told(a_duty(deadline=a_deadline(last_day))).text.splitlines()


@pytest.mark.parametrize(
    ("reason", "words"),
    [(Reason.DUE, "đơn vị có"), (Reason.WISHED, "như đồng chí đã hẹn"), (Reason.PRESSED, "Văn phòng đề nghị")],
)
def test_it_says_why_tasks_are_brought_up(reason: Reason, words: str) -> None:
    assert words in told(a_duty(), reason=reason).text.splitlines()[0]


def test_rounds_are_offered_until_one_is_taken() -> None:
    offered = digests.told(VI, Digest(7, "Lan", [a_duty()], snoozes=list(Snooze)), MOMENT)
    taken = digests.told(VI, Digest(7, "Lan", [a_duty()], again_at=datetime(2021, 2, 1, 7, 0, tzinfo=UTC)), MOMENT)

    assert [(button.label, button.data) for button in offered.rows[-1]] == [
        ("Nhắc lại chiều nay", "snooze:7:pm"),
        ("Nhắc lại sáng mai", "snooze:7:am"),
    ]
    assert labels(taken) == ["Đã nộp", "Chi tiết"]
    assert taken.text.splitlines()[-1] == "⏰ Sẽ nhắc lại lúc 14:00 thứ Hai, 01/02/2021."


def test_a_returned_task_says_so() -> None:
    duty = a_duty()
    duty.assignment.state = AssignmentState.RETURNED
    assert "Returned: please complete" in digests.told(EN, Digest(7, "Lan", [duty]), MOMENT).text
