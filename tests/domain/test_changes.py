"""Is the earlier task found by the item that the words name, and is each change decided and applied once?"""

import pytest

from domain.assignments import AssignmentState
from domain.changes import ChangeState, Effect, label, named, saying
from domain.conclusions import ConclusionState
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.drafts import compose
from domain.errors import Refusal
from domain.questions import CHANGE
from domain.readings import Amendment, AmendmentKind, Audience, AudienceKind
from domain.units import Unit
from tests.builders import a_conclusion, due
from tests.domain.effects import (
    DONE,
    ENDS,
    GONE,
    LIBRARY,
    MATHS,
    MOVES,
    OPEN,
    PHYSICS,
    REGISTER,
    REPLACES,
    WAITING,
    a_change,
    a_draft,
    an_effect,
    item,
)


@pytest.mark.parametrize(
    ("named_as", "refs", "found"),
    [
        ("2.1", ["2", "2.1", "2.2"], "2.1"),
        ("ii.2.a", ["I.2.a)", "II.2.a)"], "II.2.a)"),
        ("2.2.(1)", ["2.2.1", "2.2.2"], "2.2.1"),
        ("2.a", ["II.2a", "II.3a"], "II.2a"),
        ("2.a", ["I.2.a", "II.2.a"], None),
        ("2.1", ["1.2.1", "2.1"], "2.1"),
        ("1.12", ["11.2"], None),
        ("3", ["1", "2"], None),
        (None, ["1"], None),
        (None, [""], None),
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


def test_words_without_an_item_are_said_by_no_task() -> None:
    assert saying(Amendment(ENDS, "41", "TB/ĐUK", "1", None, "…"), [item("1")]) is None


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
    ending.mean(3)
    assert (ending.whole, ending.earlier_task_id, ending.state) == (False, 3, ChangeState.CONFIRMED)


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


def test_a_change_that_came_to_nothing_is_decided_no_more() -> None:
    change = a_change()
    change.confirm()
    change.lapse()
    assert change.state is ChangeState.LAPSED
    for again in (change.confirm, change.refuse, lambda: change.apply(3)):
        with pytest.raises(Refusal):
            again()


def test_a_deadline_moves_for_open_units_that_the_new_task_binds_and_others_get_it_anew() -> None:
    says = item("1", 11, deadline=due("2026-03-31"), audience=Audience(AudienceKind.NAMED, ("Khoa Toán", "Thư viện")))
    effect = an_effect(a_change(), says, OPEN, OPEN)
    draft = a_draft(effect, says)
    assert [duty.unit for duty in draft.reached(effect)] == [MATHS]
    assert draft.given(draft.tasks[0]) == draft.newly_bound == (LIBRARY,)


def test_only_the_task_that_says_so_moves_the_deadline_and_the_paper_s_other_tasks_go_to_all_their_units() -> None:
    says = item("1", 11, deadline=due("2026-03-31"), audience=Audience(AudienceKind.NAMED, ("Khoa Toán",)))
    other = item("2", 12)
    effect = an_effect(a_change(), says, OPEN, OPEN)
    draft = a_draft(effect, says, other)
    assert [duty.unit for duty, _ in draft.moved(effect)] == [MATHS]
    assert [draft.given(one) for one in draft.tasks] == [(), REGISTER.units]


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


@pytest.mark.parametrize("kind", [ENDS, REPLACES])
def test_who_had_a_task_that_ends_gets_the_one_that_says_so(kind: AmendmentKind) -> None:
    says = item("1", 11)
    assert a_draft(an_effect(a_change(kind), says, OPEN), says).newly_bound == REGISTER.units


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


def test_a_new_deadline_that_no_task_has_is_neither_asked_about_nor_applied() -> None:
    effect = an_effect(a_change(says=None), None, OPEN)
    assert (effect.is_asked, effect.may_apply, effect.rule) == (False, False, None)
    assert a_draft(effect, item("1", 11)).moved(effect) == ()


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


def test_a_change_that_no_task_says_is_asked_beside_the_last_one_kept_and_holds_publishing_up() -> None:
    first, last, dropped = item("1", 10), item("2", 11), item("3", 12)
    dropped.dropped = True
    draft = a_draft(an_effect(a_change(REPLACES, task=None, whole=True, says=None), None), first, last, dropped)
    assert (draft.undecided, draft.is_decided) == ((last,), False)


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
    refused = an_effect(a_change(ENDS), None, OPEN)
    refused.change.refuse()
    assert compose(a_conclusion(), [], REGISTER, staffed=[], effects=[refused, effect]).alters is alters


def of_another(number: int, kind: AmendmentKind, state: ChangeState = ChangeState.OPEN) -> Effect:
    """Give what a change does to a task of another conclusion."""
    effect = an_effect(a_change(kind), None, OPEN)
    effect.change.earlier_id, effect.change.state = number, state
    return effect


def test_what_is_replaced_as_a_whole_is_foreseen_first_and_nothing_else_of_it() -> None:
    ends, replaces = (an_effect(change, None, OPEN) for change in (a_change(ENDS), a_change(REPLACES, task=None, whole=True)))
    other = of_another(9, ENDS)
    draft = compose(a_conclusion(), [], REGISTER, staffed=[], effects=[ends, replaces, other])
    assert draft.foreseen == (replaces, other)


def test_each_task_that_ends_is_foreseen_though_another_of_its_conclusion_ends_too() -> None:
    both = [an_effect(a_change(ENDS, task=number), None, OPEN) for number in (1, 2)]
    assert compose(a_conclusion(), [], REGISTER, staffed=[], effects=both).foreseen == tuple(both)


def test_what_was_refused_or_is_no_longer_in_force_is_not_foreseen() -> None:
    refused, withdrawn, confirmed = of_another(7, ENDS, ChangeState.REFUSED), of_another(8, ENDS), of_another(9, ENDS)
    withdrawn.earlier.state = ConclusionState.WITHDRAWN
    confirmed.change.confirm()
    draft = compose(a_conclusion(), [], REGISTER, staffed=[], effects=[refused, withdrawn, confirmed])
    assert draft.foreseen == (confirmed,)
