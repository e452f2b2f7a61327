"""How long does an announcement take at Telegram's limits, is it complete, and does anybody wait for an answer meanwhile?"""

import asyncio
import math
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from telegram import Bot
from telegram.request import HTTPXRequest

from benchmarks.delivering import offices
from benchmarks.delivering.bare import RATE
from benchmarks.delivering.figures import Figure, at_most, median, worst_of_most
from benchmarks.delivering.offices import HOA, Office
from benchmarks.delivering.processes import BARE, Program, Tally, Twin, twin
from benchmarks.delivering.watch import ASKERS_FROM, READERS_FROM

SEND = "Gửi"
ASKING_SECONDS = 0.3
TRIPS = 50
MOST_TIME = 1.05
MOST_WAIT_SECONDS, MOST_TRIPS, PART_OF_LIMITER = 0.05, 2, 100
PROCESSOR_CHATS, MOST_PROCESSOR = 600, 1.5
Go = Callable[[Twin, Office, int], Awaitable[Program]]
"""Starts a program that announces to so many readers when Hoa presses the button."""


@dataclass(frozen=True)
class Run:
    """One announcement: the seconds to its last message, what the twin saw, and how long answers took meanwhile.

    ``trip`` is a bare request's time, and ``processor`` the program's seconds on it.
    """

    readers: int
    seconds: float
    tally: Tally
    answers: list[float]
    trip: float
    processor: float

    @property
    def part_of_ideal(self) -> float:
        """How many times as long it took as the platform's rate asks for, the answers counted."""
        answered = sum(map(math.isfinite, self.answers))
        return self.seconds / ((self.readers + answered) / RATE)

    @property
    def faults(self) -> tuple[int, int, int]:
        """How many 429s there were, and how many messages were lost and doubled."""
        return self.tally.refused, self.tally.lost(self.readers), len(self.tally.doubled)


def longest(readers: int) -> float:
    """Give the seconds after which what has not come counts as lost."""
    return 4 * readers / RATE + 60


@asynccontextmanager
async def sqlite_office() -> AsyncIterator[Office]:
    """Give an office in a file of SQLite."""
    with tempfile.TemporaryDirectory() as name:
        async with offices.opened(f"sqlite:///{name}/office.db", Path(name)) as office:
            yield office


async def ours(platform: Twin, office: Office, _readers: int) -> Program:
    """Start the program."""
    return await office.starts(platform)


async def bare(way: str, platform: Twin, office: Office, readers: int) -> Program:
    """Start a bot that only uses its library, in one of its ways."""
    return await platform.starts((*BARE, way, platform.token, platform.url, "--readers", str(readers)), office.folder, {})


async def prepare(platform: Twin, office: Office, readers: int, askers: int = 0) -> int:
    """Let everybody be there, and Hoa have the button that sends an announcement, whose number is given."""
    await office.registers(readers, askers=askers)
    await platform.people(HOA, *range(READERS_FROM, READERS_FROM + readers), *range(ASKERS_FROM, ASKERS_FROM + askers))
    broadcast = await office.drafts()
    await platform.does("card", chat=HOA, label=SEND, data=f"bsend:{broadcast.id}:{broadcast.revision}")
    return broadcast.id


async def announced(go: Go, readers: int, *, asking: bool = True) -> Run:
    """Announce to so many readers, and let others ask something meanwhile."""
    askers = int(longest(readers) / ASKING_SECONDS) if asking else 0
    async with twin(limited=True) as platform, sqlite_office() as office:
        await prepare(platform, office, readers, askers)
        program = await go(platform, office, readers)
        trip = await _round_trip(platform)
        spent, over = program.seconds, asyncio.Event()
        begun = await platform.does("presses", chat=HOA, label=SEND)
        answers = asyncio.create_task(_ask(platform, askers, over, 2 * readers / RATE + 20))
        await _until_all_or_quiet(platform, readers)
        spent = program.seconds - spent
        over.set()
        waits = await answers
        tally = await platform.tally()
        await program.ends()
    return Run(readers, tally.last - begun, tally, waits, trip, spent)


