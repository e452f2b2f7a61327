"""What does every test of delivery find ready? A channel that remembers, a worker that sends on it, and an administrator."""

import pytest

from channels.recording import Recording
from domain.people import Person, RoleKind
from schedules.delivery import Courier
from storage.session import Database
from tests.builders import Cast, a_person
from tests.schedules.scenes import a_courier


@pytest.fixture
def telegram() -> Recording:
    """Give the channel on which everyone is reached."""
    return Recording("telegram")


@pytest.fixture
def courier(database: Database, telegram: Recording) -> Courier:
    """Give a worker."""
    return a_courier(database, telegram)


@pytest.fixture
async def nga(database: Database, cast: Cast) -> Person:
    """Give the administrator."""
    async with database.transaction() as session:
        return await a_person(session, "Nga", RoleKind.ADMIN, address="109", language="en")
