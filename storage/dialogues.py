"""What will an account's next plain message be taken for? A conversation's step is a row and survives the process."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from domain.deliveries import Dialogue
from storage import tables

QUESTION_LIFE = timedelta(hours=1)
"""After so long a plain message is no longer taken for the answer to an earlier question."""
rows = tables.dialogues.c


async def ask(session: AsyncSession, account_id: int, question: str, subject: dict[str, Any], at: datetime) -> None:
    """Remember the question that the account was asked; an older one is dropped."""
    await close(session, account_id)
    session.add(Dialogue(account_id, question, subject, at))
    await session.flush()


async def open_with(session: AsyncSession, account_id: int, now: datetime) -> Dialogue | None:
    """Give the question that waits for the account's answer; None when there is none, or it is an hour old."""
    asked = await session.get(Dialogue, account_id)
    return asked if asked is not None and now - asked.asked_at <= QUESTION_LIFE else None


async def close(session: AsyncSession, account_id: int) -> None:
    """Forget the question."""
    await session.execute(delete(Dialogue).where(rows.account_id == account_id))
