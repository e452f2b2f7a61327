"""How does a line to the database break? A socket between the program and PostgreSQL that can be cut and put back."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

SOCKET = ".s.PGSQL.5432"
CHUNK_BYTES = 65_536


class Line:
    """A unix socket that leads to another: ``async with Line(folder) as line`` at ``line.folder``."""

    def __init__(self, behind: Path) -> None:
        self._behind = behind / SOCKET
        self.folder = Path(tempfile.mkdtemp(prefix="dondoc-"))
        self._ends: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        """Put the line up."""
        await self._put_up()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take the line down."""
        self._take_down()
        shutil.rmtree(self.folder)

    @asynccontextmanager
    async def cut(self) -> AsyncIterator[None]:
        """Break every connection, and take none until the block is left."""
        self._take_down()
        try:
            yield
        finally:
            await self._put_up()

    async def _put_up(self) -> None:
        self._server = await asyncio.start_unix_server(self._lead, self.folder / SOCKET)

    def _take_down(self) -> None:
        self._server.close()
        (self.folder / SOCKET).unlink(missing_ok=True)
        for end in list(self._ends):
            end.transport.abort()

    async def _lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner = await asyncio.open_unix_connection(self._behind)
        both = {writer, inner}
        self._ends |= both
        try:
            await asyncio.gather(_pass_on(reader, inner), _pass_on(inner_reader, writer))
        finally:
            self._ends -= both


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(CHUNK_BYTES):
            writer.write(chunk)
            await writer.drain()
    writer.close()
