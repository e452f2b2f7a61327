"""How does a person have the tasks of a digest brought up once more? At this afternoon's round, or the next working day's."""

from datetime import datetime

from domain.deliveries import Delivery, Kind
from domain.digests import GATHERING, Reason, Snooze, snoozes
from domain.errors import Refusal
from handlers.context import Answer, Context, Reply
from messages import digests as messages
from storage import assignments, digests, outbox


async def again(context: Context, delivery_id: int, word: str) -> Answer:
    """Bring the open tasks of a digest up once more at a round that lies ahead; its card says when."""
    if word not in list(Snooze):
        raise Refusal("card-old")
    delivery = await digests.of_person(context.session, delivery_id, context.person.id)
    moment = Snooze(word).moment(context.now, context.office)
    if moment is not None:
        ids, due = await outbox.items(context.session, delivery.id), moment + GATHERING
        await digests.queue(context.session, Kind.DIGEST, context.person.id, ids, subject=delivery.id, due=due, now=context.now)
    return [await _card(context, delivery, moment)]


async def _card(context: Context, delivery: Delivery, again_at: datetime | None) -> Reply:
    """Show the digest as it stands now, with the moment of the next one, or with the rounds that still lie ahead."""
    duties = await assignments.by_ids(context.session, await outbox.items(context.session, delivery.id))
    mine = [duty for duty in duties if duty.assignment.is_open and duty.unit.id in context.standing.unit_ids]
    if not mine:
        return context.in_place(messages.nothing_left(context.speech))
    digest = messages.Digest(
        delivery.id,
        context.person.name,
        mine,
        Reason.PRESSED if delivery.kind is Kind.NUDGE else Reason.DUE,
        snoozes=() if again_at else snoozes(context.now, context.office),
        again_at=again_at,
    )
    return context.in_place(messages.told(context.speech, digest, context.moment))
