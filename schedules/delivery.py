"""How does a planned message leave? Claimed, looked at once more, sent with no transaction open, and what came of it recorded."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from channels import Channel, ChannelError, TooFast
from domain.deliveries import Delivery, Lane
from domain.offices import Office
from domain.paces import Pace
from domain.people import Account
from domain.quotas import Limits
from schedules import outcomes
from schedules.letters import Letter, letters
from schedules.outcomes import Held, Outcome
from schedules.pacing import Pacer
from schedules.quotas import Count
from storage import claims, leases, paces
from storage.session import Database, Session, UnavailableError

BATCH = 100
"""So many messages at most are looked at in one transaction, and are under way at once."""
REST_SECONDS = 0.1
"""What leaves within so long is recorded together, and is what may leave twice when the process is killed."""
IDLE_SECONDS = 1.0
"""How long a rest lasts when nothing ends it; nothing depends on its end being told."""
OfficeNow = Callable[[Session, datetime], Awaitable[Office]]
"""Gives the office's time around a moment, by the days that it has set by now."""
Ready = tuple[Letter, datetime]
"""What is to leave, and the moment (UTC) of its place."""
log = logging.getLogger(__name__)


@dataclass
class Courier:
    """A worker that delivers, named ``owner`` among others; ``language`` is for people who chose none.

    ``limits`` are the quotas of its bots. What is under way, and what came of it and is still to be recorded, is known here
    only; where it is lost, the rows tell.
    """

    database: Database
    channels: Mapping[str, Channel]
    pacer: Pacer
    owner: str
    language: str
    limits: Limits = field(default_factory=Limits)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: dict[asyncio.Task[None], int] = field(default_factory=dict)
    _outcomes: list[Outcome] = field(default_factory=list)
    _last_announcement: int = 0
    _is_full: bool = False

    async def deliver(self, office_now: OfficeNow, now: datetime) -> int:
        """Record what came of messages, let those leave that are due and have a place, and count the rows that were taken."""
        if not self.channels:
            return 0
        self._bell.clear()
        batch, ready = await self._round(office_now, now, self._most - len(self._under_way))
        for letter, place in ready:
            task = asyncio.create_task(self._send(letter, place, now))
            self._under_way[task] = letter.delivery.id
            task.add_done_callback(self._under_way.pop)
        return len(batch)

    async def rest(self, taken: int) -> bool:
        """Wait until there may be more to do than there was when so many rows were taken; False when all is done."""
        if self._under_way and not taken and not self._is_full:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), IDLE_SECONDS)
        if self.pacer.rates.overall and (taken or self._under_way or self._is_full):
            await asyncio.sleep(REST_SECONDS)
        return bool(taken or self._under_way or self._outcomes or self._is_full)

    @property
    def _most(self) -> int:
        """So many messages may be under way at once: what leaves in a second, so that no stall of the network ends in a burst."""
        overall = self.pacer.rates.overall
        return min(BATCH, max(1, int(overall))) if overall else BATCH

    @property
    def in_hand(self) -> set[int]:
        """The ids of the rows that are under way here, or whose outcome is still to be recorded."""
        return {*self._under_way.values(), *(outcome.delivery.id for outcome in self._outcomes)}

    def ring(self) -> None:
        """Let a rest end: there is something to do."""
        self._bell.set()

    async def settled(self, now: datetime) -> None:
        """Wait until what is under way has left, and record it."""
        if self._under_way:
            await asyncio.wait(self._under_way)
        if self._outcomes or (self.limits.months and self.pacer.taken):
            await self._taken(now, 0)

    async def _round(self, office_now: OfficeNow, now: datetime, most: int) -> tuple[list[Delivery], list[Ready]]:
        """Claim rows, look at them once more and begin to send them, in one transaction; give them, and what is to leave.

        Where one fails by a bug, what is claimed is kept and each row is looked at by itself.
        """
        try:
            return await self._taken(now, most, office_now)
        except UnavailableError:
            raise
        except Exception:  # noqa: BLE001  # a door: the bug shows again below, at its row or where it stands
            batch, _ = await self._taken(now, most)
        return batch, [one for row in batch for one in await self._by_itself(office_now, row, now)]

    async def _taken(self, now: datetime, most: int, office_now: OfficeNow | None = None) -> tuple[list[Delivery], list[Ready]]:
        """Record outcomes, claim rows for as many places as the bots have, and begin those that are still to leave."""
        recorded, answers, batch, ready = list(self._outcomes), Counter(self.pacer.taken), list[Delivery](), list[Ready]()
        count = Count.of(self.limits, now, recorded, answers)
        try:
            async with self._transaction() as session:
                await outcomes.record(session, recorded)
                if most > 0:
                    batch = await self._claimed(session, now, most, count)
                if batch and office_now:
                    ready = await self._prepared(session, await office_now(session, now), batch, now, count)
                await count.settle(session)
                if self.pacer.has_news:
                    held = await paces.held(session, self.channels, self.pacer.clock())
                    self.pacer.settle(held)
                    await paces.keep(session, held.values())
        except UnavailableError:
            # It may have been kept although it broke: then nobody sends these rows, and they are given back.
            self._outcomes += [Outcome(row, None, Held(), now) for row in batch]
            raise
        del self._outcomes[: len(recorded)]
        self.pacer.taken -= answers
        return batch, ready

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Session]:
        with self.pacer.telling():
            async with self.database.transaction() as session:
                yield session

    async def _claimed(self, session: Session, now: datetime, most: int, count: Count) -> list[Delivery]:
        found, moment, rates = await paces.of(session, self.channels), self.pacer.clock(), self.pacer.rates
        room = {bot: self.pacer.room(found.get(bot, Pace(bot, moment))) for bot in self.channels}
        full = [bot for bot, places in room.items() if places == 0]
        self._is_full = len(full) == len(self.channels)
        if self._is_full:
            return []
        limit = min(most, *(places for places in room.values() if places)) if any(room.values()) else most
        rested = moment - rates.chat_gap if rates.chat else None
        ways, after = await count.ways(session), self._last_announcement
        batch = await claims.claim(session, self.owner, now, limit, full=full, rested=rested, after=after, ways=ways)
        announcements = [row.subject_id for row in batch if row.lane == Lane.BROADCAST]
        self._last_announcement = announcements[-1] or 0 if announcements else self._last_announcement
        return batch

    async def _prepared(
        self, session: Session, office: Office, batch: Sequence[Delivery], now: datetime, count: Count
    ) -> list[Ready]:
        """Look at rows once more and give what is to leave, each with its place."""
        ways = await count.ways(session)
        found = await letters(session, batch, self.channels, language=self.language, office=office, now=now, ways=ways)
        # Quotas before paces, as everybody who holds both.
        going = await count.reserved(session, self.owner, found) if found else []
        return await self._begun(session, going, now) if going else []

    async def _by_itself(self, office_now: OfficeNow, row: Delivery, now: datetime) -> list[Ready]:
        """Look at one row that is claimed; what fails is told and tried again."""
        try:
            async with self._transaction() as session:
                office, count = await office_now(session, now), Count(self.limits, now)
                return await self._prepared(session, office, [row], now, count)
        except UnavailableError:
            log.warning("the database could not be reached", extra={"action": "deliver", "delivery": row.id})
            self._outcomes.append(Outcome(row, None, Held(), now))
        except Exception as error:  # a door: one bad row must not stop the others; it is logged whole and tried again
            log.exception("a delivery failed by a bug", extra={"action": "deliver", "delivery": row.id})
            self._outcomes.append(Outcome(row, None, error, now))
        return []

    async def _begun(self, session: Session, found: Sequence[Letter], now: datetime) -> list[Ready]:
        """Give each its place in its bot's rate, as the last step, since other workers wait for it meanwhile."""
        held = await paces.held(session, {letter.account.channel for letter in found}, self.pacer.clock())
        self.pacer.settle(held)
        moment, rates = self.pacer.clock(), self.pacer.rates
        places = {letter.delivery.id: held[letter.account.channel].take(moment, rates)[0] for letter in found}
        rests = {letter.delivery.id: self._longer(letter.account) + places[letter.delivery.id] for letter in found}
        await paces.keep(session, held.values())
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
            async with self._transaction() as session:
                pace = (await paces.held(session, [bot], self.pacer.clock()))[bot]
                self.pacer.settle({bot: pace})
                now = self.pacer.clock()
                place = max(pace.take(now, self.pacer.rates)[0], pace.pause_ends(now) or now)
                await paces.keep(session, [pace])


async def deliver(courier: Courier, office: Office, now: datetime) -> int:
    """Let what is due leave, wait until it has left, and count the rows that were taken."""

    async def as_given(_session: Session, _now: datetime) -> Office:
        return office

    taken = await courier.deliver(as_given, now)
    await courier.settled(now)
    return taken


async def recover(courier: Courier, now: datetime, *, alone: bool) -> int:
    """Take up what workers left behind when they died, and count it; ``alone`` when no other worker can be alive.

    What this one has in hand is not left behind, however far its clock was set ahead meanwhile.
    """
    moment = courier.pacer.clock()
    async with courier.database.transaction() as session:
        lone = courier.owner if alone else None
        lost, freed = await claims.abandoned(session, now, moment=moment, alone=lone, but=courier.in_hand)
        for delivery in lost:
            await outcomes.unknown(session, delivery, now, "the program ended while sending")
        await leases.forget_dead(session, moment)
    if lost or freed:
        log.warning("deliveries were taken up again", extra={"action": "recover", "sending": len(lost), "claimed": freed})
    return len(lost) + freed
