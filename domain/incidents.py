"""What went wrong that administrators are to know? Incidents: their causes, how long one lasts, and when it is told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

HOUR = timedelta(hours=1)
"""Administrators hear of one cause so often at most."""
CALM = timedelta(hours=1)
"""When nothing more has happened for so long, what came in single events is held for over."""
PATIENCE = timedelta(minutes=10)
"""For so long a platform may be away before it is told: most interruptions pass sooner, and nobody can do anything about them."""


class Cause(StrEnum):
    """What went wrong."""

    UNSENT = "unsent"
    UNKNOWN = "unknown"
    SET_ASIDE = "set_aside"
    FILE_LOST = "file_lost"
    GAP = "gap"
    DATABASE = "database"
    QUOTA = "quota"


LASTING = frozenset({Cause.UNSENT, Cause.DATABASE, Cause.QUOTA})
"""What is a state that is seen to begin and to end; all else happens once and once more."""


@dataclass(eq=False)
class Incident:
    """Something that went wrong from ``since`` on, last seen at ``last_at``, and over from ``over_at`` on (UTC).

    ``count`` is how often it happened, how many messages a lasting one holds up now, or of a quota how many percent are used;
    ``subject_id`` is the row that it was last about, as far as it is about one.
    """

    id: int = field(init=False)
    cause: Cause
    since: datetime
    last_at: datetime
    count: int = 1
    subject_id: int | None = None
    told_at: datetime | None = None
    over_at: datetime | None = None

    @property
    def ended_at(self) -> datetime:
        """The moment that is told as its end."""
        return self.over_at if self.over_at is not None and self.cause in LASTING else self.last_at

    def is_calm(self, now: datetime) -> bool:
        """Whether nothing more has happened for so long that it is over; a lasting one ends when that is seen."""
        return self.cause not in LASTING and now - self.last_at >= CALM

    def is_to_be_told(self, now: datetime, last_told: datetime | None) -> bool:
        """Whether it is told now: when it has lasted, or something is new, and its cause was not told within the hour."""
        if last_told is not None and now - last_told < HOUR:
            return False
        if self.told_at is None:
            return self.cause is not Cause.UNSENT or now - self.since >= PATIENCE
        return self.cause in LASTING or self.last_at > self.told_at
