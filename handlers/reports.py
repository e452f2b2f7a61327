"""How does the office see how things stand? The four-way table by conclusion, and the units."""

from domain.conclusions import ConclusionState
from domain.duties import late, tally
from handlers.context import Answer, Context, Reply
from messages import reports as messages
from storage import assignments, conclusions, nudges, people, reach, units


async def overview(context: Context) -> Answer:
    """Show the table of each conclusion in force, and who is late."""
    standings = []
    for conclusion in await conclusions.in_states(context.session, [ConclusionState.PUBLISHED]):
        duties = await assignments.of_conclusion(context.session, conclusion.id)
        overdue = late(duties, context.now, context.speech.zone)
        counted = tally((duty.stand for duty in duties), context.now, context.speech.zone)
        standings.append(messages.Standing(conclusion, counted, tuple(overdue)))
    overdue_units = {duty.unit.id for standing in standings for duty in standing.late}
    nudged = await nudges.newest(context.session, overdue_units)
    shown = messages.overview(context.speech, standings, context.moment, nudged, may_nudge=context.standing.decides)
    return [context.in_place(shown)]


async def show_units(context: Context) -> Answer:
    """List the units with their people."""
    registered = (await units.register(context.session)).units
    found = await reach.of_units(context.session, [unit.id for unit in registered])
    names = await people.names(context.session, found.everyone)
    by_unit = {unit_id: sorted(names[person] for person in reached) for unit_id, reached in found.people.items()}
    return [Reply(messages.units(context.speech, registered, by_unit, found.lost))]
