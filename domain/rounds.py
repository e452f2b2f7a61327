"""What does the office look after each morning? What waits for itself, and the units that do not answer."""

from dataclasses import dataclass

from domain.assignments import Submission
from domain.conclusions import Conclusion
from domain.duties import Duty, Tally
from domain.reach import Silent
from domain.units import Unit


@dataclass(frozen=True)
class Straggler:
    """A unit that is late, or does not answer: its duties concerned, the most working days late, the most reminders ignored."""

    unit: Unit
    duties: tuple[Duty, ...]
    days_late: int
    ignored: int


@dataclass(frozen=True)
class OfficeRound:
    """What officers are to look after.

    Submissions that wait for a decision; tasks whose deadline has no day yet, one duty each; duties without deadline of
    which nothing was heard; units whose messages nobody receives, with the number of duties they have open; drafts; stragglers.
    """

    waiting: tuple[tuple[Duty, Submission], ...] = ()
    dayless: tuple[Duty, ...] = ()
    unheard: tuple[Duty, ...] = ()
    unstaffed: tuple[tuple[Silent, int], ...] = ()
    drafts: tuple[Conclusion, ...] = ()
    stragglers: tuple[Straggler, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look after."""
        return not (self.waiting or self.dayless or self.unheard or self.unstaffed or self.drafts or self.stragglers)


@dataclass(frozen=True)
class Escalated:
    """A straggler as a leader reads of it: the names of who was reminded, and of the officers who published."""

    straggler: Straggler
    reminded: tuple[str, ...]
    publishers: tuple[str, ...]


@dataclass(frozen=True)
class LeaderRound:
    """What a leader is told: the stragglers, the worst first, and the table of everything in force."""

    escalated: tuple[Escalated, ...]
    tally: Tally
