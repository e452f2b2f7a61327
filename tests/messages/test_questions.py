"""Is what is unsure asked in one short question with the paper's words, and with buttons that answer it?"""

from collections.abc import Mapping
from datetime import date, time

import pytest

from documents.codes import Doubt
from domain.calendar import Calendar
from domain.conclusions import Task
from domain.deadlines import Deadline, DeadlineKind
from domain.drafts import Draft, compose
from domain.readings import Audience, AudienceKind
from domain.units import Candidate, Register, Unit
from messages import questions, review
from tests.builders import EVERYONE, a_conclusion, a_task, numbered
from tests.messages.samples import EN, VI

FINANCE = numbered(7, Unit("Phòng Tài chính"))
REGISTER = Register((FINANCE,))
WORDS = "trước thứ Sáu, ngày 21/3/2026"


def day(text: str, *, at: time | None = None) -> Deadline:
    return Deadline(DeadlineKind.DATE, WORDS, date.fromisoformat(text), at)


def a_draft(*tasks: Task, likely: Mapping[str, tuple[Candidate, ...]] | None = None) -> Draft:
    conclusion = a_conclusion()
    conclusion.id = 1
    for number, task in enumerate(tasks, 1):
        task.id = number
    return compose(conclusion, tasks, REGISTER, staffed=[], likely=likely)


def unsure(field: str, reason: str, audience: Audience = EVERYONE, deadline: Deadline | None = None) -> Task:
    task = a_task("Gửi kế hoạch về Văn phòng", audience=audience, deadline=deadline or Deadline(DeadlineKind.DATE, WORDS))
    task.doubt(field, reason)
    return task


def asked(draft: Draft, number: int = 0) -> tuple[str, dict[str, str]]:
    """Give the text of a question and the data of its buttons by their labels."""
    shown = questions.question(VI, draft, draft.questions[number], Calendar(), ["Khối văn xã"])
    return shown.text, {button.label: button.data for row in shown.rows for button in row}


def test_a_contradicting_deadline_tells_the_true_weekday_and_offers_each_day_it_may_mean() -> None:
    task = unsure("deadline", Doubt.DEADLINE_CONTRADICTS)
    task.choices = (day("2026-03-20"), day("2026-03-19", at=time(16, 30)))
    text, answers = asked(a_draft(task))
    assert "Câu hỏi 1/1" in text
    assert f"“{WORDS}”: theo lịch, đó là thứ Bảy, 21/03/2026. Hạn cuối là ngày nào?" in text
    assert list(answers.items())[:4] == [
        ("Thứ Sáu, 20/03/2026", "choose:1:0"),
        ("Thứ Năm, 19/03/2026, 16:30", "choose:1:1"),
        ("Ngày khác", "anotherday:1"),
        ("Không có hạn", "nodeadline:1"),
    ]


@pytest.mark.parametrize("code", [code for code in Doubt if code.startswith("deadline")])
def test_every_doubt_about_a_deadline_is_asked_in_the_papers_words(code: Doubt) -> None:
    text, answers = asked(a_draft(unsure("deadline", code)))
    assert code in questions.DEADLINES
    assert WORDS in text.splitlines()[2]
    assert {"Ngày khác", "Không có hạn"} <= set(answers)


@pytest.mark.parametrize("code", [code for code in Doubt if code.startswith("audience")])
def test_every_doubt_about_units_is_asked(code: Doubt) -> None:
    _, answers = asked(a_draft(unsure("audience", code)))
    assert code in questions.AUDIENCES
    assert (answers["Khối văn xã"].endswith(":next"), answers["Đơn vị khác"]) == (True, "otherunits:1")


def test_a_rule_that_comes_again_can_be_confirmed() -> None:
    monthly = Deadline(DeadlineKind.RECURRING, "hằng tuần", recurrence="FREQ=WEEKLY;BYDAY=FR")
    _, answers = asked(a_draft(unsure("deadline", Doubt.DEADLINE_AMBIGUOUS, deadline=monthly)))
    assert answers["Định kỳ, như văn bản ghi"] == "confirm:1:deadline"


def test_a_day_that_nobody_knows_yet_can_be_left_for_later() -> None:
    event = Deadline(DeadlineKind.RELATIVE, "sau hội nghị 05 ngày")
    _, answers = asked(a_draft(unsure("deadline", Doubt.DEADLINE_EVENT, deadline=event)))
    assert answers["Chưa có ngày, đặt sau"] == "confirm:1:deadline"


def test_what_was_read_can_be_confirmed() -> None:
    _, answers = asked(a_draft(unsure("audience", Doubt.AUDIENCE_MISSING)))
    assert answers["Đúng: tất cả đơn vị"] == "confirm:1:audience"


def test_a_name_that_comes_near_is_asked_about_with_the_units_it_may_mean() -> None:
    task = unsure("audience", "unit-unknown", Audience(AudienceKind.NAMED, ("Phòng Tài chánh",)))
    text, answers = asked(a_draft(task, likely={"Phòng Tài chánh": (Candidate(FINANCE, 93.6),)}))
    assert "Chưa có “Phòng Tài chánh” trong danh sách đơn vị" in text
    labels = list(answers)
    assert labels[:3] == ["Là Phòng Tài chính (giống 94%)", "Là đơn vị mới, thêm vào danh sách", "Đơn vị khác"]
    assert answers[labels[0]].split(":")[0::3] == ["isunit", "7"]


@pytest.mark.parametrize("code", [Doubt.SCANNED, Doubt.LETTERS_GUESSED])
def test_a_task_of_a_scan_is_compared_in_its_exact_words_by_one_press(code: Doubt) -> None:
    text_of_task = "Gửi báo cáo " + "rất dài " * 60
    task = a_task(text_of_task, deadline=day("2026-03-20"))
    for field in ("deadline", "audience"):
        task.doubt(field, code)
    draft = a_draft(task)
    text, answers = asked(draft)
    assert len(draft.questions) == 1
    assert (text_of_task in text, "ngày cuối: thứ Sáu, 20/03/2026" in text) == (True, True)
    assert next(iter(answers.items())) == ("Đúng như bản in", "confirm:1:printed")
    assert "đối chiếu từng việc với bản in" in review.draft(VI, draft, Calendar()).text


def test_questions_are_counted_over_the_draft() -> None:
    tasks = [unsure("deadline", Doubt.DEADLINE_IMPOSSIBLE) for _ in range(3)]
    tasks[0].confirm("deadline")
    draft = a_draft(*tasks)
    assert "Question 2 of 3" in questions.question(EN, draft, draft.questions[1], Calendar(), []).text
    assert "Trả lời 2 câu hỏi" in " ".join(button.label for row in review.draft(VI, draft, Calendar()).rows for button in row)


def test_every_button_fits_into_the_platforms_bytes() -> None:
    task = unsure("audience", "unit-unknown", Audience(AudienceKind.NAMED, ("Phòng Tài chánh",)))
    draft = a_draft(task, likely={"Phòng Tài chánh": (Candidate(FINANCE, 93.6),)})
    task.id = FINANCE.id = 10**15
    assert all(len(data.encode()) <= 64 for data in asked(draft)[1].values())
