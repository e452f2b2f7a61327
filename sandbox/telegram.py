"""How is a bot tried on Telegram without Telegram? A Bot API on this computer that refuses what the real one refuses."""

import asyncio
import contextlib
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from random import Random
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import telegram_calls as calls
from sandbox.serving import Loopback
from sandbox.telegram_api import METHODS, RATED
from sandbox.telegram_errors import ApiError, Fault, Faults, Rates, Storm
from sandbox.telegram_people import Group, Person
from sandbox.telegram_world import JSON, Chat, Happening, Message, World

__all__ = ["BotApi", "Group", "Happening", "Message", "Person", "Rates", "Storm"]

_TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")


class BotApi:
    """The loopback twin of the Bot API for one bot: ``async with BotApi() as twin`` serves it at ``twin.url``.

    ``rates`` are what it lets through, Telegram's if not given, none if not ``limited``. ``seconds`` gives
    the moments that messages carry, since 1970.
    ``requests`` counts the requests by method, and ``refusals`` those answered with an error, by status.
    """

    def __init__(
        self,
        *,
        token: str = "7000000001:twin-of-a-token-that-opens-nothing",  # noqa: S107 - opens nothing
        username: str = "don_doc_bot",
        name: str = "Đôn Đốc",
        port: int = 0,
        rates: Rates | None = None,
        limited: bool = True,
        seconds: Callable[[], float] = time.time,
        listener: Callable[[Happening], None] | None = None,
    ) -> None:
        bot: JSON = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": name, "username": username}
        self.token = token
        self.world = World(bot, seconds=seconds, listener=listener)
        self.rates = (rates or Rates()) if limited else None
        self.refusals: Counter[int] = Counter()
        self._faults = Faults()
        self._stopped = asyncio.Event()
        routes = [
            Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._download),
        ]
        self._server = Loopback(Starlette(routes=routes, exception_handlers={ApiError: self._refuse}), port=port)

    async def __aenter__(self) -> Self:
        """Serve until the block is left."""
        await self._server.__aenter__()
        self._delivery = asyncio.create_task(self.world.updates.deliver())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let polls come back and stop serving."""
        self._stopped.set()
        self.world.updates.close()
        self._delivery.cancel()
        await asyncio.wait([self._delivery])
        await self._server.__aexit__()

    @property
    def url(self) -> str:
        """What to use in the place of https://api.telegram.org."""
        return self._server.url

    @property
    def requests(self) -> Counter[str]:
        """How many requests came in, by the method's name in lower case."""
        return self.world.requests

    def person(
        self, number: int, name: str, *, language_code: str = "vi", username: str | None = None, known: bool = False
    ) -> Person:
        """Add somebody; the bot cannot write to them before they write to it, unless they are known already."""
        account: JSON = {"id": number, "is_bot": False, "first_name": name, "language_code": language_code}
        chat: JSON = {"id": number, "type": "private", "first_name": name}
        if username:
            account["username"] = chat["username"] = username
        return Person(self.world, self._opened(chat, known=known), account)

    def group(self, number: int, title: str) -> Group:
        """Add a group with the bot in it; its number is negative."""
        if number >= 0:
            raise ValueError("a group's number is negative")
        return Group(self.world, self._opened({"id": number, "type": "group", "title": title}, known=True))

    def fails(self, status: int, *, times: int = 1, method: str | None = None, chat: int | None = None, **terms: Any) -> None:
        """Let the next requests fail with a status; ``terms`` are the description and parameters, as ``retry_after``."""
        self._faults.order(Fault(times, method, chat, error=ApiError(status, **terms)))

    def stalls(self, seconds: float, *, times: int = 1, method: str | None = None, chat: int | None = None) -> None:
        """Let the next requests wait before they are looked at."""
        self._faults.order(Fault(times, method, chat, stall=seconds))

    def cuts(self, *, accepted: bool, times: int = 1, method: str | None = None, chat: int | None = None) -> None:
        """Let the connection of the next requests end without an answer, after they were carried out or before."""
        self._faults.order(Fault(times, method, chat, cut_after=accepted, cut_before=not accepted))

    def recovers(self) -> None:
        """Let nothing more fail, stall or end that was ordered to."""
        self._faults.clear()

    def storms(
        self,
        status: int,
        *,
        seconds: float,
        share: float = 1.0,
        method: str | None = None,
        seed: int = 0,
        ticks: Callable[[], float] = time.monotonic,
        **terms: Any,
    ) -> Storm:
        """Refuse a share of the requests for so many seconds, drawn by a seed; ``terms`` as for ``fails``."""
        chances = Random(seed)  # noqa: S311 - weather, no secret
        storm = Storm(ApiError(status, **terms), share, ticks() + seconds, ticks, chances, method)
        return self._faults.gather(storm)

    @contextlib.asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Be out of reach until the block is left: every connection is cut, and none is taken."""
        async with self._server.closed():
            yield

    def cuts_all(self) -> None:
        """Cut every connection that is open now, whatever is under way on it; the next is taken."""
        self._server.cut_all()

    def repeats_updates(self, times: int, *, seed: int = 0, to_all: bool = False) -> None:
        """Give each further update so many times, out of order, acknowledged or not; to every poller where ``to_all``."""
        self.world.updates.repeat(times, Random(seed), to_all=to_all)  # noqa: S311 - disorder, no secret

    def sends_update(self, kind: str, content: Any) -> None:
        """Give the bot an update as it is, as one it cannot understand."""
        self.world.updates.add(kind, content)

    def commands(self, chat: int) -> list[JSON]:
        """Give the commands that were set for one chat, in no particular language."""
        return self.world.commands.get((f"chat:{chat}", ""), [])

    async def waits_for_request(self, method: str, *, times: int = 1, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - says what it is
        """Wait until a method was called so many times, or raise ``TimeoutError``."""
        await self.world.bell.until(lambda: self.requests[method.lower()] >= times or None, timeout)

    def _opened(self, description: JSON, *, known: bool) -> Chat:
        number = int(description["id"])
        return self.world.chats.setdefault(number, Chat(number, description, is_open=known))

    async def _answer(self, request: Request) -> Response:
        answer = JSONResponse({"ok": True, "result": await self._result(request)})
        self.world.bell.ring()
        return answer

    async def _refuse(self, _: Request, error: Exception) -> Response:
        if not isinstance(error, ApiError):
            raise error
        self.refusals[error.status] += 1
        self.world.bell.ring()
        answer: JSON = {"ok": False, "error_code": error.status, "description": error.description}
        if error.parameters:
            answer["parameters"] = error.parameters
        return JSONResponse(answer, status_code=error.status)

    async def _result(self, request: Request) -> Any:
        self._check_token(request)
        name = request.path_params["method"].lower()
        call = await calls.read(request)
        self.world.requests[name] += 1
        if name not in METHODS:
            raise ApiError(HTTPStatus.NOT_FOUND, "Not Found: method not found")
        fault = self._faults.spend(name, call.chat)
        await self._suffer(fault, request)
        if self.rates and name in RATED and call.chat is not None:
            self.rates.check(call.chat, is_group=call.chat < 0)
        result = await METHODS[name](self.world, call)
        if fault.cut_after:
            await self._cut(request)
        return result

    async def _suffer(self, fault: Fault, request: Request) -> None:
        if fault.cut_before:
            await self._cut(request)
            raise ApiError(HTTPStatus.BAD_GATEWAY)
        if fault.stall:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), fault.stall)
        if fault.error:
            raise fault.error

    async def _cut(self, request: Request) -> None:
        """End the connection; the answer that is still written then goes nowhere."""
        self._server.cut(request)
        await asyncio.sleep(0)  # Lets uvicorn see that the connection is lost.

    async def _download(self, request: Request) -> Response:
        self._check_token(request)
        file = self.world.files.get(request.path_params["path"].removeprefix("documents/"))
        if file is None:
            raise ApiError(HTTPStatus.NOT_FOUND)
        return Response(file.content, media_type="application/octet-stream")

    def _check_token(self, request: Request) -> None:
        token = request.path_params["token"]
        if token != self.token:
            raise ApiError(HTTPStatus.UNAUTHORIZED if _TOKEN_SHAPE.fullmatch(token) else HTTPStatus.NOT_FOUND)
