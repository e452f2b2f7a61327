"""Is all there that should be? What should exist is compared with what exists, and a gap is filled and told as an incident.

In ordinary life there is none: what is planned together is written together. A gap is a fault of the program, or of a hand.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.duties import Duty
from domain.incidents import Cause
from domain.ladders import Ladder
from domain.offices import Office
from schedules import policy
from storage import incidents, ladders, reminders, sweeping
from storage.session import Database, Session
from storage.sweeping import LeftOut, Untold

PAGE = 500
"""Of the assignments for which nothing is planned so many are looked at in a sweep; the next one goes on behind them."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gaps:
    """What should be there and is not: assignments that nothing is planned for, steps that nobody reads, announcements."""

    looks: tuple[int, ...] = ()
    untold: tuple[Untold, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        return {
            "looks": len(self.looks),
            "reminders": len(self.untold),
            "announcements": sum(len(gap.people) for gap in self.left_out),
        }


@dataclass
class Sweeper:
    """Goes through the office again and again, by pages; where it stands is known here only, and nothing depends on it."""

    database: Database
    page: int = PAGE
    _after: int = field(default=0)

    async def sweep(self, office: Office, now: datetime) -> int:
        """Fill what gaps there are, tell them, and count them."""
        async with self.database.transaction() as session:
            page = await sweeping.without_look(session, self._after, self.page)
            gaps = await find(session, page, office, now)
            count = await _fill(session, gaps, now)
            if count:
                await incidents.note(session, Cause.GAP, now, count=count)
        self._after = page[-1].assignment.id if len(page) == self.page else 0
        return count


async def find(session: Session, without_look: Sequence[Duty], office: Office, now: datetime) -> Gaps:
    """Compare, among assignments for which nothing is planned those given, and change nothing."""
    wider = await ladders.of_office(session) if without_look else None
    ledger = await reminders.brought_up(session, [duty.assignment for duty in without_look]) if without_look else {}
    looks = [
        duty.assignment.id
        for duty in without_look
        if _has_more(duty, ledger.get((duty.assignment.id, duty.assignment.version), set()), wider, office, now)
    ]
    return Gaps(tuple(looks), tuple(await sweeping.untold(session, now)), tuple(await sweeping.left_out(session, now)))


def _has_more(duty: Duty, done: Collection[str], wider: Ladder | None, office: Office, now: datetime) -> bool:
    """Tell whether there is something to say, now or later; a ladder without weekly steps has an end."""
    try:
        steps = policy.of_duty(duty, office, wider, until=now)
        outlook = policy.outlook(steps, done, now, office, at_once=duty.conclusion.at_once)
    except Exception:  # a door: one deadline that cannot be reckoned with must not hide the other gaps; logged whole
        log.exception("a ladder could not be made", extra={"action": "sweep", "assignment": duty.assignment.id})
        return False
    return outlook.say is not None or outlook.look_at is not None


async def _fill(session: Session, gaps: Gaps, now: datetime) -> int:
    filled = {
        "looks": await sweeping.look_again(session, gaps.looks, now) if gaps.looks else 0,
        "reminders": await sweeping.tell_again(session, gaps.untold, now) if gaps.untold else 0,
        "announcements": sum([await sweeping.announce(session, gap, now) for gap in gaps.left_out]),
    }
    count = sum(filled.values())
    if count:
        log.error("gaps were found and filled", extra={"action": "incident", "cause": Cause.GAP, **filled})
    return count
