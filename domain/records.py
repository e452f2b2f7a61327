"""Which units were late before? Their record of the last year, by which reminding them earlier is proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from domain.duties import Duty
from domain.units import Unit

YEAR = timedelta(days=365)
OFTEN = 2
"""Being late once can happen to everyone."""


@dataclass(frozen=True)
class Record:
    """How many of a unit's duties whose deadline fell within the last year were late, of how many."""

    unit: Unit
    late: int
    total: int


def often_late(duties: Iterable[Duty], now: datetime, zone: tzinfo) -> list[Record]:
    """Give the record of each unit that was late twice or more within the last year, the worst first.

    What has ended is nobody's lateness, and what is open counts once its deadline has passed.
    """
    by_unit: dict[int, list[Duty]] = {}
    for duty in duties:
        if _counts(duty, now, zone):
            by_unit.setdefault(duty.unit.id, []).append(duty)
    found = [_record(of_one, now, zone) for of_one in by_unit.values()]
    often = (one for one in found if one.late >= OFTEN)
    return sorted(often, key=lambda one: (-one.late, one.unit.name))


def _counts(duty: Duty, now: datetime, zone: tzinfo) -> bool:
    last, today = duty.deadline.last_day, now.astimezone(zone).date()
    if last is None or duty.assignment.has_ended or last < today - YEAR:
        return False
    return duty.assignment.submitted_at is not None or duty.lateness(now, zone).is_late


def _record(duties: list[Duty], now: datetime, zone: tzinfo) -> Record:
    return Record(duties[0].unit, sum(duty.lateness(now, zone).is_late for duty in duties), len(duties))
