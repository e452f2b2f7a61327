"""Who would be told what units are given, and what bears on when? The people who answer for them, as they stand now."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from domain.deliveries import Kind
from domain.digests import Reason
from domain.duties import Duty
from domain.offices import Office
from domain.people import Person
from domain.previews import Listener, Pending
from storage import assignments, digests, people, reach, reminders
from storage.reminders import Ledger
from storage.session import Session, batched


async def of_units(
    session: Session, unit_ids: Collection[int], now: datetime, office: Office, *, without: Collection[int] = ()
) -> list[Listener]:
    """Give the people of units, and what else their units have open, but for the assignments that it will be ``without``."""
    answering = (await reach.of_units(session, unit_ids)).people
    named = {number for found in answering.values() for number in found}
    everything = await people.of_units(session, await people.units_beside(session, unit_ids))
    still_open = await assignments.of_units(session, everything)
    duties = [duty for duty in still_open if duty.assignment.id not in without]
    ledger: Ledger = {}
    for some in batched(duties):
        ledger |= await reminders.brought_up(session, [duty.assignment for duty in some])
    of_unit: dict[int, list[tuple[Duty, frozenset[str]]]] = {}
    for duty in duties:
        of_unit.setdefault(duty.unit.id, []).append((duty, _done(duty, ledger)))
    got = await digests.reached_since(session, named, office.midnight(now))
    pending = await _pending(session, named)
    return [
        _listener(one, {unit for unit, found in everything.items() if one.id in found}, of_unit, got, pending)
        for one in await people.by_ids(session, named)
    ]


def _listener(
    one: Person,
    units: Collection[int],
    of_unit: Mapping[int, Sequence[tuple[Duty, frozenset[str]]]],
    got: Mapping[int, Sequence[datetime]],
    pending: Mapping[int, Sequence[Pending]],
) -> Listener:
    duties = tuple(each for unit in sorted(units) for each in of_unit.get(unit, ()))
    reached, waiting = tuple(got.get(one.id, ())), tuple(pending.get(one.id, ()))
    return Listener(one.id, frozenset(units), one.quiet_from, one.quiet_until, reached, waiting, duties)


def _done(duty: Duty, ledger: Ledger) -> frozenset[str]:
    return frozenset(ledger.get((duty.assignment.id, duty.assignment.version), ()))


async def _pending(session: Session, named: Collection[int]) -> dict[int, list[Pending]]:
    pending: dict[int, list[Pending]] = {}
    rows = await digests.waiting(session, named)
    items = await digests.items_of(session, [row.id for row in rows])
    for row in rows:
        wished = Reason.DUE if row.subject_id is None else Reason.WISHED
        reason = Reason.PRESSED if row.kind is Kind.NUDGE else wished
        pending.setdefault(row.person_id, []).append(Pending(row.created_at, row.due_at, reason, frozenset(items[row.id])))
    return pending
