"""Who is there in every scene? An office on 1 February 2021 with its administrator Hoa and three secretaries."""

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.people import RoleKind
from domain.units import Unit
from sandbox.story import CULTURE, LIBRARY, MUSEUM, UNITS
from sandbox.telegram import Person
from sandbox.waiting import Bell
from tests.stage import Stage, at, stage

PATIENCE = 15
"""Seconds that a test waits for a line."""
GROUPS = {CULTURE: "Khối văn xã", LIBRARY: "Khối văn xã"}


class Lines(logging.Handler):
    """What the program logs, and a wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self.bell = Bell()
        self.found: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record)
        self.bell.ring()

    async def until(self, action: str) -> logging.LogRecord:
        """Give the first line about an action, and forget it."""

        def first() -> logging.LogRecord | None:
            return next((line for line in self.found if vars(line).get("action") == action), None)

        line = await self.bell.until(first, PATIENCE)
        self.found.remove(line)
        return line


@dataclass
class Cast:
    """The stage and the people on it."""

    stage: Stage
    hoa: Person
    lan: Person
    minh: Person
    son: Person


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Stage]:
    """Give an office in which nobody is registered."""
    async with stage(tmp_path, at("2021-02-01")) as made:
        yield made


@pytest.fixture
async def cast(empty: Stage) -> Cast:
    """Give an office with its units and four people."""
    await empty.registers(*(Unit(name, group=GROUPS.get(name)) for name in UNITS))
    people = [empty.twin.person(number, name) for number, name in ((101, "Hoa"), (102, "Lan"), (103, "Minh"), (104, "Sơn"))]
    made = Cast(empty, *people)
    await empty.enrols(made.hoa, RoleKind.ADMIN)
    for person, unit in ((made.lan, CULTURE), (made.minh, LIBRARY), (made.son, MUSEUM)):
        await empty.enrols(person, RoleKind.SECRETARY, unit)
    await empty.app.settle()
    return made


@pytest.fixture
async def published(cast: Cast) -> Cast:
    """Give an office that has published its first notice; every secretary has the digest."""
    await cast.stage.publishes(cast.hoa)
    return cast


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Give what the program logs from now on, but of its schedules."""
    handler, logs = Lines(), [logging.getLogger(name) for name in ("bot", "handlers")]
    for log in logs:
        log.addHandler(handler)
        log.setLevel(logging.INFO)
    yield handler
    for log in logs:
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)
