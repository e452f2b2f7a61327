"""What was handed in as a file, and has it been kept?"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

FILE_LIMIT = 20_000_000
"""Bytes of the largest file that Telegram hands to a bot."""
FETCH_LIFE = timedelta(days=1)
"""For so long a file that does not come through is tried again."""
LONGEST_WAIT = timedelta(minutes=5)


class FileState(StrEnum):
    """Whether a file's bytes are here."""

    WAITING = "waiting"
    KEPT = "kept"
    LOST = "lost"


class Purpose(StrEnum):
    """What a file was sent for."""

    PAPER = "paper"
    SUBMISSION = "submission"


@dataclass(eq=False)
class File:
    """A file from a chat, or a pasted text kept as one.

    Its bytes are fetched after the event that announced it, from ``fetch_at`` (UTC) on; ``sha256`` names them where they
    are kept. ``assignment_id`` is what it is meant for, ``submission_id`` what it was handed in with, ``conclusion_id``
    what was read from it. ``text`` is what was pasted into the chat, until it is kept.
    """

    id: int = field(init=False)
    channel: str
    remote_id: str
    name: str
    person_id: int
    purpose: Purpose
    received_at: datetime
    fetch_at: datetime
    size: int | None = None
    state: FileState = FileState.WAITING
    sha256: str | None = None
    tries: int = 0
    reason: str | None = None
    assignment_id: int | None = None
    submission_id: int | None = None
    conclusion_id: int | None = None
    text: str | None = None

    def put_off(self, now: datetime) -> bool:
        """Plan the next try, later each time; False when it has been tried for a day."""
        self.tries += 1
        self.fetch_at = now + min(timedelta(seconds=2 ** min(self.tries, 10)), LONGEST_WAIT)
        return now - self.received_at < FETCH_LIFE
