"""What is due now? Takes the assignments whose look is due, and puts the steps they reached on people's digests."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from domain.duties import Duty
from domain.offices import Office
from schedules import policy
from schedules.policy import Outlook
from storage import assignments, outbox, people, reminders
from storage.session import Database, Session

BATCH = 500
BUG_WAIT = timedelta(days=1)
SAID, SKIPPED, NOBODY = "said", "overtaken", "nobody"
log = logging.getLogger(__name__)


async def plan(database: Database, office: Office, now: datetime, *, batch: int = BATCH) -> int:
    """Plan everything that is due at a moment, batch by batch, and count what was put on people's digests."""
    count = 0
    while True:
        async with database.transaction() as session:
            due = await assignments.due(session, now, batch)
            count += await _bring_up(session, await _whole_people(session, due, now), office, now)
        if len(due) < batch:
            return count


async def _whole_people(session: Session, due: Sequence[Duty], now: datetime) -> Sequence[Duty]:
    """Add what else is due for the people of these duties, so that each gets one digest and not one a batch."""
    known: set[int] = set()
    reached = {duty.unit.id for duty in due}
    while reached - known:
        known = reached
        reached = known | await people.units_beside(session, known)
    more = await assignments.due_of_units(session, now, known, {duty.assignment.id for duty in due})
    return [*due, *more]


async def _bring_up(session: Session, due: Sequence[Duty], office: Office, now: datetime) -> int:
    ledger = await reminders.brought_up(session, [duty.assignment for duty in due])
    recipients = await people.of_units(session, {duty.unit.id for duty in due})
    digests: dict[int, list[tuple[int, int]]] = {}
    for duty in due:
        done = ledger.get((duty.assignment.id, duty.assignment.version), set())
        outlook = _outlook(duty, done, office, now)
        duty.assignment.look_at = outlook.look_at
        told = recipients.get(duty.unit.id, set())
        number = await _record(session, duty, outlook, told=bool(told), now=now)
        if number is not None:
            for person_id in told:
                digests.setdefault(person_id, []).append((duty.assignment.id, number))
    for person_id, lines in sorted(digests.items()):  # in one order, so that two planners never wait for each other
        await outbox.remind(session, person_id, lines, now)
    return sum(map(len, digests.values()))


def _outlook(duty: Duty, done: Collection[str], office: Office, now: datetime) -> Outlook:
    try:
        steps = policy.ladder(duty.task.deadline, duty.assignment.remind_from, office)
        return policy.outlook(steps, done, now, office, at_once=duty.conclusion.at_once)
    except Exception:  # a door: one deadline that cannot be reckoned with must not silence the others; logged whole
        log.exception("a ladder could not be made", extra={"action": "remind", "assignment": duty.assignment.id})
        return Outlook(None, (), now + BUG_WAIT)


async def _record(session: Session, duty: Duty, outlook: Outlook, *, told: bool, now: datetime) -> int | None:
    for step in outlook.skip:
        await reminders.record(session, duty.assignment, step, SKIPPED, now)
    if outlook.say is None:
        return None
    ids = {"assignment": duty.assignment.id, "step": outlook.say}
    if not told:
        log.info("a unit has nobody to remind", extra={"action": "remind", **ids})
    return await reminders.record(session, duty.assignment, outlook.say, SAID if told else NOBODY, now)
