"""Who is told an announcement, and who confirmed it?"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.errors import Refusal
from domain.reach import Silent
from domain.readings import Audience


class BroadcastState(StrEnum):
    """How far an announcement has come."""

    DRAFT = "draft"
    SENDING = "sending"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class Broadcast:
    """An announcement to the people of an audience's units; ``card`` is the message that shows its author the progress.

    Whom it may not have reached it is sent ``again``, once, unless its author wished otherwise.
    """

    id: int = field(init=False)
    author_id: int
    text: str
    created_at: datetime
    audience: Audience | None = None
    state: BroadcastState = BroadcastState.DRAFT
    sent_at: datetime | None = None
    channel: str | None = None
    address: str | None = None
    card: str | None = None
    shown: str | None = None
    revision: int = 0
    again: bool = True

    def choose(self, audience: Audience) -> None:
        """Take the audience; every choice makes a new preview, and the older ones invalid."""
        self._must_be_draft()
        self.audience = audience
        self.revision += 1

    def repeat(self, *, again: bool) -> None:
        """Take the author's wish for what nobody knows to have arrived; it makes a new preview, too."""
        self._must_be_draft()
        if again is not self.again:
            self.again = again
            self.revision += 1

    def send(self, at: datetime, revision: int) -> None:
        """Let it go out, once only, and only as the newest preview said."""
        self._must_be_draft()
        if revision != self.revision:
            raise Refusal("card-old")
        self.state, self.sent_at = BroadcastState.SENDING, at

    def cancel(self) -> None:
        """Put it away unsent."""
        self._must_be_draft()
        self.state = BroadcastState.CANCELLED

    def _must_be_draft(self) -> None:
        if self.state is not BroadcastState.DRAFT:
            raise Refusal(f"broadcast-{self.state}")


@dataclass(eq=False)
class Acknowledgement:
    """One person's confirmation that they have seen an announcement: a tap, and nothing else counts."""

    id: int = field(init=False)
    broadcast_id: int
    person_id: int
    at: datetime


class Hindrance(StrEnum):
    """Why a message did not reach a person."""

    NO_ACCOUNT = "no-account"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNSENT = "not-sent"
    UNKNOWN = "unknown"
    UNKNOWN_ONCE = "unknown-once"
    EXPIRED = "expired"
    QUOTA = "quota"
    VOID = "void"


@dataclass(frozen=True)
class Miss:
    """Someone who did not get an announcement, or may not have, and why."""

    person: str
    hindrance: Hindrance


@dataclass(frozen=True)
class Results:
    """How an announcement stands, in people; ``unseen`` got it and have not confirmed it, and are named once nothing waits.

    ``without`` are the units of the audience for which nobody receives messages.
    """

    total: int
    sent: int
    acknowledged: int
    missed: tuple[Miss, ...]
    unseen: tuple[str, ...]
    without: tuple[Silent, ...] = ()

    @property
    def waiting(self) -> int:
        """How many messages are still to leave."""
        return self.total - self.sent - len(self.missed)
