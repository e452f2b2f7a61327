"""How far has an announcement come? Its author's card is edited as it goes out, and its end is recorded and reported."""

import logging
from dataclasses import replace
from datetime import datetime

from channels import ChannelError, Outgoing, is_new
from domain.broadcasts import Broadcast, BroadcastState
from domain.deliveries import Kind, Lane
from domain.offices import Office
from messages import broadcasts as messages
from messages.i18n import Speech
from schedules.delivery import Courier
from storage import broadcasts, outbox, people, quotas
from storage.session import Session

log = logging.getLogger(__name__)


async def show(courier: Courier, office: Office, now: datetime) -> int:
    """Bring the cards of all announcements that are going out up to date, and count those that changed."""
    async with courier.database.transaction() as session:
        changed = [
            one
            for broadcast in await broadcasts.going_out(session)
            if (one := await _next(session, courier, broadcast, office, now))
        ]
    for address, channel, outgoing in changed:
        await courier.turn(channel)
        try:
            await courier.channels[channel].send(address, outgoing)
            if is_new(courier.channels[channel], outgoing):
                courier.pacer.took(channel)
        except ChannelError:
            log.info("a progress card could not be edited", extra={"action": "progress"})
    return len(changed)


async def _next(
    session: Session, courier: Courier, broadcast: Broadcast, office: Office, now: datetime
) -> tuple[str, str, Outgoing] | None:
    results = await broadcasts.results(session, broadcast.id)
    if not results.waiting:
        broadcast.state = BroadcastState.DONE
        await outbox.put(session, Kind.BROADCAST_REPORT, [broadcast.author_id], lane=Lane.WORD, at=now, subject=broadcast.id)
    rest = await quotas.resting(session, courier.limits, broadcast.id, office, now)
    waits = f"/{rest.count}" if rest else ""
    shown = f"{results.sent}/{results.total}/{len(results.missed)}/{results.acknowledged}{waits}"
    if shown == broadcast.shown or not (broadcast.channel and broadcast.address and broadcast.card):
        return None
    broadcast.shown = shown
    if broadcast.channel not in courier.channels:
        return None
    author = await people.person(session, broadcast.author_id)
    card = messages.progress(Speech(author.language or courier.language, office.zone), broadcast, results, rest)
    return broadcast.address, broadcast.channel, replace(card, edits=broadcast.card)
