"""Which occurrences of recurring tasks are opened now? Each becomes a task of its own, once, for the units it binds by then."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from domain import series as rules
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.offices import Office
from domain.series import Opening, Recurring
from domain.units import resolve
from messages import series as messages
from storage import assignments, series, units
from storage.session import Session

AT_ONCE = 100
"""So many series a transaction: on SQLite nobody else writes meanwhile."""
BUG_WAIT = timedelta(days=1)
OUTAGE = "outage"
log = logging.getLogger(__name__)


async def open_due(session: Session, office: Office, now: datetime) -> bool:
    """Open the occurrences that are due, of some series at once, and tell whether there are more to look at.

    A conclusion out of force opens none.
    """
    due = await series.due(session, now, AT_ONCE)
    opened: list[Task] = []
    for recurring, conclusion in due:
        opening = _opening(recurring, conclusion, office, now)
        opened += [messages.occurrence(recurring.task, day, office.zone) for day in opening.days]
        opened += [_left_out(messages.occurrence(recurring.task, day, office.zone)) for day in opening.skipped]
        recurring.series.go_on(opening)
    if opened:
        early = {(recurring.task.id, unit_id) for recurring, _ in due for unit_id in recurring.series.early}
        await _give(session, await series.add_all(session, opened), early, now)
    return len(due) == AT_ONCE


def _opening(recurring: Recurring, conclusion: Conclusion, office: Office, now: datetime) -> Opening:
    task, stand = recurring.task, recurring.series
    nothing = Opening((), (), stand.begins_on, None)
    if conclusion.state is not ConclusionState.PUBLISHED:
        return nothing
    try:
        return rules.due_to_open(task.deadline, stand.begins_on, stand.opens_at, now, office)
    except Exception:  # a door: one rule that cannot be reckoned with must not silence the others; logged whole
        log.exception("a series could not be opened", extra={"action": "series", "task": task.id})
        return Opening((), (), stand.begins_on, now + BUG_WAIT)


def _left_out(occurrence: Task) -> Task:
    """Mark an occurrence that is skipped: it is kept for the record, with the reason, and given to nobody."""
    occurrence.dropped, occurrence.doubts = True, {"occurrence": OUTAGE}
    return occurrence


async def _give(session: Session, opened: Sequence[Task], early: Collection[tuple[int, int]], now: datetime) -> None:
    """Give occurrences to the units that they bind by now."""
    register = await units.register(session)
    orders = [(task, resolve(task.audience, register).units) for task in opened if not task.dropped]
    await assignments.assign_new(session, orders, now, early)
