"""What do all fault tests find ready? Seeds, a place for SQLite, and a PostgreSQL server."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.session import Database
from tests import databases

FIRST_SEED = 2026


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=1, help="with how many seeds each fault test is run")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        seeds = range(FIRST_SEED, FIRST_SEED + metafunc.config.getoption("seeds", 1))
        metafunc.parametrize("seed", seeds, ids=[f"seed{seed}" for seed in seeds])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """Give the URL of a SQLite database that is still to be made."""
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture(scope="session")
def server() -> Iterator[databases.PostgresServer]:
    """Give a PostgreSQL server."""
    with databases.postgres() as server:
        yield server


@pytest.fixture
async def postgresql(server: databases.PostgresServer) -> AsyncIterator[str]:
    """Give the URL of an empty PostgreSQL database."""
    async with databases.fresh(server) as database:
        yield url_of(database)


@pytest.fixture
async def blank_postgresql(server: databases.PostgresServer) -> AsyncIterator[str]:
    """Give the URL of a PostgreSQL database without tables, which nobody uses afterwards."""
    async with databases.fresh(server, blank=True) as database:
        yield url_of(database)


def url_of(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)
