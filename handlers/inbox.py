"""How are events worked on? Remembered first, then in order within a chat and side by side between chats."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any, Protocol

from channels import Incoming
from domain.deliveries import Event, EventState
from domain.errors import Refusal
from domain.incidents import Cause
from domain.offices import Office
from domain.quotas import Limits
from handlers import dispatch, letters
from handlers.answers import Answers
from handlers.context import Context, Reply
from messages import refusals
from messages.i18n import Speech
from storage import backlog, dialogues, inbox, incidents, people
from storage.inbox import Claimant
from storage.session import Database, Session, UnavailableError

AT_A_TIME = 8
"""So many chats' events at most are handled in one transaction, whose end the first of them waits for."""
HELD_UP = timedelta(seconds=0.2)
"""An event that waits longer for rows that another process holds is left to itself, so that the others go on."""
IDLE_SECONDS = 1.0
"""How long a worker sleeps when nothing wakes it; nothing depends on being woken."""
STALE = timedelta(hours=1)
"""An answer that could not be given for so long would only confuse."""
log = logging.getLogger(__name__)
Chat = tuple[str, str]
"""A channel and an address on it."""
Work = Callable[[Event], Coroutine[Any, Any, None]]


class OfficeNow(Protocol):
    """Gives the office's time around a moment, by the days that it has set by now."""

    async def __call__(self, session: Session, now: datetime, /) -> Office:
        """Read it."""


