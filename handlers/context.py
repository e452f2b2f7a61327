"""What does a handler know? The event, who acted, the moment, the office's time and the session; and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from channels import Command, Incoming, IncomingFile, Outgoing
from domain.errors import Refusal
from domain.files import File, Purpose
from domain.offices import Office
from domain.people import Account, Person, Standing
from domain.quotas import Limits
from messages.i18n import Speech
from messages.tasks import Moment
from storage.session import Session

NAME_LENGTH = 200


@dataclass(frozen=True)
class Reply:
    """One message of an answer; a kept file may go with it, and the commands that the chat's menu shows from now on."""

    outgoing: Outgoing
    file: int | None = None
    commands: tuple[Command, ...] = ()


Answer = Sequence[Reply]


@dataclass(frozen=True)
class Context:
    """What a handler works with, and the ``limits`` of bots. ``bound`` is None for a stranger's account."""

    session: Session
    event: Incoming
    account: Account
    standing: Standing
    speech: Speech
    office: Office
    now: datetime
    bound: Person | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def person(self) -> Person:
        """The person who acted; strangers never get this far."""
        if self.bound is None:
            raise Refusal("not-allowed")
        return self.bound

    @property
    def moment(self) -> Moment:
        """When, and by which calendar, the answer speaks."""
        return Moment(self.now, self.office.calendar)

    def received(self, incoming: IncomingFile, purpose: Purpose) -> File:
        """Give the row of a file that the person sent, whose bytes are still to be fetched."""
        return File(
            channel=self.event.channel,
            remote_id=incoming.remote_id,
            # The end of a long name is kept, since it tells the kind of file.
            name=incoming.name[-NAME_LENGTH:],
            person_id=self.person.id,
            purpose=purpose,
            received_at=self.now,
            fetch_at=self.now,
            size=incoming.size,
        )

    def in_place(self, outgoing: Outgoing) -> Reply:
        """Answer in place of the message whose button was pressed, or anew when there was none."""
        return Reply(replace(outgoing, edits=self.event.message_id) if self.event.press is not None else outgoing)
