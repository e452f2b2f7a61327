"""How does a task come into a person's calendar? By a file that phones open, and that is sent anew when the deadline moves."""

from domain.deliveries import Kind, Lane
from domain.errors import Refusal
from handlers.context import Answer, Context
from handlers.tasks import mine
from messages.calendar_files import sequence
from storage import calendar_files, outbox


async def take(context: Context, assignment_id: int) -> Answer:
    """Send the file of an open task, and remember who has it; it is made when it leaves, so that it is true then."""
    assignment = (await mine(context, assignment_id)).assignment
    if not assignment.is_open:
        raise Refusal(f"is-{assignment.state}")
    if not assignment.deadline.is_dated:
        raise Refusal("card-old")
    await calendar_files.take(context.session, assignment_id, context.person.id, sequence(assignment))
    reader, press = [context.person.id], context.event.key
    await outbox.put(
        context.session, Kind.CALENDAR_FILE, reader, lane=Lane.WORD, at=context.now, subject=assignment_id, about=press
    )
    return []
