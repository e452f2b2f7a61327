"""How is the program shown without a token? ``dondoc demo`` plays the sandbox's story with the real program on a moving clock."""

import asyncio
import logging
import signal
import tempfile
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from rich.align import Align
from rich.box import DOUBLE
from rich.console import Console
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.app import Application, Pulse, channels_of
from bot.commands import CannotError, console
from bot.commands.staff import new_code
from bot.settings import Settings
from channels.markup import plain
from domain.paces import Rates
from domain.people import RoleKind
from domain.units import Unit
from messages import demo as messages
from messages.i18n import LANGUAGES, Speech
from sandbox.story import Story, StoryBrokenError
from sandbox.telegram import BotApi, Happening
from storage import people, units

QUICK = Pulse(plan=0.5, deliver=0.1, papers=0.1, progress=0.2, recover=60.0)
BUBBLE_WIDTH = 76


def play(language: str) -> int:
    """Play the story and give the exit code: 0 only if all of it happened."""
    if language not in LANGUAGES:
        raise CannotError(f"The demo speaks {' and '.join(LANGUAGES)}: --lang vi or --lang en.")
    logging.basicConfig(level=logging.ERROR)
    # Whoever looks at the first lines only, as with head, ends the demo without a word.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    return asyncio.run(_play(language, console()))


async def _play(language: str, out: Console) -> int:
    with tempfile.TemporaryDirectory(prefix="dondoc-demo-") as folder:
        show = Show(language, out)
        async with BotApi(limited=False, seconds=show.seconds, listener=show.happens) as twin:
            settings = Settings(
                database_url=f"sqlite:///{folder}/demo.db",
                telegram_token=SecretStr(twin.token),
                telegram_api_url=twin.url,
                telegram_proxy=None,
                timezone="Asia/Ho_Chi_Minh",
                data_dir=Path(folder),
                locale=language,
            )
            application = Application(settings, channels_of(settings), now=show.now, rates=Rates(0, 0), pulse=QUICK)
            return await _run(show, application, twin)


async def _run(show: "Show", application: Application, twin: BotApi) -> int:
    show.application = application
    stopped = asyncio.Event()
    running = asyncio.create_task(application.run(stopped))
    try:
        await twin.waits_for_request("getUpdates", timeout=20)
        await Story(show, twin).play()
    except (StoryBrokenError, TimeoutError, LookupError) as error:
        show.out.print(Text(f"✗ {error}", style="bold red"))
        return 1
    finally:
        stopped.set()
        await running
    show.out.print(Text(f"✓ {plain(messages.well(show.speech))}", style="bold green"))
    return 0


class Show:
    """The story's office, which also prints the conversation as it happens: people on the right, the bot on the left."""

    zone: tzinfo = ZoneInfo("Asia/Ho_Chi_Minh")
    application: Application

    def __init__(self, language: str, out: Console) -> None:
        self.speech = Speech(language, self.zone)
        self.out = out
        self.moment = datetime(2021, 2, 1, tzinfo=self.zone)
        self._names: dict[int, str] = {}
        self._shown: datetime | None = None

    def now(self) -> datetime:
        """Read the clock of the story."""
        return self.moment

    def seconds(self) -> float:
        """Read the clock of the story in seconds since 1970."""
        return self.moment.timestamp()

    def label(self, text: str) -> str:
        """Give a text of the program in the language of the story."""
        return text if self.speech.language == "en" else str(self.speech.say(text, ref="{ref}"))

    async def moves(self, moment: datetime) -> None:
        """Set the clock, and wait until all that is due then is done."""
        self.moment = moment
        await self.application.settle()

    async def registers(self, names: Sequence[str]) -> None:
        """Register units."""
        async with self.application.database.transaction() as session:
            await units.add(session, [Unit(name) for name in names])

    async def code(self, role: str, *, name: str, unit: str | None = None) -> str:
        """Make an invitation code."""
        code = new_code()
        async with self.application.database.transaction() as session:
            found = (await units.register(session)).named(unit) if unit else None
            await people.invite(session, code, RoleKind(role), self.moment, name=name, unit_id=found.id if found else None)
        return code

    def tells(self, chapter: str) -> None:
        """Print the heading of a chapter."""
        self.out.print()
        self.out.print(Panel(Text(plain(messages.chapter(self.speech, chapter)), style="bold"), box=DOUBLE))

    def happens(self, happening: Happening) -> None:
        """Print what happens in a chat as a bubble."""
        by_bot = happening.kind in {"sent", "edited"}
        if not by_bot:
            self._names[happening.chat] = happening.who
        if self._shown != self.moment:
            self._shown = self.moment
            self.out.print(Rule(plain(self.speech.moment(self.moment)), style="dim"))
        self.out.print(Align(_bubble(happening, self._names.get(happening.chat, "")), "left" if by_bot else "right"))


def _bubble(happening: Happening, whose: str) -> Panel:
    message = happening.message
    if happening.kind == "pressed":
        return Panel(Text(f"👆 {happening.label}"), title=happening.who, title_align="right", style="cyan", expand=False)
    lines = [f"📎 {message.document.name}"] if message.document else []
    lines += [message.text] if message.text else []
    if happening.kind == "said":
        return Panel(Text("\n".join(lines)), title=happening.who, title_align="right", style="cyan", width=None, expand=False)
    buttons = ["  ".join(f"[ {label} ]" for label in row) for row in message.rows]
    edited = " ✎" if happening.kind == "edited" else ""
    body = Text("\n".join(lines))
    if buttons:
        body.append("\n\n" + "\n".join(buttons), style="bold yellow")
    return Panel(body, title=f"Đôn Đốc → {whose}{edited}", title_align="left", style="green", width=BUBBLE_WIDTH)
