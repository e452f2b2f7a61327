"""What will an account's next plain message be taken for? A conversation's step is a row and survives the process."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import Dialogue


async def ask(session: AsyncSession, account_id: int, question: str, subject: dict[str, Any], at: datetime) -> None:
    """Remember the question that the account was asked; an older one is dropped."""
    await close(session, account_id)
    session.add(Dialogue(account_id, question, subject, at))
    await session.flush()


async def open_with(session: AsyncSession, account_id: int) -> Dialogue | None:
    """Give the question that waits for the account's answer, None when there is none."""
    return await session.get(Dialogue, account_id)


async def close(session: AsyncSession, account_id: int) -> None:
    """Forget the question."""
    asked = await open_with(session, account_id)
    if asked is not None:
        await session.delete(asked)
        await session.flush()
