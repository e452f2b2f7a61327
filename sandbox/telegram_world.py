"""What has been said in the chats of the loopback Bot API, and who may be written to?"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Literal

from channels import Button
from sandbox.telegram_html import Entity
from sandbox.telegram_updates import Updates
from sandbox.waiting import Bell

JSON = dict[str, Any]  # as the Bot API reads and writes it


@dataclass(frozen=True)
class File:
    """A document or photo: the id it is fetched by, its name and bytes."""

    id: str
    name: str
    content: bytes
    is_photo: bool = False


@dataclass(frozen=True)
class Message:
    """A message as it stands in a chat now; ``text`` is a file's caption, ``change`` rises with everything that happens."""

    id: int
    text: str
    date: int
    from_bot: bool
    author: JSON
    entities: tuple[Entity, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: File | None = None
    edited: bool = False
    change: int = 0

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the buttons, row by row."""
        return tuple(tuple(button.label for button in row) for row in self.buttons)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all buttons."""
        return tuple(label for row in self.rows for label in row)

    def data(self, label: str) -> str:
        """Give the data of the button with that label; raise ``LookupError`` when it has none."""
        for row in self.buttons:
            for button in row:
                if button.label == label:
                    return button.data
        raise LookupError(f"no button {label!r} among {list(self.labels)}")


@dataclass
class Chat:
    """A private chat or a group, with its messages in order; ``acted`` is the change at which a person last did something."""

    id: int
    description: JSON
    is_open: bool = False
    closed_because: str | None = None
    moved_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    acted: int = 0
    matched: set[int] = field(default_factory=set)

    @property
    def is_group(self) -> bool:
        """Whether it is a group."""
        return self.id < 0

    def latest(self, fits: Callable[[Message], bool]) -> Message | None:
        """Find the newest message that fits."""
        return next((message for message in reversed(self.messages.values()) if fits(message)), None)

    def unmatched(self, fits: Callable[[Message], bool]) -> Message | None:
        """Find what the bot sent or edited since a person last acted here, that fits and was not found before."""
        for message in self.messages.values():
            is_new = message.from_bot and message.change > self.acted and message.change not in self.matched
            if is_new and fits(message):
                self.matched.add(message.change)
                return message
        return None


@dataclass(frozen=True)
class Happening:
    """Something that happened in a chat: a person or the bot, by name, did it; ``label`` is that of a pressed button."""

    kind: Literal["said", "pressed", "sent", "edited", "deleted"]
    who: str
    chat: int
    message: Message
    label: str | None = None


@dataclass
class World:
    """The chats, files and updates of one bot; ``seconds`` gives the moment that messages carry, since 1970."""

    bot: JSON
    seconds: Callable[[], float] = time.time
    listener: Callable[[Happening], None] | None = None
    bell: Bell = field(default_factory=Bell)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[JSON]] = field(default_factory=dict)
    open_queries: set[str] = field(default_factory=set)
    requests: Counter[str] = field(default_factory=Counter)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    changes: int = 0

    def __post_init__(self) -> None:
        self.updates = Updates(self.bell)

    def number(self) -> int:
        """Give a number that was not given before."""
        return next(self._numbers)

    def keep(self, name: str, content: bytes, *, is_photo: bool = False) -> File:
        """Store a file under a new id."""
        file = File(f"file-{self.number()}", name, content, is_photo)
        self.files[file.id] = file
        return file

    def post(self, chat: Chat, draft: Message, *, who: str) -> Message:
        """Add a message to a chat."""
        self.changes += 1
        message = replace(draft, id=self.number(), change=self.changes)
        chat.messages[message.id] = message
        self.tell(Happening("sent" if message.from_bot else "said", who, chat.id, message))
        return message

    def edit(self, chat: Chat, message: Message, *, who: str) -> Message:
        """Put a changed message in the place of the old one."""
        self.changes += 1
        changed = replace(message, edited=True, change=self.changes)
        chat.messages[message.id] = changed
        self.tell(Happening("edited", who, chat.id, changed))
        return changed

    def delete(self, chat: Chat, message: Message) -> None:
        """Take a message out of a chat."""
        del chat.messages[message.id]
        self.tell(Happening("deleted", self.bot["first_name"], chat.id, message))

    def tell(self, happening: Happening) -> None:
        """Tell the listener, and wake those who wait."""
        if self.listener:
            self.listener(happening)
        self.bell.ring()

    def now(self) -> int:
        """Give the moment that a message of now carries, in seconds since 1970."""
        return int(self.seconds())


def as_json(chat: Chat, message: Message) -> JSON:
    """Write a message as the Bot API does."""
    written: JSON = {"message_id": message.id, "date": message.date, "chat": chat.description, "from": message.author}
    if message.edited:
        written["edit_date"] = message.date
    words, marks = ("caption", "caption_entities") if message.document else ("text", "entities")
    if message.text:
        written[words] = message.text
    if message.entities:
        written[marks] = list(message.entities)
    if message.document:
        written |= _file_as_json(message.document)
    if message.buttons:
        keyboard = [[{"text": button.label, "callback_data": button.data} for button in row] for row in message.buttons]
        written["reply_markup"] = {"inline_keyboard": keyboard}
    return written


def _file_as_json(file: File) -> JSON:
    basis = {"file_id": file.id, "file_unique_id": f"u-{file.id}", "file_size": len(file.content)}
    if not file.is_photo:
        return {"document": basis | {"file_name": file.name}}
    return {"photo": [basis | {"width": side, "height": side, "file_unique_id": f"u{side}-{file.id}"} for side in (90, 800)]}
