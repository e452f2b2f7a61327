"""How do people act on the loopback Telegram, and what do they see?"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sandbox.telegram_html import command_entities
from sandbox.telegram_world import JSON, Chat, File, Happening, Message, World, as_json

PATIENCE_SECONDS = 15.0
"""How long people wait for the bot, on however slow a machine."""


class Room:
    """A chat as one looks at it: its messages, and waiting for the bot's next."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self._chat = chat

    @property
    def id(self) -> int:
        """The chat's id, which is the person's own in a private chat."""
        return self._chat.id

    @property
    def chat(self) -> list[Message]:
        """All messages as they stand now, oldest first."""
        return list(self._chat.messages.values())

    @property
    def newest(self) -> Message:
        """The bot's newest message; raise ``LookupError`` when it has said nothing."""
        message = self._chat.latest(lambda message: message.from_bot)
        if message is None:
            raise LookupError("the bot has not written in this chat")
        return message

    async def wait_for(self, fits: Callable[[Message], bool], timeout: float = PATIENCE_SECONDS) -> Message:  # noqa: ASYNC109 - says what it is
        """Give the bot's next new or edited message that fits, or raise ``TimeoutError`` with what the chat shows.

        Next is what came since a person last acted in this chat and was not given by an earlier wait.
        """
        try:
            return await self._world.bell.until(lambda: self._chat.unmatched(fits), timeout)
        except TimeoutError:
            shown = [message.text for message in self.chat if message.from_bot]
        raise TimeoutError(f"no such message within {timeout} s; the bot's messages are {shown}")

    async def waits_for(self, fragment: str, timeout: float = PATIENCE_SECONDS) -> Message:  # noqa: ASYNC109 - says what it is
        """Wait for the bot's next new or edited message with these words in it."""
        try:
            return await self.wait_for(lambda message: fragment in message.text, timeout)
        except TimeoutError as error:
            missing = TimeoutError(f"{fragment!r}: {error}")
        raise missing


class Group(Room):
    """A group chat; members speak in it through ``Person.says(…, where=group)``."""

    def removes_the_bot(self) -> None:
        """Let the bot be put out of the group."""
        self._chat.closed_because = "Forbidden: bot was kicked from the group chat"

    def ends(self) -> None:
        """Let the group be deleted."""
        self._chat.closed_because = "Forbidden: the group chat was deleted"

    def moves(self, number: int) -> "Group":
        """Let it become a supergroup with another number, and give that; who writes to the old one is told the new."""
        title = self._chat.description["title"]
        self._chat.moved_to = number
        grown = Chat(number, {"id": number, "type": "supergroup", "title": title}, is_open=True)
        return Group(self._world, self._world.chats.setdefault(number, grown))


class Person(Room):
    """Somebody with an account, who acts in the private chat with the bot or, by ``where``, in a group."""

    def __init__(self, world: World, chat: Chat, account: JSON) -> None:
        super().__init__(world, chat)
        self._account = account

    @property
    def name(self) -> str:
        """The name that the account shows."""
        return str(self._account["first_name"])

    async def says(self, text: str, where: Group | None = None) -> Message:
        """Write a message."""
        return self._write(self._in(where), text=text, entities=command_entities(text))

    async def starts(self, code: str = "") -> Message:
        """Press 'Start', as after opening a link that carries a code."""
        return await self.says(f"/start {code}".strip())

    async def sends_file(self, name: str, content: bytes, caption: str | None = None, *, where: Group | None = None) -> Message:
        """Send a document."""
        return self._write(self._in(where), text=caption or "", file=self._world.keep(name, content))

    async def sends_photo(self, content: bytes, caption: str | None = None, *, where: Group | None = None) -> Message:
        """Send a photo."""
        return self._write(self._in(where), text=caption or "", file=self._world.keep("photo.jpg", content, is_photo=True))

    async def edits(self, message: Message, text: str) -> None:
        """Change an own message."""
        changed = self._world.edit(self._chat, replace(message, text=text, entities=()), who=self.name)
        self._world.updates.add("edited_message", as_json(self._chat, changed))

    async def presses(self, label: str, message: Message | None = None, *, on: str = "", where: Group | None = None) -> str:
        """Press the button with exactly this label and give the id of the press.

        The button hangs on ``message`` as it stands now, or on the newest message that has one and ``on`` in its text.
        """
        chat = self._in(where)
        found = self._current(chat, message) if message else chat.latest(lambda one: label in one.labels and on in one.text)
        if found is None or label not in found.labels:
            shown = [one.labels for one in ([found] if found else chat.messages.values()) if one.labels]
            raise LookupError(f"no button {label!r} on a message with {on!r}; buttons shown: {shown}")
        return self._press(chat, found, label)

    def blocks(self) -> None:
        """Block the bot."""
        self._chat.closed_because = "Forbidden: bot was blocked by the user"

    def unblocks(self) -> None:
        """Let the bot write again."""
        self._chat.closed_because = None

    def deactivates(self) -> None:
        """Give the account up."""
        self._chat.closed_because = "Forbidden: user is deactivated"

    def _in(self, where: Group | None) -> Chat:
        return where._chat if where else self._chat  # noqa: SLF001 - both are doors to the same world

    @staticmethod
    def _current(chat: Chat, message: Message) -> Message:
        if message.id not in chat.messages:
            raise LookupError("the message is no longer in the chat")
        return chat.messages[message.id]

    def _acts(self, chat: Chat) -> None:
        chat.is_open = True
        chat.acted = self._world.changes

    def _write(self, chat: Chat, *, text: str, entities: Sequence[JSON] = (), file: File | None = None) -> Message:
        self._acts(chat)
        draft = Message(
            id=0, text=text, date=self._world.now(), from_bot=False, author=self._account, entities=tuple(entities), document=file
        )
        message = self._world.post(chat, draft, who=self.name)
        self._world.updates.add("message", as_json(chat, message))
        return message

    def _press(self, chat: Chat, message: Message, label: str) -> str:
        self._acts(chat)
        query = f"{self._world.number():019d}"
        self._world.open_queries.add(query)
        self._world.tell(Happening("pressed", self.name, chat.id, message, label))
        press = {"id": query, "from": self._account, "chat_instance": str(chat.id), "data": message.data(label)}
        self._world.updates.add("callback_query", press | {"message": as_json(chat, message)})
        return query
