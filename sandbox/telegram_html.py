"""Which plain text and which entities does Telegram read out of its HTML?"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from sandbox.telegram_errors import ApiError, bad_request

Entity = dict[str, Any]  # JSON as the Bot API writes it

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z0-9-]*)[^>]*>?|&(?:lt|gt|amp|quot|#\d+|#x[0-9A-Fa-f]+);|[^<&]+|&", re.DOTALL)


def units(text: str) -> int:
    """Count a text in UTF-16 units, as Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def parse(text: str) -> tuple[str, list[Entity]]:
    """Give the plain text and its entities; raise Telegram's 400 for tags it does not know or that do not match."""
    reading = _Reading()
    for token in _TOKEN.finditer(text):
        if token["name"] is None:
            reading.plain += unescape(token[0])
        elif token["end"]:
            reading.close(token["name"].lower(), len(text[: token.start()].encode()))
        else:
            reading.open(token["name"].lower(), len(text[: token.start()].encode()))
    return reading.finish()


def command_entities(text: str) -> list[Entity]:
    """Mark the command at a text's start, as Telegram does for what people write."""
    command = re.match(r"/[A-Za-z0-9_]{1,32}(?:@\w+)?", text)
    return [{"type": "bot_command", "offset": 0, "length": units(command[0])}] if command else []


@dataclass
class _Reading:
    """What has been read so far, and the tags still open with the offsets at which they opened."""

    plain: str = ""
    entities: list[Entity] = field(default_factory=list)
    tags: list[tuple[str, int]] = field(default_factory=list)

    def open(self, name: str, place: int) -> None:
        if name not in _KINDS:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {place}')
        self.tags.append((name, units(self.plain)))

    def close(self, name: str, place: int) -> None:
        if not self.tags:
            raise _unparsable(f"Unexpected end tag at byte offset {place}")
        opened, start = self.tags.pop()
        if name not in (opened, ""):
            raise _unparsable(f'Unmatched end tag at byte offset {place}, expected "</{opened}>", found "</{name}>"')
        if (length := units(self.plain) - start) > 0:
            self.entities.append({"type": _KINDS[opened], "offset": start, "length": length})

    def finish(self) -> tuple[str, list[Entity]]:
        if self.tags:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.tags[-1][0]}"')
        plain = self.plain.rstrip()
        whole = units(plain)
        kept = [entity | {"length": min(entity["length"], whole - entity["offset"])} for entity in self.entities]
        return plain, sorted((entity for entity in kept if entity["length"] > 0), key=lambda entity: entity["offset"])


def _unparsable(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")
