"""Does every occurrence of a recurring task come once, in good time, and by its strict day, whatever is planned when?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import ladders, series
from domain.conclusions import Task
from domain.deadlines import Deadline, DeadlineKind
from domain.errors import Refusal
from domain.offices import Office
from domain.series import Opening, Recurring, Series, Span
from storage import calendars
from tests.builders import ZONE, a_task, at

OFFICE = Office(calendars.around(2021), ZONE)
DAY = timedelta(days=1)


def recurring(rule: str, *, clock: time | None = None) -> Deadline:
    return Deadline(DeadlineKind.RECURRING, "trước ngày 25 hằng tháng", at=clock, recurrence=rule, basis="recurring")


def on(day: str) -> date:
    return date.fromisoformat(day)


MONTHLY = recurring("FREQ=MONTHLY;BYMONTHDAY=24")


@pytest.mark.parametrize(
    ("rule", "since", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=24", "2021-01-25", ["2021-02-24", "2021-03-24", "2021-04-24"]),
        ("FREQ=MONTHLY;BYMONTHDAY=24", "2021-02-24", ["2021-02-24", "2021-03-24"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2021-02-01", ["2021-02-28", "2021-03-31", "2021-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=10,20,-1", "2021-02-11", ["2021-02-20", "2021-02-28", "2021-03-10"]),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2021-01-01", ["2021-03-31", "2021-06-30", "2021-09-30"]),
        ("FREQ=WEEKLY;BYDAY=FR", "2021-02-13", ["2021-02-19", "2021-02-26"]),
        ("FREQ=DAILY;UNTIL=20210203", "2021-02-01", ["2021-02-01", "2021-02-02", "2021-02-03"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2021-02-01", ["2021-02-26", "2021-03-31", "2021-04-30"]),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=1MO", "2021-01-01", ["2021-03-01", "2022-03-07"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2021-01-01", ["2024-02-29", "2028-02-29"]),
        ("FREQ=DAILY;UNTIL=20210131", "2021-02-01", []),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2021-02-01", []),
        ("FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=-31", "2021-02-01", []),
        ("FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=30,31", "2021-02-01", ["2021-04-30", "2022-04-30"]),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-30", "2021-02-01", ["2021-04-01", "2022-04-01"]),
    ],
)
def test_a_rule_gives_its_strict_last_days(rule: str, since: str, days: Sequence[str]) -> None:
    until = on(days[-1]) if days else None
    assert list(series.occurrences(rule, on(since), until)) == [on(day) for day in days]


@pytest.mark.parametrize(
    ("rule", "since", "opens"),
    [
        # ten working days before Wednesday 24 February lie on both sides of Tết, 10 to 16 February
        ("FREQ=MONTHLY;BYMONTHDAY=24", "2021-01-25", "2021-02-03"),
        ("FREQ=MONTHLY;BYMONTHDAY=24", "2021-02-25", "2021-03-10"),
        # 24 April is a Saturday, and 21 April the Hùng Kings' day
        ("FREQ=MONTHLY;BYMONTHDAY=24", "2021-03-25", "2021-04-08"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2021-01-01", "2021-03-17"),
        # 30 April is a day off, so ten working days are counted back from the 29th
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2021-04-01", "2021-04-14"),
        # one at a time: the Monday after the Friday before
        ("FREQ=WEEKLY;BYDAY=FR", "2021-03-06", "2021-03-08"),
        ("FREQ=DAILY", "2021-03-09", "2021-03-09"),
        # a Saturday's is heard of on Friday, its last working day
        ("FREQ=DAILY", "2021-03-06", "2021-03-05"),
    ],
)
def test_an_occurrence_opens_in_good_time_and_not_before_the_one_before_is_over(rule: str, since: str, opens: str) -> None:
    assert series.opening_moment(recurring(rule), on(since), OFFICE) == at(opens, "08:00")


@pytest.mark.parametrize(
    ("clock", "since", "opens"),
    [
        (time(7, 30), "2021-03-09", "2021-03-08"),
        (time(8), "2021-03-09", "2021-03-08"),
        (time(16), "2021-03-09", "2021-03-09"),
        # a Saturday's clock is not Friday's, its last working day
        (time(7, 30), "2021-03-06", "2021-03-05"),
    ],
)
def test_what_is_due_before_the_morning_round_opens_a_working_day_earlier(clock: time, since: str, opens: str) -> None:
    assert series.opening_moment(recurring("FREQ=DAILY", clock=clock), on(since), OFFICE) == at(opens, "08:00")


@pytest.mark.parametrize(
    ("rule", "clock", "now", "first"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=24", None, at("2021-02-24", "23:00"), "2021-02-24"),
        ("FREQ=MONTHLY;BYMONTHDAY=24", None, at("2021-02-25", "00:30"), "2021-03-24"),
        ("FREQ=MONTHLY;BYMONTHDAY=24", None, at("2021-02-25", "00:30").astimezone(UTC), "2021-03-24"),
        ("FREQ=MONTHLY;BYMONTHDAY=24", time(16), at("2021-02-24", "16:30"), "2021-03-24"),
        ("FREQ=MONTHLY;BYMONTHDAY=24", time(16), at("2021-02-24", "16:00"), "2021-02-24"),
        ("FREQ=MONTHLY;BYMONTHDAY=24", time(16), at("2021-02-24", "15:30"), "2021-02-24"),
    ],
)
def test_a_series_begins_at_once_with_the_first_that_is_not_over(
    rule: str, clock: time | None, now: datetime, first: str
) -> None:
    task = a_task(deadline=recurring(rule, clock=clock))
    task.id = 7
    begun = series.begin(task, now, OFFICE)
    assert begun is not None
    assert (begun.task_id, begun.begins_on, begun.opens_at) == (7, on(first), now)


@pytest.mark.parametrize("deadline", [recurring("FREQ=DAILY;UNTIL=20210131"), Deadline(DeadlineKind.DATE)])
def test_what_has_no_occurrence_begins_no_series(deadline: Deadline) -> None:
    assert series.begin(a_task(deadline=deadline), at("2021-02-01"), OFFICE) is None


def due(deadline: Deadline, begins_on: str, now: datetime) -> Opening:
    opens_at = series.opening_moment(deadline, on(begins_on), OFFICE)
    return series.due_to_open(deadline, on(begins_on), opens_at, now, OFFICE)


@pytest.mark.parametrize(("clock", "days"), [("07:59", ()), ("08:00", (on("2021-02-24"),))])
def test_an_occurrence_is_opened_from_its_moment_on(clock: str, days: tuple[date, ...]) -> None:
    assert due(MONTHLY, "2021-01-25", at("2021-02-03", clock)).days == days


def test_after_an_outage_every_month_that_was_missed_is_opened() -> None:
    months = (on("2021-02-24"), on("2021-03-24"), on("2021-04-24"), on("2021-05-24"))
    assert due(MONTHLY, "2021-01-25", at("2021-06-05")) == Opening(months, (), on("2021-05-25"), at("2021-06-10", "08:00"))


def test_after_an_outage_only_the_newest_days_of_a_daily_rule_are_opened() -> None:
    opening = due(recurring("FREQ=DAILY"), "2021-03-01", at("2021-03-10"))
    assert opening.skipped == tuple(on(f"2021-03-0{day}") for day in range(1, 7))
    assert opening.days == tuple(on(f"2021-03-{day:02}") for day in range(7, 11))
    assert opening.opens_at == at("2021-03-11", "08:00")


def test_the_last_occurrence_ends_what_is_to_come() -> None:
    opening = due(recurring("FREQ=WEEKLY;BYDAY=FR;UNTIL=20210312"), "2021-03-06", at("2021-03-09"))
    assert opening == Opening((on("2021-03-12"),), (), on("2021-03-13"), None)


RULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;UNTIL=20210310",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
    "FREQ=MONTHLY;BYMONTHDAY=24",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=15",
]
# Planned every few minutes, once a day, or after an outage of a week and more.
WAITS = st.one_of(st.integers(1, 30), st.integers(1200, 1600), st.integers(9000, 30000))


@given(rule=st.sampled_from(RULES), waits=st.lists(WAITS, min_size=1, max_size=40))
def test_every_occurrence_is_opened_once_in_order_whatever_the_moments(rule: str, waits: Sequence[int]) -> None:
    deadline, now = recurring(rule), at("2021-01-04")
    stand = series.begin(a_task_numbered(deadline), now, OFFICE)
    assert stand is not None
    opened: list[date] = []
    skipped: list[date] = []
    for minutes in (0, *waits):
        now += timedelta(minutes=minutes)
        opening = series.due_to_open(deadline, stand.begins_on, stand.opens_at, now, OFFICE)
        stand.go_on(opening)
        opened += opening.days
        skipped += opening.skipped
    seen = sorted({*opened, *skipped})
    assert (len(seen), opened) == (len(opened) + len(skipped), sorted(opened))
    assert seen == list(series.occurrences(rule, on("2021-01-04"), seen[-1]))
    assert stand.opens_at is None or stand.opens_at > now
    assert not skipped or "DAILY" in rule
    assert all(day < now.astimezone(ZONE).date() for day in skipped)


@given(rule=st.sampled_from(RULES), start=st.integers(0, 300))
def test_nothing_opens_after_its_last_working_day_and_moments_never_go_back(rule: str, start: int) -> None:
    deadline, since = recurring(rule), on("2021-01-01") + start * DAY
    days = [day for day, _ in zip(series.occurrences(rule, since), range(12), strict=False)]
    starts = [since, *(day + DAY for day in days[:-1])] if days else []
    moments = [series.opening_moment(deadline, begins, OFFICE) for begins in starts]
    for day, moment in zip(days, moments, strict=True):
        assert moment is not None
        assert moment <= OFFICE.round_of(OFFICE.calendar.last_working_day(day))
        assert OFFICE.works(moment)
    assert all(one is not None and other is not None and one <= other for one, other in pairwise(moments))


def a_task_numbered(deadline: Deadline) -> Task:
    task = a_task(deadline=deadline)
    task.id = 1
    return task


@pytest.mark.parametrize(
    ("before", "after", "begins_on", "now", "following"),
    [
        # 24 February is open: the new rule begins with March, whichever day is the earlier one.
        ("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=MONTHLY;BYMONTHDAY=19", "2021-02-25", "2021-02-08", "2021-03-19"),
        ("FREQ=MONTHLY;BYMONTHDAY=19", "FREQ=MONTHLY;BYMONTHDAY=24", "2021-02-20", "2021-02-22", "2021-03-24"),
        # Nothing of March is open yet.
        ("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=MONTHLY;BYMONTHDAY=19", "2021-02-25", "2021-03-01", "2021-03-19"),
        ("FREQ=MONTHLY;BYMONTHDAY=10,25", "FREQ=MONTHLY;BYMONTHDAY=10,20", "2021-03-11", "2021-03-09", "2021-03-20"),
        ("FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;BYDAY=MO", "2021-03-13", "2021-03-10", "2021-03-15"),
        ("FREQ=WEEKLY;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=-1", "2021-03-13", "2021-03-10", "2021-03-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=WEEKLY;BYDAY=FR", "2021-03-25", "2021-03-15", "2021-04-02"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", "FREQ=MONTHLY;BYMONTHDAY=4", "2021-03-15", "2021-03-10", "2021-04-04"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4", "2021-11-15", "2021-11-01", "2022-05-04"),
        # The last quarter begins with October, and the next year with January, whichever day the old rule named.
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", "FREQ=MONTHLY;BYMONTHDAY=20", "2021-09-15", "2021-09-10", "2021-10-20"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", "FREQ=MONTHLY;BYMONTHDAY=1", "2021-09-15", "2021-09-10", "2021-10-01"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14", "FREQ=MONTHLY;BYMONTHDAY=1", "2021-11-15", "2021-11-01", "2022-01-01"),
        ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=FR", "2021-03-10", "2021-03-09", "2021-03-12"),
        ("FREQ=DAILY;UNTIL=20210305", "FREQ=DAILY", "2021-03-06", "2021-03-09", "2021-03-09"),
    ],
)
def test_a_new_rule_asks_for_no_period_twice_and_for_none_never(
    before: str, after: str, begins_on: str, now: str, following: str
) -> None:
    task = a_task_numbered(recurring(after))
    stand = Series(1, on(begins_on), at(now))
    stand.change(recurring(before), task.deadline, at(now), OFFICE)
    assert Recurring(task, stand).next_day == on(following)
    assert stand.opens_at == series.opening_moment(task.deadline, stand.begins_on, OFFICE)
    assert (stand.revision, stand.formerly) == (2, "trước ngày 25 hằng tháng")


@pytest.mark.parametrize(
    ("before", "after", "day", "found"),
    [
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=MONTHLY;BYMONTHDAY=19", "2021-02-24", "2021-02-19", id="sooner"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=MONTHLY;BYMONTHDAY=1", "2021-02-24", "2021-02-01", id="the first"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=MONTHLY;BYMONTHDAY=-1", "2021-02-24", "2021-02-28", id="later"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=MONTHLY;BYMONTHDAY=19;UNTIL=20210131", "2021-02-24", None, id="over"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=10,20", "FREQ=MONTHLY;BYMONTHDAY=10,15", "2021-02-10", None, id="one of several"),
        pytest.param("FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;BYDAY=MO", "2021-02-05", "2021-02-01", id="week"),
        pytest.param(
            "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
            "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15",
            "2021-03-31",
            "2021-03-15",
            id="quarter",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1", "2021-06-01", "2021-11-01", id="year"
        ),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=MONTHLY;BYMONTHDAY=31", "2021-02-24", None, id="no such day"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=WEEKLY;BYDAY=FR", "2021-02-24", None, id="another period"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=10,20", "FREQ=MONTHLY;BYMONTHDAY=5,15", "2021-02-10", None, id="several a month"),
    ],
)
def test_a_new_rule_sets_a_day_for_what_the_old_one_opened_where_both_mean_the_same_period(
    before: str, after: str, day: str, found: str | None
) -> None:
    new = series.in_its_period(recurring(before), recurring(after), on(day))
    assert (new and new.last_day) == (on(found) if found else None)


def test_a_single_day_sets_none_for_what_a_rule_opened() -> None:
    assert series.in_its_period(MONTHLY, Deadline(DeadlineKind.DATE, last_day=on("2021-02-19")), on("2021-02-24")) is None


def test_a_rule_that_is_over_is_refused_and_changes_nothing() -> None:
    stand = Series(1, on("2021-02-25"), at("2021-03-10"))
    with pytest.raises(Refusal, match="rule-is-over"):
        stand.change(MONTHLY, recurring("FREQ=DAILY;UNTIL=20210201"), at("2021-03-01"), OFFICE)
    assert (stand.begins_on, stand.opens_at, stand.revision) == (on("2021-02-25"), at("2021-03-10"), 1)


def test_a_series_ends_once_and_then_takes_no_rule() -> None:
    stand = Series(1, on("2021-02-25"), at("2021-03-10"))
    stand.end(at("2021-03-01"))
    assert (stand.opens_at, stand.ended_at, stand.revision) == (None, at("2021-03-01"), 2)
    assert Recurring(a_task_numbered(MONTHLY), stand).next_day is None
    with pytest.raises(Refusal, match="series-ended"):
        stand.end(at("2021-03-02"))
    with pytest.raises(Refusal, match="series-ended"):
        stand.change(MONTHLY, MONTHLY, at("2021-03-02"), OFFICE)


@pytest.mark.parametrize(("clock", "kind"), [(None, DeadlineKind.DATE), (time(16), DeadlineKind.DATETIME)])
def test_an_occurrence_is_a_task_with_a_day_of_its_own(clock: time | None, kind: DeadlineKind) -> None:
    task = a_task_numbered(replace(MONTHLY, at=clock))
    task.conclusion_id, task.position, task.ladder = 5, 3, ladders.parse("5, 0, +1")
    made = series.occurrence(task, on("2021-03-24"), ref="1, kỳ tháng 3/2021", name="Kỳ tháng 3/2021: Kế hoạch")
    words = "trước ngày 25 hằng tháng"
    assert made.deadline == Deadline(kind, words, on("2021-03-24"), clock, basis="occurrence")
    assert (made.series_id, made.occurs_on, made.text, made.submit_to) == (1, on("2021-03-24"), task.text, task.submit_to)
    assert (made.ref, made.deliverable) == ("1, kỳ tháng 3/2021", "Kỳ tháng 3/2021: Kế hoạch")
    assert (made.conclusion_id, made.position, made.ladder) == (task.conclusion_id, task.position, task.ladder)
    assert (made.audience, made.audience is task.audience) == (task.audience, False)


@pytest.mark.parametrize(
    ("deadline", "today", "begins"),
    [
        (MONTHLY, on("2021-02-25"), series.on(MONTHLY, on("2021-03-24"))),
        (MONTHLY, None, MONTHLY),
        (recurring("FREQ=DAILY;UNTIL=20210131"), on("2021-02-01"), recurring("FREQ=DAILY;UNTIL=20210131")),
        (
            Deadline(DeadlineKind.DATE, last_day=on("2021-03-01")),
            on("2021-02-01"),
            Deadline(DeadlineKind.DATE, None, on("2021-03-01")),
        ),
    ],
)
def test_a_task_begins_with_the_deadline_of_its_first_occurrence(
    deadline: Deadline, today: date | None, begins: Deadline
) -> None:
    assert series.first(deadline, today) == begins


@pytest.mark.parametrize(
    ("rule", "meaning"),
    [
        ("FREQ=DAILY", Span.DAY),
        ("FREQ=WEEKLY;BYDAY=FR", Span.WEEK),
        ("FREQ=WEEKLY;BYDAY=MO,TH", Span.DAY),
        ("FREQ=MONTHLY;BYMONTHDAY=24", Span.MONTH),
        ("FREQ=MONTHLY;BYMONTHDAY=10,25", Span.DAY),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", Span.MONTH),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", Span.QUARTER),
        ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", Span.MONTH),
        ("FREQ=YEARLY", Span.YEAR),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14", Span.YEAR),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=14", Span.MONTH),
    ],
)
def test_an_occurrence_stands_for_a_span_of_its_rule(rule: str, meaning: Span) -> None:
    assert series.span(recurring(rule)) is meaning
