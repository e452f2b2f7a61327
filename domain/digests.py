"""What is brought up for one person at one moment, and when can they have it brought up again?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.offices import ONE_DAY, Office

MOST_A_DAY = 2
"""A third message of reminders in a day is one that nobody reads."""
SOON = timedelta(hours=1)
"""A digest that is to leave so soon takes in what falls due meanwhile."""
GATHERING = timedelta(minutes=1)
"""What waits for a round leaves so long after it, so that what the round itself brings up joins it in one message."""


class Reason(StrEnum):
    """Why tasks are brought up: they are due, their reader wished it, or an officer pressed for it."""

    DUE = "due"
    WISHED = "wished"
    PRESSED = "pressed"


@dataclass(frozen=True)
class News:
    """What changed since a person's last digest: how many tasks are new, returned, or have another deadline."""

    new: int = 0
    returned: int = 0
    moved: int = 0


class Snooze(StrEnum):
    """A round at which a person can have the same tasks brought up once more."""

    AFTERNOON = "pm"
    MORNING = "am"

    def moment(self, now: datetime, office: Office) -> datetime | None:
        """Give the round that lies ahead (UTC): this afternoon's, None when it is over, or the next working day's morning."""
        today = office.today(now)
        if self is Snooze.MORNING:
            return office.round_of(office.calendar.first_working_day(today + ONE_DAY))
        afternoon = office.round_of(today, afternoon=True)
        return afternoon if office.works(now) and now < afternoon else None


def snoozes(now: datetime, office: Office) -> tuple[Snooze, ...]:
    """Give the rounds that lie ahead."""
    return tuple(one for one in Snooze if one.moment(now, office) is not None)
