"""Which updates has the bot not yet acknowledged, and how does it get them?"""

import asyncio
import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram_errors import ApiError
from sandbox.waiting import Bell

Update = dict[str, Any]  # JSON as the Bot API writes it

_TRIES = 3
_PAUSE_SECONDS = 0.02
_FOREVER_SECONDS = 86_400.0
_WEBHOOK_IS_SET = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_ANOTHER_POLLS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True)
class Webhook:
    """Where updates are posted to, and the secret that says who posts."""

    url: str
    secret: str = ""


class Updates:
    """The queue of updates: kept until an offset beyond them is asked for, or a webhook takes them."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._numbers = count(1)
        self._allowed: Sequence[str] = ()
        self._polls = 0
        self._times = 1
        self._mixed: Random | None = None
        self._to_all = False
        self._owed: dict[int, int] = {}
        self.pending: list[Update] = []
        self.webhook: Webhook | None = None
        self.given_up: list[Update] = []
        self.posts: list[int] = []
        self.is_closed = False

    def add(self, kind: str, content: Any) -> None:
        """Queue an update of one kind, unless the bot asked for other kinds only."""
        if not self._allowed or kind in self._allowed:
            number = next(self._numbers)
            self.pending.append({"update_id": number, kind: content})
            if self._mixed is not None:
                self._owed[number] = self._times
        self._bell.ring()

    def repeat(self, times: int, mixed: Random, *, to_all: bool) -> None:
        """Give each further update in so many polls, in any order, whatever was acknowledged; to several pollers if to all."""
        self._times, self._mixed, self._to_all = times, mixed, to_all

    async def poll(self, *, offset: int, limit: int, seconds: float, allowed: Sequence[str] | None) -> list[Update]:
        """Drop what lies before the offset and give what waits, or the first that comes within so many seconds."""
        if self.webhook:
            raise ApiError(409, _WEBHOOK_IS_SET)
        if allowed is not None:
            self._allowed = allowed
        self._polls += 1
        mine = self._polls
        self._bell.ring()
        self.pending = [update for update in self.pending if self._is_kept(update["update_id"], offset)]
        with contextlib.suppress(TimeoutError):
            await self._bell.until(lambda: self.pending or self._is_over(mine) or self.is_closed or None, seconds)
        if self._is_over(mine):
            raise ApiError(409, _ANOTHER_POLLS)
        return self._given(limit)

    def _is_over(self, poll: int) -> bool:
        return self._polls != poll and not self._to_all

    def _is_kept(self, number: int, offset: int) -> bool:
        """Tell whether an update is still to be given: it was not acknowledged, or is owed to disorder."""
        return number >= offset or self._owed.get(number, 0) > 0

    def _given(self, limit: int) -> list[Update]:
        given = list(self.pending)
        if self._mixed is not None:
            self._mixed.shuffle(given)
        for update in given[:limit]:
            if update["update_id"] in self._owed:
                self._owed[update["update_id"]] -= 1
        return given[:limit]

    async def deliver(self) -> None:
        """Post updates to the webhook, in order, each again a few times when it is not taken; until cancelled."""
        while True:
            webhook, update = await self._bell.until(
                lambda: (self.webhook, self.pending[0]) if self.webhook and self.pending else None, _FOREVER_SECONDS
            )
            if not await self._taken(webhook, update):
                self.given_up.append(update)
            self.pending = [waiting for waiting in self.pending if waiting["update_id"] != update["update_id"]]
            self._bell.ring()

    async def _taken(self, webhook: Webhook, update: Update) -> bool:
        for attempt in range(_TRIES):
            status = await _post(webhook, json.dumps(update).encode())
            self.posts.append(status)
            if 200 <= status <= 299:  # noqa: PLR2004 - HTTP's own numbers
                return True
            await asyncio.sleep(_PAUSE_SECONDS * 2**attempt)
        return False

    def close(self) -> None:
        """Let every poll that waits come back empty."""
        self.is_closed = True
        self._bell.ring()


async def _post(webhook: Webhook, body: bytes) -> int:
    """Post to a server on this computer and give its status; 0 when it does not answer."""
    place = urlsplit(webhook.url)
    head = [f"POST {place.path or '/'} HTTP/1.1", f"Host: {place.netloc}", "Content-Type: application/json"]
    head += [f"Content-Length: {len(body)}", "Connection: close"]
    if webhook.secret:
        head.append(f"X-Telegram-Bot-Api-Secret-Token: {webhook.secret}")
    try:
        reader, writer = await asyncio.open_connection(place.hostname, place.port or 80)
        try:
            writer.write("\r\n".join([*head, "", ""]).encode() + body)
            return int((await reader.readline()).split()[1])
        finally:
            writer.close()
            await writer.wait_closed()
    except (OSError, IndexError, ValueError):
        return 0
