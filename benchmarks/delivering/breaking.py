"""What is lost and doubled when the program is killed, frozen, or cut off from its database, at Telegram's limits?"""

import asyncio
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from benchmarks.delivering import offices
from benchmarks.delivering.announcing import SEND, longest, prepare, sqlite_office
from benchmarks.delivering.bare import RATE
from benchmarks.delivering.figures import Figure, at_most
from benchmarks.delivering.offices import HOA, Office
from benchmarks.delivering.processes import DONDOC, PATIENCE, Program, Tally, Twin, twin
from tests import databases

MOST_DOUBLED = 5
REPLICAS = 3
FAULTS = 3
MOST_TIME = 1.15
FROZEN_PART = 0.15
"""For such a part of the ideal time one replica stands still."""
LOOK_SECONDS = 0.5
STARTED = "action=start "
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


async def killed(readers: int) -> list[Figure]:
    """Kill the program when half has arrived, and start it again."""
    async with twin(limited=True) as platform, sqlite_office() as office:
        number = await prepare(platform, office, readers)
        program = await office.starts(platform)
        await platform.does("presses", chat=HOA, label=SEND)
        await platform.does("reaches", count=readers // 2, seconds=longest(readers))
        await program.ends(signal.SIGKILL)
        again = await office.starts(platform)
        await _through(platform, office, number, readers)
        await again.ends()
        tally = await platform.tally()
    return [_complete(f"killed at half of {readers:,}: lost; doubled", tally, readers, MOST_DOUBLED)]


async def replicas(readers: int) -> list[Figure]:
    """Let three replicas share an announcement: one is killed and replaced, one freezes, and all lose their connections."""
    with tempfile.TemporaryDirectory() as name, databases.postgres(durable=True) as server:
        url = await server.make(blank=True)
        async with twin(limited=True) as platform, offices.opened(url, Path(name)) as office:
            number = await prepare(platform, office, readers)
            programs = await _started(platform, office)
            begun = await platform.does("presses", chat=HOA, label=SEND)
            programs.append(await _suffer(platform, office, programs, readers))
            await _through(platform, office, number, readers)
            for program in programs:
                await program.ends()
            tally = await platform.tally()
    name = f"three replicas, three faults, {readers:,} readers"
    return [
        _complete(f"{name}: lost; doubled", tally, readers, MOST_DOUBLED * FAULTS),
        at_most(f"{name}: 429s", tally.refused, 0, shown="{:.0f}"),
        at_most(f"{name}: time ÷ ideal", (tally.last - begun) / (readers / RATE), MOST_TIME),
    ]


async def _started(platform: Twin, office: Office) -> list[Program]:
    """Start the replicas; only one need ask for updates, so each tells in the log when it has started."""
    environment = office.environment(platform) | {"DONDOC_LOG_LEVEL": "INFO"}
    programs = [await Program.starts(DONDOC, office.folder, environment) for _ in range(REPLICAS)]
    async with asyncio.timeout(PATIENCE):
        while (office.folder / "log.txt").read_text().count(STARTED) < REPLICAS:  # noqa: ASYNC110  # other processes write it
            await asyncio.sleep(LOOK_SECONDS)
    await platform.does("polled", times=1, seconds=PATIENCE)
    return programs


async def _suffer(platform: Twin, office: Office, programs: Sequence[Program], readers: int) -> Program:
    """Order the faults as the announcement comes along, and give the replica that took a dead one's place."""
    dead, frozen, *_ = programs
    await platform.does("reaches", count=readers // 4, seconds=longest(readers))
    await dead.ends(signal.SIGKILL)
    new = await Program.starts(DONDOC, office.folder, office.environment(platform))
    await platform.does("reaches", count=readers // 2, seconds=longest(readers))
    frozen.gets(signal.SIGSTOP)
    await asyncio.sleep(FROZEN_PART * readers / RATE)
    frozen.gets(signal.SIGCONT)
    await platform.does("reaches", count=readers * 3 // 4, seconds=longest(readers))
    async with office.database.transaction() as session:
        await session.execute(text(CUT))
    return new


async def _through(platform: Twin, office: Office, number: int, readers: int) -> None:
    """Wait until everyone has got the announcement and nothing of it waits, for as long as that may take."""
    loop = asyncio.get_running_loop()
    over = loop.time() + longest(readers)
    await platform.does("reaches", count=readers, seconds=longest(readers))
    while await office.waiting(number) and loop.time() < over:  # noqa: ASYNC110  # another process makes it hold
        await asyncio.sleep(LOOK_SECONDS)


def _complete(name: str, tally: Tally, readers: int, most: int) -> Figure:
    lost, doubled = tally.lost(readers), tally.doubled
    listed = f" (chats {', '.join(map(str, doubled))})" if doubled else ""
    return Figure(name, f"{lost}; {len(doubled)}{listed}", f"0; ≤ {most}", not lost and len(doubled) <= most)
