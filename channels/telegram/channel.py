"""How are messages brought to a person on Telegram?"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from telegram import BotCommand, BotCommandScopeChat, InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from channels import (
    Attachment,
    Button,
    Capabilities,
    Command,
    IncomingFile,
    NotSent,
    OutcomeUnknown,
    Outgoing,
    Refused,
    Remember,
    TooFast,
    markup,
)
from channels.patience import Patience, Sleep
from channels.telegram.bots import Sender
from channels.telegram.events import NAME
from channels.telegram.polling import Polling
from channels.telegram.requests import Request, failure

_T = TypeVar("_T")

_TEXT_LIMIT = 4096
_CAPTION_LIMIT = 1024
_DATA_LIMIT_BYTES = 64
_FILE_LIMIT_BYTES = 20_000_000
_CONNECTIONS = 128
"""More than messages are sent in bulk at once, so that an answer finds one however many hang."""
_FOLLOW_TRIES = 3
_FOLLOW_SECONDS = 30.0
_NOT_EDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid", "there is no text in the message")
_NO_PREVIEW = {"is_disabled": True}
_AS_HTML = {"parse_mode": ParseMode.HTML.value, "link_preview_options": _NO_PREVIEW}
_Keyboard = dict[str, Any]
"""An inline keyboard, as the Bot API takes it."""


class Telegram:
    """The ``Channel`` over one Telegram bot; ``sleep`` is how it waits, in seconds, and ``answer_seconds`` bounds a request."""

    name = NAME
    capabilities = Capabilities(
        text_limit=_TEXT_LIMIT,
        buttons=True,
        edits=True,
        files_in=True,
        files_out=True,
        file_limit=_FILE_LIMIT_BYTES,
        start_links=True,
    )

    def __init__(
        self,
        token: str,
        *,
        api_url: str = "https://api.telegram.org",
        proxy: str | None = None,
        poll_seconds: int = 30,
        answer_seconds: float = 15.0,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._token = token
        self._sleep = sleep
        self._username: str | None = None
        self._request = Request(connections=_CONNECTIONS, proxy=proxy, answer_seconds=answer_seconds)
        self._bot = Sender(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            get_updates_request=self._request,
            request=self._request,
        )
        self._polling = Polling(
            self._bot, poll_seconds=poll_seconds, answer_seconds=answer_seconds, patience=Patience(NAME, sleep=sleep)
        )

    async def receive(self, remember: Remember) -> None:
        """Hand every event over and acknowledge it only when it is remembered; wait out whatever trouble there is."""
        while self._username is None:
            try:
                await self._introduce()
            except Exception as error:  # noqa: BLE001 - a door: nothing that answers strangely may end the process
                await self._polling.recover(error)
        await self._polling.run(remember)

    async def send(self, address: str, outgoing: Outgoing) -> str:
        """Send or edit a message, in parts when it is long, and give the id of the one that carries the buttons."""
        _check(outgoing)
        keyboard = _keyboard(outgoing.rows)
        file = outgoing.attachment
        if file and not outgoing.edits and markup.length(outgoing.text) <= _CAPTION_LIMIT:
            return await self._told(self._send_file(address, file, outgoing.text, keyboard))
        *start, end = markup.split(outgoing.text, _TEXT_LIMIT)
        steps = [partial(self._send_text, address, part, None) for part in start]
        steps.append(partial(self._send_text, address, end, keyboard))
        sent = await self._told(steps[0](edits=outgoing.edits))
        for step in steps[1:]:
            sent = await self._follow(step)
        if file:
            await self._follow(partial(self._send_file, address, file, None, None))
        return sent

    async def fetch(self, file: IncomingFile) -> bytes:
        """Give the bytes of a file of at most 20 MB, the most that Telegram gives a bot."""
        if file.size is not None and file.size > _FILE_LIMIT_BYTES:
            raise Refused("file is too big")
        try:
            return await self._told(self._download(file.remote_id))
        except (OutcomeUnknown, TooFast):
            lost = NotSent("the file did not come through")  # Reading changes nothing, so it may be done again.
        raise lost

    async def offer(self, address: str, commands: Sequence[Command]) -> None:
        """Set the commands in the menu of one chat."""
        offered = [BotCommand(command.name, command.description) for command in commands]
        await self._told(self._bot.set_my_commands(offered, scope=BotCommandScopeChat(address)))

    async def identify(self) -> str:
        """Ask for the bot's username, which its links carry from then on."""
        return await self._told(self._introduce())

    def is_shared(self, address: str) -> bool:
        """Tell a group by its number, which is negative."""
        return address.startswith("-")

    def link(self, code: str) -> str | None:
        """Give the link that starts a chat with the code, once the bot's username is known."""
        return f"https://t.me/{self._username}?start={code}" if self._username else None

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()

    async def _introduce(self) -> str:
        me = await self._bot.get_me()
        self._username = me.username or str(me.id)
        return self._username

    async def _send_text(self, address: str, text: str, keyboard: _Keyboard | None, edits: str | None = None) -> str:
        if edits and await self._edit(address, edits, text, keyboard):
            return edits
        message = await self._bot.tell("sendMessage", address, text=text, reply_markup=keyboard, **_AS_HTML)
        return str(message["message_id"])

    async def _edit(self, address: str, message: str, text: str, keyboard: _Keyboard | None) -> bool:
        """Replace an earlier message; false when it is no longer there to be replaced."""
        try:
            await self._bot.tell(
                "editMessageText", address, message_id=int(message), text=text, reply_markup=keyboard, **_AS_HTML
            )
        except BadRequest as error:
            reason = str(error).lower()
            if any(words in reason for words in _NOT_EDITABLE):
                return False
            if "message is not modified" not in reason:
                raise
        return True

    async def _send_file(self, address: str, file: Attachment, caption: str | None, keyboard: _Keyboard | None) -> str:
        document = InputFile(file.content, filename=file.name)
        what = {"document": document, "caption": caption, "parse_mode": ParseMode.HTML.value, "reply_markup": keyboard}
        message = await self._bot.tell("sendDocument", address, **what)
        return str(message["message_id"])

    async def _follow(self, step: Callable[[], Awaitable[str]]) -> str:
        """Send the next part of a message whose start has arrived, so that a failure here must not repeat the start."""
        for _ in range(_FOLLOW_TRIES):
            try:
                return await self._told(step())
            except TooFast as error:
                if error.seconds > _FOLLOW_SECONDS:
                    break
                await self._sleep(error.seconds)
            except NotSent:
                break
        raise OutcomeUnknown("the message arrived in part")

    async def _download(self, remote_id: str) -> bytes:
        remote = await self._bot.get_file(remote_id)
        return bytes(await remote.download_as_bytearray())

    async def _told(self, call: Awaitable[_T]) -> _T:
        """Make a call; its failure becomes the port's, raised apart from the original, which may carry the token."""
        try:
            return await call
        except TelegramError as error:
            told = failure(error, token=self._token)
        raise told


def _check(outgoing: Outgoing) -> None:
    """Stop what would be a mistake of ours, before anything is sent."""
    if not markup.plain(outgoing.text).strip():
        raise ValueError("a message needs a text")
    for button in (button for row in outgoing.rows for button in row):
        if not 1 <= len(button.data.encode()) <= _DATA_LIMIT_BYTES:
            raise ValueError(f"a button's data has 1 to {_DATA_LIMIT_BYTES} bytes: {button.data!r}")


def _keyboard(rows: Sequence[Sequence[Button]]) -> _Keyboard | None:
    buttons = [[{"text": button.label, "callback_data": button.data} for button in row] for row in rows if row]
    return {"inline_keyboard": buttons} if buttons else None
