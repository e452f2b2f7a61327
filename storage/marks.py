"""Which marks may the database bear that belongs to a folder? The file beside it names two: the one before, and the newest."""

from pathlib import Path

from storage import durable

NAME = "instance"
NONE = "none"
"""Stands in the file for a database that had no mark yet."""
READABLE = 0o644
"""Commands are also typed by root, whose umask may hide from the program's user what they write; a mark is no secret."""


class MarkUnreadableError(Exception):
    """The file is there and cannot be read; the text names it, and says why."""


class MarkUnwritableError(Exception):
    """The file cannot be written; the text names it, and says why."""


def fits(folder: Path, mark: str | None) -> bool:
    """Tell whether a database with a mark, or None, belongs to a folder; raise ``MarkUnreadableError`` when that cannot be told.

    Where the file is missing, only a database without a mark does. Whatever else stands in the file, it names no other mark.
    """
    try:
        named = (folder / NAME).read_text(encoding="utf-8", errors="replace").split()
    except (FileNotFoundError, NotADirectoryError):
        return mark is None
    except OSError as error:
        raise MarkUnreadableError(f"{folder / NAME} cannot be read: {error.strerror}") from error
    return (NONE if mark is None else mark) in named


def write(folder: Path, before: str | None, newest: str) -> None:
    """Name the two marks, before the database takes the newest; raise ``MarkUnwritableError`` when that fails."""
    try:
        durable.write(folder / NAME, f"{NONE if before is None else before}\n{newest}\n".encode(), mode=READABLE)
    except OSError as error:
        raise MarkUnwritableError(f"{folder / NAME} cannot be written: {error.strerror}") from error
