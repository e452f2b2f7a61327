"""Who is there in every scene? An office on 1 February 2021 with its administrator Hoa and three secretaries."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.people import RoleKind
from domain.units import Unit
from sandbox.story import CULTURE, LIBRARY, MUSEUM, UNITS
from sandbox.telegram import Person
from tests.stage import Stage, at, stage

GROUPS = {CULTURE: "Khối văn xã", LIBRARY: "Khối văn xã"}


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
