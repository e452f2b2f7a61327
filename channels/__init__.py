"""How does the bot reach a person? The port that every chat platform is adapted to, and what may go wrong on the way."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class IncomingFile:
    """A document or photo as the platform announces it; ``remote_id`` fetches its bytes, ``size`` is in bytes where told."""

    remote_id: str
    name: str
    size: int | None = None


@dataclass(frozen=True)
class Incoming:
    """One event from a person.

    ``key`` is unique on its channel and repeats when the platform delivers the event again. ``chat`` is the address to
    answer to and ``sender`` the account that acted; they differ in groups. ``press`` is the data of the pressed button,
    and ``message_id`` the message the button hangs on, or the message itself. ``language`` is the platform's hint.
    ``forwarded`` tells that the person passes on what somebody wrote elsewhere.
    """

    channel: str
    key: str
    chat: str
    sender: str
    sender_name: str
    text: str | None = None
    press: str | None = None
    message_id: str | None = None
    file: IncomingFile | None = None
    language: str | None = None
    private: bool = True
    forwarded: bool = False


@dataclass(frozen=True)
class Button:
    """A button under a message: what it says, and the data of at most 64 bytes that comes back when it is pressed."""

    label: str
    data: str


@dataclass(frozen=True)
class Attachment:
    """A file that goes out with a message."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Outgoing:
    """One message to one address.

    ``text`` is marked up with ``<b>``, ``<i>`` and ``<code>`` within one line, and ``&lt;``, ``&gt;``, ``&amp;``; nothing else.
    ``rows`` are rows of buttons. ``edits`` is the id of an earlier message that this one replaces, where the channel can.
    ``attachment`` goes along where the channel takes files out; the text is enough where it does not.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    edits: str | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True)
class Command:
    """A command offered in a chat's menu: its name without the slash, and what it does in the reader's language."""

    name: str
    description: str


@dataclass(frozen=True)
class Capabilities:
    """What a platform can show and take; sizes in characters and bytes."""

    text_limit: int
    buttons: bool
    edits: bool
    files_in: bool
    files_out: bool
    file_limit: int
    start_links: bool


class ChannelError(Exception):
    """Sending or fetching failed."""


class NotSent(ChannelError):
    """The request did not leave, so it may be made again."""


@dataclass(eq=False)
class TooFast(ChannelError):
    """The platform refused for its rate; it may be asked again after so many seconds."""

    seconds: float


@dataclass(eq=False)
class Refused(ChannelError):
    """The platform refused this message for good; the reason is the platform's own words."""

    reason: str


class AddressGone(Refused):
    """The address cannot be written to: blocked, deactivated or unknown. It may come back when the person writes."""


@dataclass(eq=False)
class Moved(ChannelError):
    """The chat has a new address, which takes the message."""

    address: str


class OutcomeUnknown(ChannelError):
    """The request left and no answer came, so the message may or may not have arrived."""


class ServerFailed(OutcomeUnknown):
    """The platform answered that it failed itself (5xx); it has most likely not taken the message."""


Remember = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Stores events; when it returns, they survive the process, and the platform may forget them."""


class Channel(Protocol):
    """A chat platform as the rest of the program sees it."""

    @property
    def name(self) -> str:
        """The short name that addresses and events carry."""

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can show and take."""

    async def receive(self, remember: Remember) -> None:
        """Hand every event over, in order, until cancelled; a platform out of reach is waited for and never raises."""

    async def send(self, address: str, outgoing: Outgoing) -> str:
        """Send or edit one message and give its id; raise a ``ChannelError`` when that cannot be told to have worked."""

    async def fetch(self, file: IncomingFile) -> bytes:
        """Give the bytes of a file; raise ``NotSent`` when it may be tried again, ``Refused`` when not."""

    async def offer(self, address: str, commands: Sequence[Command]) -> None:
        """Set the commands that the chat's menu shows."""

    async def identify(self) -> str:
        """Ask the platform who the bot is and give its public name; raise a ``ChannelError`` when it does not answer."""

    def is_shared(self, address: str) -> bool:
        """Tell whether several people read what is sent to an address, for which platforms have a rate of their own."""

    def link(self, code: str) -> str | None:
        """Give the link that opens a chat with the code filled in; None where the platform has none or is not yet known."""

    async def close(self) -> None:
        """Let go of the network."""


def is_new(channel: Channel, outgoing: Outgoing) -> bool:
    """Tell whether it becomes a message of its own, which a platform counts, and does not change an earlier one."""
    return outgoing.edits is None or not channel.capabilities.edits
