"""Is what is to leave leaving? What is due and waits, what failed again and again, and how long the oldest has waited."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import tables
from storage.delivery_tables import QUEUED

rows = tables.outbox.c
queued: ColumnElement[bool] = literal_column(QUEUED)
LONGEST = timedelta(minutes=10)
"""For so long a message may wait beyond the time that all before it take at the bot's rate; an interruption is mostly shorter."""
FAILED_OFTEN = 4
"""So many tries take half a minute: what fails then is no hiccup of the network."""
PLATFORM, BUG = ("too fast",), ("bug",)
FAILURE = "not sent%"


@dataclass(frozen=True)
class Waiting:
    """What waits to leave: how many rows are due, since when the oldest is, and how many fail again and again."""

    due: int
    oldest: datetime | None
    failing: int

    def is_stuck(self, now: datetime, rate: float) -> bool:
        """Whether messages do not leave: the oldest has waited for longer than the rate explains, or some fail on and on."""
        queue = timedelta(seconds=self.due / rate) if rate else timedelta(0)
        return self.failing > 0 or (self.oldest is not None and now - self.oldest > LONGEST + queue)

    @property
    def stuck(self) -> int:
        """How many messages are held up."""
        return self.due + self.failing


async def waiting(session: AsyncSession, now: datetime) -> Waiting:
    """Tell what waits; what is to be tried again later counts as failing, and not as due."""
    failing = _is_failing()
    is_due = and_(rows.due_at <= now, ~failing)
    counts = select(func.count().filter(is_due), func.min(rows.due_at).filter(is_due), func.count().filter(failing))
    due, oldest, failed = (await session.execute(counts.where(queued))).one()
    return Waiting(due, oldest, failed)


def _is_failing() -> ColumnElement[bool]:
    reason = func.coalesce(rows.reason, "")
    often = and_(rows.tries >= FAILED_OFTEN, reason.like(FAILURE))
    return or_(often, reason.in_(PLATFORM + BUG))
