"""How does an officer decide that units which were late before are reminded earlier? Proposed on publishing, never silent."""

from collections.abc import Sequence

from domain.conclusions import ConclusionState
from domain.duties import Duty
from domain.errors import Refusal
from domain.records import Record
from domain.series import Recurring
from domain.units import resolve
from handlers.context import Answer, Context, Reply
from messages import early as messages
from storage import assignments, conclusions, records, series, units

WORDS = ("yes", "no")


async def proposal(context: Context, conclusion_id: int) -> Answer:
    """Propose to remind some units of a conclusion earlier; an empty answer when none of them was late before."""
    duties = await assignments.of_conclusion(context.session, conclusion_id)
    records = await _records(context, duties, await _series(context, conclusion_id))
    return [Reply(messages.proposed(context.speech, conclusion_id, records))] if records else []


async def decide(context: Context, conclusion_id: int, word: str) -> Answer:
    """Remind the units of a conclusion that were late before one step earlier, or as everyone.

    That holds for what they have open, and for each occurrence to come of what recurs.
    """
    conclusion = await conclusions.one(context.session, conclusion_id)
    if word not in WORDS:
        raise Refusal("card-old")
    if conclusion.state is not ConclusionState.PUBLISHED:
        raise Refusal("not-published")
    duties = await assignments.of_conclusion(context.session, conclusion_id, held=True)
    recurring = await _series(context, conclusion_id)
    records = await _records(context, duties, recurring)
    late = {record.unit.id for record in records}
    is_early = word == "yes"
    for duty in duties:
        if duty.unit.id in late and duty.assignment.is_open and duty.deadline.last_day is not None:
            duty.assignment.early, duty.assignment.look_at = is_early, context.now
    for one in recurring:
        held = await series.held(context.session, one.task.id)
        held.series.early = tuple(sorted(late)) if is_early else ()
    told = messages.decided(context.speech, records, is_early=is_early, recurs=bool(recurring))
    return [context.in_place(told)]


async def _series(context: Context, conclusion_id: int) -> list[Recurring]:
    """Give the series of a conclusion that go on."""
    return [one for one in await series.of_conclusion(context.session, conclusion_id) if one.series.ended_at is None]


async def _records(context: Context, duties: Sequence[Duty], recurring: Sequence[Recurring]) -> list[Record]:
    """Give the records of the units that a conclusion sets days; what it orders itself is no past of theirs."""
    register = await units.register(context.session)
    bound = {unit.id for one in recurring for unit in resolve(one.task.audience, register).units}
    dated = {duty.unit.id for duty in duties if duty.deadline.last_day is not None}
    ordered = {duty.assignment.id for duty in duties}
    return await records.often_late(context.session, bound | dated, context.now, context.office.zone, without=ordered)
