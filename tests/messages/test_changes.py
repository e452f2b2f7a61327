"""Is it told in plain words what changes for whom, and is each question answered by buttons that lead somewhere?"""

from datetime import date, time

import pytest

from channels import Outgoing
from domain.assignments import AssignmentState
from domain.calendar import Calendar
from domain.changes import Change, ChangeState, Effect
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.drafts import Draft, compose
from domain.duties import Duty
from domain.readings import AmendmentKind
from domain.units import Register, Unit
from messages import asked_changes, changes, conclusions, effects, questions, review
from messages.i18n import Speech
from tests.builders import NOW, a_conclusion, a_task, an_assignment, due, numbered
from tests.messages.samples import EN, VI

MOVES, ENDS, REPLACES = AmendmentKind.MOVES, AmendmentKind.ENDS, AmendmentKind.REPLACES
UNITS = tuple(numbered(number, Unit(f"Chi bộ {number}")) for number in range(1, 4))
NEW = due("2021-03-31")


def conclusion(number: int, label: str, *, symbol: str = "TB/ĐUK", state: ConclusionState = ConclusionState.DRAFT) -> Conclusion:
    made = a_conclusion(number=label)
    made.id, made.symbol, made.state = number, symbol, state
    made.published_at = NOW if state is not ConclusionState.DRAFT else None
    return made


def task(number: int, ref: str, deadline: Deadline = NO_DEADLINE) -> Task:
    made = a_task(f"Gửi báo cáo số {number}", position=number, deadline=deadline)
    made.id, made.ref, made.deliverable = number, ref, f"Báo cáo số {number}"
    return made


def a_draft(
    kind: AmendmentKind,
    *,
    known: bool = True,
    whole: bool = False,
    new: Deadline = NEW,
    symbol: str = "TB/ĐUK",
    earlier: int = 3,
    state: ChangeState = ChangeState.OPEN,
) -> Draft:
    """Give a draft that changes item 2.1, which two units have still to fulfil, one has been accepted, or its whole paper."""
    older = conclusion(1, "41", symbol=symbol, state=ConclusionState.PUBLISHED)
    old = [task(number, f"2.{number}", due("2021-02-21")) for number in range(1, earlier + 1)]
    says = task(90, "4", new)
    paper = conclusion(2, "58")
    change = Change(2, kind, 1, "thay cho thời hạn", likely=tuple(one.id for one in old[:3]), task_id=says.id, state=state)
    change.id, change.whole, change.earlier_task_id, change.reached = 7, whole, 1 if known and not whole else None, 2
    states = (AssignmentState.ASSIGNED, AssignmentState.RETURNED, AssignmentState.ACCEPTED)
    pairs = zip(states, UNITS, strict=True)
    duties = [Duty(an_assignment(one, deadline=old[0].deadline), old[0], unit, older) for one, unit in pairs]
    effect = Effect(change, paper, older, tuple(old), says, tuple(duties) if known or whole else ())
    return compose(paper, [says], Register(UNITS), staffed=[], effects=[effect])


def asked(draft: Draft) -> tuple[str, dict[str, str]]:
    shown = questions.question(VI, draft, draft.questions[0], Calendar(), [])
    return shown.text, {button.label: button.data for row in shown.rows for button in row}


AT_FIVE = Deadline(DeadlineKind.DATETIME, "trước 17 giờ", date(2021, 3, 31), time(17))
MONTHLY = Deadline(DeadlineKind.RECURRING, "hằng tháng", recurrence="FREQ=MONTHLY;BYMONTHDAY=20")
EVENT = Deadline(DeadlineKind.RELATIVE, "sau hội nghị 05 ngày")


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        (a_draft(MOVES), "🔁 Việc 2.1 của Thông báo 41-TB/ĐUK: hạn 21/02/2021 → 31/03/2021, 2 đơn vị chưa nộp."),
        (a_draft(MOVES, new=AT_FIVE), "hạn 21/02/2021 → 17:00 ngày 31/03/2021"),
        (a_draft(MOVES, new=EVENT), "hạn 21/02/2021 → sau hội nghị 05 ngày"),
        (a_draft(MOVES, known=False), "🔁 Thông báo 41-TB/ĐUK: chuyển hạn của một việc → 31/03/2021, chưa rõ việc nào."),
        (a_draft(ENDS), "⛔ Việc 2.1 của Thông báo 41-TB/ĐUK kết thúc, 2 đơn vị."),
        (a_draft(ENDS, whole=True), "⛔ Thông báo 41-TB/ĐUK kết thúc: 2 việc còn mở."),
        (a_draft(ENDS, known=False), "⛔ Thông báo 41-TB/ĐUK: có việc kết thúc, chưa rõ việc nào."),
        (a_draft(REPLACES, whole=True), "🔁 Văn bản này thay thế Thông báo 41-TB/ĐUK: 2 việc còn mở kết thúc."),
        (
            a_draft(MOVES, new=MONTHLY),
            "🔁 Việc 2.1 của Thông báo 41-TB/ĐUK chuyển sang định kỳ: hằng tháng. Việc một lần kết thúc ở 2 đơn vị chưa nộp.",
        ),
        (a_draft(ENDS, symbol="KL/TU"), "⛔ Việc 2.1 của Kết luận 41-KL/TU kết thúc"),
        (a_draft(MOVES, state=ChangeState.REFUSED), "➖ Việc 2.1 của Thông báo 41-TB/ĐUK: giữ nguyên, theo ý kiến của đồng chí."),
    ],
)
def test_the_draft_tells_what_would_change_and_for_how_many(draft: Draft, line: str) -> None:
    assert line in review.draft(VI, draft, Calendar()).text


