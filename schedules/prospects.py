"""What would be sent if the program went on? Looked at before it does, and nothing is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.deliveries import Kind
from domain.duties import Duty
from domain.offices import Office
from schedules.reminders import outlook_of
from storage import assignments, backlog, ladders, reach, reminders
from storage.session import Session, batched

ALL = 1_000_000_000


@dataclass(frozen=True)
class Prospect:
    """What leaves until a moment (UTC): now, or the next round when reminders must wait for it.

    ``messages`` stand in the outbox, the ``oldest`` of them since then. ``tasks`` of units would be brought up, to so many
    ``people``. ``events`` came in and wait for an answer; ``series`` have occurrences to be opened.
    """

    at: datetime
    messages: Mapping[Kind, int]
    oldest: datetime | None
    tasks: int
    people: int
    events: int
    series: int


async def prospect(session: Session, office: Office, now: datetime) -> Prospect:
    """Look at what would be sent."""
    at = now if office.is_in_hours(now) else office.next_round(now)
    waiting = await backlog.backlog(session, at)
    messages, oldest = await backlog.messages(session, at)
    brought_up = await _brought_up(session, office, at)
    units = {duty.unit.id for duty in brought_up}
    answering = (await reach.of_units(session, units)).people
    told = sum(1 for duty in brought_up if duty.unit.id in answering)
    readers = set().union(*answering.values())
    return Prospect(at, messages, oldest, told, len(readers), events=waiting["events"], series=waiting["series"])


async def _brought_up(session: Session, office: Office, at: datetime) -> list[Duty]:
    wider = await ladders.of_office(session)
    found: list[Duty] = []
    for duties in batched(await assignments.due(session, at, ALL)):
        ledger = await reminders.brought_up(session, [duty.assignment for duty in duties])
        for duty in duties:
            done = ledger.get((duty.assignment.id, duty.assignment.version), set())
            if outlook_of(duty, done, wider, office, at).say is not None:
                found.append(duty)
    return found
