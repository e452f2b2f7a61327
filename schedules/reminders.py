"""What is due now? Takes the assignments whose look is due, and puts the steps they reached on people's digests."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from domain.duties import Duty
from domain.ladders import Ladder
from domain.offices import Office
from schedules import policy, rounds, series
from schedules.policy import Outlook
from storage import assignments, ladders, outbox, people, reminders
from storage.reminders import MISSED, NOBODY, SAID, SKIPPED, Entry
from storage.session import Database, Session

BATCH = 500
BUG_WAIT = timedelta(days=1)
log = logging.getLogger(__name__)


async def plan(database: Database, office: Office, now: datetime, *, batch: int = BATCH) -> int:
    """Plan everything that is due at a moment, batch by batch, and count what was put on people's digests.

    The office's own round follows what the units are told.
    """
    count = 0
    while True:
        async with database.transaction() as session:
            more = await series.open_due(session, office, now)
            due = await assignments.due(session, now, batch)
            is_full = len(due) == batch
            if is_full:  # else there is nothing more
                due = await _whole_people(session, due, now)
            count += await _bring_up(session, due, office, now)
        if not is_full and not more:
            break
    await rounds.plan(database, office, now)
    return count


async def _whole_people(session: Session, due: Sequence[Duty], now: datetime) -> list[Duty]:
    """Add what else is due for the people of these duties, so that each gets one digest and not one a batch."""
    known: set[int] = set()
    reached = {duty.unit.id for duty in due}
    while reached - known:
        known = reached
        reached = known | await people.units_beside(session, known)
    more = await assignments.due_of_units(session, now, known, {duty.assignment.id for duty in due})
    return [*due, *more]


async def _bring_up(session: Session, due: Sequence[Duty], office: Office, now: datetime) -> int:
    if not due:
        return 0
    ledger = await reminders.brought_up(session, [duty.assignment for duty in due])
    wider = await ladders.of_office(session)
    recipients = await people.of_units(session, {duty.unit.id for duty in due})
    entries: list[Entry] = []
    for duty in due:
        outlook = outlook_of(duty, ledger.get((duty.assignment.id, duty.assignment.version), set()), wider, office, now)
        duty.assignment.look_at = outlook.look_at
        entries += _entries(duty, outlook, told=bool(recipients.get(duty.unit.id)))
    written = await reminders.record(session, entries, now)
    digests: dict[int, list[tuple[int, int]]] = {}
    units = {duty.assignment.id: duty.unit.id for duty in due}
    for said in (one for one in entries if one.outcome == SAID):
        number = written.get((said.assignment.id, said.step))
        for person_id in recipients[units[said.assignment.id]] if number is not None else ():
            digests.setdefault(person_id, []).append((said.assignment.id, number or 0))
    await outbox.remind_all(session, digests, now)
    return sum(map(len, digests.values()))


def outlook_of(duty: Duty, done: Collection[str], wider: Ladder | None, office: Office, now: datetime) -> Outlook:
    """Tell what a moment asks for on a duty whose steps in ``done`` are in the ledger."""
    try:
        steps = policy.of_duty(duty, office, wider, until=now)
        return policy.outlook(steps, done, now, office, at_once=duty.conclusion.at_once)
    except Exception:  # a door: one deadline that cannot be reckoned with must not silence the others; logged whole
        log.exception("a ladder could not be made", extra={"action": "remind", "assignment": duty.assignment.id})
        return Outlook(None, (), now + BUG_WAIT)


def _entries(duty: Duty, outlook: Outlook, *, told: bool) -> list[Entry]:
    """Give what goes into the ledger: the steps that are not said any more, and the one that is said or that nobody hears."""
    unsaid = [*((step, SKIPPED) for step in outlook.skip), *((step, MISSED) for step in outlook.missed)]
    over = [Entry(duty.assignment, step, why) for step, why in unsaid]
    if outlook.say is None:
        return over
    if not told:
        ids = {"assignment": duty.assignment.id, "step": outlook.say}
        log.info("a unit has nobody to remind", extra={"action": "remind", **ids})
    return [*over, Entry(duty.assignment, outlook.say, SAID if told else NOBODY)]
