"""How fast may messages leave? The platform's rates, kept by waiting and never by being refused."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

REMEMBERED_CHATS = 10_000


@dataclass(frozen=True)
class Rates:
    """Messages a second in all, and to one chat; zero means without limit."""

    overall: float = 28.0
    chat: float = 1.0


class Pacer:
    """Spaces sends by the monotonic clock of the running loop, evenly and without bursts."""

    def __init__(self, rates: Rates) -> None:
        self._gap = 1 / rates.overall if rates.overall else 0.0
        self._chat_gap = 1 / rates.chat if rates.chat else 0.0
        self._next = 0.0
        self._chats: OrderedDict[str, float] = OrderedDict()

    async def turn(self, chat: str) -> None:
        """Wait until a message to the chat may leave, and take the place."""
        # Looked at anew after each wait: another message may have left meanwhile, or the platform asked for a pause.
        while (wait := self._wait(chat)) > 0:  # noqa: ASYNC110  # waits for a moment, which no event tells
            await asyncio.sleep(wait)
        self.note(chat)

    def note(self, chat: str) -> None:
        """Count an answer that leaves at once; what is sent in bulk makes room for it."""
        now = asyncio.get_running_loop().time()
        self._next = max(now, self._next) + self._gap
        self._chats[chat] = max(now, self._chats.pop(chat, 0.0)) + self._chat_gap
        while len(self._chats) > REMEMBERED_CHATS:
            self._chats.popitem(last=False)

    def pause(self, seconds: float) -> None:
        """Let nothing leave for a time, because the platform asked for it."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)

    def _wait(self, chat: str) -> float:
        return max(self._next, self._chats.get(chat, 0.0)) - asyncio.get_running_loop().time()
