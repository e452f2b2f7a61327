"""How is an application served on this computer for as long as a block lasts?"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

_KEEP_ALIVE_SECONDS = 75
_LAST_WORDS_SECONDS = 1


class Loopback:
    """Serves on 127.0.0.1 inside the running loop: ``async with Loopback(app) as server`` at ``server.url``.

    Port 0 is one that the system chooses.
    """

    def __init__(self, app: ASGIApp, *, port: int = 0) -> None:
        self._config = uvicorn.Config(
            app,
            host="127.0.0.1",
            port=port,
            lifespan="off",
            http="h11",
            ws="none",
            log_config=None,
            access_log=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=_LAST_WORDS_SECONDS,
        )
        self._server = uvicorn.Server(self._config)

    async def __aenter__(self) -> Self:
        """Start to serve. Not by serve(), which takes the process's signals and looks ten times a second whether to stop."""
        self._config.load()
        self._server.lifespan = self._config.lifespan_class(self._config)
        await self._server.startup()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop to serve; requests under way have a second to end."""
        await self._server.shutdown()

    @property
    def url(self) -> str:
        """Where it is served, without a slash at the end."""
        return f"http://127.0.0.1:{self._config.port or self._port}"

    @property
    def _port(self) -> int:
        return int(self._server.servers[0].sockets[0].getsockname()[1])

    @asynccontextmanager
    async def closed(self) -> AsyncIterator[None]:
        """Take no connection and hold none until the block is left, and then serve at the same place again."""
        self._config.port = self._port
        for server in self._server.servers:
            server.close()
        with socket.socket() as place:
            # Held without being served, or the system gives the port to somebody else meanwhile.
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            place.bind((self._config.host, self._config.port))
            self.cut_all()
            try:
                yield
            finally:
                await self._server.startup()

    def cut_all(self) -> None:
        """End every connection, whatever is under way on it."""
        for connection in list(self._server.server_state.connections):
            if isinstance(connection, H11Protocol):
                connection.transport.abort()

    def cut(self, request: Request) -> None:
        """End the connection that a request came by; what is still answered goes nowhere."""
        for connection in list(self._server.server_state.connections):
            if isinstance(connection, H11Protocol) and connection.client == request.scope["client"]:
                connection.transport.abort()
