"""When does the loopback Bot API refuse or fail, and in which words?"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random

_MINUTE = 60.0
_WORDS = {
    HTTPStatus.BAD_REQUEST: "Bad Request: refused as told",
    HTTPStatus.UNAUTHORIZED: "Unauthorized",
    HTTPStatus.FORBIDDEN: "Forbidden: bot was blocked by the user",
    HTTPStatus.NOT_FOUND: "Not Found",
    HTTPStatus.CONFLICT: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    HTTPStatus.TOO_MANY_REQUESTS: "Too Many Requests: retry later",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Internal Server Error",
    HTTPStatus.BAD_GATEWAY: "Bad Gateway",
}


class ApiError(Exception):
    """An answer with ``ok: false``: the status, Telegram's description, and what it adds, such as ``retry_after``."""

    def __init__(self, status: int, description: str | None = None, **parameters: int) -> None:
        super().__init__(description or _WORDS.get(HTTPStatus(status), HTTPStatus(status).phrase))
        self.status = status
        self.parameters = parameters

    @property
    def description(self) -> str:
        """The words of the answer."""
        return str(self)


def bad_request(words: str, **parameters: int) -> ApiError:
    """Make the refusal that Telegram gives for a request it understands and does not like."""
    return ApiError(HTTPStatus.BAD_REQUEST, f"Bad Request: {words}", **parameters)


def too_many(seconds: float) -> ApiError:
    """Make the refusal for too many requests, which says after how many whole seconds to come again."""
    wait = max(1, math.ceil(seconds))
    return ApiError(HTTPStatus.TOO_MANY_REQUESTS, f"Too Many Requests: retry after {wait}", retry_after=wait)


@dataclass
class Fault:
    """A failure that was ordered: for how many requests, of which method and chat; None is any but getUpdates."""

    times: int
    method: str | None = None
    chat: int | None = None
    error: ApiError | None = None
    stall: float = 0.0
    cut_before: bool = False
    cut_after: bool = False

    def fits(self, method: str, chat: int | None) -> bool:
        """Tell whether the fault is meant for such a request."""
        wanted = method != "getupdates" if self.method is None else method == self.method.lower()
        return self.times > 0 and wanted and self.chat in (None, chat)


@dataclass
class Storm:
    """A time in which a share of the requests is refused; ``method`` None is any but getUpdates.

    ``until`` is the moment of its end by ``ticks``, which only ever rise; ``refused`` counts what it took.
    """

    error: ApiError
    share: float
    until: float
    ticks: Callable[[], float]
    chances: Random
    method: str | None = None
    refused: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the sky is clear again."""
        return self.ticks() >= self.until

    def strikes(self, method: str) -> bool:
        """Tell whether it takes this request, and count it."""
        wanted = method != "getupdates" if self.method is None else method == self.method.lower()
        struck = wanted and not self.is_over and self.chances.random() < self.share
        self.refused += struck
        return struck


class Faults:
    """The ordered failures, spent one request at a time, and the storms."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []
        self._storms: list[Storm] = []

    def order(self, fault: Fault) -> None:
        """Let the next requests that fit fail."""
        self._ordered.append(fault)

    def clear(self) -> None:
        """Let no more requests fail, and storms be over."""
        self._ordered.clear()
        self._storms.clear()

    def gather(self, storm: Storm) -> Storm:
        """Let a storm begin."""
        self._storms.append(storm)
        return storm

    def spend(self, method: str, chat: int | None) -> Fault:
        """Give the fault for this request; one without effect when none was ordered."""
        for fault in self._ordered:
            if fault.fits(method, chat):
                fault.times -= 1
                return fault
        for storm in self._storms:
            if storm.strikes(method):
                return Fault(times=0, error=storm.error)
        return Fault(times=0)


@dataclass
class _Bucket:
    """Lets ``burst`` through at once and ``rate`` a second in the long run."""

    rate: float
    burst: float
    left: float
    at: float

    def wait(self, now: float) -> float:
        """Give the seconds until one more may pass; 0 when it may now."""
        self.left = min(self.burst, self.left + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.left) / self.rate)


@dataclass
class Rates:
    """What Telegram lets through: so many a second in all and for a chat, so many a minute for a group.

    ``ticks`` gives seconds that only ever rise.
    """

    overall: float = 30.0
    chat: float = 1.0
    chat_burst: float = 3.0
    group_per_minute: int = 20
    ticks: Callable[[], float] = time.monotonic
    _buckets: dict[int | None, _Bucket] = field(default_factory=dict)
    _groups: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, chat: int, *, is_group: bool) -> None:
        """Count one message to a chat, or raise the 429 that says how long to wait."""
        now = self.ticks()
        whole = self._buckets.setdefault(None, _Bucket(self.overall, self.overall, self.overall, now))
        single = self._buckets.setdefault(chat, _Bucket(self.chat, self.chat_burst, self.chat_burst, now))
        wait = max(whole.wait(now), single.wait(now), self._group_wait(chat, now) if is_group else 0.0)
        if wait > 0:
            raise too_many(wait)
        whole.left -= 1
        single.left -= 1
        if is_group:
            self._groups[chat].append(now)

    def _group_wait(self, chat: int, now: float) -> float:
        sent = self._groups[chat]
        while sent and sent[0] <= now - _MINUTE:
            sent.popleft()
        return sent[0] + _MINUTE - now if len(sent) >= self.group_per_minute else 0.0
