"""Does a message go through the proxy that is set, and is it known that nothing has left when the way breaks off before?"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from channels import ChannelError, NotSent, Outgoing
from channels.telegram import Telegram
from sandbox.telegram import BotApi, Person

NOWHERE = "https://telegram.invalid"
DONE = Outgoing("Nhiệm vụ 12")
HELLO, NO_PASSWORD = b"\x05\x01\x00", b"\x05\x00"
DONE_WITHOUT_ADDRESS = b"\x00\x01" + bytes(6)
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def served(serve: Serve) -> AsyncIterator[str]:
    """Serve connections on this computer until the block is left, and give the host and the port."""

    async def to_the_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await serve(reader, writer)
        writer.close()

    server = await asyncio.start_server(to_the_end, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()[:2]
        yield f"{host}:{port}"


class Socks:
    """A SOCKS5 proxy by RFC 1928, which leads every name to one port, and answers a request with a code of the RFC."""

    def __init__(self, *, leads_to: int | None = None, code: int = 0) -> None:
        self.names: list[str] = []
        self._leads_to = leads_to
        self._code = code

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(len(HELLO)) == HELLO
        writer.write(NO_PASSWORD)
        *_, kind, length = await reader.readexactly(5)
        assert kind == 3  # a name, which the proxy looks up
        self.names.append((await reader.readexactly(length)).decode())
        await reader.readexactly(2)
        writer.write(b"\x05" + bytes([self._code]) + DONE_WITHOUT_ADDRESS)
        await writer.drain()
        if self._leads_to is not None:
            there, back = await asyncio.open_connection("127.0.0.1", self._leads_to)
            await asyncio.gather(pass_on(reader, back), pass_on(there, writer))


async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while told := await reader.read(4096):
        writer.write(told)
        await writer.drain()
    writer.close()


async def _refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


async def _failure(proxy: str) -> ChannelError:
    channel = Telegram("7000000001:secret-secret-secret", api_url=NOWHERE, proxy=proxy)
    with pytest.raises(ChannelError) as caught:
        await channel.send("101", DONE)
    await channel.close()
    return caught.value


async def test_a_socks_proxy_looks_up_telegrams_name_and_passes_messages_on(twin: BotApi, lan: Person) -> None:
    port = urlsplit(twin.url).port
    proxy = Socks(leads_to=port)
    async with served(proxy.serve) as place:
        channel = Telegram(twin.token, api_url=f"http://telegram.invalid:{port}", proxy=f"socks5://{place}")
        await channel.send("101", DONE)
        await channel.close()
    assert (lan.newest.text, proxy.names) == ("Nhiệm vụ 12", ["telegram.invalid"])


async def test_an_http_proxy_passes_messages_on(twin: BotApi, lan: Person) -> None:
    port = urlsplit(twin.url).port
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        start = await reader.readline()
        method, address, version = start.decode().split()
        asked.append(urlsplit(address).netloc)
        there, back = await asyncio.open_connection("127.0.0.1", port)
        back.write(f"{method} {urlsplit(address).path} {version}\r\n".encode())
        await asyncio.gather(pass_on(reader, back), pass_on(there, writer))

    async with served(serve) as place:
        channel = Telegram(twin.token, api_url="http://telegram.invalid", proxy=f"http://{place}")
        await channel.send("101", DONE)
        await channel.close()
    assert (lan.newest.text, asked) == ("Nhiệm vụ 12", ["telegram.invalid"])


async def test_what_an_http_proxy_refuses_has_not_left() -> None:
    async with served(_refuses) as place:
        assert isinstance(await _failure(f"http://{place}"), NotSent)


async def test_what_a_socks_proxy_refuses_has_not_left() -> None:
    async with served(Socks(code=2).serve) as place:
        assert isinstance(await _failure(f"socks5://{place}"), NotSent)


async def test_what_is_cut_off_before_the_line_is_safe_has_not_left() -> None:
    """As a country does that blocks Telegram by the name in the first words of TLS."""
    async with served(Socks().serve) as place:
        assert isinstance(await _failure(f"socks5://{place}"), NotSent)
