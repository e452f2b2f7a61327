"""What came of a request to Telegram, in the port's words?"""

import json
from http import HTTPStatus
from typing import Any

import httpx
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest
from typing_extensions import override

from channels import AddressGone, ChannelError, Moved, NotSent, OutcomeUnknown, Refused, ServerFailed, TooFast

_GONE = ("chat not found", "user not found", "peer_id_invalid", "user_is_blocked", "input_user_deactivated")
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_FLOODED_SECONDS = 5.0


class Flooded(TelegramError):
    """Telegram asks to wait. PTB's own error for it cannot be made without a deprecation warning."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class ServerTroubled(NetworkError):
    """Telegram answered that it failed itself."""


class Intercepted(TelegramError):
    """Something on the way refused the request in words that are not Telegram's, as a proxy or a block page does."""


class Request(HTTPXRequest):
    """PTB's client, which keeps apart what PTB's errors would mix."""

    @classmethod
    def opened(cls, *, connections: int, proxy: str | None, answer_seconds: float) -> "Request":
        """Open a pool; only the proxy that is given counts, since the environment is read elsewhere."""
        return cls(
            connection_pool_size=connections,
            proxy=proxy,
            read_timeout=answer_seconds,
            write_timeout=answer_seconds,
            connect_timeout=answer_seconds,
            pool_timeout=answer_seconds,
            httpx_kwargs={"trust_env": False},
        )

    @override
    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # As PTB passes them.
        code, payload = await super().do_request(url, method, *args, **kwargs)
        if code == HTTPStatus.TOO_MANY_REQUESTS:
            raise Flooded(_seconds_to_wait(payload))
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerTroubled(f"server error {code}")
        if code >= HTTPStatus.BAD_REQUEST and "ok" not in _parsed(payload):
            raise Intercepted(f"refused on the way with {code}")
        if code < HTTPStatus.BAD_REQUEST and method == "POST" and "result" not in _parsed(payload):
            raise NetworkError("an answer without a result")
        return code, payload


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
        case InvalidToken() | Conflict() | Intercepted():
            return NotSent(reason)
        case NetworkError() if isinstance(error.__cause__, _NEVER_LEFT):
            return NotSent(type(error.__cause__).__name__)
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
