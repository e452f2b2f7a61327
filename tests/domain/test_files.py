"""How long is a file that does not come through tried again?"""

from datetime import timedelta

import pytest

from domain.files import File, Purpose
from tests.builders import NOW

A_DAY = timedelta(days=1)


def tried(times: int) -> File:
    return File("telegram", "f-1", "bao-cao.pdf", 1, Purpose.SUBMISSION, received_at=NOW, fetch_at=NOW, tries=times)


@pytest.mark.parametrize(
    ("before", "seconds"),
    [(0, 2), (1, 4), (7, 256), (8, 300), (9, 300), pytest.param(5000, 300, id="and however often it was tried")],
)
def test_each_try_comes_later_than_the_one_before_and_five_minutes_at_most(before: int, seconds: int) -> None:
    file = tried(before)
    assert file.put_off(NOW)
    assert (file.tries, file.fetch_at) == (before + 1, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(("after", "again"), [(A_DAY - timedelta(seconds=1), True), (A_DAY, False)])
def test_it_is_tried_for_a_day(after: timedelta, *, again: bool) -> None:
    assert tried(300).put_off(NOW + after) is again
