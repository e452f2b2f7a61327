"""How does a conclusion come into force, and out of it? Publishing, replacing, withdrawing, and the units it names."""

from collections.abc import Collection

from channels import Outgoing
from domain.assignments import AssignmentState
from domain.conclusions import Conclusion, ConclusionState
from domain.deliveries import Kind, Lane
from domain.drafts import Draft
from domain.duties import tally
from domain.errors import Refusal
from domain.units import Unit
from handlers.context import Answer, Context, Reply
from handlers.review import draft_of
from messages import conclusions as messages
from messages import review
from storage import assignments, calendars, conclusions, outbox, people, units

LISTED = (ConclusionState.DRAFT, ConclusionState.PUBLISHED, ConclusionState.SUPERSEDED, ConclusionState.WITHDRAWN)
ENDED = {ConclusionState.WITHDRAWN: AssignmentState.CANCELLED, ConclusionState.SUPERSEDED: AssignmentState.SUPERSEDED}
SHOWN = 15


async def publish(context: Context, conclusion_id: int, word: str = "") -> Answer:
    """Make a draft binding and give every unit its tasks; what is not decided is asked about instead.

    A draft with a twin, or with deadlines that are over, is asked about once more, and published by the ``word`` "anyway".
    """
    draft = await draft_of(context, conclusion_id)
    is_draft = draft.conclusion.state is ConclusionState.DRAFT
    if is_draft and draft.undecided:
        return [Reply(review.undecided(context.speech, draft))]
    if is_draft and draft.kept and (draft.twin or draft.passed) and word != "anyway":
        return [Reply(review.publish_anyway(context.speech, draft))]
    draft.conclusion.publish([one.task for one in draft.tasks], context.now)
    await _assign(context, draft)
    return [context.in_place(await _what_was_done(context, draft))]


async def _assign(context: Context, draft: Draft, only: Collection[int] | None = None) -> None:
    """Give every unit its tasks; ``only`` bounds that to units that were just registered."""
    for one in draft.kept:
        meant = [unit.id for unit in one.resolution.units if only is None or unit.id in only]
        await assignments.assign(context.session, one.task, meant, context.now)


async def _what_was_done(context: Context, draft: Draft) -> Outgoing:
    earlier = [one for one in await _in_force(context) if one.is_before(draft.conclusion)]
    return messages.published(context.speech, draft, earlier, _day_off(context, draft.conclusion))


def _day_off(context: Context, conclusion: Conclusion) -> messages.DayOff | None:
    if context.office.works(context.now) or conclusion.at_once:
        return None
    holiday = calendars.holiday_name(context.office.today(context.now), context.speech.language)
    return messages.DayOff(holiday, context.office.next_round(context.now))


async def _in_force(context: Context) -> list[Conclusion]:
    return await conclusions.in_states(context.session, [ConclusionState.PUBLISHED])


async def tell_at_once(context: Context, conclusion_id: int) -> Answer:
    """Tell the units on a day off, because an officer says so."""
    draft = await draft_of(context, conclusion_id)
    if draft.conclusion.state is not ConclusionState.PUBLISHED:
        raise Refusal("not-published")
    draft.conclusion.at_once = True
    for duty in await assignments.of_conclusion(context.session, conclusion_id, held=True):
        if duty.assignment.is_open:
            duty.assignment.look_at = context.now
    return [context.in_place(await _what_was_done(context, draft))]


async def register_units(context: Context, conclusion_id: int) -> Answer:
    """Register the units that the paper names; when it is published already, they get their tasks at once."""
    draft = await draft_of(context, conclusion_id)
    added = [Unit(name) for name in draft.unknown]
    await units.add(context.session, added)
    draft = await draft_of(context, conclusion_id)
    if draft.conclusion.state is ConclusionState.DRAFT:
        return [context.in_place(review.draft(context.speech, draft, context.office.calendar))]
    if draft.conclusion.state is ConclusionState.PUBLISHED:
        await _assign(context, draft, only={unit.id for unit in added})
    return [context.in_place(await _what_was_done(context, draft))]


