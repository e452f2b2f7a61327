"""What does the installation itself remember? The salt under which invitation codes are hashed."""

import secrets

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import office


async def salt(session: AsyncSession) -> str:
    """Give the installation's salt, made the first time it is asked for."""
    kept = await session.scalar(select(office.c.salt))
    if kept is None:
        kept = secrets.token_hex(16)
        await session.execute(insert(office).values(id=1, salt=kept))
    return kept
