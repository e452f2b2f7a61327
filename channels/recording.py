"""What would have been sent? A channel that remembers, for tests and trials without a platform."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from channels import (
    Capabilities,
    ChannelError,
    Command,
    Incoming,
    IncomingFile,
    Outgoing,
    Refused,
    Remember,
)

EVERYTHING = Capabilities(
    text_limit=4096, buttons=True, edits=True, files_in=True, files_out=True, file_limit=20_000_000, start_links=True
)


@dataclass(frozen=True)
class Sent:
    """One message as it was sent: to which address, what, and the id it was given."""

    address: str
    outgoing: Outgoing
    id: str


class Recording:
    """The ``Channel`` that keeps what it is given; ``files`` holds the bytes that ``fetch`` gives, by remote id."""

    def __init__(self, name: str = "recording", *, capabilities: Capabilities = EVERYTHING) -> None:
        self.name = name
        self.capabilities = capabilities
        self.sent: list[Sent] = []
        self.files: dict[str, bytes] = {}
        self.commands: dict[str, tuple[Command, ...]] = {}
        self.closed = False
        self._failures: deque[ChannelError] = deque()
        self._events: asyncio.Queue[Incoming] = asyncio.Queue()
        self._last_id = 0

    def deliver(self, event: Incoming) -> None:
        """Let a person's event come in."""
        self._events.put_nowait(event)

    def fails(self, *failures: ChannelError) -> None:
        """Let the next calls that reach the platform fail, one failure each."""
        self._failures.extend(failures)

    def to(self, address: str) -> list[Outgoing]:
        """Give what was sent to one address, oldest first."""
        return [sent.outgoing for sent in self.sent if sent.address == address]

    async def settled(self) -> None:
        """Wait until every delivered event is remembered."""
        await self._events.join()

    async def receive(self, remember: Remember) -> None:
        """Hand delivered events over one by one; an event that is not remembered is handed over again."""
        while True:
            event = await self._events.get()
            while True:
                try:
                    await remember([event])
                except Exception:  # noqa: BLE001 - as a platform does, which delivers again and never learns why
                    await asyncio.sleep(0)
                else:
                    break
            self._events.task_done()

    async def send(self, address: str, outgoing: Outgoing) -> str:
        """Keep the message and give it an id; an edit keeps the id of what it replaces, a file goes out as capabilities say."""
        self._fail_if_told()
        outgoing = outgoing if self.capabilities.files_out else replace(outgoing, attachment=None)
        self._last_id += 1
        number = outgoing.edits or str(self._last_id)
        self.sent.append(Sent(address, outgoing, number))
        return number

    async def fetch(self, file: IncomingFile) -> bytes:
        """Give the bytes that the test put into ``files``."""
        self._fail_if_told()
        if file.remote_id not in self.files:
            raise Refused("no such file")
        return self.files[file.remote_id]

    async def offer(self, address: str, commands: Sequence[Command]) -> None:
        """Keep the commands by address."""
        self._fail_if_told()
        self.commands[address] = tuple(commands)

    async def identify(self) -> str:
        """Give the channel's own name."""
        self._fail_if_told()
        return self.name

    def is_shared(self, address: str) -> bool:
        """Tell a group by its number, which is negative."""
        return address.startswith("-")

    def link(self, code: str) -> str | None:
        """Give a link in the reserved domain, where the capabilities allow links."""
        return f"https://{self.name}.invalid/{code}" if self.capabilities.start_links else None

    async def close(self) -> None:
        """Note that it was closed."""
        self.closed = True

    def _fail_if_told(self) -> None:
        if self._failures:
            raise self._failures.popleft()
