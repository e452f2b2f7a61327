"""Does a draft show whom it would reach, and whom nobody could tell?"""

from domain.conclusions import Task
from domain.drafts import compose
from domain.reach import Silent, Unreached
from domain.readings import Audience, AudienceKind
from domain.units import Candidate, Register, Unit
from tests.builders import NOW, a_conclusion, a_task, due, numbered

MATHS, PHYSICS, LIBRARY = (numbered(n, Unit(name)) for n, name in enumerate(["Khoa Toán", "Khoa Vật lý", "Thư viện"], 1))
REGISTER = Register((MATHS, PHYSICS, LIBRARY))


def for_units(*names: str, dropped: bool = False) -> Task:
    task = a_task(audience=Audience(AudienceKind.NAMED, names))
    task.dropped = dropped
    return task


def test_each_task_is_laid_out_with_its_units_and_each_unit_is_shown_once() -> None:
    draft = compose(a_conclusion(), [for_units("Khoa Vật lý"), for_units("Khoa Toán", "Khoa Vật lý")], REGISTER, staffed=[1, 2])
    assert [one.resolution.units for one in draft.tasks] == [(PHYSICS,), (MATHS, PHYSICS)]
    assert draft.units == (PHYSICS, MATHS)


def test_units_without_a_person_are_named() -> None:
    draft = compose(a_conclusion(), [a_task()], REGISTER, staffed=[PHYSICS.id])
    assert draft.unreachable == (MATHS, LIBRARY)


def test_units_without_a_person_are_told_with_those_who_would_get_their_messages() -> None:
    blocked = Unreached("Minh", "Forbidden: bot was blocked by the user", NOW)
    draft = compose(a_conclusion(), [a_task()], REGISTER, staffed=[PHYSICS.id], lost={MATHS.id: (blocked,)})
    assert draft.silent == (Silent(MATHS, (blocked,)), Silent(LIBRARY))


def test_another_paper_with_the_same_number_is_shown_beside_it() -> None:
    older = a_conclusion()
    assert compose(a_conclusion(), [], REGISTER, staffed=[], twin=older).twin is older


def test_names_that_nobody_registered_are_told_once() -> None:
    draft = compose(
        a_conclusion(), [for_units("Khoa Hóa"), for_units("Khoa Toán", "Khoa Hóa", "Khoa Sinh")], REGISTER, staffed=[1]
    )
    assert draft.unknown == ("Khoa Hóa", "Khoa Sinh")


def test_a_unit_that_the_paper_names_without_a_task_is_told_too_unless_it_is_registered() -> None:
    paper = a_conclusion()
    paper.names = ("Khoa Toán", "Khoa Sử", "khoa hóa")
    draft = compose(paper, [for_units("Khoa Hóa")], REGISTER, staffed=[])
    assert draft.unknown == ("Khoa Hóa", "Khoa Sử")


def test_a_dropped_task_reaches_nobody_but_is_still_shown() -> None:
    gone = for_units("Thư viện", "Khoa Hóa", dropped=True)
    gone.doubt("deadline", "không rõ")
    draft = compose(a_conclusion(), [for_units("Khoa Toán"), gone], REGISTER, staffed=[])
    assert [one.task for one in draft.tasks][1] is gone
    assert (draft.units, draft.unreachable, draft.unknown, draft.undecided) == ((MATHS,), (MATHS,), (), ())


def test_tasks_that_wait_for_a_decision_are_told() -> None:
    sure, open_one = a_task(), a_task()
    open_one.doubt("audience", "không rõ")
    assert compose(a_conclusion(), [sure, open_one], REGISTER, staffed=[]).undecided == (open_one,)


def test_the_next_question_is_the_next_one_onwards_and_else_the_first_that_is_open() -> None:
    first, second, third = (a_task(position=number) for number in (1, 2, 3))
    for task in (first, third):
        task.doubt("deadline", "deadline-impossible")
    draft = compose(a_conclusion(), [first, second, third], REGISTER, staffed=[])
    asked = [question and question.task for question in (draft.next_question(), draft.next_question(after=second))]
    assert asked == [first, third]
    third.confirm("deadline")
    asked_again = draft.next_question(after=third)
    assert asked_again is not None
    assert asked_again.task is first
    first.confirm("deadline")
    assert draft.next_question() is None


def test_the_next_question_of_a_task_comes_before_those_of_the_tasks_behind_it() -> None:
    first, second, third = (a_task(position=number) for number in (1, 2, 3))
    for task in (first, second, third):
        task.doubt("deadline", "deadline-impossible")
    second.doubt("audience", "audience-missing")
    second.confirm("deadline")
    asked = compose(a_conclusion(), [first, second, third], REGISTER, staffed=[]).next_question(after=second)
    assert asked is not None
    assert (asked.task, asked.fields) == (second, ("audience",))


def test_tasks_whose_last_day_is_over_are_told() -> None:
    over, today, none = a_task(deadline=due("2026-03-01")), a_task(deadline=due("2026-03-02")), a_task()
    draft = compose(a_conclusion(), [over, today, none], REGISTER, staffed=[], today=NOW.date())
    assert draft.passed == (over,)


def test_a_name_that_comes_near_a_registered_one_is_not_offered_as_new() -> None:
    likely = {"Khoa Toan": (Candidate(MATHS, 90.0),)}
    draft = compose(a_conclusion(), [for_units("Khoa Toan", "Khoa Hóa")], REGISTER, staffed=[], likely=likely)
    assert draft.unknown == ("Khoa Hóa",)
