"""What does every test of delivery find ready? A channel that remembers, and a worker that sends on it."""

import pytest

from channels.recording import Recording
from schedules.delivery import Courier
from storage.session import Database
from tests.schedules.scenes import a_courier


@pytest.fixture
def telegram() -> Recording:
    """Give the channel on which everyone is reached."""
    return Recording("telegram")


@pytest.fixture
def courier(database: Database, telegram: Recording) -> Courier:
    """Give a worker."""
    return a_courier(database, telegram)
