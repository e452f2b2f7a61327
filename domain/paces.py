"""How fast may a bot send? The platform's rates, and the place that the next message takes in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FARTHEST = timedelta(seconds=30)
"""So far ahead places are given at most; one that lies farther off was given by a clock that has been set back since."""
NO_WAIT = timedelta(0)


@dataclass(frozen=True)
class Rates:
    """Messages a second in all, to one chat, and to a chat of several people; zero means without limit."""

    overall: float = 30.0
    chat: float = 1.0
    group: float = 1 / 3

    @property
    def gap(self) -> timedelta:
        """The time between two messages of the bot."""
        return _gap(self.overall)

    @property
    def chat_gap(self) -> timedelta:
        """The time between two messages to one chat."""
        return _gap(self.chat)

    @property
    def longer_in_groups(self) -> timedelta:
        """How much more time lies between two messages to a chat of several people."""
        return max(NO_WAIT, _gap(self.group) - self.chat_gap) if self.chat else NO_WAIT


def _gap(rate: float) -> timedelta:
    return timedelta(seconds=1 / rate) if rate else NO_WAIT


@dataclass(eq=False)
class Pace:
    """How far ahead a bot's places are taken: the generic cell rate algorithm, whose one moment all workers share.

    The moments (UTC) are of the wall clock. ``paused_at`` is when the platform asked for a pause, which counts from then on.
    """

    bot: str
    next_at: datetime
    paused_at: datetime | None = None
    paused_until: datetime | None = None

    def room(self, now: datetime, rates: Rates, ahead: timedelta) -> int | None:
        """Count the places that are free and begin within so long; None when they are without end."""
        if self.pause_ends(now) is not None:
            return 0
        if not rates.overall:
            return None
        return max(0, -((self._first(now) - now - ahead) // rates.gap))

    def take(self, now: datetime, rates: Rates, count: int = 1) -> list[datetime]:
        """Take so many places, one after another, and give their moments."""
        first = self._first(now)
        self.next_at = first + count * rates.gap
        return [first + number * rates.gap for number in range(count)]

    def pause(self, now: datetime, until: datetime) -> None:
        """Give no places until a moment, since the platform asked for it; a longer pause stays."""
        ends = self.pause_ends(now)
        self.paused_at, self.paused_until = now, max(until, ends or until)

    def pause_ends(self, now: datetime) -> datetime | None:
        """Tell when the pause ends that holds now."""
        if self.paused_at is None or self.paused_until is None or not self.paused_at <= now < self.paused_until:
            return None
        return self.paused_until

    def _first(self, now: datetime) -> datetime:
        return self.next_at if now < self.next_at <= now + FARTHEST else now
