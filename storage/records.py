"""Which units were late before? Their records, from everything that was ever assigned to them."""

from collections.abc import Collection
from datetime import datetime, tzinfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain import records
from domain.assignments import AssignmentState
from domain.records import Record
from storage import assignments


async def often_late(
    session: AsyncSession, unit_ids: Collection[int], now: datetime, zone: tzinfo, *, without: Collection[int] = ()
) -> list[Record]:
    """Give the records of those units that were late twice or more, by all but the assignments to leave out."""
    past = await assignments.of_units(session, unit_ids, list(AssignmentState))
    return records.often_late([duty for duty in past if duty.assignment.id not in without], now, zone)
