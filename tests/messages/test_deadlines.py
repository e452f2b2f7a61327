"""Is a deadline told as it is: with its days, or without a day while nobody knows it?"""

from datetime import date

import pytest

from domain.calendar import Calendar
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from messages import deadlines
from tests.messages.samples import VI


@pytest.mark.parametrize(
    ("deadline", "text"),
    [
        (Deadline(DeadlineKind.DATE, "trước ngày 22/02/2021", date(2021, 2, 21)), "ngày cuối: Chủ nhật, 21/02/2021"),
        (
            Deadline(DeadlineKind.RELATIVE, "sau hội nghị 05 ngày"),
            "⏳ Chưa có ngày cụ thể: sau hội nghị 05 ngày; văn phòng sẽ đặt ngày khi biết.",
        ),
        (Deadline(DeadlineKind.RELATIVE, "sau hội nghị 05 ngày", date(2021, 2, 22)), "ngày cuối: thứ Hai, 22/02/2021"),
        (NO_DEADLINE, "không quy định"),
    ],
)
def test_a_deadline_is_told(deadline: Deadline, text: str) -> None:
    assert text in deadlines.line(VI, deadline, Calendar())
