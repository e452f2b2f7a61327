"""How is the engine driven without a platform? All that the benchmark knows of its inside, so that only this changes with it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time
from pathlib import Path

from bot.app import Application
from bot.settings import Settings
from channels.recording import Recording
from domain.paces import Rates
from schedules.clock import wall_clock
from storage import claims
from storage.session import Database

CHANNEL = "recording"
WITHOUT_LIMIT = Rates(0, 0)
CLAIMED = int(Rates().overall)
"""So many rows the program claims at once, by the rates that it has unless it is told others."""


for name in ("apscheduler", "schedules"):  # They warn of what is meant here: ticks that find work, and claims of the dead.
    logging.getLogger(name).setLevel(logging.ERROR)


@asynccontextmanager
async def running(url: str, folder: Path) -> AsyncIterator[tuple[Application, Recording]]:
    """Run the program in this process, with a channel that only remembers, and no limits."""
    never = time(0)  # Quiet hours that end where they begin are none.
    settings = Settings(database_url=url, data_dir=folder / "data", telegram_token=None, quiet_from=never, quiet_until=never)
    channel, stopped = Recording(CHANNEL), asyncio.Event()
    application = Application(settings, {CHANNEL: channel}, rates=WITHOUT_LIMIT)
    work = asyncio.create_task(application.run(stopped))
    try:
        yield application, channel
    finally:
        stopped.set()
        await work


async def claim(database: Database, owner: str) -> int:
    """Claim a batch of what waits, and count it."""
    now = wall_clock()
    async with database.transaction() as session:
        return len(await claims.claim(session, owner, now, CLAIMED, rested=now - Rates().chat_gap))
