"""How does one wait for what somebody else does, without looking at a clock again and again?"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class Bell:
    """Rung at every change; those who wait look again when it rings."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, found: Callable[[], _T | None], seconds: float) -> _T:
        """Give what ``found`` gives as soon as it is not None; raise ``TimeoutError`` after so many seconds."""
        async with asyncio.timeout(seconds):
            while (result := found()) is None:
                await self._event.wait()
            return result
