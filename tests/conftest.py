"""What does every test find ready? Databases of both kinds with the cast, and a Telegram on this computer with Lan."""

from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import HealthCheck, settings

from sandbox.telegram import BotApi, Person
from storage.session import Database
from tests import builders, databases

# A machine that is busy with other things makes examples slow, and no rule wrong.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[databases.Place]:
    """Give a place for databases; every test that asks for one runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield databases.SqliteFolder(tmp_path_factory.mktemp("sqlite"))
    else:
        with databases.postgres() as server:
            yield server


@pytest.fixture
async def database(place: databases.Place) -> AsyncIterator[Database]:
    """Give a database with every table and no row."""
    async with databases.fresh(place) as database:
        yield database


@pytest.fixture
async def blank(place: databases.Place) -> AsyncIterator[Database]:
    """Give a database without tables."""
    async with databases.fresh(place, blank=True) as database:
        yield database


@pytest.fixture
async def replica(database: Database) -> AsyncIterator[Database]:
    """Give the same database as another process sees it."""
    async with databases.opened(database.url.render_as_string(hide_password=False)) as other:
        yield other


@pytest.fixture
async def cast(database: Database) -> builders.Cast:
    """Give Lan, Minh and Hoa, registered in the test's database."""
    async with database.transaction() as session:
        return await builders.the_cast(session)


@pytest.fixture
async def twin() -> AsyncIterator[BotApi]:
    """Give a Telegram on this computer that lets through however much comes."""
    async with BotApi(limited=False) as api:
        yield api


@pytest.fixture
def lan(twin: BotApi) -> Person:
    """Give Lan, who has written to the bot on that Telegram."""
    return twin.person(101, "Lan", known=True)
