"""How are events worked on? Remembered first, then in order within a chat and side by side between chats."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from itertools import groupby

from channels import Incoming
from domain.deliveries import Event, EventState
from domain.errors import Refusal
from domain.incidents import Cause
from domain.offices import Office
from handlers import dispatch, letters
from handlers.answers import Answers
from handlers.context import Context, Reply
from messages import refusals
from messages.i18n import Speech
from storage import dialogues, inbox, incidents, people
from storage.session import Database, Session, UnavailableError

AT_A_TIME = 50
IDLE_SECONDS = 1.0
"""How long a worker sleeps when nothing wakes it; nothing depends on being woken."""
STALE = timedelta(hours=1)
"""An answer that could not be given for so long would only confuse."""
log = logging.getLogger(__name__)


@dataclass
class Inbox:
    """The worker of the inbox, named ``owner`` among others.

    ``now`` reads the clock, and ``woken`` is called when an event was handled, to speed its effects.
    """

    database: Database
    answers: Answers
    office: Callable[[datetime], Office]
    zone: tzinfo
    language: str
    owner: str
    now: Callable[[], datetime]
    woken: Callable[[], None]
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _busy: set[tuple[str, str]] = field(default_factory=set)

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
            while not self._stopping:
                self._bell.clear()
                for chat, events in await self._waiting():
                    self._busy.add(chat)
                    chats.create_task(self._chat(chat, events))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._bell.wait(), IDLE_SECONDS)

    async def _waiting(self) -> list[tuple[tuple[str, str], list[Event]]]:
        try:
            async with self.database.transaction() as session:
                found = await inbox.waiting(session, self._busy, AT_A_TIME)
        except UnavailableError:
            log.warning("the database could not be reached", extra={"action": "inbox"})
            return []
        except Exception:  # a door: what cannot be read now is read later; logged whole
            log.exception("the inbox could not be read", extra={"action": "inbox"})
            return []
        by_chat = groupby(sorted(found, key=_chat_of), key=_chat_of)
        return [(chat, sorted(events, key=lambda event: event.id)) for chat, events in by_chat]

    async def _chat(self, chat: tuple[str, str], events: Sequence[Event]) -> None:
        """Work on a chat's events in order, and stop at the first that must be tried again."""
        try:
            for event in events:
                if self._stopping:
                    break
                if not await self._work_on(event.id):
                    await asyncio.sleep(IDLE_SECONDS)
                    break
        finally:
            self._busy.discard(chat)
            self._bell.set()

    async def _work_on(self, event_id: int) -> bool:
        """Handle and answer one event; False when it must be tried again before the chat's next one."""
        try:
            event = await self._handled(event_id)
            if event is None:
                return False
            return await self._answered(event)
        except UnavailableError:
            log.warning("the database could not be reached", extra={"action": "handle", "event": event_id})
            return False
        except Exception:  # a door: one poisoned event is set aside after three tries; logged whole
            log.exception("an event failed by a bug", extra={"action": "handle", "event": event_id})
            return await self._stumble(event_id)

    async def _handled(self, event_id: int) -> Event | None:
        """Handle an event, unless that was done, and keep its answer in one transaction; None when it is another worker's."""
        try:
            async with self.database.transaction() as session:
                event = await self._claim(session, event_id)
                if event is not None and event.state is EventState.WAITING:
                    context = await self._context(session, event)
                    inbox.handled(event, letters.written(await dispatch.answer(context)))
        except Refusal as error:
            log.info("refused", extra={"action": "handle", "event": event_id, "reason": error.reason})
            event = await self._refused(event_id, error.reason)
        self.woken()
        return event

    async def _refused(self, event_id: int, reason: str) -> Event | None:
        """Keep a refusal as the answer: what was done is undone, and a question that has no answer any more is closed."""
        async with self.database.transaction() as session:
            event = await self._claim(session, event_id)
            if event is not None and event.state is EventState.WAITING:
                context = await self._context(session, event)
                if context.event.press is None and reason not in dispatch.ASKED_AGAIN:
                    await dialogues.close(session, context.account.id)
                inbox.handled(event, letters.written([Reply(refusals.refusal(context.speech, reason))]))
        return event

    async def _claim(self, session: Session, event_id: int) -> Event | None:
        return await inbox.claim(session, event_id, self.owner, self.now(), alone=self.database.is_sqlite)

    async def _answered(self, event: Event) -> bool:
        left = await self.answers.give(event, Speech(self.language, self.zone))
        given = not left or self.now() - event.received_at > STALE
        async with self.database.transaction() as session:
            if given:
                await inbox.answered(session, event.id)
            else:
                await inbox.shorten(session, event.id, letters.written(left))
        return given

    async def _stumble(self, event_id: int) -> bool:
        """Count a failure; True when the event was set aside, so that the chat goes on."""
        try:
            async with self.database.transaction() as session:
                event = await inbox.stumbled(session, event_id)
                if event.state is EventState.SET_ASIDE:
                    await incidents.note(session, Cause.SET_ASIDE, self.now(), subject=event_id)
        except UnavailableError:
            return False
        if event.state is not EventState.SET_ASIDE:
            return False
        log.error("an event was set aside", extra={"action": "set_aside", "event": event_id})
        speech = Speech(self.language, self.zone)
        await self.answers.send(event, Reply(refusals.bug(speech)), speech)
        return True

    async def _context(self, session: Session, event: Event) -> Context:
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
            office=self.office(event.received_at),
            now=event.received_at,
            bound=actor.person,
        )


def _chat_of(event: Event) -> tuple[str, str]:
    return event.channel, event.chat
