"""What reaches the chats, and when? The twin in a process of its own, which obeys lines of JSON and answers them."""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from channels import Button
from sandbox.telegram import BotApi, Happening, Message, Person

ASKERS_FROM, READERS_FROM = 1000, 10_000
"""From here on the chats of readers are numbered, and those of people who ask something while the readers are written to."""


class Watch:
    """The twin under watch: what was sent to readers, and whom it waits for."""

    def __init__(self, *, limited: bool) -> None:
        self.twin = BotApi(limited=limited, listener=self._happened)
        self._people: dict[int, Person] = {}
        self._arrivals: list[tuple[int, float]] = []
        self._reached: Counter[int] = Counter()
        self._awaited: dict[int, asyncio.Future[float]] = {}

    def _happened(self, happening: Happening) -> None:
        if happening.kind != "sent":
            return
        now, chat = time.monotonic(), happening.chat
        if chat >= READERS_FROM:
            self._arrivals.append((chat, now))
            self._reached[chat] += 1
        if (awaited := self._awaited.pop(chat, None)) and not awaited.done():
            awaited.set_result(now)

    def _next(self, chat: int) -> "asyncio.Future[float]":
        """Give what tells the moment of the bot's next message into a chat."""
        self._awaited[chat] = heard = asyncio.get_running_loop().create_future()
        return heard

    async def people(self, numbers: list[int]) -> None:
        """Let people be there who have written before."""
        for number in numbers:
            self._people[number] = self.twin.person(number, f"Người {number}", known=True)

    async def card(self, chat: int, label: str, data: str) -> None:
        """Put a message with one button into a chat, as if the bot had sent it earlier."""
        world = self.twin.world
        number, rows = world.number(), ((Button(label, data),),)
        message = Message(number, label, world.now(), from_bot=True, author=world.bot, buttons=rows)
        world.chats[chat].messages[number] = message

    async def asks(self, chat: int, text: str, seconds: float) -> float | None:
        """Let a person write, and give the seconds until the bot's next message; None when it never came."""
        begun, heard = time.monotonic(), self._next(chat)
        await self._people[chat].says(text)
        try:
            return await asyncio.wait_for(heard, seconds) - begun
        except TimeoutError:
            return None

    async def hears(self, chat: int, seconds: float) -> bool:
        """Wait until the bot writes into a chat."""
        try:
            await asyncio.wait_for(self._next(chat), seconds)
        except TimeoutError:
            return False
        return True

    async def presses(self, chat: int, label: str) -> float:
        """Let somebody press a button, and give the moment."""
        begun = time.monotonic()
        await self._people[chat].presses(label)
        return begun

    async def hands_in(self, chats: list[int], label: str, at_a_time: int, seconds: float) -> float:
        """Let people press a button, so many at a time, the next when one got a message; give the seconds for all."""
        begun, waiting = time.monotonic(), iter(chats)

        async def one_after_another() -> None:
            for chat in waiting:
                heard = self._next(chat)
                await self._people[chat].presses(label)
                await heard

        async with asyncio.timeout(seconds):
            await asyncio.gather(*(one_after_another() for _ in range(at_a_time)))
        return time.monotonic() - begun

    async def reaches(self, count: int, seconds: float) -> bool:
        """Wait until so many readers have got something; False when the time was too short."""
        try:
            await self.twin.world.bell.until(lambda: len(self._reached) >= count or None, seconds)
        except TimeoutError:
            return False
        return True

    async def polled(self, times: int, seconds: float) -> None:
        """Wait until the bot has asked for updates so many times."""
        await self.twin.waits_for_request("getUpdates", times=times, timeout=seconds)

    async def tally(self) -> dict[str, Any]:
        """Tell what has happened since the last tally."""
        told = {"arrivals": self._arrivals, "refused": self.twin.refusals[429], "requests": dict(self.twin.requests)}
        self._arrivals, self._reached = [], Counter()
        self.twin.refusals.clear()
        return told

    async def requests(self) -> dict[str, int]:
        """Count the requests so far by method."""
        return dict(self.twin.requests)


async def _obey(watch: Watch, line: bytes) -> None:
    order = json.loads(line)
    number, act = order.pop("number"), order.pop("act")
    deed: Callable[..., Awaitable[Any]] = getattr(watch, act)
    print(json.dumps({"number": number, "result": await deed(**order)}), flush=True)


async def main() -> None:
    """Serve until the orders end."""
    watch = Watch(limited=json.loads(sys.argv[1]))
    orders = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    async with watch.twin as twin, asyncio.TaskGroup() as deeds:
        print(json.dumps({"url": twin.url, "token": twin.token}), flush=True)
        while line := await orders.readline():
            deeds.create_task(_obey(watch, line))


if __name__ == "__main__":
    asyncio.run(main())
