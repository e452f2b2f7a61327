"""What does the installation itself remember? The salt under which invitation codes are hashed."""

import secrets

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.session import insert_new
from storage.tables import office


async def salt(session: AsyncSession) -> str:
    """Give the installation's salt, made the first time it is asked for."""
    kept: str | None = await session.scalar(select(office.c.salt))
    if kept is not None:
        return kept
    # Of replicas that make it at once, the first one's salt is everyone's.
    await session.execute(insert_new(session, office, {"id": 1, "salt": secrets.token_hex(16)}))
    return await salt(session)