async def _until_all_or_quiet(platform: Twin, readers: int) -> None:
    """Wait until everyone has got something; or, for who loses messages, until Hoa is told of the end."""
    everyone = asyncio.create_task(platform.does("reaches", count=readers, seconds=longest(readers)))
    told = asyncio.create_task(platform.does("hears", chat=HOA, seconds=longest(readers)))
    _, others = await asyncio.wait([everyone, told], return_when=asyncio.FIRST_COMPLETED)
    for other in others:
        other.cancel()


async def _ask(platform: Twin, askers: int, over: asyncio.Event, seconds: float) -> list[float]:
    """Let one after another ask something until it is over, and give their waits, that of who got no answer without end."""
    asked: list[asyncio.Task[float | None]] = []
    for number in range(ASKERS_FROM, ASKERS_FROM + askers):
        try:
            await asyncio.wait_for(over.wait(), ASKING_SECONDS)
            break
        except TimeoutError:
            asked.append(asyncio.create_task(platform.does("asks", chat=number, text="/viec", seconds=seconds)))
    return [math.inf if wait is None else wait for wait in await asyncio.gather(*asked)]


async def _round_trip(platform: Twin) -> float:
    """Give the median seconds of a request that changes nothing."""
    bot = Bot(platform.token, base_url=f"{platform.url}/bot", request=HTTPXRequest(httpx_kwargs={"trust_env": False}))
    times = []
    async with bot:
        for _ in range(TRIPS):
            begun = time.perf_counter()
            await bot.get_me()
            times.append(time.perf_counter() - begun)
    return median(times)


async def time_and_answers(readers: int) -> list[Figure]:
    """Measure an announcement with answers in its middle, beside the ways of the library."""
    here = await announced(ours, readers)
    limiter = await announced(partial(bare, "limiter"), readers)
    at_once = await announced(partial(bare, "gather"), readers)
    theirs = median(limiter.answers)
    worst = worst_of_most(here.answers)
    detail = f" (median {median(here.answers) * 1e3:.0f}, of {len(here.answers)}; a round trip {here.trip * 1e3:.1f})"
    most = MOST_TRIPS * here.trip + MOST_WAIT_SECONDS
    return [
        at_most(f"time ÷ ideal, {readers:,} readers", here.part_of_ideal, MOST_TIME, detail=f" ({here.seconds:.1f} s)"),
        Figure("429s; lost; doubled", "{}; {}; {}".format(*here.faults), "0; 0; 0", not any(here.faults)),
        at_most("an answer meanwhile, p99, ms, by round trips", worst * 1e3, most * 1e3, shown="{:.0f}", detail=detail),
        at_most("the same, by AIORateLimiter's median ÷ 100", worst * 1e3, theirs * 1e3 / PART_OF_LIMITER, shown="{:.0f}"),
        beside("AIORateLimiter(max_retries=5)", limiter),
        beside("asyncio.gather", at_once),
    ]


def beside(name: str, run: Run) -> Figure:
    """Tell what another way came to; a wait without end is that of an answer that never came."""
    waits = f"median {median(run.answers):.2f} s, p99 {worst_of_most(run.answers):.2f} s, of {len(run.answers)}"
    faults = "{}; {}; {}".format(*run.faults)
    return Figure(f"beside: {name}", f"{run.part_of_ideal:.2f} ({run.seconds:.1f} s); {faults}; answers: {waits}")


async def processor(readers: int) -> list[Figure]:
    """Measure the time on the processor that a message takes, everything counted, beside the library's alone at the same pace."""
    number = min(readers, PROCESSOR_CHATS)
    here = await announced(ours, number, asking=False)
    there = await announced(partial(bare, "paced"), number, asking=False)
    mine, theirs = here.processor / number, there.processor / number
    detail = f" ({mine * 1e3:.1f} ms, bare {theirs * 1e3:.1f} ms)"
    return [at_most("time on the processor a message ÷ a bare send_message's", mine / theirs, MOST_PROCESSOR, detail=detail)]
