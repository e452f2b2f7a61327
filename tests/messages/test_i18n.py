"""Are texts, dates, plurals and lists those of the language, and is what people write made harmless?"""

from datetime import UTC, date, datetime

import pytest

from tests.messages.samples import EN, VI


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [
        (date(2021, 2, 19), "thứ Sáu, 19/02/2021", "Friday, 19/02/2021"),
        (date(2021, 2, 21), "Chủ nhật, 21/02/2021", "Sunday, 21/02/2021"),
        (date(2021, 2, 22), "thứ Hai, 22/02/2021", "Monday, 22/02/2021"),
    ],
)
def test_days_are_written_as_within_a_sentence(day: date, vi: str, en: str) -> None:
    assert (VI.day(day), EN.day(day)) == (vi, en)


def test_moments_are_told_in_the_zone_of_the_office() -> None:
    assert VI.moment(datetime(2021, 2, 18, 18, 30, tzinfo=UTC)) == "01:30 thứ Sáu, 19/02/2021"


def test_fields_are_escaped_and_marked_text_is_not() -> None:
    assert EN.say("Unit: {unit}", unit="<b>A & B</b>") == "Unit: &lt;b&gt;A &amp; B&lt;/b&gt;"
    assert EN.say("Unit: {unit}", unit=EN.strong("A & B")) == "Unit: <b>A &amp; B</b>"


def test_plurals_follow_the_language() -> None:
    assert EN.plural("{n} task", "{n} tasks", 1) == "1 task"
    assert EN.plural("{n} task", "{n} tasks", 2) == "2 tasks"
    assert VI.plural("{n} task", "{n} tasks", 1) == "1 việc"
    assert VI.plural("{n} task", "{n} tasks", 1200) == "1.200 việc"


def test_lists_are_joined_by_the_language() -> None:
    assert VI.series(["A", "B", "C"]) == "A, B và C"
    assert EN.series(["A", "B & C"]) == "A and B &amp; C"


def test_braces_in_what_people_write_are_kept() -> None:
    assert EN.say("Unit: {unit}", unit="{name}") == "Unit: {name}"
