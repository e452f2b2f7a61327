"""Is every value of a reading told in full, and does every rule have a name?"""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from documents import reading as documents
from documents.extraction.deadlines.rules import WORDINGS
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.readings import Audience, AudienceKind, Directive, Finding, Header, Reading
from messages import readings
from messages.i18n import Speech
from tests.documents import papers

VI, EN = (Speech(language, ZoneInfo("Asia/Ho_Chi_Minh")) for language in ("vi", "en"))
EVERYONE = Audience(AudienceKind.ALL, phrase="các chi bộ")
SUNDAY, FRIDAY = date(2021, 2, 21), date(2021, 2, 19)


def told(directive: Directive) -> dict[str, tuple[str, ...]]:
    return {fact.field: fact.lines for fact in readings.directive(VI, directive, papers.TET)}


@pytest.mark.parametrize(
    ("deadline", "lines"),
    [
        (NO_DEADLINE, ("Không quy định",)),
        (
            Deadline(DeadlineKind.DATE, "trước ngày 22/02/2021", SUNDAY),
            ("“trước ngày 22/02/2021”", "Ngày cuối: Chủ nhật, 21/02/2021", "Ngày làm việc cuối: thứ Sáu, 19/02/2021"),
        ),
        (
            Deadline(DeadlineKind.DATETIME, "trước 17 giờ", FRIDAY, time(17)),
            ("“trước 17 giờ”", "Chậm nhất: 17:00, thứ Sáu, 19/02/2021", "Ngày làm việc cuối: thứ Sáu, 19/02/2021"),
        ),
        (Deadline(DeadlineKind.RECURRING, "hằng tháng", recurrence="FREQ=MONTHLY"), ("“hằng tháng”", "Định kỳ")),
        (Deadline(DeadlineKind.RELATIVE, "sau Tết"), ("“sau Tết”", "Chưa ấn định ngày")),
        (Deadline(DeadlineKind.DATE, "ngày 31/02"), ("“ngày 31/02”",)),
    ],
)
def test_a_deadline_is_told_with_its_words_its_last_day_and_its_last_working_day(
    deadline: Deadline, lines: tuple[str, ...]
) -> None:
    assert told(Directive("1", "Nộp báo cáo", EVERYONE, deadline))["deadline"] == lines


@pytest.mark.parametrize(
    ("audience", "lines"),
    [
        (EVERYONE, ("các chi bộ",)),
        (Audience(AudienceKind.ALL), ("tất cả đơn vị",)),
        (Audience(AudienceKind.NAMED, ("Chi bộ A",), "Chi bộ A"), ("Chi bộ A",)),
        (
            Audience(AudienceKind.NAMED, ("Chi bộ A", "Chi bộ B"), "Chi bộ A và B", ("Sở Y tế",)),
            ("Chi bộ A và B", "2 đơn vị: Chi bộ A và Chi bộ B", "Phối hợp: Sở Y tế"),
        ),
        (
            Audience(AudienceKind.GROUP, phrase="các chi bộ còn lại", complement=True, excluded=("Chi bộ A",)),
            ("các chi bộ còn lại", "Trừ: Chi bộ A"),
        ),
    ],
)
def test_an_audience_is_told_with_its_units_those_left_out_and_those_who_help(audience: Audience, lines: tuple[str, ...]) -> None:
    assert told(Directive("1", "Nộp báo cáo", audience))["audience"] == lines


def test_what_is_unsure_is_told_with_its_reason_and_what_it_may_mean() -> None:
    choices = tuple(Deadline(DeadlineKind.DATE, "Chủ nhật, ngày 19/02/2021", day) for day in (FRIDAY, SUNDAY))
    deadline = Deadline(DeadlineKind.DATE, "Chủ nhật, ngày 19/02/2021")
    doubts = {"deadline": "deadline-contradicts"}
    unsure = Directive("1", "Nộp báo cáo", EVERYONE, deadline, unsure=("deadline",), doubts=doubts, choices=choices)

    (fact,) = [one for one in readings.directive(VI, unsure, papers.TET) if one.doubt]

    assert (fact.label, fact.doubt) == ("Hạn", "Cần xác định: các chi tiết về hạn mâu thuẫn với nhau.")
    assert fact.lines[1:] == (
        "Có thể là thứ Sáu, 19/02/2021",
        "Có thể là Chủ nhật, 21/02/2021; ngày làm việc cuối: thứ Sáu, 19/02/2021",
    )


def test_the_words_of_a_paper_are_escaped() -> None:
    read = Directive("1", "Nộp", Audience(AudienceKind.NAMED, ("<b>A</b>",), "<i>A</i>"), deliverable="<u>", submit_to="&")

    values = told(read)

    assert values["audience"] == ("&lt;i&gt;A&lt;/i&gt;", "1 đơn vị: &lt;b&gt;A&lt;/b&gt;")
    assert (values["deliverable"], values["submit_to"]) == (("&lt;u&gt;",), ("&amp;",))


def test_the_header_tells_what_the_paper_does_not_say() -> None:
    facts = readings.header(EN, Header(number="53", symbol="TB/ĐUK"))

    assert [fact.lines for fact in facts] == [("not in the paper",), ("53-TB/ĐUK",), ("not in the paper",), ("not in the paper",)]


def test_the_summary_counts_what_is_sure_what_is_asked_and_what_is_odd() -> None:
    sure, asked = Directive("1", "Nộp", EVERYONE), Directive("2", "Nộp", EVERYONE, unsure=("audience",))
    reading = Reading(Header(), directives=(sure, sure, asked), findings=(Finding("text-damaged", "l2", None),))

    summary = readings.summary(EN, reading)

    assert summary == "Tasks: 3 – sure: 2; to be decided: 1. To be looked at: 1."


@pytest.mark.parametrize("name", ["tet.txt", "huyen.txt", "phuong.txt"])
def test_every_rule_that_took_words_has_a_name_or_is_a_line_of_the_grammar(name: str) -> None:
    reading = documents.read(papers.file(papers.NOTICES / name), papers.TET)
    taken = [reading.evidence, *(directive.evidence for directive in reading.directives)]

    rules = {evidence.rule for fields in taken for evidence in fields.values()}

    assert rules <= set(readings.RULES) | {wording.rule for wording in WORDINGS}


def test_a_line_of_the_grammar_is_quoted_as_it_is_written() -> None:
    assert readings.rule(EN, "truoc @wday") == "the wording truoc @wday"
    assert readings.rule(EN, "(?P<day>\\d)") == "the wording (?P&lt;day&gt;\\d)"
