"""What does a request to the loopback Bot API ask for?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from channels import Button
from sandbox.telegram_errors import bad_request
from sandbox.telegram_html import Entity, parse, units

_TEXT_LIMIT = 4096
_CAPTION_LIMIT = 1024
_DATA_LIMIT_BYTES = 64
_BUTTONS_LIMIT = 100


@dataclass(frozen=True)
class Call:
    """One request: its parameters, as text or JSON, and its uploaded files by field, as name and bytes."""

    parameters: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    def value(self, name: str, otherwise: Any = None) -> Any:
        """Give a parameter, read as JSON where it was sent as text that holds JSON."""
        raw = self.parameters.get(name)
        if raw is None or raw == "":
            return otherwise
        if not isinstance(raw, str):
            return raw
        try:
            return json.loads(raw)
        except ValueError:
            return raw

    def text(self, name: str) -> str:
        """Give a parameter as the text it was sent as."""
        return str(self.parameters.get(name) or "")

    @property
    def chat(self) -> int | None:
        """The chat that is meant, where one is."""
        chat = self.value("chat_id")
        return chat if isinstance(chat, int) else None


def marked_text(call: Call, name: str) -> tuple[str, list[Entity]]:
    """Read a text or caption with its markup; raise the 400 for one that is empty, too long or badly marked up."""
    raw, mode = call.text(name), call.text("parse_mode").lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode")
    text, entities = parse(raw) if mode else (raw.rstrip(), [])
    if name == "text" and not text.strip():
        raise bad_request("message text is empty")
    if units(text) > (_TEXT_LIMIT if name == "text" else _CAPTION_LIMIT):
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    return text, entities


def buttons(call: Call) -> tuple[tuple[Button, ...], ...]:
    """Read the buttons under a message; raise the 400 for what a button cannot be."""
    keyboard = call.value("reply_markup", {}).get("inline_keyboard", [])
    rows = tuple(tuple(Button(button["text"], button.get("callback_data", "")) for button in row) for row in keyboard)
    for button in (button for row in rows for button in row):
        if not button.label:
            raise bad_request("inline keyboard button text can't be empty")
        if not 1 <= len(button.data.encode()) <= _DATA_LIMIT_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if sum(map(len, rows)) > _BUTTONS_LIMIT:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return rows


async def read(request: Request) -> Call:
    """Read the parameters from the query and from a body of JSON, a form or a multipart form."""
    parameters: dict[str, Any] = dict(request.query_params)
    files: dict[str, tuple[str, bytes]] = {}
    if request.headers.get("content-type", "").startswith("application/json"):
        parameters |= await request.json()
    else:
        async with request.form() as form:
            for name, value in form.items():
                if isinstance(value, UploadFile):
                    files[name] = (value.filename or name, await value.read())
                else:
                    parameters[name] = value
    return Call(parameters, files)
