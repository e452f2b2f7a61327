"""How many messages may a bot send in a month? What is used of its quota, and what rests when little is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.deliveries import Lane

LOW = 80
"""Percent of a quota that are used when administrators are told."""
RESTS = 95
"""Percent that are used when announcements rest: the others are kept for reminders, word and answers."""
ALL = 100
LONGER_THAN_A_MONTH = timedelta(days=31)


@dataclass(eq=False)
class Quota:
    """What a bot has ``used`` in a month, named by its first day, of the messages that it may send at ``most``."""

    bot: str
    month: date
    most: int
    used: int = 0

    @property
    def percent(self) -> int:
        """How much of it is used; less than a whole percent does not count."""
        return self.used * ALL // self.most

    @property
    def left_in_bulk(self) -> int:
        """How many announcements may still leave."""
        return max(0, -(-self.most * RESTS // ALL) - self.used)

    @property
    def rests(self) -> bool:
        """Whether announcements rest."""
        return not self.left_in_bulk


def stage(percent: int) -> int:
    """Give the last of the percentages that mean something which is reached, zero when none is."""
    return max((one for one in (LOW, RESTS, ALL) if percent >= one), default=0)


@dataclass(frozen=True)
class Ways:
    """The bots that messages may leave by: all of them, those where announcements ``rest``, and those that have ``spent`` all."""

    bots: frozenset[str] = frozenset()
    rest: frozenset[str] = frozenset()
    spent: frozenset[str] = frozenset()

    def shunned(self, lane: Lane) -> frozenset[str]:
        """Give the bots that a lane's messages do not take where another one reaches the same person."""
        return self.rest if lane == Lane.BROADCAST else self.spent


@dataclass(frozen=True)
class Limits:
    """The messages a month of those of the ``bots`` that have a quota; months begin at midnight in the office's ``zone``."""

    zone: tzinfo = UTC
    months: Mapping[str, int] = field(default_factory=dict)
    bots: frozenset[str] = frozenset()

    def month(self, now: datetime) -> date:
        """Give the first day of the month in which a moment lies."""
        return now.astimezone(self.zone).date().replace(day=1)

    def turn(self, now: datetime) -> datetime:
        """Give the moment (UTC) at which the month after a moment begins."""
        following = (self.month(now) + LONGER_THAN_A_MONTH).replace(day=1)
        return datetime.combine(following, time.min, self.zone).astimezone(UTC)

    def ways(self, quotas: Iterable[Quota]) -> Ways:
        """Tell by which bots what may leave, as their quotas stand."""
        known = list(quotas)
        rest = frozenset(quota.bot for quota in known if quota.rests)
        return Ways(self.bots, rest, frozenset(quota.bot for quota in known if quota.used >= quota.most))


@dataclass(frozen=True)
class Rest:
    """So many messages of an announcement that wait, or would, since the ``quotas`` of their bots leave nothing for them.

    They may leave from ``ends_at`` (UTC) on, when the month is over, unless they have had their day by then.
    """

    count: int
    quotas: tuple[Quota, ...]
    ends_at: datetime
    expires_at: datetime | None

    @property
    def outlasts(self) -> bool:
        """Whether it lasts longer than the messages are wanted."""
        return self.expires_at is not None and self.ends_at >= self.expires_at
