"""Who runs on a database? One process on a file of SQLite, as PostgreSQL's rows need no such thing."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from storage.session import Database, UnreachableError

SUFFIX = ".lock"


class InUseError(Exception):
    """Another process runs on the file."""


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Hold the file of SQLite for as long as the block lasts, or the process; raise ``InUseError`` when another holds it.

    Held is a file beside the database: SQLite's own locks on the database would be lost with a second handle on it. The system
    lets go of it with the process, however that ends; the file stays, since a file that is removed can be held twice.
    """
    if database.file is None:
        yield
        return
    try:
        held = database.file.with_name(database.file.name + SUFFIX).open("ab")
    except OSError as error:
        raise UnreachableError(str(error)) from error
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUseError from None
        except OSError as error:
            raise UnreachableError(str(error)) from error
        yield
