"""How does a conclusion come into force, and out of it? Publishing, replacing, withdrawing, and the units it names."""

from collections.abc import Collection, Iterable, Sequence

from channels import Outgoing
from domain.assignments import AssignmentState
from domain.conclusions import Conclusion, ConclusionState
from domain.drafts import Draft
from domain.duties import Duty, tally
from domain.errors import Refusal
from domain.units import Unit
from handlers import changes, early
from handlers.context import Answer, Context, Reply
from handlers.review import draft_of
from handlers.series import orders
from messages import conclusions as messages
from messages import effects, review
from messages import nudges as nudge_messages
from messages.i18n import Marked
from storage import assignments, calendars, conclusions, nudges, series, units
from storage import changes as change_rows

LISTED = (ConclusionState.DRAFT, ConclusionState.PUBLISHED, ConclusionState.SUPERSEDED, ConclusionState.WITHDRAWN)
SHOWN = 15


async def publish(context: Context, conclusion_id: int, word: str = "") -> Answer:
    """Make a draft binding and give every unit its tasks; what is not decided is asked about instead.

    A draft with a twin, or with deadlines that are over, is asked about once more, and published by the ``word`` "anyway".
    What it changes of older conclusions is changed in the same transaction.
    """
    await change_rows.hold(context.session, conclusion_id)
    draft = await draft_of(context, conclusion_id)
    is_draft = draft.conclusion.state is ConclusionState.DRAFT
    if is_draft and not draft.is_decided:
        return [Reply(review.undecided(context.speech, draft))]
    if is_draft and (draft.kept or draft.alters) and (draft.twin or draft.passed) and word != "anyway":
        return [Reply(review.publish_anyway(context.speech, draft))]
    draft.conclusion.publish([one.task for one in draft.tasks], context.now, alters=draft.alters)
    await changes.apply(context, draft)
    await _assign(context, draft)
    return [context.in_place(await _what_was_done(context, draft)), *await early.proposal(context, conclusion_id)]


async def _assign(context: Context, draft: Draft, only: Collection[int] | None = None) -> None:
    """Give every unit its tasks, but for those it has already; ``only`` bounds that to units that were just registered."""
    for one in draft.kept:
        given = draft.given(one)
        if one.resolution.units and not given:
            continue  # All have it by the older paper, whose series goes on, so that none begins here.
        meant = [unit.id for unit in given if only is None or unit.id in only]
        for task in await orders(context, one.task):
            await assignments.assign(context.session, task, meant, context.now)


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
    waiting = _waiting(duties)
    still_open = sum(1 for duty in duties if duty.assignment.is_open)
    return [Reply(messages.confirm_replacement(context.speech, conclusion_id, earlier, still_open=still_open, waiting=waiting))]


def _waiting(duties: Iterable[Duty]) -> int:
    """Count what was handed in and waits for the office's decision."""
    return sum(1 for duty in duties if duty.assignment.state is AssignmentState.SUBMITTED)


async def replace(context: Context, conclusion_id: int, earlier_id: int) -> Answer:
    """Say that a conclusion replaces an earlier one, whose open tasks end."""
    # Held in one order, so that two presses never wait for each other.
    held = {number: await conclusions.one(context.session, number) for number in sorted({conclusion_id, earlier_id})}
    newer, earlier = held[conclusion_id], held[earlier_id]
    if newer.state is not ConclusionState.PUBLISHED or not earlier.is_before(newer):
        raise Refusal("not-published")
    newer.replaces = earlier_id
    return [Reply(messages.ended(context.speech, await changes.end(context, earlier_id, ConclusionState.SUPERSEDED)))]


async def ask_withdrawal(context: Context, conclusion_id: int) -> Answer:
    """Ask before a conclusion is withdrawn."""
    conclusion = await conclusions.one(context.session, conclusion_id)
    if conclusion.state is not ConclusionState.PUBLISHED:
        raise Refusal("not-published")
    duties = await assignments.of_conclusion(context.session, conclusion_id)
    return [Reply(messages.confirm_withdrawal(context.speech, conclusion, waiting=_waiting(duties)))]


async def withdraw(context: Context, conclusion_id: int) -> Answer:
    """Withdraw a published conclusion, whose open tasks end."""
    return [Reply(messages.ended(context.speech, await changes.end(context, conclusion_id, ConclusionState.WITHDRAWN)))]


async def show_list(context: Context) -> Answer:
    """List the conclusions."""
    found = await conclusions.in_states(context.session, LISTED)
    return [Reply(messages.listing(context.speech, found[:SHOWN]))]


async def show_card(context: Context, conclusion_id: int) -> Answer:
    """Show one conclusion and how it stands."""
    conclusion = await conclusions.one(context.session, conclusion_id)
    duties = await assignments.of_conclusion(context.session, conclusion_id)
    counted = tally((duty.stand for duty in duties), context.now, context.speech.zone)
    waiting = {duty.task.id: duty for duty in duties if duty.assignment.is_open and duty.deadline.awaits_day}
    recurring = await series.of_conclusion(context.session, conclusion_id)
    nudged, may_end, days = await _nudged(context, duties), context.standing.decides, list(waiting.values())
    card = messages.card(context.speech, conclusion, counted, days, recurring, nudged=nudged, may_end=may_end)
    return [Reply(effects.joined(context.speech, card, await change_rows.applied_to(context.session, conclusion_id)))]


async def _nudged(context: Context, duties: Sequence[Duty]) -> Marked | None:
    """Tell of the last press that reminded a unit which has still to hand in."""
    units = {duty.unit.id for duty in duties if duty.assignment.is_open}
    return nudge_messages.last_of(context.speech, await nudges.newest(context.session, units), units, context.now)
