"""How is the program treated badly? One running ``dondoc run``, started, frozen and killed by its process id."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

COMMAND = (str(Path(sys.executable).with_name("dondoc")), "run")
PATIENCE = 300.0
"""Seconds within which anything must have happened, on however slow a machine."""
LOOK_SECONDS = 0.1
SHOWN_LINES = 60
STARTED = "action=start "


@dataclass
class Replica:
    """One process; nothing of this machine's surroundings but ``environment`` counts, and it logs into ``folder``."""

    name: str
    folder: Path
    environment: Mapping[str, str]
    command: Sequence[str] = COMMAND
    process: asyncio.subprocess.Process | None = None
    starts_seen: int = 0
    may_end: bool = False

    @property
    def log(self) -> str:
        """What it has written so far."""
        place = self.folder / f"{self.name}.log"
        return place.read_text() if place.exists() else ""

    @property
    def trouble(self) -> str:
        """What it has written beside what goes well, at most the last of it."""
        return "\n".join([line for line in self.log.splitlines() if "a delivery was tried" not in line][-SHOWN_LINES:])

    @property
    def is_alive(self) -> bool:
        """Whether the process is there, frozen or not."""
        return self.process is not None and self.process.returncode is None

    @property
    def has_failed(self) -> bool:
        """Whether it ended by itself, which no fault outside of it excuses."""
        return not self.is_alive and not self.may_end

    async def starts(self) -> Self:
        """Start the process, and do not wait for it."""
        self.may_end = False
        self.starts_seen = self.log.count(STARTED)
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command, env={"PATH": os.environ["PATH"], **self.environment}, cwd=self.folder, stdout=log, stderr=log
            )
        return self

    async def is_ready(self) -> None:
        """Wait until it says that it has started; raise what it wrote when it ends instead."""
        async with asyncio.timeout(PATIENCE):
            while self.log.count(STARTED) == self.starts_seen:
                if not self.is_alive:
                    raise RuntimeError(f"{self.name} ended at its start: {self.log[-3000:]}")
                await asyncio.sleep(LOOK_SECONDS)

    async def is_killed(self) -> None:
        """Kill it, as by kill -9 or a power cut."""
        await self.gets(signal.SIGKILL)

    async def gets(self, number: signal.Signals) -> int:
        """Give it a signal that ends it, and give its exit code."""
        if self.process is None:
            raise RuntimeError(f"{self.name} was never started")
        self.process.send_signal(number)
        return await self.ends()

    async def ends(self) -> int:
        """Wait until it has ended, as it should, and give its exit code."""
        if self.process is None:
            raise RuntimeError(f"{self.name} was never started")
        self.may_end = True
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    def freezes(self) -> None:
        """Let it stand still between any two instructions, as a blocked event loop or a suspended machine does."""
        os.kill(self._id, signal.SIGSTOP)

    def thaws(self) -> None:
        """Let it go on as if nothing had been."""
        os.kill(self._id, signal.SIGCONT)

    @property
    def _id(self) -> int:
        if self.process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self.process.pid
