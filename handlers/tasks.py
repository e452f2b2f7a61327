"""How does a secretary see the unit's tasks?"""

from domain.duties import Duty
from domain.errors import Refusal
from handlers.context import Answer, Context, Reply
from messages import tasks as messages
from storage import assignments, series


async def mine(context: Context, assignment_id: int) -> Duty:
    """Give an assignment of the person's units; refuse every other, without telling whether it exists."""
    duty = await assignments.duty(context.session, assignment_id)
    if duty.unit.id not in context.standing.unit_ids:
        raise Refusal("no-such-task")
    return duty


async def show_list(context: Context, page: int | None = None) -> Answer:
    """List the open tasks, the newest conclusion and the nearest deadline first, and what waits for the office.

    Turning a page changes the list in place.
    """
    duties = await assignments.of_units(context.session, context.standing.unit_ids)
    pending = await assignments.pending_of_units(context.session, context.standing.unit_ids)
    listing = messages.listing(context.speech, duties, context.moment, page=page or 0, pending=pending)
    return [Reply(listing) if page is None else context.in_place(listing)]


async def show_details(context: Context, assignment_id: int) -> Answer:
    """Show one task in full."""
    duty = await assignments.duty(context.session, assignment_id)
    if not context.standing.is_staff:
        duty = await mine(context, assignment_id)
    last = await assignments.newest_submission(context.session, assignment_id)
    recurring = await series.of_task(context.session, duty.task.series_id) if duty.task.series_id else None
    return [Reply(messages.card(context.speech, duty, context.moment, last, recurring))]
