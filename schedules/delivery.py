"""How does a planned message leave? Claimed, looked at once more, sent with no transaction open, and what came of it recorded."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from channels import Channel, ChannelError, TooFast
from domain.deliveries import Delivery, Lane
from domain.offices import Office
from domain.paces import Pace
from domain.people import Account
from schedules import outcomes
from schedules.letters import Letter, letters
from schedules.outcomes import Held, Outcome
from schedules.pacing import AHEAD, Pacer
from storage import claims, leases, paces
from storage.session import Database, Session, UnavailableError

BATCH = 100
MOST_UNDER_WAY = 40
"""So many messages at most are under way at once; the channel's other connections are left to answers."""
IDLE_SECONDS = 1.0
"""How long a rest lasts when nothing ends it; nothing depends on its end being told."""
OfficeNow = Callable[[Session, datetime], Awaitable[Office]]
"""Gives the office's time around a moment, by the days that it has set by now."""
log = logging.getLogger(__name__)


@dataclass
class Courier:
    """A worker that delivers, named ``owner`` among others; ``language`` is for people who chose none.

    What is under way, and what came of it and is still to be recorded, is known here only; where it is lost, the rows tell.
    """

    database: Database
    channels: Mapping[str, Channel]
    pacer: Pacer
    owner: str
    language: str
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _outcomes: list[Outcome] = field(default_factory=list)
    _last_announcement: int = 0

    async def deliver(self, office_now: OfficeNow, now: datetime) -> int:
        """Record what came of messages, let those leave that are due and have a place, and count the rows that were taken."""
        if not self.channels:
            return 0
        self._bell.clear()
        batch = await self._take(now, min(BATCH, MOST_UNDER_WAY - len(self._under_way)))
        for letter, place in await self._prepared(office_now, batch, now):
            task = asyncio.create_task(self._send(letter, place, now))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return len(batch)

    async def rest(self, taken: int) -> bool:
        """Wait until there may be more to do than there was when so many rows were taken; False when all is done."""
        if taken and self.pacer.rates.overall:
            await asyncio.sleep(AHEAD.total_seconds() / 2)
        elif self._under_way and not taken:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), IDLE_SECONDS)
        return bool(taken or self._under_way or self._outcomes)

    def ring(self) -> None:
        """Let a rest end: there is something to do."""
        self._bell.set()

    async def settled(self, now: datetime) -> None:
        """Wait until what is under way has left, and record it."""
        if self._under_way:
            await asyncio.wait(self._under_way)
        if self._outcomes:
            await self._take(now, 0)

    async def _take(self, now: datetime, most: int) -> list[Delivery]:
        """Record outcomes, and claim rows for as many places as the bots have, in one transaction."""
        recorded = list(self._outcomes)
        async with self.database.transaction() as session:
            await outcomes.record(session, recorded)
            batch = await self._claimed(session, now, most) if most > 0 else []
        del self._outcomes[: len(recorded)]
        return batch

    async def _claimed(self, session: Session, now: datetime, most: int) -> list[Delivery]:
        found = await self._paces(session)
        moment, rates = self.pacer.clock(), self.pacer.rates
        room = {bot: found.get(bot, Pace(bot, moment)).room(moment, rates, AHEAD) for bot in self.channels}
        full = [bot for bot, places in room.items() if places == 0]
        if len(full) == len(self.channels):
            return []
        limit = min(most, *(places for places in room.values() if places)) if any(room.values()) else most
        rested = moment - rates.chat_gap if rates.chat else None
        batch = await claims.claim(session, self.owner, now, limit, full=full, rested=rested, after=self._last_announcement)
        announcements = [row.subject_id for row in batch if row.lane == Lane.BROADCAST]
        self._last_announcement = announcements[-1] or 0 if announcements else self._last_announcement
        return batch

    async def _paces(self, session: Session) -> Mapping[str, Pace]:
        """Read how far ahead places are taken, and tell the other workers first what they do not know."""
        if not self.pacer.has_news:
            return await paces.of(session, self.channels)
        held = await paces.held(session, self.channels, self.pacer.clock())
        self.pacer.settle(held)
        return held

    async def _prepared(self, office_now: OfficeNow, batch: Sequence[Delivery], now: datetime) -> list[tuple[Letter, datetime]]:
        """Look at rows once more and give what is to leave and when; where one fails by a bug, each is looked at by itself."""
        if not batch:
            return []
        try:
            async with self.database.transaction() as session:
                office = await office_now(session, now)
                found = await letters(session, batch, self.channels, language=self.language, office=office, now=now)
                return await self._begun(session, found, now) if found else []
        except UnavailableError:
            log.warning("the database could not be reached", extra={"action": "deliver", "deliveries": len(batch)})
            self._outcomes += [Outcome(row, None, Held(), now) for row in batch]
        except Exception as error:  # a door: one bad row must not stop the others; it is logged whole and tried again
            if len(batch) > 1:
                return [one for row in batch for one in await self._prepared(office_now, [row], now)]
            log.exception("a delivery failed by a bug", extra={"action": "deliver", "delivery": batch[0].id})
            self._outcomes.append(Outcome(batch[0], None, error, now))
        return []

    async def _begun(self, session: Session, found: Sequence[Letter], now: datetime) -> list[tuple[Letter, datetime]]:
        """Give each its place in its bot's rate, as the last step, since other workers wait for it meanwhile."""
        held = await paces.held(session, {letter.account.channel for letter in found}, self.pacer.clock())
        self.pacer.settle(held)
        moment, rates = self.pacer.clock(), self.pacer.rates
        places = {letter.delivery.id: held[letter.account.channel].take(moment, rates)[0] for letter in found}
        rests = {letter.delivery.id: self._longer(letter.account) + places[letter.delivery.id] for letter in found}
        mine = await claims.begin(session, self.owner, rests, now)
        return [(letter, places[letter.delivery.id]) for letter in found if letter.delivery.id in mine]

    def _longer(self, account: Account) -> timedelta:
        """Give how much longer than others a chat is left alone after a message."""
        is_shared = self.channels[account.channel].is_shared(account.address)
        return self.pacer.rates.longer_in_groups if is_shared else timedelta(0)

    async def _send(self, letter: Letter, place: datetime, now: datetime) -> None:
        result: str | Exception
        try:
            result = await self._sent(letter, place)
        except (ChannelError, Held) as error:
            result = error
        except Exception as error:  # a door: a bug of a channel is told, and the message may have left
            log.exception("a delivery failed by a bug", extra={"action": "deliver", "delivery": letter.delivery.id})
            result = error
        outcome = Outcome(letter.delivery, letter.account, result, now)
        self._outcomes.append(outcome)
        self._bell.set()
        what = {"delivery": letter.delivery.id, "kind": letter.delivery.kind, "outcome": outcome.name}
        log.info("a delivery was tried", extra={"action": "deliver", **what})

    async def _sent(self, letter: Letter, place: datetime) -> str:
        bot = letter.account.channel
        if not await self.pacer.turn(bot, place):
            raise Held
        try:
            return await self.channels[bot].send(letter.account.address, letter.outgoing)
        except TooFast as error:
            self.pacer.pause(bot, error.seconds)
            raise

    async def turn(self, bot: str) -> None:
        """Take a place in a bot's rate for what leaves beside the outbox, and wait for it."""
        place = None
        while place is None or not await self.pacer.turn(bot, place):
            async with self.database.transaction() as session:
                pace = (await paces.held(session, [bot], self.pacer.clock()))[bot]
                self.pacer.settle({bot: pace})
                now = self.pacer.clock()
                place = max(pace.take(now, self.pacer.rates)[0], pace.pause_ends(now) or now)


async def deliver(courier: Courier, office: Office, now: datetime) -> int:
    """Let what is due leave, wait until it has left, and count the rows that were taken."""

    async def as_given(_session: Session, _now: datetime) -> Office:
        return office

    taken = await courier.deliver(as_given, now)
    await courier.settled(now)
    return taken


async def recover(courier: Courier, now: datetime, *, alone: bool) -> int:
    """Take up what workers left behind when they died, and count it; ``alone`` when no other worker can be alive."""
    moment = courier.pacer.clock()
    async with courier.database.transaction() as session:
        lost, freed = await claims.abandoned(session, now, moment=moment, alone=courier.owner if alone else None)
        for delivery in lost:
            await outcomes.unknown(session, delivery, now, "the program ended while sending")
        await leases.forget_dead(session, moment)
    if lost or freed:
        log.warning("deliveries were taken up again", extra={"action": "recover", "sending": len(lost), "claimed": freed})
    return len(lost) + freed