@pytest.mark.parametrize(
    ("draft", "answers"),
    [
        (a_draft(MOVES), {"Đúng": "change:7", "Không, giữ nguyên": "nochange:7", "Việc khác": "changetasks:7"}),
        (a_draft(REPLACES, whole=True), {"Đúng": "change:7", "Không, giữ nguyên": "nochange:7"}),
        (
            a_draft(ENDS, known=False),
            {
                "2.1. Báo cáo số 1": "changetask:7:1",
                "2.2. Báo cáo số 2": "changetask:7:2",
                "2.3. Báo cáo số 3": "changetask:7:3",
                "Việc khác": "changetasks:7",
                "Kết thúc cả văn bản đó": "endwhole:7",
                "Không việc nào": "nochange:7",
            },
        ),
    ],
)
def test_each_question_has_the_answers_that_fit_it(draft: Draft, answers: dict[str, str]) -> None:
    text, buttons = asked(draft)
    assert "Câu hỏi 1/1 – thay đổi văn bản trước" in text
    assert "Văn bản này ghi: “thay cho thời hạn”" in text
    assert buttons == {**answers, "Toàn bộ dự thảo": "draft:2"}


@pytest.mark.parametrize(("page", "shown", "turns"), [(0, 10, ["Quay lại", "▶"]), (1, 4, ["◀", "Quay lại"])])
def test_all_tasks_of_the_older_paper_are_offered_by_pages(page: int, shown: int, turns: list[str]) -> None:
    (effect,) = a_draft(ENDS, known=False, earlier=14).changes
    *choices, turn = asked_changes.which_task(VI, effect, page).rows
    assert (len(choices), [button.label for button in turn]) == (shown, turns)


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        (a_draft(MOVES, state=ChangeState.APPLIED), "🔁 Việc 2.1 của Thông báo 41-TB/ĐUK: hạn mới là 31/03/2021, áp dụng cho 2"),
        (a_draft(ENDS, state=ChangeState.APPLIED), "⛔ Việc 2.1 của Thông báo 41-TB/ĐUK đã kết thúc ở 2 đơn vị."),
        (a_draft(REPLACES, whole=True, state=ChangeState.APPLIED), "⛔ Thông báo 41-TB/ĐUK hết hiệu lực: đã kết thúc 2 việc"),
        (a_draft(MOVES, new=NO_DEADLINE, state=ChangeState.LAPSED), "chưa có hạn mới, nên không thay đổi gì."),
    ],
)
def test_publishing_tells_what_was_changed(draft: Draft, line: str) -> None:
    assert line in conclusions.published(VI, draft, [], None).text


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        (a_draft(MOVES), "🔁 Việc 2.1: hạn 31/03/2021, theo Thông báo 58-TB/ĐUK."),
        (a_draft(ENDS), "⛔ Việc 2.1 kết thúc theo Thông báo 58-TB/ĐUK."),
        (a_draft(ENDS, whole=True), "⛔ Kết thúc theo Thông báo 58-TB/ĐUK."),
        (a_draft(REPLACES, whole=True), "🔁 Được thay thế bởi Thông báo 58-TB/ĐUK."),
    ],
)
def test_the_older_papers_card_names_the_one_that_changed_it(draft: Draft, line: str) -> None:
    assert effects.joined(VI, Outgoing("Thẻ"), draft.changes).text == f"Thẻ\n{line}"


@pytest.mark.parametrize(
    ("speech", "words"), [(VI, "Văn bản mới đã thay đổi “Số 41-"), (EN, "A newer conclusion changes “No. 41-")]
)
def test_units_of_an_ended_task_are_not_told_that_the_whole_paper_is_withdrawn(speech: Speech, words: str) -> None:
    (effect,) = a_draft(ENDS).changes
    assert words in conclusions.told_units(speech, effect.earlier, effect.duties).text


def test_a_draft_that_changes_nothing_tells_of_no_change() -> None:
    plain = compose(conclusion(2, "58"), [task(90, "4")], Register(UNITS), staffed=[])
    assert changes.lines(VI, plain) == []


def test_every_button_fits_into_the_platforms_bytes() -> None:
    draft = a_draft(ENDS, known=False)
    (effect,) = draft.changes
    effect.change.id = effect.tasks[0].id = 10**18
    assert all(len(data.encode()) <= 64 for data in asked(draft)[1].values())
