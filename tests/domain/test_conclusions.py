"""Does a draft become binding only when it may, and is a person's decision kept?"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from domain.conclusions import Conclusion, ConclusionState, Task
from domain.errors import Refusal
from domain.readings import Audience, AudienceKind
from tests.builders import NOW, a_conclusion, a_task, due


def unsure(*what: str, dropped: bool = False) -> Task:
    task = a_task()
    for name in what:
        task.doubt(name, "hai ngày khác nhau")
    task.dropped = dropped
    return task


def dropped() -> Task:
    return unsure(dropped=True)


def in_state(state: ConclusionState) -> Conclusion:
    conclusion = a_conclusion()
    conclusion.state = state
    return conclusion


def publish(conclusion: Conclusion) -> None:
    conclusion.publish([a_task()], NOW)


def withdraw(conclusion: Conclusion) -> None:
    conclusion.end(ConclusionState.WITHDRAWN)


@pytest.mark.parametrize(
    "tasks",
    [
        pytest.param([a_task()], id="one sure task"),
        pytest.param([a_task(), dropped()], id="a dropped task"),
        pytest.param([a_task(), unsure("deadline", dropped=True)], id="a dropped task that is unsure"),
    ],
)
def test_a_sure_draft_is_published(tasks: list[Task]) -> None:
    conclusion = a_conclusion()
    conclusion.publish(tasks, NOW)
    assert (conclusion.state, conclusion.published_at) == (ConclusionState.PUBLISHED, NOW)


@pytest.mark.parametrize("tasks", [[], [dropped()]], ids=["no tasks", "only dropped tasks"])
def test_a_paper_that_alters_others_needs_no_task_of_its_own(tasks: list[Task]) -> None:
    conclusion = a_conclusion()
    conclusion.publish(tasks, NOW, alters=True)
    assert conclusion.state is ConclusionState.PUBLISHED


@pytest.mark.parametrize(
    ("tasks", "reason"),
    [
        pytest.param([], "no-tasks", id="no tasks"),
        pytest.param([dropped()], "no-tasks", id="only dropped tasks"),
        pytest.param([a_task(), unsure("deadline")], "undecided", id="an unsure deadline"),
        pytest.param([unsure("audience")], "undecided", id="an unsure audience"),
    ],
)
def test_a_draft_that_is_not_ready_is_refused_and_stays_a_draft(tasks: list[Task], reason: str) -> None:
    conclusion = a_conclusion()
    with pytest.raises(Refusal) as refused:
        conclusion.publish(tasks, NOW)
    assert (refused.value.reason, conclusion.state, conclusion.published_at) == (reason, ConclusionState.DRAFT, None)


@pytest.mark.parametrize("state", [state for state in ConclusionState if state is not ConclusionState.DRAFT])
@pytest.mark.parametrize("act", [publish, Conclusion.discard])
def test_only_a_draft_is_published_or_discarded(act: Callable[[Conclusion], None], state: ConclusionState) -> None:
    conclusion = in_state(state)
    with pytest.raises(Refusal) as refused:
        act(conclusion)
    assert (refused.value.reason, conclusion.state) == ("not-a-draft", state)


def test_a_draft_is_discarded() -> None:
    conclusion = a_conclusion()
    conclusion.discard()
    assert conclusion.state is ConclusionState.DISCARDED


@pytest.mark.parametrize("end", [ConclusionState.WITHDRAWN, ConclusionState.SUPERSEDED])
def test_a_published_conclusion_ends(end: ConclusionState) -> None:
    conclusion = in_state(ConclusionState.PUBLISHED)
    conclusion.end(end)
    assert conclusion.state is end


@pytest.mark.parametrize("state", [state for state in ConclusionState if state is not ConclusionState.PUBLISHED])
def test_only_a_published_conclusion_ends(state: ConclusionState) -> None:
    conclusion = in_state(state)
    with pytest.raises(Refusal) as refused:
        withdraw(conclusion)
    assert (refused.value.reason, conclusion.state) == ("not-published", state)


@pytest.mark.parametrize(
    ("number", "symbol", "label"), [("12", "TB/ĐU", "12-TB/ĐU"), (None, "TB/ĐU", "TB/ĐU"), ("12", None, "12"), (None, None, "")]
)
def test_the_label_is_what_the_paper_prints_of_it(number: str | None, symbol: str | None, label: str) -> None:
    conclusion = a_conclusion()
    conclusion.number, conclusion.symbol = number, symbol
    assert conclusion.label == label


@pytest.mark.parametrize(("missing", "known"), [(None, True), ("number", False), ("symbol", False), ("dated", False)])
def test_a_paper_is_told_from_every_other_by_number_symbol_and_date_together(missing: str | None, *, known: bool) -> None:
    conclusion = a_conclusion()
    if missing:
        setattr(conclusion, missing, None)
    assert conclusion.is_identified is known


def published(number: int, at: datetime | None) -> Conclusion:
    conclusion = a_conclusion()
    conclusion.id, conclusion.published_at = number, at
    return conclusion


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        pytest.param(published(2, NOW), published(1, NOW + timedelta(minutes=1)), True, id="earlier"),
        pytest.param(published(1, NOW + timedelta(minutes=1)), published(2, NOW), False, id="later"),
        pytest.param(published(1, NOW), published(2, NOW), True, id="in the same moment the one that was read first"),
        pytest.param(published(1, NOW), published(1, NOW), False, id="not before itself"),
        pytest.param(published(1, None), published(2, NOW), False, id="a draft"),
        pytest.param(published(1, NOW), published(2, None), False, id="nor anything before a draft"),
    ],
)
def test_papers_are_in_the_order_of_their_publishing(one: Conclusion, other: Conclusion, *, before: bool) -> None:
    assert one.is_before(other) is before


def test_deciding_the_deadline_settles_it_and_leaves_the_audience_open() -> None:
    task = unsure("deadline", "audience")
    task.decide_deadline(due("2026-03-20"))
    assert (task.deadline, task.unsure) == (due("2026-03-20"), ("audience",))


def test_deciding_the_audience_settles_it_and_leaves_the_deadline_open() -> None:
    task, named = unsure("deadline", "audience"), Audience(AudienceKind.NAMED, ("Khoa Toán",))
    task.decide_audience(named)
    assert (task.audience, task.unsure) == (named, ("deadline",))


def test_the_reason_for_a_doubt_is_kept_when_it_is_settled() -> None:
    task = unsure("deadline", "audience")
    task.confirm("deadline")
    assert (task.unsure, task.doubts) == (
        ("audience",),
        {"deadline": "hai ngày khác nhau", "audience": "hai ngày khác nhau"},
    )


def test_the_newest_reason_for_a_doubt_counts() -> None:
    task = unsure("deadline")
    task.doubt("deadline", "khác")
    assert (task.unsure, task.doubts) == (("deadline",), {"deadline": "khác"})


def test_a_task_is_reworded_without_the_spaces_around() -> None:
    task = a_task()
    task.reword("  Gửi báo cáo \n")
    assert (task.text, task.deliverable) == ("Gửi báo cáo", None)
