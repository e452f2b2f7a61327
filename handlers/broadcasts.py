"""How does the office announce something? Words, audience, preview, and the way out."""

from typing import Any

from channels import Outgoing
from documents.matching import nearest
from domain.broadcasts import Broadcast
from domain.deliveries import Kind, Lane
from domain.errors import Refusal
from domain.reach import Reach
from domain.readings import Audience
from domain.units import Unit, resolve
from handlers.context import Answer, Context, Reply
from handlers.review import chosen_audience, named_audience
from messages import broadcasts as messages
from messages import review
from messages.broadcasts import Held
from storage import broadcasts, dialogues, outbox, people, quotas, reach, units

LONGEST = 3000
URGENT = "urgent"


async def begin(context: Context) -> Answer:
    """Ask for the words."""
    await dialogues.ask(context.session, context.account.id, "announcement", {}, context.now)
    return [Reply(messages.ask_text(context.speech))]


async def take_text(context: Context, _subject: dict[str, Any], text: str) -> Answer:
    """Take the words, and ask who is to get them."""
    if len(text) > LONGEST:
        raise Refusal("too-long")
    broadcast = await broadcasts.add(context.session, Broadcast(context.person.id, text.strip(), context.now))
    # Names that are typed at once are taken, too.
    await dialogues.ask(context.session, context.account.id, "recipients", {"broadcast": broadcast.id}, context.now)
    register = await units.register(context.session)
    return [Reply(messages.ask_audience(context.speech, broadcast, register.groups()))]


async def choose_audience(context: Context, broadcast_id: int, kind: str, number: int = 0) -> Answer:
    """Take an audience that was chosen by a button, or ask for names."""
    broadcast = await broadcasts.one(context.session, broadcast_id, held=True)
    if kind == "units":
        await dialogues.ask(context.session, context.account.id, "recipients", {"broadcast": broadcast_id}, context.now)
        return [Reply(messages.ask_names(context.speech))]
    broadcast.choose(chosen_audience(await units.register(context.session), kind, number))
    await dialogues.close(context.session, context.account.id)
    return [context.in_place(await _preview(context, broadcast))]


async def take_names(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take typed names of units, all of which must be registered."""
    broadcast = await broadcasts.one(context.session, subject["broadcast"], held=True)
    register = await units.register(context.session)
    audience, unknown = named_audience(register, text)
    if audience is None:
        return [Reply(review.names_unknown(context.speech, unknown, nearest(unknown, register)))]
    await dialogues.close(context.session, context.account.id)
    broadcast.choose(audience)
    return [Reply(await _preview(context, broadcast))]


async def repeat(context: Context, broadcast_id: int, again: int) -> Answer:
    """Take whether it is sent once more (1) to whom it may not have reached, or not (0), and show the preview anew."""
    broadcast = await broadcasts.one(context.session, broadcast_id, held=True)
    broadcast.repeat(again=bool(again))
    return [context.in_place(await _preview(context, broadcast))]


async def send(context: Context, broadcast_id: int, revision: int, urgency: str = "") -> Answer:
    """Let it go out: one delivery a person, and the pressed card becomes the progress.

    In quiet hours it waits for their end, unless it is urgent and the office lets that break them.
    """
    leaves_at = context.office.next_allowed(context.now)
    is_urgent = urgency == URGENT and leaves_at > context.now
    if is_urgent and not context.office.urgent_at_night:
        raise Refusal("card-old")
    broadcast = await broadcasts.one(context.session, broadcast_id, held=True)
    meant, found = await _meant(context, broadcast)
    if not found.everyone:
        raise Refusal("nobody-to-tell")
    # Whom no message reaches now may have written again by then, and is named with the reason where not.
    readers = set().union(*(await people.of_units(context.session, [unit.id for unit in meant])).values())
    broadcast.send(context.now, revision)
    broadcast.channel, broadcast.address, broadcast.card = context.event.channel, context.event.chat, context.event.message_id
    # What travels in the lane of word to and from the office is not held by quiet hours.
    lane, at = (Lane.WORD, context.now) if is_urgent else (Lane.BROADCAST, leaves_at)
    await outbox.put(context.session, Kind.BROADCAST, readers, lane=lane, at=at, subject=broadcast.id)
    waits = [Reply(messages.waits(context.speech, at))] if at > context.now else []
    return [context.in_place(await _progress(context, broadcast)), *waits]


async def cancel(context: Context, broadcast_id: int) -> Answer:
    """Put it away unsent."""
    (await broadcasts.one(context.session, broadcast_id, held=True)).cancel()
    await dialogues.close(context.session, context.account.id)
    return [context.in_place(messages.given_up(context.speech))]


async def show(context: Context, broadcast_id: int) -> Answer:
    """Show who got it, who did not and why, and who has confirmed it."""
    return [context.in_place(await _progress(context, await broadcasts.one(context.session, broadcast_id)))]


async def acknowledge(context: Context, broadcast_id: int) -> Answer:
    """Keep a reader's confirmation."""
    broadcast = await broadcasts.one(context.session, broadcast_id)
    if not await outbox.was_sent_to(context.session, Kind.BROADCAST, broadcast_id, context.person.id):
        raise Refusal("no-such-broadcast")
    await broadcasts.acknowledge(context.session, broadcast_id, context.person.id, context.now)
    return [context.in_place(messages.seen(context.speech, broadcast))]


def _audience(broadcast: Broadcast) -> Audience:
    if broadcast.audience is None:
        raise Refusal("audience-missing")
    return broadcast.audience


async def _meant(context: Context, broadcast: Broadcast) -> tuple[tuple[Unit, ...], Reach]:
    """Give the units an announcement is for, and the people whom it reaches."""
    meant = resolve(_audience(broadcast), await units.register(context.session)).units
    return meant, await reach.of_units(context.session, [unit.id for unit in meant])


async def _preview(context: Context, broadcast: Broadcast) -> Outgoing:
    meant, found = await _meant(context, broadcast)
    without, people_reached = found.silent(meant), len(found.everyone)
    names = [unit.name for unit in meant]
    leaves_at = context.office.next_allowed(context.now)
    held = Held(leaves_at, context.office.urgent_at_night) if leaves_at > context.now else None
    rest = await quotas.lacking(context.session, context.limits, found.everyone, context.office, leaves_at)
    return messages.preview(context.speech, broadcast, names, people=people_reached, without=without, held=held, rest=rest)


async def _progress(context: Context, broadcast: Broadcast) -> Outgoing:
    results = await broadcasts.results(context.session, broadcast.id)
    rest = await quotas.resting(context.session, context.limits, broadcast.id, context.office, context.now)
    return messages.progress(context.speech, broadcast, results, rest)
