"""What runs beside the benchmark? Programs as processes whose time on the processor is known, and the watched twin."""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DONDOC = (str(Path(sys.executable).with_name("dondoc")), "run")
BARE = (sys.executable, "-m", "benchmarks.delivering.bare")
WATCH = (sys.executable, "-m", "benchmarks.delivering.watch")
PATIENCE = 60.0
LONGEST_LINE = 2**24
TICKS = os.sysconf("SC_CLK_TCK")
_USER, _SYSTEM = 11, 12
"""Where /proc/<id>/stat tells the ticks, counted behind the name."""


@dataclass(frozen=True)
class Tally:
    """What the twin saw: messages to readers as chat and moment (monotonic, seconds), 429s, and requests by method."""

    arrivals: tuple[tuple[int, float], ...]
    refused: int
    requests: Counter[str]

    @property
    def last(self) -> float:
        """The moment of the last message."""
        return max((moment for _, moment in self.arrivals), default=0.0)

    def lost(self, readers: int) -> int:
        """How many of so many readers got nothing."""
        return readers - len({chat for chat, _ in self.arrivals})

    @property
    def doubled(self) -> tuple[int, ...]:
        """The chats that got more than one."""
        return tuple(sorted(chat for chat, times in Counter(chat for chat, _ in self.arrivals).items() if times > 1))


class Program:
    """A process that was started here."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def starts(cls, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> "Program":
        """Start a program that writes what it logs into a file of the folder."""
        with (folder / "log.txt").open("ab") as log:
            surroundings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
            return cls(await asyncio.create_subprocess_exec(*command, cwd=folder, env=surroundings, stdout=log, stderr=log))

    @property
    def seconds(self) -> float:
        """The seconds on the processor so far, as the system counts them, in hundredths."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[_USER]) + int(fields[_SYSTEM])) / TICKS

    def gets(self, number: signal.Signals) -> None:
        """Give it a signal."""
        if self.process.returncode is None:
            self.process.send_signal(number)

    async def ends(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it, by force when it takes too long."""
        self.gets(number)
        try:
            await asyncio.wait_for(self.process.wait(), PATIENCE)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


class Twin:
    """The watched twin as the benchmark commands it."""

    def __init__(self, process: asyncio.subprocess.Process, url: str, token: str) -> None:
        self.url, self.token = url, token
        self.program = Program(process)
        self._numbers = count()
        self._results: dict[int, asyncio.Future[Any]] = {}
        self._hearing = asyncio.create_task(self._hear())
        self._before: Counter[str] = Counter()

    async def does(self, act: str, **what: object) -> Any:  # Any: each act of ``Watch`` gives something else
        """Order an act, and give its result."""
        number = next(self._numbers)
        result = self._results[number] = asyncio.get_running_loop().create_future()
        if self.program.process.stdin is None:
            raise RuntimeError("the twin takes no orders")
        self.program.process.stdin.write(json.dumps({"number": number, "act": act, **what}).encode() + b"\n")
        return await result

    async def tally(self) -> Tally:
        """Give what has happened since the last tally."""
        told = await self.does("tally")
        requests = Counter(told["requests"])
        since, self._before = requests - self._before, requests
        return Tally(tuple((chat, moment) for chat, moment in told["arrivals"]), told["refused"], since)

    async def starts(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Program:
        """Start a program, and wait until it asks for updates."""
        polls = (await self.does("requests")).get("getupdates", 0)
        program = await Program.starts(command, folder, environment)
        await self.does("polled", times=polls + 1, seconds=PATIENCE)
        return program

    async def people(self, *numbers: int) -> None:
        """Let people be there who have written before, by the numbers of their chats."""
        await self.does("people", numbers=numbers)

    async def _hear(self) -> None:
        out = self.program.process.stdout
        while out is not None and (line := await out.readline()):
            told = json.loads(line)
            if not (result := self._results.pop(told["number"])).done():
                result.set_result(told["result"])
        for result in self._results.values():
            result.cancel("the twin has ended")

    async def ends(self) -> None:
        """End it."""
        await self.program.ends(signal.SIGKILL)
        await self._hearing


@asynccontextmanager
async def twin(*, limited: bool) -> AsyncIterator[Twin]:
    """Give a twin with Telegram's limits, or without any."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *WATCH, json.dumps(limited), cwd=ROOT, stdin=pipe, stdout=pipe, limit=LONGEST_LINE
    )
    if process.stdout is None:
        raise RuntimeError("the twin says nothing")
    first = json.loads(await process.stdout.readline())
    made = Twin(process, first["url"], first["token"])
    try:
        yield made
    finally:
        await made.ends()
