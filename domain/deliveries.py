"""How does a message leave? Deliveries, their lanes and states, and the events that came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any


class Lane(IntEnum):
    """Which messages go first: word to and from the office, then reminders, then broadcasts."""

    WORD = 0
    REMINDER = 1
    BROADCAST = 2


class Kind(StrEnum):
    """What a delivery says; its words are found when it is sent."""

    DIGEST = "digest"
    NUDGE = "nudge"
    OFFICE_ROUND = "office_round"
    LEADER_ROUND = "leader_round"
    SUBMITTED = "submitted"
    UNDONE = "undone"
    DECIDED = "decided"
    REGISTERED = "registered"
    DRAFT = "draft"
    UNREADABLE = "unreadable"
    ENDED = "ended"
    MOVED = "moved"
    SERIES = "series"
    BROADCAST = "broadcast"
    BROADCAST_REPORT = "broadcast_report"
    FILE_LOST = "file_lost"
    CALENDAR_FILE = "calendar_file"
    CALENDAR_CHANGED = "calendar_changed"
    PREVIEW = "preview"
    INCIDENT = "incident"


CHANGES = (Kind.ENDED, Kind.MOVED, Kind.SERIES, Kind.CALENDAR_CHANGED)
"""What tells units that something they have to do has changed."""


LIFE: Mapping[Kind, timedelta] = MappingProxyType(
    {Kind.BROADCAST: timedelta(days=3), Kind.CALENDAR_FILE: timedelta(days=1), Kind.PREVIEW: timedelta(hours=1)}
)
"""How long after the first moment at which it may leave a message is still wanted; what is no longer so has had its day.

An announcement outlives a weekend of trouble, but speaks of its own day, and no rule tells whether it is still true. A file
for the calendar and a preview are answers that somebody pressed for and waited for. No other kind is here: each is looked at
when it leaves, and is wanted as long as what it says holds, be it after Tết. Quiet hours before that moment do not count.
"""


class DeliveryState(StrEnum):
    """How far a delivery has come; only one that was ``sending`` can be unknown."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Delivery:
    """One message to one person; ``key`` makes it unique, ``subject_id`` is the row it speaks of.

    It may leave from ``due_at`` (UTC) on. ``owner`` and ``lease_until`` belong to the worker that is sending it, and
    ``leaves_at`` (UTC) is the place in the bot's rate that it was given. At ``expires_at`` (UTC) it has had its day.
    """

    id: int
    key: str
    lane: Lane
    kind: Kind
    person_id: int
    due_at: datetime
    created_at: datetime
    subject_id: int | None = None
    state: DeliveryState = DeliveryState.QUEUED
    owner: str | None = None
    lease_until: datetime | None = None
    tries: int = 0
    repeated: bool = False
    reason: str | None = None
    account_id: int | None = None
    message_id: str | None = None
    sent_at: datetime | None = None
    leaves_at: datetime | None = None
    expires_at: datetime | None = None

    def has_had_its_day(self, now: datetime) -> bool:
        """Whether it is too late for it to leave."""
        return self.expires_at is not None and now >= self.expires_at

    @property
    def left(self) -> bool:
        """Whether it may have reached its reader."""
        return self.repeated or self.state in (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


class EventState(StrEnum):
    """How far an event has come: remembered, worked on, answered, or set aside after three failures."""

    WAITING = "waiting"
    HANDLED = "handled"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"


UNFINISHED = (EventState.WAITING, EventState.HANDLED)
"""States of events that are still to be worked on."""


@dataclass(eq=False)
class Event:
    """Something that came in, with the answer that its handler gave; both as plain JSON values.

    ``owner`` and ``lease_until`` belong to the worker that is working on it.
    """

    id: int = field(init=False)
    channel: str
    key: str
    chat: str
    incoming: dict[str, Any]
    received_at: datetime
    state: EventState = EventState.WAITING
    tries: int = 0
    answer: list[dict[str, Any]] | None = None
    owner: str | None = None
    lease_until: datetime | None = None


@dataclass(eq=False)
class Dialogue:
    """What a chat's next plain message will be taken for: the question that was asked, and what it is about."""

    account_id: int
    question: str
    subject: dict[str, Any]
    asked_at: datetime
