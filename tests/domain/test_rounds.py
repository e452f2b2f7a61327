"""Is there anything for the office to look after in the morning?"""

import pytest

from domain.assignments import AssignmentState, Submission
from domain.duties import Duty
from domain.reach import Silent
from domain.rounds import OfficeRound, Straggler
from domain.units import Unit
from tests.builders import NOW, a_conclusion, a_task, an_assignment

UNIT = Unit("Khoa Toán")
DUTY = Duty(an_assignment(AssignmentState.SUBMITTED), a_task(), UNIT, a_conclusion())


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(
            OfficeRound(waiting=((DUTY, Submission(1, 1, NOW, AssignmentState.ASSIGNED)),)), id="a submission that waits"
        ),
        pytest.param(OfficeRound(dayless=(DUTY,)), id="a deadline without a day"),
        pytest.param(OfficeRound(unheard=(DUTY,)), id="a duty of which nothing was heard"),
        pytest.param(OfficeRound(unstaffed=((Silent(UNIT), 1),)), id="a unit without anybody"),
        pytest.param(OfficeRound(drafts=(a_conclusion(),)), id="a draft"),
        pytest.param(OfficeRound(stragglers=(Straggler(UNIT, (DUTY,), 3, 0),)), id="a straggler"),
    ],
)
def test_each_thing_alone_is_something_to_look_after(one: OfficeRound) -> None:
    assert not one.is_empty


def test_without_any_the_office_is_left_alone() -> None:
    assert OfficeRound().is_empty
