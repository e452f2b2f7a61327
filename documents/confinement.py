"""Who reads a paper that may be hostile? A process of its own, bounded in time and memory."""

import asyncio
import math
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn, ParamSpec, TypeVar

from pebble import ProcessExpired
from pebble.concurrent import process

from documents import readers, reading
from documents.reasons import Reason
from domain.calendar import Calendar
from domain.errors import Unreadable
from domain.readings import Reading

# Forty scanned pages, the most that are read, take two minutes.
SECONDS = 180
MEGABYTES = 450
_MEBIBYTE = 1024 * 1024
# The clock ends a reading long before this much of the processor's time is used, unless the program that watches it was killed.
_SPARE_SECONDS = 10
# Told to end, as Pebble's exit code or as the signal's own; or lost from sight, since the server was told to end.
_ENDED = (signal.SIGTERM, -signal.SIGTERM, 255)
# Processes are forked from a server that has loaded everything once, and never from the bot itself, whose threads may hold locks.
_SERVER = multiprocessing.get_context("forkserver")

P = ParamSpec("P")
T = TypeVar("T")


class _Ended(BaseException):
    """The process is told to end; no reader takes this for an error of the paper."""


class Confinement:
    """Reads one paper at a time, each in a process that ends with it.

    ``seconds`` bound the reading, ``megabytes`` the memory that its process may write to. Every process imports the program's
    main module, as multiprocessing does; ``preload`` names what that imports, so that it is loaded once for all. The first
    paper takes longer by the second or two in which the server of processes starts; it ends with the program.
    """

    def __init__(self, *, seconds: float = SECONDS, megabytes: int = MEGABYTES, preload: Sequence[str] = ()) -> None:
        _SERVER.set_forkserver_preload([__name__, *preload])
        self._seconds, self._megabytes = seconds, megabytes
        # Two papers at once could take twice the memory.
        self._one = asyncio.Lock()

    async def read(self, name: str, content: bytes, calendar: Calendar) -> Reading:
        """Read a file by its name and content; raises Unreadable as reading does, and as ``run`` does."""
        return await self.run(_read, name, content, calendar)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function of a module within the bounds; give what it gives and raise what it raises.

        Raises Unreadable with "too-slow" beyond the seconds, and with "too-large" beyond the memory or when its process died.
        Raises ProcessExpired when somebody else ended the process: then nothing is known about the paper.
        """
        # Pebble reads `context`, and its types say `mp_context`.
        confined = process(timeout=self._seconds, context=_SERVER)(_confined)  # type: ignore[call-overload]
        async with self._one:
            # Starting waits for the server, and hands the paper over.
            started = await asyncio.to_thread(confined, self._seconds, self._megabytes, function, args, kwargs)
            try:
                result: T = await asyncio.wrap_future(started)
            except TimeoutError as error:
                raise Unreadable(Reason.TOO_SLOW, f"{self._seconds} s") from error
            except MemoryError as error:
                raise Unreadable(Reason.TOO_LARGE, f"{self._megabytes} MB") from error
            except ProcessExpired as error:
                if error.exitcode in _ENDED:
                    raise
                raise Unreadable(Reason.TOO_LARGE, f"exit code {error.exitcode}") from error
        return result


def _read(name: str, content: bytes, calendar: Calendar) -> Reading:
    return reading.read(readers.read_bytes(name, content), calendar)


def _confined(
    seconds: float, megabytes: int, function: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
) -> T:
    """Run a function in the process that this is, so that it leaves no program and no folder behind when it is ended."""
    _bound(resource.RLIMIT_DATA, megabytes * _MEBIBYTE)
    _bound(resource.RLIMIT_CPU, math.ceil(seconds) + _SPARE_SECONDS)
    _bound(resource.RLIMIT_CORE, 0)
    before = signal.signal(signal.SIGTERM, _end)
    try:
        return function(*args, **kwargs)
    except _Ended:
        os._exit(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)


def _bound(kind: int, most: int) -> None:
    """Set the softer of the two bounds; a program that is started from here may set its own."""
    _, hardest = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if hardest == resource.RLIM_INFINITY else min(most, hardest), hardest))


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Ended
