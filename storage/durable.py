"""How is a file written so that it is there whole, or not at all, whatever happens to the process or the power?"""

import os
import secrets
from pathlib import Path


def write(place: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write a file in place of what is there, and let it survive a power cut; ``mode`` sets its rights, whatever the umask."""
    place.parent.mkdir(parents=True, exist_ok=True)
    # Named anew each time, since the same file may be written twice at once.
    half = place.with_suffix(f".{secrets.token_hex(8)}.part")
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        half.replace(place)
    finally:
        half.unlink(missing_ok=True)
    keep_names(place.parent)


def keep_names(folder: Path) -> None:
    """See to it that a folder's new entries survive a power cut as their bytes do."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
