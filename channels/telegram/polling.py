"""How are events had from Telegram without losing one?"""

import asyncio
import logging
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from channels import Incoming, Remember
from channels.patience import Patience
from channels.telegram.events import event
from channels.telegram.requests import Flooded

_log = logging.getLogger(__name__)
_WRONG_TOKEN_SECONDS = 60.0
_ANSWER_SECONDS = 5.0
_KINDS = ["message", "callback_query"]


class Polling:
    """Long polling of one bot. A poll lasts ``poll_seconds``, and may take ``answer_seconds`` more to come back."""

    def __init__(self, bot: Bot, *, poll_seconds: int, answer_seconds: float, patience: Patience) -> None:
        self._bot = bot
        self._poll_seconds = poll_seconds
        self._answer_seconds = answer_seconds
        self._patience = patience

    async def run(self, remember: Remember) -> None:
        """Hand events over until cancelled."""
        offset = 0
        while True:
            offset = await self._once(offset, remember)

    async def recover(self, error: Exception) -> None:
        """Do what the error asks for before the next attempt."""
        match error:
            case InvalidToken():
                await self._patience.wait("wrong_token", level=logging.ERROR, seconds=_WRONG_TOKEN_SECONDS)
            case Conflict() if "webhook" in str(error).lower():
                await self._patience.wait("webhook_set", seconds=0)
                await self._remove_webhook()
            case Conflict():
                await self._patience.wait("polled_elsewhere")
            case Flooded():
                await self._patience.wait("too_fast", seconds=error.seconds)
            case _:
                await self._patience.wait("unreachable")

    async def _remove_webhook(self) -> None:
        try:
            await self._bot.delete_webhook()
        except TelegramError:
            await self._patience.wait("webhook_stays")

    async def _once(self, offset: int, remember: Remember) -> int:
        """Poll once and give the next offset: the same one unless everything up to it is remembered."""
        try:
            updates = await self._poll(offset)
            batch = [incoming for update in updates if (incoming := self._read(update))]
            if batch:
                await remember(batch)
        except TelegramError as error:
            await self.recover(error)
            return offset
        except Exception:  # noqa: BLE001 - a door: whatever fails, Telegram keeps the events and is asked again
            _log.exception("events not remembered", extra={"action": "telegram.not_remembered"})
            await self._patience.wait("not_remembered")
            return offset
        self._patience.works()
        await asyncio.gather(*(self._answer(query) for update in updates if (query := _query(update))))
        return max((update.get("update_id", -1) + 1 for update in updates), default=offset)

    async def _poll(self, offset: int) -> list[dict[str, Any]]:
        """Take updates as raw JSON, since PTB's own method fails them all for one that it cannot read."""
        terms = {"offset": offset, "timeout": self._poll_seconds, "allowed_updates": _KINDS}
        # Written so, PTB makes it getUpdates on the way; written like its own method, it would warn that it has one.
        patience = self._poll_seconds + self._answer_seconds
        return [dict(update) for update in await self._bot.do_api_request("get_Updates", terms, read_timeout=patience)]

    def _read(self, raw: dict[str, Any]) -> Incoming | None:
        """Turn one update into an event; one that cannot be read is told of and passed over, not to block the rest."""
        try:
            return event(Update.de_json(raw, self._bot))
        except Exception:  # noqa: BLE001 - a door: one strange update must not stop those behind it
            _log.exception("update not understood", extra={"action": "telegram.malformed", "update": raw.get("update_id")})
            return None

    async def _answer(self, query: str) -> None:
        """Stop the spinner on a pressed button; the press counts whether or not that works."""
        try:
            await self._bot.answer_callback_query(query, read_timeout=_ANSWER_SECONDS)
        except TelegramError as error:
            _log.debug("press not answered", extra={"action": "telegram.not_answered", "reason": type(error).__name__})


def _query(update: dict[str, Any]) -> str | None:
    """Find the id under which a press is answered, even in an update that could not be read whole."""
    query = update.get("callback_query")
    return query.get("id") if isinstance(query, dict) else None
