"""How are events and answers written down? Both as plain JSON, so that neither is lost with the process."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from channels import Button, Command, Incoming, IncomingFile, Outgoing
from domain.deliveries import Event
from handlers.context import Answer, Reply


def event_of(incoming: Incoming, now: datetime) -> Event:
    """Write an event down."""
    return Event(incoming.channel, incoming.key, incoming.chat, asdict(incoming), now)


def incoming_of(event: Event) -> Incoming:
    """Read an event."""
    kept = event.incoming
    return Incoming(**{**kept, "file": IncomingFile(**kept["file"]) if kept["file"] else None})


def written(answer: Answer) -> list[dict[str, Any]]:
    """Write an answer down; its files stay behind their numbers."""
    return [asdict(reply) for reply in answer]


def replies_of(event: Event) -> list[Reply]:
    """Read an answer."""
    return [_reply(kept) for kept in event.answer or ()]


def _reply(kept: dict[str, Any]) -> Reply:
    outgoing = kept["outgoing"]
    rows = tuple(tuple(Button(**button) for button in row) for row in outgoing["rows"])
    message = Outgoing(outgoing["text"], rows, outgoing["edits"])
    return Reply(message, kept["file"], tuple(Command(**command) for command in kept["commands"]))
