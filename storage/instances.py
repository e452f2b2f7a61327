"""Is this the database that was running here, or one that was put back from a backup, or taken elsewhere?

A random mark stands in the database and, beside it, in a file of the data folder; it is renewed all the time, so that a copy
bears an old one. docs/decisions/0017-the-restored-copy.md
"""

import asyncio
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import marks, tables
from storage.office_tables import instance
from storage.session import insert_new

ROW = 1


@dataclass(frozen=True)
class Standing:
    """The mark that the database bears, None before it has one, and since when (UTC) the office is paused, if it is."""

    mark: str | None
    paused_since: datetime | None


async def standing(session: AsyncSession) -> Standing:
    """Give the database's mark, and since when the office is paused."""
    row = (await session.execute(select(instance.c.mark, instance.c.paused_since))).one_or_none()
    return Standing(None, None) if row is None else Standing(*row)


async def renew(session: AsyncSession, folder: Path, now: datetime, *, known: str | None = None) -> Standing:
    """Give the database and its folder a new mark; where the two do not belong together, pause the office instead.

    ``known`` is a mark that is trusted whatever the folder says. A paused office stays paused, and its mark as it is. Raises
    what ``marks`` raises, and then changes nothing.
    """
    found = await _held(session)
    if found.paused_since is not None:
        return found
    is_known = known is not None and found.mark == known
    if not (is_known or marks.fits(folder, found.mark)) and await _is_peopled(session):
        await session.execute(update(instance).values(paused_since=now))
        return replace(found, paused_since=now)
    return await _renewed(session, folder, found)


async def resume(session: AsyncSession, folder: Path) -> bool:
    """End the pause, and let the database and the folder belong together from now on; False when there was no pause.

    Raises ``marks.MarkUnwritableError``, and then changes nothing.
    """
    found = await _held(session)
    if found.paused_since is None:
        return False
    await _renewed(session, folder, found)
    return True


async def _held(session: AsyncSession) -> Standing:
    """Give how things stand, and keep other processes from the mark and from the file until the transaction ends."""
    await session.execute(insert_new(session, instance, {"id": ROW}))
    row = (await session.execute(select(instance.c.mark, instance.c.paused_since).with_for_update())).one()
    return Standing(*row)


async def _renewed(session: AsyncSession, folder: Path, found: Standing) -> Standing:
    # The file comes first and names both marks, so that it is right whether or not the database takes the new one.
    mark = secrets.token_hex(16)
    await asyncio.to_thread(marks.write, folder, found.mark, mark)
    await session.execute(update(instance).values(mark=mark, paused_since=None))
    return Standing(mark, None)


async def _is_peopled(session: AsyncSession) -> bool:
    """Tell whether there is anybody who could be written to: a database that begins anew needs no look."""
    return bool(await session.scalar(select(exists().select_from(tables.people))))
