"""What does a paper change of a task that recurs: its rule, one of its occurrences, or that it recurs at all?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.assignments import AssignmentState
from domain.changes import Effect, of_occurrence
from domain.conclusions import Task
from domain.deadlines import Deadline, DeadlineKind
from domain.drafts import Draft
from domain.duties import Duty
from domain.readings import AmendmentKind, Audience, AudienceKind
from domain.series import Recurring, Series
from domain.units import Unit
from tests.builders import NOW, a_conclusion, an_assignment, due
from tests.domain.effects import (
    DONE,
    ENDS,
    LIBRARY,
    MATHS,
    MOVES,
    OPEN,
    PHYSICS,
    REGISTER,
    WAITING,
    a_change,
    a_draft,
    an_effect,
    item,
    published,
)

RULE = Deadline(DeadlineKind.RECURRING, "trước ngày 25 hằng tháng", recurrence="FREQ=MONTHLY;BYMONTHDAY=24")
SOONER = Deadline(DeadlineKind.RECURRING, "trước ngày 20 hằng tháng", recurrence="FREQ=MONTHLY;BYMONTHDAY=19")
FEBRUARY, MARCH, TODAY = date(2026, 2, 24), date(2026, 3, 24), date(2026, 3, 2)


def monthly(kind: AmendmentKind, says: Task | None, *states: AssignmentState, ended: bool = False) -> Effect:
    """Give what a change does to a series of all units, whose February and March are open for them as their states tell."""
    change, task = a_change(kind, says=says.id if says else None), item("1", deadline=RULE)
    stand = Series(task.id, MARCH + timedelta(days=1), NOW, ended_at=NOW if ended else None)
    duties = [
        Duty(an_assignment(state, deadline=due(f"{day}")), month, unit, published())
        for day in (FEBRUARY, MARCH)
        for month in [an_occurrence(day)]
        for state, unit in zip(states, REGISTER.units, strict=False)
    ]
    bound = frozenset(unit.id for unit in REGISTER.units)
    return Effect(change, a_conclusion(), published(), (task,), says, tuple(duties), Recurring(task, stand), bound)


def an_occurrence(day: date) -> Task:
    made = item(f"1, {day:%m}", 100 + day.month, deadline=due(f"{day}"))
    made.series_id, made.occurs_on = 1, day
    return made


def on_that_day(effect: Effect, *tasks: Task) -> Draft:
    return replace(a_draft(effect, *tasks), today=TODAY)


def test_a_new_rule_moves_what_is_open_to_its_day_but_not_to_one_that_is_over() -> None:
    says = item("1", 11, deadline=SOONER)
    effect = monthly(MOVES, says, OPEN, WAITING, DONE)
    draft = on_that_day(effect, says)
    moved = [(duty.unit, duty.task.occurs_on, new.last_day) for duty, new in draft.moved(effect)]
    assert moved == [(MATHS, MARCH, date(2026, 3, 19))]
    assert not draft.by_hand(effect)
    assert draft.given(draft.tasks[0]) == ()


def test_a_rule_that_sets_the_same_day_moves_nothing() -> None:
    says = item("1", 11, deadline=replace(RULE, literal="chậm nhất ngày 24 hằng tháng"))
    effect = monthly(MOVES, says, OPEN)
    assert on_that_day(effect, says).moved(effect) == ()


def for_units(*names: str) -> Task:
    return item("1", 11, deadline=SOONER, audience=Audience(AudienceKind.NAMED, names))


def test_a_new_rule_for_more_units_gives_the_others_a_series() -> None:
    says = item("1", 11, deadline=SOONER)
    for_two = replace(monthly(MOVES, says, OPEN), bound=frozenset([MATHS.id]))
    draft = on_that_day(for_two, says)
    assert (draft.by_hand(for_two), draft.given(draft.tasks[0])) == (False, (PHYSICS, LIBRARY))
    assert draft.keeping(for_two) == frozenset()


def test_a_new_rule_for_fewer_units_moves_theirs_and_the_others_keep_the_old_one() -> None:
    says = for_units("Khoa Toán")
    effect = monthly(MOVES, says, OPEN, OPEN, OPEN)
    draft = on_that_day(effect, says)
    assert (draft.by_hand(effect), draft.given(draft.tasks[0])) == (False, ())
    assert draft.keeping(effect) == frozenset([PHYSICS.id, LIBRARY.id])
    assert [(duty.unit, new.last_day) for duty, new in draft.moved(effect)] == [(MATHS, date(2026, 3, 19))]


@pytest.mark.parametrize("names", [("Khoa Toán", "Thư viện"), ("Thư viện",), ()])
def test_a_new_rule_for_some_of_the_units_and_others_is_left_to_the_officer(names: tuple[str, ...]) -> None:
    says = for_units(*names)
    effect = replace(monthly(MOVES, says, OPEN), bound=frozenset([MATHS.id, PHYSICS.id]))
    draft = on_that_day(effect, says)
    assert draft.by_hand(effect)
    assert set(draft.given(draft.tasks[0])) == {unit for unit in REGISTER.units if unit.name in names}


def test_a_rule_in_the_place_of_a_single_deadline_ends_that_for_whom_it_binds() -> None:
    says = for_units("Khoa Toán", "Khoa Vật lý")
    effect = an_effect(a_change(), says, OPEN, WAITING, OPEN)
    draft = a_draft(effect, says)
    assert (effect.recurs_instead, draft.by_hand(effect), effect.may_apply) == (True, False, True)
    assert [duty.unit for duty in draft.reached(effect)] == [MATHS]
    assert draft.given(draft.tasks[0]) == (MATHS, PHYSICS)


def test_an_end_of_a_series_keeps_what_was_handed_in() -> None:
    effect = monthly(ENDS, None, OPEN, WAITING, DONE)
    reached = on_that_day(effect, item("1", 11)).reached(effect)
    assert [(duty.unit, duty.task.occurs_on) for duty in reached] == [(MATHS, FEBRUARY), (MATHS, MARCH)]


def test_a_series_that_has_ended_or_never_began_is_left_to_the_officer() -> None:
    says = item("1", 11, deadline=SOONER)
    ended, never = monthly(MOVES, says, ended=True), replace(monthly(ENDS, None), series=None)
    assert [one.by_hand for one in (ended, never)] == [True] * 2
    assert [one.may_apply for one in (ended, never)] == [False] * 2
    assert monthly(ENDS, None).may_apply


@pytest.mark.parametrize(
    ("day", "month", "to_open"),
    [
        ("2026-02-28", FEBRUARY, None),
        ("2026-03-05", FEBRUARY, None),
        ("2026-03-20", MARCH, None),
        ("2026-03-31", MARCH, None),
        ("2026-04-20", None, date(2026, 4, 24)),
        ("2026-05-08", None, date(2026, 4, 24)),
        ("2026-05-12", None, None),
        ("2027-04-20", None, None),
    ],
)
def test_a_single_day_is_for_the_occurrence_that_is_nearest_if_that_is_open_or_the_next(
    day: str, month: date | None, to_open: date | None
) -> None:
    says = item("1", 11, deadline=due(day))
    effect = monthly(MOVES, says, OPEN)
    assert effect.series is not None
    found = of_occurrence(effect.duties, effect.series, says.deadline.last_day)
    effect = replace(effect, duties=tuple(found))
    assert (effect.occurrence and effect.occurrence.occurs_on) == month
    assert effect.to_open == to_open
    assert effect.by_hand is (month is None and to_open is None)
    assert effect.holders == (effect.bound if to_open else {MATHS.id} if month else set())


def test_a_change_without_a_day_means_no_occurrence() -> None:
    effect = monthly(MOVES, item("1", 11), OPEN)
    assert effect.series is not None
    assert of_occurrence(effect.duties, effect.series, None) == []


def test_an_end_sets_no_rule_though_the_task_that_says_so_recurs() -> None:
    effect = monthly(ENDS, item("1", 11, deadline=SOONER), OPEN)
    assert (effect.rule, effect.occurrence, effect.by_hand) == (None, None, False)


def test_a_rule_moves_no_single_occurrence_and_a_single_task_has_none() -> None:
    assert monthly(MOVES, item("1", 11, deadline=SOONER), OPEN).occurrence is None
    assert an_effect(a_change(), item("1", 11, deadline=due("2026-03-31")), OPEN).occurrence is None


@pytest.mark.parametrize(
    ("deadline", "holders"),
    [
        pytest.param(SOONER, REGISTER.units, id="a rule is for all that the series binds"),
        pytest.param(due("2026-03-20"), (MATHS,), id="a single day is for those who have its occurrence"),
    ],
)
def test_who_has_the_series_or_the_occurrence_gets_no_second_one(deadline: Deadline, holders: tuple[Unit, ...]) -> None:
    effect = monthly(MOVES, item("1", 11, deadline=deadline), OPEN)
    assert effect.holders == {unit.id for unit in holders}


@pytest.mark.parametrize(
    ("today", "moved"), [(None, [FEBRUARY, MARCH]), (date(2026, 2, 19), [FEBRUARY, MARCH]), (date(2026, 2, 20), [MARCH])]
)
def test_a_new_rule_still_moves_to_today(today: date | None, moved: list[date]) -> None:
    says = item("1", 11, deadline=SOONER)
    effect = monthly(MOVES, says, OPEN)
    draft = replace(a_draft(effect, says), today=today)
    assert [duty.task.occurs_on for duty, _ in draft.moved(effect)] == moved


def test_a_rule_for_other_periods_moves_nothing_that_is_open() -> None:
    quarterly = Deadline(DeadlineKind.RECURRING, "hằng quý", recurrence="FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=19")
    says = item("1", 11, deadline=quarterly)
    effect = monthly(MOVES, says, OPEN)
    assert on_that_day(effect, says).moved(effect) == ()


def test_a_single_day_for_some_of_the_units_moves_their_occurrence_without_the_officer() -> None:
    says = item("1", 11, deadline=due("2026-03-20"), audience=Audience(AudienceKind.NAMED, ("Khoa Toán",)))
    effect = monthly(MOVES, says, OPEN, OPEN)
    assert effect.series is not None
    effect = replace(effect, duties=tuple(of_occurrence(effect.duties, effect.series, says.deadline.last_day)))
    draft = on_that_day(effect, says)
    assert not draft.by_hand(effect)
    assert [(duty.unit, new.last_day) for duty, new in draft.moved(effect)] == [(MATHS, date(2026, 3, 20))]


def test_a_day_behind_the_last_occurrence_of_a_series_is_for_that_one() -> None:
    effect = monthly(MOVES, item("1", 11), OPEN)
    assert effect.series is not None
    effect.series.series.opens_at = None
    found = of_occurrence(effect.duties, effect.series, date(2026, 4, 20))
    assert [duty.task.occurs_on for duty in found] == [MARCH]
    assert of_occurrence([], effect.series, date(2026, 4, 20)) == []
