"""How fast does a row live in the outbox, from its claim to what came of it? Beside jobs in procrastinate on the same server."""

import asyncio
import logging
import tempfile
import time
from pathlib import Path

from procrastinate import App, PsycopgConnector
from procrastinate.types import JSONDict
from sqlalchemy.engine import make_url

from benchmarks.delivering import engine, offices
from benchmarks.delivering.engine import CHANNEL
from benchmarks.delivering.figures import Figure, at_least, median
from tests import databases
from tests.databases import PostgresServer

LEAST = 3.0
ROUNDS = 3
ROUNDS_OF_LIFE = 2
"""The last of which is counted: the first warms a process up, as where it compiles its statements."""
CONCURRENCIES = (1, 10, 40)
LOOK_SECONDS = 0.005


async def ours(url: str, jobs: int, folder: Path) -> float:
    """Give the messages a second that are claimed, begun, sent nowhere and recorded."""
    async with offices.opened(url, folder) as office, engine.running(url, folder) as (application, channel):
        await office.registers(jobs, channel=CHANNEL)
        for _ in range(ROUNDS_OF_LIFE):
            sent, number = len(channel.sent), await office.queues()
            queued = time.perf_counter()
            application.wake()
            while len(channel.sent) < sent + jobs or await office.waiting(number):  # noqa: ASYNC110  # no event tells of a record
                await asyncio.sleep(LOOK_SECONDS)
            rate = jobs / (time.perf_counter() - queued)
        return rate


async def theirs(url: str, jobs: int, concurrency: int) -> float:
    """Give the jobs a second that do nothing, in procrastinate."""
    place = make_url(url)
    connector = PsycopgConnector(kwargs={"host": place.query["host"], "user": place.username, "dbname": place.database})
    app = App(connector=connector)

    @app.task(name="send")
    async def send(number: int) -> None:
        """Do nothing."""

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        jobs_told: list[JSONDict] = [{"number": number} for number in range(jobs)]
        for _ in range(ROUNDS_OF_LIFE):
            await send.batch_defer_async(*jobs_told)
            begun = time.perf_counter()
            await app.run_worker_async(wait=False, concurrency=concurrency, install_signal_handlers=False, listen_notify=False)
            rate = jobs / (time.perf_counter() - begun)
        return rate


async def compared(jobs: int) -> list[Figure]:
    """Measure both in turn; procrastinate with the number of jobs at a time that suits it best."""
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    mine: list[float] = []
    others: dict[int, list[float]] = {one: [] for one in CONCURRENCIES}
    with databases.postgres(durable=True) as server:
        for _ in range(ROUNDS):
            mine.append(await _ours_on(server, jobs))
            for concurrency, rates in others.items():
                rates.append(await _theirs_on(server, jobs, concurrency))
    best = max(CONCURRENCIES, key=lambda one: median(others[one]))
    here, there = median(mine), median(others[best])
    detail = f" ({here:,.0f} a second, procrastinate {there:,.0f} with {best} at a time; {jobs:,} jobs, median of {ROUNDS})"
    return [at_least("outbox life ÷ procrastinate's", here / there, LEAST, detail=detail)]


async def _ours_on(server: PostgresServer, jobs: int) -> float:
    url = await server.make(blank=True)
    with tempfile.TemporaryDirectory() as name:
        rate = await ours(url, jobs, Path(name))
    await server.drop(url)
    return rate


async def _theirs_on(server: PostgresServer, jobs: int, concurrency: int) -> float:
    url = await server.make(blank=True)
    rate = await theirs(url, jobs, concurrency)
    await server.drop(url)
    return rate
