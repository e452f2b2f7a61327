"""How is a new step written? ``python -m storage.migrations NUMBER TITLE`` compares the last step with the tables."""

import asyncio
import sys

from alembic import command
from sqlalchemy import Connection

from storage.migrations import configuration, migrate
from storage.session import Database


async def draft(number: str, message: str) -> None:
    """Write the next step into ``versions/``; it is read and mended by hand before it is committed."""
    database = Database("sqlite://")

    def write(connection: Connection) -> None:
        command.revision(configuration(connection), message, autogenerate=True, rev_id=number)

    await migrate(database)
    async with database.engine.begin() as connection:
        await connection.run_sync(write)
    await database.close()


if __name__ == "__main__":
    asyncio.run(draft(sys.argv[1], sys.argv[2]))
