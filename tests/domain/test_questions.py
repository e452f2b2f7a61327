"""Is everything asked once, in the paper's order, and does each question keep its number?"""

import pytest

from domain import questions
from domain.conclusions import Task
from domain.questions import UNIT_UNKNOWN, check_names, of_tasks
from domain.readings import Audience, AudienceKind
from tests.builders import a_task

NAMED = Audience(AudienceKind.NAMED, ("Phòng Tài chánh", "Phòng Nội vụ"))
REST = Audience(AudienceKind.GROUP, phrase="các phòng còn lại", complement=True, excluded=("Phòng Tài chánh",))


def doubted(**reasons: str) -> Task:
    task = a_task(audience=NAMED)
    for field, reason in reasons.items():
        task.doubt(field, reason)
    return task


@pytest.mark.parametrize(
    ("task", "fields"),
    [
        pytest.param(doubted(), [], id="sure"),
        pytest.param(doubted(deadline="deadline-contradicts"), [("deadline",)], id="one field"),
        pytest.param(
            doubted(deadline="deadline-impossible", audience="audience-missing"), [("deadline",), ("audience",)], id="two fields"
        ),
        pytest.param(doubted(deadline="scanned", audience="scanned"), [("deadline", "audience")], id="a scan is compared once"),
        pytest.param(
            doubted(deadline="deadline-impossible", audience="scanned"), [("deadline",), ("audience",)], id="a scan with a doubt"
        ),
    ],
)
def test_a_question_is_what_one_answer_settles(task: Task, fields: list[tuple[str, ...]]) -> None:
    assert [question.fields for question in of_tasks([task])] == fields


def test_an_answered_question_keeps_its_number_and_a_dropped_task_asks_nothing() -> None:
    first, second, dropped = (doubted(deadline="deadline-impossible") for _ in range(3))
    first.confirm("deadline")
    dropped.dropped = True
    assert [(question.task, question.is_open) for question in of_tasks([first, second, dropped])] == [
        (first, False),
        (second, True),
    ]


def test_a_comparison_is_open_until_every_field_is_decided() -> None:
    task = doubted(deadline="scanned", audience="scanned")
    (comparison,) = of_tasks([task])
    task.confirm("deadline")
    assert comparison.is_open
    task.confirm("audience")
    assert not comparison.is_open


@pytest.mark.parametrize("doubts", [{}, {"audience": "audience-count-differs"}])
def test_names_that_come_near_none_raise_no_doubt_and_settle_no_other_one(doubts: dict[str, str]) -> None:
    task = doubted(**doubts)
    check_names(task, {"Phòng Tổ chức"})
    assert (task.unsure, task.doubts) == (tuple(doubts), doubts)


@pytest.mark.parametrize("audience", [NAMED, REST])
def test_a_name_that_comes_near_a_registered_one_is_asked_about_until_it_is_known(audience: Audience) -> None:
    task = a_task(audience=audience)
    check_names(task, {"Phòng Tài chánh"})
    assert (task.unsure, task.doubts) == (("audience",), {"audience": UNIT_UNKNOWN})
    check_names(task, {"Phòng Tài chánh", "Phòng Tổ chức"})
    assert "audience" in task.unsure
    check_names(task, ())
    assert task.unsure == ()


def test_a_name_is_asked_about_instead_of_comparing_it_with_the_scan() -> None:
    task = doubted(deadline="scanned", audience="scanned")
    check_names(task, {"Phòng Tài chánh"})
    assert [question.reason for question in questions.of_tasks([task])] == [UNIT_UNKNOWN, "scanned"]


def test_what_reading_was_not_sure_of_comes_before_the_names() -> None:
    task = doubted(audience="audience-count-differs")
    check_names(task, {"Phòng Tài chánh"})
    assert task.doubts == {"audience": "audience-count-differs"}
    task.confirm("audience")
    check_names(task, {"Phòng Tài chánh"})
    assert (task.unsure, task.doubts) == (("audience",), {"audience": UNIT_UNKNOWN})