async def discard(context: Context, conclusion_id: int) -> Answer:
    """Put a draft away."""
    draft = await draft_of(context, conclusion_id)
    draft.conclusion.discard()
    return [context.in_place(review.discarded(context.speech, draft))]


async def ask_replacement(context: Context, conclusion_id: int, earlier_id: int) -> Answer:
    """Ask before a conclusion replaces an earlier one."""
    earlier = await conclusions.one(context.session, earlier_id)
    if earlier.state is not ConclusionState.PUBLISHED:
        raise Refusal("not-published")
    duties = await assignments.of_conclusion(context.session, earlier_id)
    waiting = sum(1 for duty in duties if duty.assignment.state is AssignmentState.SUBMITTED)
    still_open = sum(1 for duty in duties if duty.assignment.is_open)
    return [Reply(messages.confirm_replacement(context.speech, conclusion_id, earlier, still_open=still_open, waiting=waiting))]


async def replace(context: Context, conclusion_id: int, earlier_id: int) -> Answer:
    """Say that a conclusion replaces an earlier one, whose open tasks end."""
    # Held in one order, so that two presses never wait for each other.
    held = {number: await conclusions.one(context.session, number) for number in sorted({conclusion_id, earlier_id})}
    newer, earlier = held[conclusion_id], held[earlier_id]
    if newer.state is not ConclusionState.PUBLISHED or not earlier.is_before(newer):
        raise Refusal("not-published")
    newer.replaces = earlier_id
    return await _end(context, earlier_id, ConclusionState.SUPERSEDED)


async def ask_withdrawal(context: Context, conclusion_id: int) -> Answer:
    """Ask before a conclusion is withdrawn."""
    conclusion = await conclusions.one(context.session, conclusion_id)
    if conclusion.state is not ConclusionState.PUBLISHED:
        raise Refusal("not-published")
    return [Reply(messages.confirm_withdrawal(context.speech, conclusion))]


async def withdraw(context: Context, conclusion_id: int) -> Answer:
    """Withdraw a published conclusion, whose open tasks end."""
    return await _end(context, conclusion_id, ConclusionState.WITHDRAWN)


async def _end(context: Context, conclusion_id: int, state: ConclusionState) -> Answer:
    conclusion = await conclusions.one(context.session, conclusion_id)
    conclusion.end(state)
    duties = await assignments.of_conclusion(context.session, conclusion_id, held=True)
    for duty in duties:
        duty.assignment.end(ENDED[state])
    await assignments.close_pending(context.session, [duty.assignment.id for duty in duties], context.now)
    ended = {duty.unit.id for duty in duties if duty.assignment.has_ended}
    readers = {person for found in (await people.of_units(context.session, ended)).values() for person in found}
    await outbox.put(context.session, Kind.ENDED, readers, lane=Lane.WORD, at=context.now, subject=conclusion_id)
    return [Reply(messages.ended(context.speech, conclusion))]


async def show_list(context: Context) -> Answer:
    """List the conclusions."""
    found = await conclusions.in_states(context.session, LISTED)
    return [Reply(messages.listing(context.speech, found[:SHOWN]))]


async def show_card(context: Context, conclusion_id: int) -> Answer:
    """Show one conclusion and how it stands."""
    conclusion = await conclusions.one(context.session, conclusion_id)
    duties = await assignments.of_conclusion(context.session, conclusion_id)
    counted = tally([duty for duty in duties if not duty.assignment.has_ended], context.now, context.speech.zone)
    waiting = {duty.task.id: duty for duty in duties if duty.assignment.is_open and duty.deadline.awaits_day}
    card = messages.card(context.speech, conclusion, counted, list(waiting.values()), may_end=context.standing.decides)
    return [Reply(card)]
