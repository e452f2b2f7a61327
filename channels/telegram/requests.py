"""What came of a request to Telegram, in the port's words?"""

import json
import re
import ssl
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import certifi
from aiohttp import (
    BaseConnector,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    FormData,
    TCPConnector,
    TraceConfig,
    TraceRequestHeadersSentParams,
)
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

from channels import AddressGone, ChannelError, Moved, NotSent, OutcomeUnknown, Refused, ServerFailed, TooFast

_GONE = ("chat not found", "user not found", "peer_id_invalid", "user_is_blocked", "input_user_deactivated")
_FLOODED_SECONDS = 5.0
_LONGEST_SECONDS = 150.0
"""So long a request may take in all, an upload over a slow line included: less than a row is held as being sent."""
_FAILURES = (ClientError, OSError, ProxyConnectionError, ProxyError, ProxyTimeoutError)
_AS_JSON = {"Content-Type": "application/json"}
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f"\\]')
_Seconds = Any  # A number, None, or PTB's mark for what was not given, whose type it keeps to itself.


class Flooded(TelegramError):
    """Telegram asks to wait. PTB's own error for it cannot be made without a deprecation warning."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class ServerTroubled(NetworkError):
    """Telegram answered that it failed itself."""


class Unreached(NetworkError):
    """No byte of the request has left."""


class Intercepted(TelegramError):
    """Something on the way refused the request in words that are not Telegram's, as a proxy or a block page does."""


class Request(BaseRequest):
    """PTB's way to Telegram, over aiohttp, which keeps apart what PTB's errors would mix.

    A connection, its answer and a place among the ``connections`` are waited for ``answer_seconds`` each. Only the ``proxy`` that
    is given counts, since the environment is read elsewhere. docs/decisions/0031-requests-go-over-aiohttp.md
    """

    def __init__(self, *, connections: int, proxy: str | None, answer_seconds: float) -> None:
        self._connections = connections
        self._proxy = proxy
        self._answer_seconds = answer_seconds
        self._opened: ClientSession | None = None

    @property
    @override
    def read_timeout(self) -> float:
        return self._answer_seconds

    @override
    async def initialize(self) -> None:
        """Open nothing: the first request does, since only then there is an event loop for sure."""

    @override
    async def shutdown(self) -> None:
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: _Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: _Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: _Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: _Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        del write_timeout, connect_timeout, pool_timeout  # Nobody here asks for others than usual.
        seconds = self._answer_seconds if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        code, payload = await self._exchange(url, method, request_data, seconds)
        if code == HTTPStatus.TOO_MANY_REQUESTS:
            raise Flooded(_seconds_to_wait(payload))
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerTroubled(f"server error {code}")
        if code >= HTTPStatus.BAD_REQUEST and "ok" not in _parsed(payload):
            raise Intercepted(f"refused on the way with {code}")
        if code < HTTPStatus.BAD_REQUEST and method == "POST" and "result" not in _parsed(payload):
            raise NetworkError("an answer without a result")
        return code, payload

    async def _exchange(self, url: str, method: str, told: RequestData | None, seconds: float) -> tuple[int, bytes]:
        """Send a request and take its answer; raise ``Unreached`` as long as nothing has left, and ``NetworkError`` later."""
        total = _LONGEST_SECONDS if told else None
        wait = ClientTimeout(total=total, connect=2 * self._answer_seconds, sock_connect=self._answer_seconds, sock_read=seconds)
        way = SimpleNamespace(has_left=False)
        body = _body(told)
        headers = _AS_JSON if isinstance(body, bytes) else None
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=wait, trace_request_ctx=way, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except _FAILURES as error:
            kind = NetworkError if way.has_left else Unreached
            raise kind(type(error).__name__) from error

    @property
    def _session(self) -> ClientSession:
        if self._opened is None:
            trace = TraceConfig()
            trace.on_request_headers_sent.append(_leaves)
            self._opened = ClientSession(
                connector=self._connector(),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=None if _is_socks(self._proxy) else self._proxy,
                trace_configs=[trace],
            )
        return self._opened

    def _connector(self) -> BaseConnector:
        trusted = ssl.create_default_context(cafile=certifi.where())
        if self._proxy and _is_socks(self._proxy):
            # The proxy looks names up, since a country that blocks Telegram gives false addresses for its.
            return ProxyConnector.from_url(self._proxy, rdns=True, limit=self._connections, ssl=trusted)
        return TCPConnector(limit=self._connections, ssl=trusted)


def _is_socks(proxy: str | None) -> bool:
    return proxy is not None and proxy.startswith("socks")


async def _leaves(_session: ClientSession, context: SimpleNamespace, _told: TraceRequestHeadersSentParams) -> None:
    """Note that the first bytes of a request are about to be written; none leave before."""
    context.trace_request_ctx.has_left = True


def _body(told: RequestData | None) -> bytes | FormData | None:
    """Give the fields of a request as JSON, or as a form where there are files."""
    if told is None:
        return None
    if not told.contains_files:
        return told.json_payload
    form = FormData(quote_fields=False)  # Telegram takes names as they are.
    for name, value in told.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in told.multipart_data.items():
        form.add_field(name, content, filename=_NOT_IN_A_NAME.sub("_", file_name), content_type=kind)
    return form


def failure(error: TelegramError, *, token: str) -> ChannelError:
    """Say what an error means for the message; the token, which every URL carries, is taken out of the words."""
    reason = str(error).replace(token, "…")
    match error:
        case Flooded():
            return TooFast(error.seconds)
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden() | BadRequest():
            gone = isinstance(error, Forbidden) or any(words in reason.lower() for words in _GONE)
            return AddressGone(reason) if gone else Refused(reason)
        case InvalidToken() | Conflict() | Intercepted() | Unreached():
            return NotSent(reason)
    kind = ServerFailed if isinstance(error, ServerTroubled) else OutcomeUnknown
    return kind(type(error.__cause__ or error).__name__)


def _parsed(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _seconds_to_wait(payload: bytes) -> float:
    try:
        return float(_parsed(payload)["parameters"]["retry_after"])
    except (KeyError, TypeError, ValueError):
        return _FLOODED_SECONDS
