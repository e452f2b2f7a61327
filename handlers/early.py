"""How does an officer decide that units which were late before are reminded earlier? Proposed on publishing, never silent."""

from collections.abc import Collection, Sequence

from domain.conclusions import ConclusionState
from domain.duties import Duty
from domain.errors import Refusal
from domain.records import Record
from handlers.context import Answer, Context, Reply
from messages import early as messages
from storage import assignments, conclusions, records

WORDS = ("yes", "no")


async def proposal(context: Context, conclusion_id: int) -> Answer:
    """Propose to remind some units of a conclusion earlier; an empty answer when none of them was late before."""
    records = await _records(context, await assignments.of_conclusion(context.session, conclusion_id))
    return [Reply(messages.proposed(context.speech, conclusion_id, records))] if records else []


async def decide(context: Context, conclusion_id: int, word: str) -> Answer:
    """Remind the units of a conclusion that were late before one step earlier, or as everyone."""
    conclusion = await conclusions.one(context.session, conclusion_id)
    if word not in WORDS:
        raise Refusal("card-old")
    if conclusion.state is not ConclusionState.PUBLISHED:
        raise Refusal("not-published")
    duties = await assignments.of_conclusion(context.session, conclusion_id, held=True)
    records = await _records(context, duties)
    units = {record.unit.id for record in records}
    is_early = word == "yes"
    for duty in duties:
        if duty.unit.id in units and duty.assignment.is_open and duty.deadline.last_day is not None:
            duty.assignment.early, duty.assignment.look_at = is_early, context.now
    return [context.in_place(messages.decided(context.speech, records, is_early=is_early))]


async def _records(context: Context, duties: Sequence[Duty]) -> list[Record]:
    """Give the records of the units that have a dated task of a conclusion; what it orders itself is no past of theirs."""
    units: Collection[int] = {duty.unit.id for duty in duties if duty.deadline.last_day is not None}
    ordered = {duty.assignment.id for duty in duties}
    return await records.often_late(context.session, units, context.now, context.office.zone, without=ordered)
