"""How do tests wait without waiting? An event loop whose clock leaps to the next timer instead of sleeping."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import TypeVar

T = TypeVar("T")


class _LeapingSelector(selectors.DefaultSelector):
    """Gives back at once, and counts the seconds that it would have waited."""

    waited = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout > 0:
            self.waited += timeout
            timeout = 0
        return super().select(timeout)


class LeapingLoop(asyncio.SelectorEventLoop):
    """A loop whose clock stands still while something runs and leaps when all would sleep; it knows no threads."""

    def __init__(self) -> None:
        self._leaping = _LeapingSelector()
        super().__init__(self._leaping)

    def time(self) -> float:
        return self._leaping.waited


def run(work: Coroutine[object, object, T]) -> T:
    """Run to the end on a leaping clock that starts at zero."""
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(work)
