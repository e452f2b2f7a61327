"""Does every refusal and every reason have its words?"""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from documents.codes import Doubt, Oddity
from documents.reasons import Reason
from domain.assignments import AssignmentState, SubmissionState
from domain.broadcasts import BroadcastState, Hindrance
from domain.conclusions import ConclusionState
from domain.people import RoleKind
from messages import broadcasts, conclusions, doubts, refusals, registration, tasks
from tests.messages.samples import VI

ROOT = Path(__file__).parents[2]
STATES: dict[str, list[StrEnum]] = {
    "is-": [state for state in AssignmentState if state not in (AssignmentState.ASSIGNED, AssignmentState.RETURNED)],
    "submission-": [state for state in SubmissionState if state is not SubmissionState.PENDING],
    "broadcast-": [state for state in BroadcastState if state is not BroadcastState.DRAFT],
}


def refused() -> Iterator[str]:
    """Give the reason of every ``Refusal`` that the code raises."""
    for package in ("domain", "handlers", "storage", "documents", "schedules"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal" and node.args:
                    yield from reasons(node.args[0])


def reasons(argument: ast.expr) -> Iterator[str]:
    """Give the reasons that an argument can stand for."""
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue()]):
            yield from (f"{start}{state}" for state in STATES[start])
        case ast.IfExp(body=one, orelse=other):
            yield from reasons(one)
            yield from reasons(other)
        case _:
            raise AssertionError(f"a reason that no test can know: {ast.unparse(argument)}")


@pytest.mark.parametrize("reason", sorted(set(refused())))
def test_every_refusal_in_the_code_has_its_sentence(reason: str) -> None:
    assert refusals.refusal(VI, reason).text != ""


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_not_to_read_a_paper_has_its_sentence(reason: Reason) -> None:
    assert refusals.why_unreadable(VI, reason) != refusals.UNREADABLE[reason]


def test_every_code_of_reading_has_its_words() -> None:
    assert set(doubts.FINDINGS) >= set(Oddity)
    assert set(doubts.DOUBTS) >= set(Doubt)


def test_every_state_and_role_has_its_words() -> None:
    assert set(tasks.STATES) == set(AssignmentState)
    assert set(conclusions.STATES) == set(ConclusionState)
    assert set(registration.ROLES) == set(RoleKind)
    assert set(broadcasts.HINDRANCES) == set(Hindrance)