@dataclass
class Inbox:
    """The worker of the inbox, named ``owner`` among others.

    ``limits`` are the quotas of bots, ``now`` reads the office's clock and ``wall`` that of the wall; ``woken`` is called with
    the names of what events have made due, to speed it. What was answered and is still to be recorded is known here only; where
    it is lost, the rows tell.
    """

    database: Database
    answers: Answers
    office_now: OfficeNow
    zone: tzinfo
    language: str
    owner: str
    now: Callable[[], datetime]
    wall: Callable[[], datetime]
    woken: Callable[[Collection[str]], None]
    limits: Limits = field(default_factory=Limits)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _busy: set[Chat] = field(default_factory=set)
    _given: list[tuple[Event, list[Reply]]] = field(default_factory=list)

    async def remember(self, events: Sequence[Incoming]) -> None:
        """Keep events; when this returns, the platform may forget them."""
        now = self.now()
        async with self.database.transaction() as session:
            await inbox.remember(session, [letters.event_of(one, now) for one in events])
        self._bell.set()

    async def tidy(self, now: datetime) -> int:
        """Forget old events that were answered, some at once, and count them."""
        async with self.database.transaction() as session:
            gone = await inbox.forget_answered(session, now)
        if gone:
            log.info("old events were forgotten", extra={"action": "tidy", "events": gone})
        return gone

    def ring(self) -> None:
        """Look for events now."""
        self._bell.set()

    def stop(self) -> None:
        """Begin nothing more; ``run`` ends when what is being worked on is answered."""
        self._stopping = True
        self._bell.set()

    async def run(self) -> None:
        """Work until stopped; what is being worked on when the process dies is done at the next start."""
        async with asyncio.TaskGroup() as chats:
            while self._busy or not self._stopping:
                self._bell.clear()
                for event, work in await self._round():
                    self._busy.add(_chat_of(event))
                    chats.create_task(work(event))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._bell.wait(), IDLE_SECONDS)

    async def _round(self) -> list[tuple[Event, Work]]:
        """Record what was answered, and handle the next event of every chat that is free, in one transaction.

        Where that fails, each event is handled by itself, so that none spoils or holds up another.
        """
        taken: list[Event] = []
        try:
            return [(event, self._answer) for event in await self._together(taken)]
        except UnavailableError:
            log.warning("the database could not be reached", extra={"action": "inbox"})
        except Exception as error:  # a door: what fails is done again, and what fails by itself is logged whole
            if taken:
                return [(event, self._alone) for event in taken]
            log.exception("the inbox could not be read", extra={"action": "inbox"}, exc_info=error)
        return []

    async def _together(self, taken: list[Event]) -> list[Event]:
        """Do a round, and give the events that are to be answered; ``taken`` tells meanwhile which there are."""
        done, due = list(self._given), list[str]()
        async with self.database.transaction() as session:
            await self._record(session, done)
            if not self._stopping:
                busy = self._busy - {_chat_of(event) for event, left in done if not left}
                taken += await inbox.take(session, self._claimant(), busy, AT_A_TIME, held_up=HELD_UP)
            if new := [event for event in taken if event.state is EventState.WAITING]:
                due = await self._handle(session, new)
        del self._given[: len(done)]
        for event, left in done:
            if left:
                self._release(event, IDLE_SECONDS)
            else:  # What is next in the chat is taken already.
                self._busy.discard(_chat_of(event))
        if len(taken) == AT_A_TIME or (done and self._stopping):
            self._bell.set()
        self._wake(due)
        return taken

    async def _handle(self, session: Session, events: Sequence[Event]) -> list[str]:
        """Handle events and keep their answers, and name what is due then."""
        office = await self.office_now(session, self.now())
        for event in events:
            answer = letters.written(await dispatch.answer(await self._context(session, event, office)))
            inbox.handled(event, answer)
            await inbox.keep_apart(session)
        await inbox.handled_all(session, events)
        return await backlog.due(session, self.now())

    async def _record(self, session: Session, done: Sequence[tuple[Event, list[Reply]]]) -> None:
        whole = [event.id for event, left in done if not left]
        if whole:
            await inbox.answered(session, whole)
        for event, left in done:
            if left:
                await inbox.shorten(session, event.id, letters.written(left))

    def _release(self, event: Event, seconds: float) -> None:
        """Let the chat's next event be worked on, or the same one again, after some seconds."""

        def release() -> None:
            self._busy.discard(_chat_of(event))
            self._bell.set()

        if seconds:
            asyncio.get_running_loop().call_later(seconds, release)
        else:
            release()

    async def _alone(self, event: Event) -> None:
        """Handle an event in a transaction of its own, and answer it."""
        try:
            handled = await self._handled(event.id)
        except UnavailableError:
            log.warning("the database could not be reached", extra={"action": "handle", "event": event.id})
            self._release(event, IDLE_SECONDS)
        except Exception:  # a door: one poisoned event is set aside after three tries; logged whole
            log.exception("an event failed by a bug", extra={"action": "handle", "event": event.id})
            await self._stumble(event)
        else:
            if handled is None:
                self._release(event, IDLE_SECONDS)
            else:
                await self._answer(handled)

    async def _answer(self, event: Event) -> None:
        """Give the answer to an event that was handled."""
        try:
            left = await self.answers.give(event, Speech(self.language, self.zone))
        except UnavailableError:
            log.warning("the database could not be reached", extra={"action": "answer", "event": event.id})
            self._release(event, IDLE_SECONDS)
        except Exception:  # a door: as for an event that cannot be handled
            log.exception("an event failed by a bug", extra={"action": "answer", "event": event.id})
            await self._stumble(event)
        else:
            self._given.append((event, left if self.now() - event.received_at <= STALE else []))
            self._bell.set()

    async def _handled(self, event_id: int) -> Event | None:
        """Handle an event, unless that was done, and keep its answer in one transaction; None when it is another worker's."""
        due: list[str] = []
        try:
            async with self.database.transaction() as session:
                event = await inbox.claim(session, self._claimant(), event_id)
                if event is not None and event.state is EventState.WAITING:
                    office = await self.office_now(session, self.now())
                    inbox.handled(event, letters.written(await dispatch.answer(await self._context(session, event, office))))
                    await session.flush()
                    due = await backlog.due(session, self.now())
        except Refusal as error:
            log.info("refused", extra={"action": "handle", "event": event_id, "reason": error.reason})
            return await self._refused(event_id, error.reason)
        self._wake(due)
        return event

    def _wake(self, due: Sequence[str]) -> None:
        if due:
            self.woken(due)

    async def _refused(self, event_id: int, reason: str) -> Event | None:
        """Keep a refusal as the answer: what was done is undone, and a question that has no answer any more is closed."""
        async with self.database.transaction() as session:
            event = await inbox.claim(session, self._claimant(), event_id)
            if event is not None and event.state is EventState.WAITING:
                context = await self._context(session, event, await self.office_now(session, self.now()))
                if context.event.press is None and reason not in dispatch.ASKED_AGAIN:
                    await dialogues.close(session, context.account.id)
                inbox.handled(event, letters.written([Reply(refusals.refusal(context.speech, reason))]))
        return event

    def _claimant(self) -> Claimant:
        return Claimant(self.owner, self.now(), self.wall(), alone=self.database.is_sqlite)

    async def _stumble(self, event: Event) -> None:
        """Count a failure; when it was the last, set the event aside and say so, and let the chat go on."""
        try:
            async with self.database.transaction() as session:
                failed = await inbox.stumbled(session, event.id)
                if failed.state is EventState.SET_ASIDE:
                    await incidents.note(session, Cause.SET_ASIDE, self.now(), subject=event.id)
        except UnavailableError:
            self._release(event, IDLE_SECONDS)
            return
        if failed.state is EventState.SET_ASIDE:
            log.error("an event was set aside", extra={"action": "set_aside", "event": event.id})
            speech = Speech(self.language, self.zone)
            await self.answers.send(event, Reply(refusals.bug(speech)), speech)
        self._release(event, 0 if failed.state is EventState.SET_ASIDE else IDLE_SECONDS)

    async def _context(self, session: Session, event: Event, office: Office) -> Context:
        """Find who acted; the moment that counts is when the event came, however late it is worked on."""
        incoming = letters.incoming_of(event)
        actor = await people.actor(session, incoming.channel, incoming.sender)
        actor.account.lift()
        return Context(
            session=session,
            event=incoming,
            account=actor.account,
            standing=actor.standing,
            speech=Speech((actor.person.language if actor.person else None) or self.language, self.zone),
            office=office,
            now=event.received_at,
            bound=actor.person,
            limits=self.limits,
        )


def _chat_of(event: Event) -> Chat:
    return event.channel, event.chat
