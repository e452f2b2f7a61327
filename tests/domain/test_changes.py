"""Is the earlier task found by the item that the words name, and is each change decided and applied once?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.assignments import AssignmentState
from domain.changes import Change, ChangeState, Effect, label, named, of_occurrence, saying
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.drafts import Draft, compose
from domain.duties import Duty
from domain.errors import Refusal
from domain.questions import CHANGE
from domain.readings import Amendment, AmendmentKind, Audience, AudienceKind
from domain.series import Recurring, Series
from domain.units import Register, Unit
from tests.builders import EVERYONE, NOW, a_conclusion, a_task, an_assignment, due, numbered

MOVES, ENDS, REPLACES = AmendmentKind.MOVES, AmendmentKind.ENDS, AmendmentKind.REPLACES
MATHS, PHYSICS, LIBRARY = (numbered(n, Unit(name)) for n, name in enumerate(["Khoa Toán", "Khoa Vật lý", "Thư viện"], 1))
REGISTER = Register((MATHS, PHYSICS, LIBRARY))
OPEN, DONE, GONE = AssignmentState.ASSIGNED, AssignmentState.ACCEPTED, AssignmentState.CANCELLED
WAITING = AssignmentState.SUBMITTED


def item(ref: str, number: int = 1, *, deadline: Deadline = NO_DEADLINE, audience: Audience = EVERYONE) -> Task:
    task = a_task(position=number, deadline=deadline, audience=audience)
    task.ref, task.id = ref, number
    return task


def a_change(kind: AmendmentKind = MOVES, *, task: int | None = 1, whole: bool = False, says: int | None = 11) -> Change:
    change = Change(2, kind, 1, "thay cho thời hạn tại mục 1", earlier_task_id=task, whole=whole, task_id=says)
    change.id = 5
    return change


def published() -> Conclusion:
    conclusion = a_conclusion(number="41")
    conclusion.id, conclusion.state, conclusion.published_at = 1, ConclusionState.PUBLISHED, NOW
    return conclusion


def an_effect(change: Change, says: Task | None, *states: AssignmentState) -> Effect:
    """Give what a change does to an earlier task of the units in order, each as far as its state tells."""
    earlier, old = published(), item("1")
    pairs = zip(states, REGISTER.units, strict=False)
    duties = tuple(Duty(an_assignment(state, deadline=due("2026-03-10")), old, unit, earlier) for state, unit in pairs)
    return Effect(change, a_conclusion(), earlier, (old,), says, duties)


def a_draft(effect: Effect, *tasks: Task) -> Draft:
    return compose(a_conclusion(), tasks, REGISTER, staffed=[], effects=[effect])


@pytest.mark.parametrize(
    ("named_as", "refs", "found"),
    [
        ("2.1", ["2", "2.1", "2.2"], "2.1"),
        ("ii.2.a", ["I.2.a)", "II.2.a)"], "II.2.a)"),
        ("2.2.(1)", ["2.2.1", "2.2.2"], "2.2.1"),
        ("2.a", ["II.2a", "II.3a"], "II.2a"),
        ("2.a", ["I.2.a", "II.2.a"], None),
        ("1.12", ["11.2"], None),
        ("3", ["1", "2"], None),
        (None, ["1"], None),
    ],
)
def test_the_earlier_task_is_the_one_whose_item_the_words_name(named_as: str | None, refs: list[str], found: str | None) -> None:
    task = named(named_as, [item(ref, number) for number, ref in enumerate(refs, 1)])
    assert (task.ref if task else None) == found


@pytest.mark.parametrize(
    ("number", "symbol", "same"),
    [
        ("41", "TB/ĐUK", True),
        ("041", "TB-ĐUK", True),
        ("41", "tb / ĐUK", True),
        ("41", "TB/LĐLĐ", False),
        ("141", "TB/ĐUK", False),
        (None, "TB/ĐUK", False),
    ],
)
def test_a_number_and_symbol_is_the_same_however_it_is_spelled(number: str | None, symbol: str, *, same: bool) -> None:
    assert (label(number, symbol) == label("41", "TB/ĐUK")) is same


@pytest.mark.parametrize(
    ("kind", "deadline", "doubted", "found"),
    [
        pytest.param(MOVES, due("2026-03-31"), False, True, id="a new deadline"),
        pytest.param(MOVES, NO_DEADLINE, True, True, id="a deadline that is to be decided"),
        pytest.param(MOVES, NO_DEADLINE, False, False, id="no deadline"),
        pytest.param(ENDS, NO_DEADLINE, False, True, id="nothing is due"),
    ],
)
def test_the_task_that_says_so_has_the_new_deadline(
    kind: AmendmentKind, deadline: Deadline, *, doubted: bool, found: bool
) -> None:
    task = item("2", deadline=deadline)
    if doubted:
        task.doubt("deadline", "deadline-left-out")
    assert saying(Amendment(kind, "41", "TB/ĐUK", "1", "2.", "…"), [item("1", 9), task]) is (task if found else None)


def test_what_changes_must_be_known_before_it_is_confirmed() -> None:
    change = a_change(task=None)
    with pytest.raises(Refusal, match="card-old"):
        change.confirm()
    change.mean(7)
    assert (change.state, change.earlier_task_id) == (ChangeState.CONFIRMED, 7)


def test_a_deadline_is_not_moved_of_a_whole_conclusion() -> None:
    with pytest.raises(Refusal, match="card-old"):
        a_change().mean_whole()
    ending = a_change(ENDS, task=3)
    ending.mean_whole()
    assert (ending.whole, ending.earlier_task_id, ending.state) == (True, None, ChangeState.CONFIRMED)


def test_a_change_is_applied_once_and_only_when_it_was_confirmed() -> None:
    change = a_change()
    with pytest.raises(Refusal, match="undecided"):
        change.apply(3)
    change.confirm()
    change.apply(3)
    assert (change.state, change.reached) == (ChangeState.APPLIED, 3)
    for again in (change.confirm, change.refuse, lambda: change.apply(3)):
        with pytest.raises(Refusal):
            again()


def test_a_deadline_moves_for_open_units_that_the_new_task_binds_and_others_get_it_anew() -> None:
    says = item("1", 11, deadline=due("2026-03-31"), audience=Audience(AudienceKind.NAMED, ("Khoa Toán", "Thư viện")))
    effect = an_effect(a_change(), says, OPEN, OPEN)
    draft = a_draft(effect, says)
    assert [duty.unit for duty in draft.reached(effect)] == [MATHS]
    assert draft.given(draft.tasks[0]) == draft.newly_bound == (LIBRARY,)


@pytest.mark.parametrize(("state", "given"), [(OPEN, False), (WAITING, False), (DONE, False), (GONE, True)])
def test_who_has_the_earlier_task_handed_in_or_not_gets_no_second_one(state: AssignmentState, *, given: bool) -> None:
    says = item("1", 11, deadline=due("2026-03-31"))
    draft = a_draft(an_effect(a_change(), says, state), says)
    assert (MATHS in draft.given(draft.tasks[0])) is given


def test_a_change_that_was_refused_keeps_no_unit_from_the_new_task() -> None:
    change, says = a_change(), item("1", 11, deadline=due("2026-03-31"))
    change.refuse()
    draft = a_draft(an_effect(change, says, OPEN, OPEN), says)
    assert draft.newly_bound == REGISTER.units


@pytest.mark.parametrize(("whole", "ends"), [(False, [MATHS]), (True, [MATHS, PHYSICS])])
def test_what_waits_for_the_office_ends_with_the_whole_paper_and_not_with_a_task(ends: list[Unit], *, whole: bool) -> None:
    change = a_change(ENDS, says=None)
    change.whole = whole
    effect = an_effect(change, None, OPEN, WAITING, DONE)
    assert [duty.unit for duty in a_draft(effect, item("1", 11)).reached(effect)] == ends
    assert [duty.unit for duty in effect.awaiting] == [PHYSICS]


@pytest.mark.parametrize(
    ("state", "deadline", "may"),
    [
        (ConclusionState.PUBLISHED, due("2026-03-31"), True),
        (ConclusionState.PUBLISHED, NO_DEADLINE, False),
        (ConclusionState.PUBLISHED, Deadline(DeadlineKind.RECURRING, recurrence="FREQ=WEEKLY"), True),
        (ConclusionState.WITHDRAWN, due("2026-03-31"), False),
    ],
)
def test_only_a_conclusion_in_force_changes_and_only_to_a_new_deadline(
    state: ConclusionState, deadline: Deadline, *, may: bool
) -> None:
    effect = an_effect(a_change(), item("1", 11, deadline=deadline))
    effect.earlier.state = state
    assert effect.may_apply is may


def test_an_open_change_is_a_question_beside_the_task_that_says_so_and_keeps_its_number() -> None:
    first, says = item("1", 10), item("2", 11, deadline=due("2026-03-31"))
    says.doubt("audience", "audience-missing")
    change = a_change()
    draft = a_draft(an_effect(change, says, OPEN), first, says)
    assert [(asked.task, asked.reason, asked.is_open) for asked in draft.questions] == [
        (says, CHANGE, True),
        (says, "audience-missing", True),
    ]
    change.confirm()
    says.confirm("audience")
    assert (len(draft.questions), draft.undecided, draft.next_question()) == (2, (), None)


def test_a_change_that_no_task_says_is_asked_beside_the_last_one_and_holds_publishing_up() -> None:
    first, last = item("1", 10), item("2", 11)
    draft = a_draft(an_effect(a_change(REPLACES, task=None, whole=True, says=None), None), first, last)
    assert draft.undecided == (last,)


@pytest.mark.parametrize(("kind", "asked"), [(MOVES, False), (ENDS, True)])
def test_a_new_deadline_goes_with_a_dropped_task_and_an_end_stays(kind: AmendmentKind, *, asked: bool) -> None:
    says, kept = item("2", 11, deadline=due("2026-03-31")), item("3", 12)
    says.dropped = True
    draft = a_draft(an_effect(a_change(kind), says, OPEN), says, kept)
    assert (len(draft.changes), len(draft.questions)) == ((1, 1) if asked else (0, 0))


def test_a_paper_without_a_task_left_asks_beside_the_dropped_one_and_not_about_its_fields() -> None:
    says = item("1", 11)
    says.doubt("audience", "audience-missing")
    says.dropped = True
    change = a_change(ENDS)
    draft = a_draft(an_effect(change, says, OPEN), says)
    assert [(asked.task, asked.reason) for asked in draft.questions] == [(says, CHANGE)]
    assert (draft.undecided, draft.is_decided) == ((), False)
    change.confirm()
    assert draft.is_decided


def test_a_paper_without_any_task_asks_what_it_changes_beside_none() -> None:
    draft = a_draft(an_effect(a_change(REPLACES, task=None, whole=True, says=None), None))
    asked = draft.next_question()
    assert asked is not None
    assert (asked.task, asked.is_open, draft.is_decided) == (None, True, False)
    with pytest.raises(ValueError, match="asked of a task"):
        _ = asked.about


@pytest.mark.parametrize(
    ("state", "in_force", "alters"),
    [
        (ChangeState.OPEN, True, False),
        (ChangeState.CONFIRMED, True, True),
        (ChangeState.CONFIRMED, False, False),
        (ChangeState.REFUSED, True, False),
    ],
)
def test_a_paper_alters_what_was_confirmed_and_is_in_force(state: ChangeState, *, in_force: bool, alters: bool) -> None:
    effect = an_effect(a_change(ENDS), None, OPEN)
    effect.change.state = state
    effect.earlier.state = ConclusionState.PUBLISHED if in_force else ConclusionState.WITHDRAWN
    assert a_draft(effect).alters is alters


def test_what_is_replaced_as_a_whole_is_foreseen_first_and_nothing_else_of_it() -> None:
    ends, replaces = (an_effect(change, None, OPEN) for change in (a_change(ENDS), a_change(REPLACES, task=None, whole=True)))
    other = an_effect(a_change(ENDS), None, OPEN)
    other.change.earlier_id = 9
    refused = an_effect(a_change(ENDS), None, OPEN)
    refused.change.refuse()
    draft = compose(a_conclusion(), [], REGISTER, staffed=[], effects=[ends, replaces, other, refused])
    assert draft.foreseen == (replaces, other)


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
