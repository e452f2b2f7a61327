"""How does an officer remind a unit out of turn? Who pressed, when, and when it goes; at most once an hour a unit."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

ONCE_WITHIN = timedelta(hours=1)
STEP = "nudge:"
"""With the nudge's number behind it, the step that it takes in the ledger of reminders."""


@dataclass(eq=False)
class Nudge:
    """A reminder that an officer pressed for; ``at`` (UTC) is the press, ``leaves_at`` when the unit's people are told."""

    id: int = field(init=False)
    unit_id: int
    person_id: int
    at: datetime
    leaves_at: datetime

    @property
    def step(self) -> str:
        """The step that it takes in the ledger."""
        return f"{STEP}{self.id}"


@dataclass(frozen=True)
class Told:
    """When a unit was last reminded by a press, and the name of who pressed."""

    at: datetime
    by: str
