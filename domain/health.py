"""How does the program do? What can be seen of it from outside, at a moment, and what of it is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.deliveries import DeliveryState, Kind, Lane
from domain.incidents import Incident
from domain.quotas import Quota

LATELY = timedelta(days=1)
"""What was set aside, or became unknown, is wrong for a day: so long somebody can still ask the person."""
LISTED = timedelta(days=30)
"""What is unknown is listed for so long."""
STILL = timedelta(minutes=2)
"""Planning runs every twenty seconds; what has missed six rounds does not run."""


@dataclass(frozen=True)
class Suspended:
    """A person who takes no messages on a channel, for the platform's reason, and the units that they answer for."""

    person: str
    channel: str
    reason: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Unknown:
    """A message of which nobody knows whether it arrived: its row, for whom, what it says, and when it last left (UTC)."""

    id: int
    person: str
    kind: Kind
    at: datetime


@dataclass(frozen=True)
class SetAside:
    """An event that failed three times: its row, and where and when (UTC) it came in."""

    id: int
    channel: str
    at: datetime


@dataclass(frozen=True)
class Leader:
    """The process that leads, until a moment (UTC) unless it renews that."""

    owner: str
    until: datetime


@dataclass(frozen=True)
class Health:
    """What is seen at a moment ``at`` (UTC).

    ``rows`` counts messages by state and lane. ``due`` may leave now, the ``oldest`` since then, and ``failing`` counts those
    that fail again and again by the reason. ``left`` is how many took a place within the last minute, of ``rate`` a second.
    ``is_stuck`` tells that messages do not leave, and ``pauses`` the bots that the platform asked to pause. ``quotas`` are
    those of this month, which ends at ``month_ends`` (UTC), and of the ``earlier`` ones; announcements that are ``resting``
    wait for its end. ``incidents`` are those that are not over. ``gaps`` counts what should exist and does not, and
    ``missing`` are the numbers of files that cannot be read, of ``files`` looked at.
    """

    at: datetime
    rows: Mapping[tuple[DeliveryState, Lane], int]
    due: int
    oldest: datetime | None
    failing: Mapping[str, int]
    is_stuck: bool
    left: int
    rate: float
    pauses: Mapping[str, datetime]
    quotas: Sequence[Quota]
    earlier: Sequence[Quota]
    month_ends: datetime
    resting: int
    suspended: Sequence[Suspended]
    unknown: Sequence[Unknown]
    set_aside: Sequence[SetAside]
    leader: Leader | None
    planned_at: datetime | None
    incidents: Sequence[Incident]
    gaps: Mapping[str, int]
    files: int
    missing: Sequence[int]


class Fault(StrEnum):
    """What is wrong."""

    STUCK = "stuck"
    NO_LEADER = "no-leader"
    STILL = "still"
    SET_ASIDE = "set-aside"
    UNKNOWN = "unknown"
    GAPS = "gaps"
    FILES = "files"


def faults(health: Health) -> list[Fault]:
    """Name what is wrong; a pause that the platform asked for is not, nor is what is long past."""
    since = health.at - LATELY
    wrong = {
        Fault.NO_LEADER: health.leader is None,
        Fault.STILL: health.planned_at is None or health.at - health.planned_at > STILL,
        Fault.STUCK: health.is_stuck and not health.pauses,
        Fault.SET_ASIDE: any(one.at > since for one in health.set_aside),
        Fault.UNKNOWN: any(one.at > since for one in health.unknown),
        Fault.GAPS: any(health.gaps.values()),
        Fault.FILES: bool(health.missing),
    }
    return [fault for fault, is_wrong in wrong.items() if is_wrong]
