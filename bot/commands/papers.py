"""What does a paper say? Read from a file, for ``dondoc read`` and ``dondoc preview``."""

from pathlib import Path

from bot.commands import CannotError
from bot.settings import Settings
from documents.readers import read_bytes
from documents.reading import read
from domain.errors import Unreadable
from domain.offices import Office
from domain.readings import Reading
from messages.i18n import Speech
from messages.refusals import why_unreadable


def read_file(settings: Settings, file: Path, office: Office) -> Reading:
    """Read a notice; raise ``CannotError`` when the file is none."""
    try:
        return read(read_bytes(file.name, file.read_bytes()), office.calendar)
    except OSError as error:
        raise CannotError(f"{file} cannot be opened: {error.strerror}.") from None
    except Unreadable as error:
        raise CannotError(f"{file.name}: {why_unreadable(Speech('en', settings.zone), error.reason)}") from None
