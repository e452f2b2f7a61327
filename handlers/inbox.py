"""How are events worked on? Remembered first, then in order within a chat and side by side between chats."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from itertools import groupby

from channels import Attachment, Channel, ChannelError, Command, Incoming, NotSent, TooFast
from domain.deliveries import Event, EventState
from domain.errors import Refusal
from domain.files import FileState
from domain.offices import Office
from handlers import dispatch, letters
from handlers.context import Context, Reply
from messages import refusals
from messages.i18n import Speech
from storage import files, inbox, people
from storage.files import Store
from storage.session import Database, Session

AT_A_TIME = 50
IDLE_SECONDS = 1.0
"""How long a worker sleeps when nothing wakes it; nothing depends on being woken."""
SEND_TRIES = 4
LONGEST_WAIT_SECONDS = 30.0
STALE = timedelta(hours=1)
"""An answer that could not be given for so long would only confuse."""
log = logging.getLogger(__name__)


@dataclass
class Inbox:
    """The worker of the inbox.

    ``now`` reads the clock. ``woken`` is called when an event was handled, to speed its effects; ``answering`` with the
    address of every answer, so that what is sent in bulk makes room for it.
    """

    database: Database
    channels: Mapping[str, Channel]
    store: Store
    office: Callable[[datetime], Office]
    zone: tzinfo
    language: str
    now: Callable[[], datetime]
    woken: Callable[[], None]
    answering: Callable[[str], None]
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _busy: set[tuple[str, str]] = field(default_factory=set)

    async def remember(self, events: Sequence[Incoming]) -> None:
        """Keep events; when this returns, the platform may forget them."""
        now = self.now()
        async with self.database.transaction() as session:
            await inbox.remember(session, [letters.event_of(one, now) for one in events])
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
        except Exception:  # a door: a database out of reach is waited for; logged whole
            log.exception("the inbox could not be read", extra={"action": "inbox"})
            return []
        by_chat = groupby(sorted(found, key=_chat_of), key=_chat_of)
        return [(chat, sorted(events, key=lambda event: event.id)) for chat, events in by_chat]

    async def _chat(self, chat: tuple[str, str], events: Sequence[Event]) -> None:
        try:
            for event in events:
                if self._stopping:
                    break
                if not await self._work_on(event):
                    await asyncio.sleep(IDLE_SECONDS)
                    break
        except Exception:  # a door: the events stay where they are and are tried again; logged whole
            log.exception("a chat could not be worked on", extra={"action": "inbox"})
        finally:
            self._busy.discard(chat)
            self._bell.set()

    async def _work_on(self, event: Event) -> bool:
        """Handle and answer one event; False when it must be tried again before the chat's next one."""
        if event.state is EventState.WAITING:
            try:
                event = await self._handle(event) or event
            except Exception:  # a door: one poisoned event is set aside after three tries; logged whole
                log.exception("a handler failed by a bug", extra={"action": "handle", "event": event.id})
                return await self._stumble(event)
            self.woken()
        answered = await self._answer(event)
        if answered:
            async with self.database.transaction() as session:
                await inbox.answered(session, event.id)
        return answered

    async def _handle(self, event: Event) -> Event | None:
        """Handle an event and keep its answer in one transaction; a refusal undoes the work and becomes the answer."""
        try:
            async with self.database.transaction() as session:
                taken = await inbox.take(session, event.id)
                if taken is None:
                    return None
                context = await self._context(session, taken)
                inbox.handled(taken, letters.written(await dispatch.answer(context)))
                return taken
        except Refusal as error:
            log.info("refused", extra={"action": "handle", "event": event.id, "reason": error.reason})
            return await self._answer_with(event, error.reason)

    async def _answer_with(self, event: Event, reason: str | None) -> Event | None:
        async with self.database.transaction() as session:
            taken = await inbox.take(session, event.id)
            if taken is not None:
                speech = (await self._context(session, taken)).speech
                outgoing = refusals.refusal(speech, reason) if reason else refusals.bug(speech)
                inbox.handled(taken, letters.written([Reply(outgoing)]))
            return taken

    async def _stumble(self, event: Event) -> bool:
        async with self.database.transaction() as session:
            set_aside = await inbox.stumbled(session, event.id) is EventState.SET_ASIDE
        if not set_aside:
            return False
        log.error("an event was set aside", extra={"action": "set_aside", "event": event.id})
        speech = Speech(self.language, self.zone)
        await self._send(event, Reply(refusals.bug(speech)))
        return True

    async def _context(self, session: Session, event: Event) -> Context:
        incoming, now = letters.incoming_of(event), self.now()
        account = await people.account(session, incoming.channel, incoming.sender)
        account.suspended = None
        person = await people.person(session, account.person_id) if account.person_id else None
        return Context(
            session=session,
            event=incoming,
            account=account,
            standing=await people.standing(session, person.id) if person else dispatch.STRANGER,
            speech=Speech((person.language if person else None) or self.language, self.zone),
            office=self.office(now),
            now=now,
            bound=person,
        )

    async def _answer(self, event: Event) -> bool:
        """Give the answer that was kept; False when the platform could not be reached and it is worth trying again."""
        replies = letters.replies_of(event)
        for number, reply in enumerate(replies):
            if not await self._send(event, reply):
                async with self.database.transaction() as session:
                    await inbox.shorten(session, event.id, letters.written(replies[number:]))
                return self.now() - event.received_at > STALE
        return True

    async def _send(self, event: Event, reply: Reply) -> bool:
        channel = self.channels.get(event.channel)
        if channel is None:
            return True
        outgoing = reply.outgoing
        if reply.file is not None:
            outgoing = replace(outgoing, attachment=await self._attachment(reply.file))
        for attempt in range(SEND_TRIES):
            try:
                self.answering(event.chat)
                await channel.send(event.chat, outgoing)
                break
            except TooFast as error:
                await asyncio.sleep(min(error.seconds, LONGEST_WAIT_SECONDS))
            except NotSent:
                await asyncio.sleep(2**attempt / 4)
            except ChannelError as error:
                # Refused for good, or perhaps arrived: an answer is not repeated.
                log.warning("an answer did not go out", extra={"action": "answer", "outcome": type(error).__name__})
                return True
        else:
            return False
        if reply.commands:
            await self._offer(channel, event.chat, reply.commands)
        return True

    async def _offer(self, channel: Channel, chat: str, commands: Sequence[Command]) -> None:
        try:
            await channel.offer(chat, commands)
        except ChannelError as error:
            log.warning("commands could not be set", extra={"action": "offer", "outcome": type(error).__name__})

    async def _attachment(self, file_id: int) -> Attachment | None:
        async with self.database.transaction() as session:
            file = await files.one(session, file_id)
        if file.state is not FileState.KEPT or file.sha256 is None:
            return None
        return Attachment(file.name, await asyncio.to_thread(self.store.read, file.sha256))


def _chat_of(event: Event) -> tuple[str, str]:
    return event.channel, event.chat
