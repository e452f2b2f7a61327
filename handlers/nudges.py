"""How does an officer remind units out of turn? Within the office's hours at once, and a unit at most once an hour."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.conclusions import ConclusionState
from domain.deliveries import Kind
from domain.digests import GATHERING
from domain.duties import Duty
from domain.errors import Refusal
from domain.nudges import Nudge
from handlers.context import Answer, Context, Reply
from messages import nudges as messages
from storage import assignments, conclusions, digests, nudges, reach, reminders
from storage.reminders import SAID, Entry


async def of_conclusion(context: Context, conclusion_id: int) -> Answer:
    """Remind every unit that has a task of the conclusion open."""
    conclusion = await conclusions.one(context.session, conclusion_id)
    if conclusion.state is not ConclusionState.PUBLISHED:
        raise Refusal("not-published")
    duties = await assignments.of_conclusion(context.session, conclusion_id)
    return await _nudge(context, [duty for duty in duties if duty.assignment.is_open])


async def of_unit(context: Context, unit_id: int) -> Answer:
    """Remind one unit of everything that it has open."""
    return await _nudge(context, await assignments.of_units(context.session, [unit_id]))


async def _nudge(context: Context, duties: Sequence[Duty]) -> Answer:
    units = {duty.unit.id: duty.unit for duty in duties}
    found = await reach.of_units(context.session, units)
    answering = found.people
    in_hours = context.office.is_in_hours(context.now)
    leaves_at = context.now if in_hours else context.office.next_round(context.now)
    claimed = await _claim(context, answering, leaves_at)
    told = await _queue(context, [duty for duty in duties if duty.unit.id in claimed], claimed, answering)
    held = await nudges.newest(context.session, answering.keys() - claimed.keys())
    outcome = messages.Outcome(
        told=[units[unit_id] for unit_id in claimed],
        people=told,
        held=[(units[unit_id], one) for unit_id, one in held.items()],
        nobody=found.silent(units.values()),
        leaves_at=None if in_hours else leaves_at,
    )
    return [Reply(messages.done(context.speech, outcome, context.now))]


async def _claim(context: Context, answering: Mapping[int, set[int]], leaves_at: datetime) -> dict[int, Nudge]:
    """Keep which units are reminded now, in one order, so that two presses never wait for each other."""
    claimed: dict[int, Nudge] = {}
    for unit_id in sorted(answering):
        nudge = await nudges.claim(context.session, unit_id, context.person.id, context.now, leaves_at)
        if nudge is not None:
            claimed[unit_id] = nudge
    return claimed


async def _queue(context: Context, duties: Sequence[Duty], claimed: dict[int, Nudge], answering: Mapping[int, set[int]]) -> int:
    """Put the duties into the ledger and on one message a person, and count the people."""
    entries = [Entry(duty.assignment, claimed[duty.unit.id].step, SAID) for duty in duties]
    await reminders.record(context.session, entries, context.now)
    of_person: dict[int, list[Duty]] = {}
    for duty in duties:
        for person_id in answering[duty.unit.id]:
            of_person.setdefault(person_id, []).append(duty)
    for person_id, mine in sorted(of_person.items()):
        first = min((claimed[duty.unit.id] for duty in mine), key=lambda nudge: nudge.id)
        ids = [duty.assignment.id for duty in mine]
        due = first.leaves_at if first.leaves_at == context.now else first.leaves_at + GATHERING
        await digests.queue(context.session, Kind.NUDGE, person_id, ids, subject=first.id, due=due, now=context.now)
    return len(of_person)
