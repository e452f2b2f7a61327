"""How does one process keep to its bots' rates? Answers leave at once, and what is sent in bulk makes room for them."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from domain.paces import FARTHEST, Pace, Rates
from schedules.clock import Now, wall_clock

RESERVE = timedelta(seconds=1)
"""Answers may be so far ahead of the rate, together, before one of them waits."""
BURST = 3
"""So many answers leave at once to one chat, as platforms let pass; who presses on and on waits for the chat's rate."""
KNOWN_CHATS = 1000
AHEAD = timedelta(seconds=0.3)
"""So far ahead messages that are sent in bulk take their places: long enough to be few transactions, and short to stay true."""
LATE = timedelta(seconds=0.25)
"""A message that did not leave so long after its place has lost it; else all that a stall held up would leave at once."""


class Pacer:
    """What a process knows of its bots' rates between two looks at the rows that all processes share; by the wall clock."""

    def __init__(self, rates: Rates, clock: Now = wall_clock) -> None:
        self.rates = rates
        self.clock = clock
        self._answers: dict[str, Pace] = {}
        self._chats: dict[tuple[str, str], Pace] = {}
        self._uncounted: Counter[str] = Counter()
        self._pauses: dict[str, Pace] = {}
        self._untold: set[str] = set()
        self.taken: Counter[str] = Counter()

    async def answer(self, bot: str, chat: str) -> None:
        """Let an answer to a chat leave, at once unless there are more than the rates bear, and count it."""
        now = self.clock()
        pace = self._answers.setdefault(bot, Pace(bot, now))
        (place,) = pace.take(now, self.rates)
        self._uncounted[bot] += 1
        moment = max(place - RESERVE, self._own_place(bot, chat, now) - (BURST - 1) * self.rates.chat_gap)
        await asyncio.sleep(max(0.0, (moment - now).total_seconds()))

    def _own_place(self, bot: str, chat: str, now: datetime) -> datetime:
        """Give an answer's place among those to its chat."""
        if len(self._chats) > KNOWN_CHATS:
            self._chats = {key: pace for key, pace in self._chats.items() if pace.next_at > now}
        pace = self._chats.setdefault((bot, chat), Pace(bot, now))
        (place,) = pace.take(now, Rates(self.rates.chat))
        return place

    def took(self, bot: str) -> None:
        """Count an answer that the platform took, until it is told which quota it belongs to."""
        self.taken[bot] += 1

    def pause(self, bot: str, seconds: float) -> None:
        """Let nothing more leave in bulk for a time, because the platform asked for it."""
        now = self.clock()
        pace = self._pauses.setdefault(bot, Pace(bot, now))
        pace.pause(now, now + timedelta(seconds=seconds))
        self._untold.add(bot)

    @property
    def has_news(self) -> bool:
        """Whether something happened here that the shared rows do not tell yet."""
        return bool(self._uncounted or self._untold)

    def room(self, pace: Pace) -> int | None:
        """Count the places that may be taken now, by the shared row and by what it does not tell yet; None when they have no end.

        There are none as long as fewer than half are free, since taking a few costs as much as taking many.
        """
        if self._is_paused(pace.bot):
            return 0
        places = pace.room(self.clock(), self.rates, AHEAD)
        if places is None:
            return None
        free = places - self._uncounted[pace.bot]
        return free if 2 * free * self.rates.gap >= AHEAD else 0

    def _is_paused(self, bot: str) -> bool:
        return bot in self._pauses and self._pauses[bot].pause_ends(self.clock()) is not None

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Have it to be told again where the block raises: then the rows that were told were not kept."""
        uncounted, untold = self._uncounted.copy(), self._untold.copy()
        try:
            yield
        except BaseException:
            self._uncounted |= uncounted
            self._untold |= untold
            raise

    def settle(self, paces: Mapping[str, Pace]) -> None:
        """Tell the shared rows what happened here since they were last told."""
        now = self.clock()
        for bot, pace in paces.items():
            if answers := self._uncounted.pop(bot, 0):
                pace.take(now, self.rates, answers)
            if bot in self._untold and (ends := self._pauses[bot].pause_ends(now)):
                pace.pause(now, ends)
        self._untold -= paces.keys()

    async def turn(self, bot: str, place: datetime) -> bool:
        """Wait for a place, and tell whether it may be used: not when it was missed, nor when the bot is to pause.

        Nor when it lies far off even then: the clock was set back since it was given.
        """
        await asyncio.sleep(max(0.0, min(FARTHEST, place - self.clock()).total_seconds()))
        return not self._is_paused(bot) and abs(self.clock() - place) <= LATE
