"""Does it matter how many messages wait? Claims and memory of a process of its own, beside few rows and beside many."""

import asyncio
import json
import re
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.delivering import engine, offices
from benchmarks.delivering.engine import CHANNEL
from benchmarks.delivering.figures import Figure, at_most, median
from benchmarks.delivering.processes import ROOT
from storage.session import Database
from tests import databases

FEW = 1000
CLAIMS = 15
SENT = 300
MOST = 1.3
LOOK_SECONDS = 0.02
MEASURE = (sys.executable, "-m", "benchmarks.delivering.backlogs")


async def measure(url: str, folder: Path) -> dict[str, float]:
    """Claim again and again, and deliver some; give the median seconds of a claim, and the most memory (MB) there was."""
    times, database = [], Database(url)
    for _ in range(CLAIMS):
        begun = time.perf_counter()
        if not await engine.claim(database, "another"):
            raise SystemExit("nothing was left to be claimed")
        times.append(time.perf_counter() - begun)
    await database.close()
    async with engine.running(url, folder) as (_, channel):
        while len(channel.sent) < SENT:  # noqa: ASYNC110  # the channel tells nobody
            await asyncio.sleep(LOOK_SECONDS)
    return {"claim": median(times), "memory": _most_memory()}


def _most_memory() -> float:
    """Give the most memory (MB) that this process has had; getrusage would count its parent's, from before it was itself."""
    told = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text("ascii"), re.MULTILINE)
    if told is None:
        raise SystemExit("the system does not tell how much memory there was")
    return int(told[1]) / 1024


async def waiting(rows: int) -> list[Figure]:
    """Compare few rows with many, on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory() as name, databases.postgres(durable=True) as server:
        found: list[Figure] = []
        for kind in ("SQLite", "PostgreSQL"):
            few, many = [
                await _filled(f"sqlite:///{name}/{number}.db" if kind == "SQLite" else await server.make(blank=True), number)
                for number in (FEW, rows)
            ]
            detail = f" ({few['claim'] * 1e3:.1f} ms, {many['claim'] * 1e3:.1f} ms)"
            found.append(at_most(f"a claim of {rows:,} ÷ of {FEW:,}, {kind}", many["claim"] / few["claim"], MOST, detail=detail))
            detail = f" ({few['memory']:.0f} MB, {many['memory']:.0f} MB)"
            found.append(at_most(f"memory, {kind}", many["memory"] / few["memory"], MOST, detail=detail))
    return found


async def _filled(url: str, rows: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        async with offices.opened(url, Path(name)) as office:
            await office.registers(rows, channel=CHANNEL)
            await office.queues()
        process = await asyncio.create_subprocess_exec(*MEASURE, url, name, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
        told, _ = await process.communicate()
    return dict(json.loads(told))


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1], Path(sys.argv[2])))))
