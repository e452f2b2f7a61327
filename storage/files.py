"""Which files were handed in, and where are their bytes kept?"""

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.errors import Refusal
from domain.files import File, FileState
from storage import durable, tables

rows = tables.files.c


class Store:
    """A folder of files named by the SHA-256 of their bytes, so that the same bytes are kept once and never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Write the bytes so that they survive a power cut, and give their SHA-256 in hex."""
        name = hashlib.sha256(content).hexdigest()
        place = self._place(name)
        if not place.exists():
            durable.write(place, content)
            durable.keep_names(self.folder)
        return name

    def read(self, sha256: str) -> bytes:
        """Give the bytes."""
        return self._place(sha256).read_bytes()

    def holds(self, sha256: str, size: int | None) -> bool:
        """Tell whether the bytes are there, as many as were kept, and may be read; they are not looked at themselves."""
        place = self._place(sha256)
        return os.access(place, os.R_OK) and size in (None, place.stat().st_size)

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


async def announce(session: AsyncSession, file: File) -> File:
    """Keep the row of a file whose bytes are still to be fetched."""
    session.add(file)
    await session.flush()
    return file


async def one(session: AsyncSession, file_id: int) -> File:
    """Give one file, held until the transaction ends; refuse a number that nobody has."""
    found = await session.get(File, file_id, with_for_update=True)
    if found is None:
        raise Refusal("no-such-file")
    return found


async def waiting(session: AsyncSession, now: datetime, limit: int) -> list[File]:
    """Give the files whose bytes are to be fetched now, the oldest first."""
    found = select(File).where(rows.state == FileState.WAITING, rows.fetch_at <= now)
    return list(await session.scalars(found.order_by(rows.id).limit(limit)))


async def pasted_by(session: AsyncSession, person_id: int) -> File | None:
    """Give the pasted text of a person that has not been read yet, held until the transaction ends."""
    mine = select(File).where(rows.person_id == person_id, rows.state == FileState.WAITING, rows.text.is_not(None))
    return (await session.scalars(mine.order_by(rows.id.desc()).limit(1).with_for_update())).one_or_none()


async def set_aside_for(session: AsyncSession, assignment_id: int) -> list[File]:
    """Give the files that the unit's people sent for an assignment before it was handed in, but those that were lost."""
    waiting = select(File).where(rows.assignment_id == assignment_id, rows.submission_id.is_(None), rows.state != FileState.LOST)
    return list(await session.scalars(waiting.order_by(rows.id)))


async def handed_in(session: AsyncSession, submission_ids: Sequence[int]) -> list[File]:
    """Give the files of submissions."""
    return list(await session.scalars(select(File).where(rows.submission_id.in_(submission_ids)).order_by(rows.id)))


async def newest_kept(session: AsyncSession, limit: int) -> list[File]:
    """Give the files whose bytes are kept, the last ones first."""
    kept = select(File).where(rows.state == FileState.KEPT, rows.sha256.is_not(None)).order_by(rows.id.desc())
    return list(await session.scalars(kept.limit(limit)))
