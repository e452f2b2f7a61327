"""For whom are a delivery's words found, and when are there none? The reader, and why a message does not leave now."""

from dataclasses import dataclass
from datetime import datetime

from domain.deliveries import Delivery
from domain.offices import Office
from domain.people import Person, Standing
from messages.i18n import Speech
from messages.tasks import Moment


class NoLongerHoldsError(Exception):
    """What the delivery would say is not true any more; the text is the reason."""


@dataclass(eq=False)
class WaitUntilError(Exception):
    """What the delivery says may not be said before a moment (UTC)."""

    moment: datetime


@dataclass(frozen=True)
class Reader:
    """The person a delivery is for, as they are when it is sent."""

    person: Person
    standing: Standing
    speech: Speech
    office: Office
    now: datetime

    @property
    def moment(self) -> Moment:
        """When and by which calendar the message speaks."""
        return Moment(self.now, self.office.calendar)

    def must_be_staff(self) -> None:
        """Let nothing of the office's affairs reach who has left it."""
        if not self.standing.is_staff:
            raise NoLongerHoldsError("no longer of the office")


def subject(delivery: Delivery) -> int:
    """Give the number of the row that a delivery speaks of."""
    if delivery.subject_id is None:
        raise ValueError("a delivery of this kind has a subject")
    return delivery.subject_id
