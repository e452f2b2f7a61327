"""What do papers change in the tests? Changes of one older conclusion, with builders that have defaults."""

from domain.assignments import AssignmentState
from domain.changes import Change, Effect
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import NO_DEADLINE, Deadline
from domain.drafts import Draft, compose
from domain.duties import Duty
from domain.readings import AmendmentKind, Audience
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
