"""How do older conclusions change by a newer one? Looked up when its draft is made, and changed in the moment it is published."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from rapidfuzz import fuzz, process

from documents.codes import Oddity
from domain import changes
from domain.assignments import AssignmentState
from domain.changes import Change, ChangeState, Effect
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import Deadline
from domain.deliveries import Kind, Lane
from domain.drafts import Draft, in_turn
from domain.duties import Duty
from domain.names import fold
from domain.readings import Amendment, AmendmentKind, Finding
from domain.series import Recurring
from domain.units import without
from handlers import series
from handlers.context import Context
from storage import assignments, conclusions, outbox, people, units
from storage import changes as rows
from storage import series as series_rows
from storage.session import Session

ENDED = {ConclusionState.WITHDRAWN: AssignmentState.CANCELLED, ConclusionState.SUPERSEDED: AssignmentState.SUPERSEDED}
ALIKE = 60.0
"""From this likeness of their words on (0 to 100) an earlier task is proposed as the one that changes ..."""
AHEAD = 8.0
"""... when it is so far ahead of the next one; else the officer is asked which task it is."""
LIKELY = 3


async def propose(session: Session, draft: Conclusion, tasks: Sequence[Task], amendments: Sequence[Amendment]) -> None:
    """Keep what a new draft is proposed to change of older conclusions."""
    await rows.keep(session, await proposals(session, draft, tasks, amendments))


async def proposals(session: Session, draft: Conclusion, tasks: Sequence[Task], amendments: Sequence[Amendment]) -> list[Change]:
    """Propose what a new draft changes of older conclusions; what cannot be looked up becomes a finding of the draft."""
    proposed: dict[tuple[object, ...], Change] = {}
    for amendment in amendments:
        if amendment.kind is AmendmentKind.CONTINUES:
            continue
        found = await _proposed(session, draft, tasks, amendment)
        if isinstance(found, Change):
            said_twice = (found.kind, found.earlier_id, found.earlier_task_id, found.task_id)
            proposed.setdefault(said_twice if found.is_known else (amendment,), found)
        else:
            draft.findings = (*draft.findings, found)
    return list(proposed.values())


async def _proposed(session: Session, draft: Conclusion, tasks: Sequence[Task], amendment: Amendment) -> Change | Finding:
    earlier = await conclusions.cited(session, amendment.number, amendment.symbol)
    says = changes.saying(amendment, tasks)
    label = f"{amendment.number}-{amendment.symbol}"
    if earlier is None:
        return Finding(Oddity.AMENDS_UNKNOWN, label, amendment.ref)
    if amendment.kind is AmendmentKind.MOVES and says is None:
        return Finding(Oddity.AMENDS_WITHOUT_DAY, label, amendment.ref)
    change = Change(draft.id, amendment.kind, earlier.id, amendment.words, task_id=says.id if says else None)
    if amendment.kind is AmendmentKind.REPLACES:
        change.whole = True
    else:
        kept = [task for task in await conclusions.tasks_of(session, earlier.id) if not task.dropped]
        change.earlier_task_id, change.likely = meant(amendment.item, says.text if says else amendment.words, kept)
    return change


def meant(item: str | None, words: str, tasks: Sequence[Task]) -> tuple[int | None, tuple[int, ...]]:
    """Give the earlier task that an item or else words mean, None where that is not sure, and those that come near."""
    texts = {task.id: fold(task.text) for task in tasks}
    near = process.extract(fold(words), texts, scorer=fuzz.token_set_ratio, limit=LIKELY)
    likely = tuple(task_id for _, _, task_id in near)
    exact = changes.named(item, tasks)
    if exact is not None:
        return exact.id, likely
    scores = [score for _, score, _ in near] + [0.0, 0.0]
    is_sure = scores[0] >= ALIKE and scores[0] - scores[1] >= AHEAD
    return (likely[0] if is_sure else None), likely


async def apply(context: Context, draft: Draft) -> None:
    """Apply what was confirmed of a draft that was just published; what is replaced as a whole comes first."""
    confirmed = [effect for effect in draft.changes if effect.change.state is ChangeState.CONFIRMED]
    for effect in in_turn(confirmed):
        if not draft.may_apply(effect):
            effect.change.lapse()
            continue
        is_ahead = effect.series is not None and effect.to_open is not None
        reached = await _opened(context, draft, effect) if is_ahead else draft.reached(effect)
        if not is_ahead:
            await _change(context, draft, effect, reached)
        effect.change.apply(len(reached))


async def _change(context: Context, draft: Draft, effect: Effect, reached: Sequence[Duty]) -> None:
    change, paper, earlier = effect.change, draft.conclusion, effect.earlier
    if change.kind is AmendmentKind.REPLACES:
        paper.replaces = earlier.id
        await end(context, earlier.id, ConclusionState.SUPERSEDED)
    elif change.whole:
        await end(context, earlier.id, ConclusionState.WITHDRAWN)
    elif effect.series is not None and effect.occurrence is None:
        await _change_series(context, draft, effect, effect.series)
    elif change.kind is AmendmentKind.ENDS or effect.recurs_instead:
        await _end(context, reached, AssignmentState.SUPERSEDED if effect.recurs_instead else AssignmentState.CANCELLED)
        # One message tells a unit of all that one paper ends of another.
        await _tell(context, Kind.ENDED, reached, subject=earlier.id, about=f"by {paper.id}")
    elif (task := effect.occurrence or effect.task) is not None:
        _move(context, draft.moved(effect))
        await _tell(context, Kind.MOVED, reached, subject=task.id, about=f"by {change.id}")


async def _opened(context: Context, draft: Draft, effect: Effect) -> list[Duty]:
    """Open the next occurrence of a series with the deadline that the paper moves, and give the duties that have it."""
    if effect.series is None or effect.says is None:
        raise ValueError("an occurrence is opened of a series, by a task that says when it falls due")
    occurrence = await series.open_next(context, await series_rows.held(context.session, effect.series.task.id))
    bound, duties = draft.bound(effect), await assignments.of_task(context.session, occurrence.id, held=True)
    moved = [duty for duty in duties if duty.unit.id in bound]
    _move(context, ((duty, effect.says.deadline) for duty in moved))
    await _tell(context, Kind.MOVED, moved, subject=occurrence.id, about=f"by {effect.change.id}")
    return moved


async def _change_series(context: Context, draft: Draft, effect: Effect, known: Recurring) -> None:
    """End a series with what is open of it, or let it follow a new rule from now on; its units are told by its own message."""
    recurring = await series_rows.held(context.session, known.task.id)
    if effect.rule is None:
        await series.stop(context, recurring, with_open=True)
        return
    moved = draft.moved(effect)  # by the rule that held until now
    register = await units.register(context.session)
    if draft.keeping(effect) and effect.says is not None:
        leaving = [unit for unit in register.units if unit.id in draft.bound(effect)]
        await series.part(context, recurring, effect.says, leaving, register)
        _move(context, moved)
        for task_id, of_one in groupby(moved, key=lambda one: one[0].task.id):
            duties = [duty for duty, _ in of_one]
            await _tell(context, Kind.MOVED, duties, subject=task_id, about=f"by {effect.change.id}")
        return
    await series.change(context, recurring, effect.rule)
    _move(context, moved)
    having = [unit for unit in register.units if unit.id in effect.bound]
    for one in draft.kept:
        if one.task is effect.says and draft.given(one):  # whose own series is for the others alone
            one.task.decide_audience(without(one.task.audience, having, register))


def _move(context: Context, moved: Iterable[tuple[Duty, Deadline]]) -> None:
    for duty, deadline in moved:
        duty.assignment.move(deadline, context.now)


async def end(context: Context, conclusion_id: int, state: ConclusionState) -> Conclusion:
    """Take a conclusion out of force, with all that is still to be done for it, and tell the units."""
    conclusion = await conclusions.one(context.session, conclusion_id)
    conclusion.end(state)
    duties = await assignments.of_conclusion(context.session, conclusion_id, held=True)
    await _end(context, duties, ENDED[state])
    ended = [duty for duty in duties if duty.assignment.has_ended]
    await _tell(context, Kind.ENDED, ended, subject=conclusion_id)
    return conclusion


async def _end(context: Context, duties: Sequence[Duty], state: AssignmentState) -> None:
    for duty in duties:
        duty.assignment.end(state)
    await assignments.close_pending(context.session, [duty.assignment.id for duty in duties], context.now)


async def _tell(context: Context, kind: Kind, duties: Sequence[Duty], *, subject: int, about: str = "") -> None:
    """Tell the units' people."""
    readers = await people.of_units(context.session, {duty.unit.id for duty in duties})
    everyone = {person for found in readers.values() for person in found}
    at = context.office.tells_at(context.now)
    await outbox.put(context.session, kind, everyone, lane=Lane.WORD, at=at, subject=subject, about=about)
