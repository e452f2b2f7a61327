"""How long does a person wait after a press? Đôn Đốc beside a bare bot that makes the same calls and remembers nothing.

Both run in one process against the loopback twin, one after the other in each round, so that the machine's mood meets both.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from telegram import Bot

from bot.app import Application, Pulse, channels_of
from bot.commands.staff import new_code
from bot.settings import Settings
from domain.paces import Rates
from domain.people import RoleKind
from domain.units import Unit
from sandbox.telegram import BotApi, Person
from schedules.clock import wall_clock
from storage import people, units

ROUNDS = 60
UNIT = "Chi bộ Thư viện tỉnh"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


async def bare(bot: Bot) -> None:
    """Answer every message with one message, and nothing else."""
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=30):
            offset = update.update_id + 1
            if update.message:
                await bot.send_message(update.message.chat_id, "…")


async def waits(person: Person) -> float:
    """Give the seconds from a person's message to its answer."""
    begun = time.perf_counter()
    await person.says("/viec")
    await person.wait_for(lambda _: True)
    return time.perf_counter() - begun


async def ours(folder: str, twin: BotApi, stopped: asyncio.Event) -> tuple[Application, asyncio.Task[None]]:
    """Start the program with one unit."""
    settings = Settings(
        database_url=f"sqlite:///{folder}/office.db",
        telegram_token=SecretStr(twin.token),
        telegram_api_url=twin.url,
        telegram_proxy=None,
        data_dir=Path(folder),
    )
    application = Application(settings, channels_of(settings), rates=Rates(0, 0), pulse=Pulse())
    running = asyncio.create_task(application.run(stopped))
    await twin.waits_for_request("getUpdates", timeout=20)
    return application, running


async def enrols(application: Application, person: Person) -> None:
    """Make a person the secretary of the unit."""
    async with application.database.transaction() as session:
        unit = Unit(UNIT)
        await units.add(session, [unit])
        code = new_code()
        await people.invite(session, code, RoleKind.SECRETARY, wall_clock(), unit_id=unit.id)
    await person.starts(code)
    await person.waits_for(UNIT)


async def main() -> None:
    """Measure, and print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi(limited=False) as twin, BotApi(limited=False) as other:
            stopped = asyncio.Event()
            application, running = await ours(folder, twin, stopped)
            lan, stranger = twin.person(1, "Lan"), other.person(1, "Lan")
            await enrols(application, lan)
            bot = Bot(other.token, base_url=f"{other.url}/bot")
            polling = asyncio.create_task(bare(bot))
            pairs = [(await waits(lan), await waits(stranger)) for _ in range(ROUNDS)]
            polling.cancel()
            stopped.set()
            await running
    mine, theirs = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    print(f"/viec to its answer, median of {ROUNDS}: Đôn Đốc {mine:.1f} ms, bare bot {theirs:.1f} ms, ratio {mine / theirs:.1f}")


if __name__ == "__main__":
    asyncio.run(main())
