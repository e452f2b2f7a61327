"""How is an answer given? At once, in order, with its files, and again when the platform was out of reach."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from channels import Attachment, Channel, ChannelError, Command, Moved, NotSent, OutcomeUnknown, Outgoing, TooFast, is_new
from domain.deliveries import Event
from domain.files import FileState
from handlers import letters
from handlers.context import Reply
from messages import refusals
from messages.i18n import Speech
from storage import files
from storage.files import Store
from storage.session import Database

SEND_TRIES = 4
LONGEST_WAIT_SECONDS = 30.0
log = logging.getLogger(__name__)


class Turns(Protocol):
    """What keeps to the rates of bots, named as their channels."""

    async def answer(self, bot: str, chat: str) -> None:
        """Let an answer to a chat leave, and what is sent in bulk make room for it."""

    def took(self, bot: str) -> None:
        """Count an answer that the platform took."""

    def pause(self, bot: str, seconds: float) -> None:
        """Let nothing be sent in bulk for a time, because the platform asked for it."""


@dataclass(frozen=True)
class Answers:
    """The way of answers."""

    database: Database
    channels: Mapping[str, Channel]
    store: Store
    turns: Turns

    async def give(self, event: Event, speech: Speech) -> list[Reply]:
        """Give the answer that was kept, and what of it is left because the platform could not be reached."""
        replies = letters.replies_of(event)
        for number, reply in enumerate(replies):
            if not await self.send(event, reply, speech):
                return replies[number:]
        return []

    async def send(self, event: Event, reply: Reply, speech: Speech) -> bool:
        """Send one reply; False when it did not leave and may be sent later."""
        channel = self.channels.get(event.channel)
        if channel is None:
            return True
        if not await self._try(channel, event.chat, await self._with_file(reply, speech)):
            return False
        if reply.commands:
            await self._offer(channel, event.chat, reply.commands)
        return True

    async def _try(self, channel: Channel, chat: str, outgoing: Outgoing) -> bool:
        """Try a few times; False when it did not leave.

        What may have arrived is not repeated, but for an edit, once: a card that was edited twice reads as after one edit.
        """
        is_repeatable = outgoing.edits is not None
        for attempt in range(SEND_TRIES):
            try:
                await self.turns.answer(channel.name, chat)
                await channel.send(chat, outgoing)
            except TooFast as error:
                self.turns.pause(channel.name, error.seconds)
                await asyncio.sleep(min(error.seconds, LONGEST_WAIT_SECONDS))
            except NotSent:
                await asyncio.sleep(2**attempt / 4)
            except Moved as error:
                chat = error.address
            except ChannelError as error:
                if isinstance(error, OutcomeUnknown) and is_repeatable:
                    is_repeatable = False
                    continue
                log.warning("an answer did not go out", extra={"action": "answer", "outcome": type(error).__name__})
                return True
            else:
                if is_new(channel, outgoing):
                    self.turns.took(channel.name)
                return True
        return False

    async def _offer(self, channel: Channel, chat: str, commands: Sequence[Command]) -> None:
        try:
            await channel.offer(chat, commands)
        except ChannelError as error:
            log.warning("commands could not be set", extra={"action": "offer", "outcome": type(error).__name__})

    async def _with_file(self, reply: Reply, speech: Speech) -> Outgoing:
        if reply.file is None:
            return reply.outgoing
        async with self.database.transaction() as session:
            file = await files.one(session, reply.file)
        if file.state is FileState.KEPT and file.sha256 is not None:
            try:
                content = await asyncio.to_thread(self.store.read, file.sha256)
                return replace(reply.outgoing, attachment=Attachment(file.name, content))
            except FileNotFoundError:
                log.exception("a kept file is missing", extra={"action": "answer", "file": file.id})
        return refusals.refusal(speech, "file-not-kept")
