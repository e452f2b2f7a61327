"""How long is a platform in trouble waited for, and how often is that told?"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

_log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[object]]
_LONGEST_SECONDS = 30.0
_FIRST_SECONDS = 0.5
_MOST_DOUBLINGS = 6


class Patience:
    """Waits longer each time, with jitter and up to half a minute; logs when the trouble changes and when it ends."""

    def __init__(self, channel: str, *, sleep: Sleep = asyncio.sleep) -> None:
        self._channel = channel
        self._sleep = sleep
        self._trouble: str | None = None
        self._attempts = 0

    async def wait(self, trouble: str, *, level: int = logging.WARNING, seconds: float | None = None) -> None:
        """Tell of a trouble that is new, and wait for ``seconds`` or for what the number of attempts asks."""
        if trouble != self._trouble:
            _log.log(level, "channel in trouble", extra={"action": f"channel.{trouble}", "channel": self._channel})
        self._trouble = trouble
        longest = min(_LONGEST_SECONDS, _FIRST_SECONDS * 2 ** min(self._attempts, _MOST_DOUBLINGS))
        self._attempts += 1
        # Many bots that lost one platform must not come back in step; this is no secret.
        await self._sleep(longest * random.uniform(0.5, 1.0) if seconds is None else seconds)  # noqa: S311

    def works(self) -> None:
        """Forget the trouble: the platform answered."""
        if self._trouble is not None:
            _log.info("channel works again", extra={"action": "channel.recovered", "channel": self._channel})
        self._trouble = None
        self._attempts = 0
