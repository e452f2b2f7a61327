"""What was handed in as a file, and has it been kept?"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

FILE_LIMIT = 20 * 1024 * 1024
FETCH_TRIES = 5


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
