"""What is there for the office's round to tell? How things stand with everything in force, looked at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.assignments import Submission
from domain.conclusions import Conclusion
from domain.duties import Duty, tally
from domain.offices import Office
from domain.rounds import Escalated, LeaderRound, OfficeRound
from domain.units import Unit
from schedules import escalation
from schedules.escalation import Case
from storage import people, rounds
from storage.session import Session


@dataclass(frozen=True)
class Survey:
    """Everything that a round looks at, at one moment; ``answering`` are the people of units, by id."""

    office: Office
    now: datetime
    previous: date | None
    duties: tuple[Duty, ...]
    pending: dict[int, Submission]
    cases: tuple[Case, ...]
    words: dict[int, datetime]
    drafts: tuple[Conclusion, ...]
    answering: dict[int, set[int]]
    names: dict[int, str]

    def for_officer(self, person_id: int) -> OfficeRound:
        """Give what an officer is to look after today."""
        cases = escalation.for_officer(self.cases, person_id, self._today, self.previous)
        return OfficeRound(
            waiting=tuple(self._waiting()),
            dayless=tuple({duty.task.id: duty for duty in self._told(_is_dayless, self._published)}.values()),
            unheard=tuple(self._told(self._is_unheard, self._silent_since)),
            unstaffed=tuple(self._unstaffed()),
            drafts=tuple(one for one in self.drafts if self._lies(one)),
            stragglers=tuple(escalation.stragglers(cases)),
        )

    def for_leader(self) -> LeaderRound:
        """Give what a leader is told today."""
        found = escalation.stragglers(escalation.for_leader(self.cases))
        return LeaderRound(
            tuple(
                Escalated(one, self._named(self.answering.get(one.unit.id, ())), self._publishers(one.duties)) for one in found
            ),
            tally(self.duties, self.now, self.office.zone),
        )

    @property
    def _today(self) -> date:
        return self.office.today(self.now)

    def _named(self, person_ids: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(self.names[person_id] for person_id in person_ids))

    def _publishers(self, duties: Iterable[Duty]) -> tuple[str, ...]:
        return self._named({duty.conclusion.created_by for duty in duties})

    def _working_days_since(self, moment: datetime) -> int:
        return self.office.calendar.working_days_between(self.office.today(moment), self._today)

    def _waiting(self) -> Iterable[tuple[Duty, Submission]]:
        by_id = {duty.assignment.id: duty for duty in self.duties}
        for number, submission in self.pending.items():
            if number in by_id and self._working_days_since(submission.at) >= escalation.DECISION_DAYS:
                yield by_id[number], submission

    def _told(self, holds: Callable[[Duty], bool], since: Callable[[Duty], date]) -> list[Duty]:
        found = (duty for duty in self.duties if duty.assignment.is_open and holds(duty))
        return [duty for duty in found if escalation.is_told(since(duty), self._today, self.previous)]

    def _published(self, duty: Duty) -> date:
        """Give the day a week after publishing, when a missing day is asked for first."""
        return self.office.today(duty.conclusion.published_at or duty.assignment.remind_from) + escalation.AGAIN

    def _is_unheard(self, duty: Duty) -> bool:
        return duty.deadline.literal is None and not duty.deadline.is_dated

    def _silent_since(self, duty: Duty) -> date:
        word = self.words.get(duty.assignment.id, duty.assignment.remind_from)
        return self.office.today(word) + escalation.SILENCE

    def _unstaffed(self) -> Iterable[tuple[Unit, int]]:
        units: dict[int, list[Duty]] = {}
        for duty in self.duties:
            if duty.assignment.is_open and duty.unit.id not in self.answering:
                units.setdefault(duty.unit.id, []).append(duty)
        for duties in units.values():
            first = min(self.office.today(duty.assignment.remind_from) for duty in duties)
            if escalation.is_told(first, self._today, self.previous):
                yield duties[0].unit, len(duties)

    def _lies(self, draft: Conclusion) -> bool:
        since = self.office.calendar.shift(self.office.today(draft.created_at), escalation.DRAFT_DAYS)
        return escalation.is_told(since, self._today, self.previous)


def _is_dayless(duty: Duty) -> bool:
    return duty.deadline.awaits_day


async def survey(session: Session, office: Office, now: datetime) -> Survey:
    """Look at everything in force at a moment."""
    duties = await rounds.in_force(session)
    said, words = await rounds.said(session), await rounds.words(session)
    still_open = [duty for duty in duties if duty.assignment.is_open]
    cases = [escalation.case(duty, escalation.unanswered(said, words, duty), now, office) for duty in still_open]
    answering = await people.of_units(session, {duty.unit.id for duty in still_open})
    readers = {person for found in answering.values() for person in found}
    return Survey(
        office,
        now,
        await rounds.previous(session, office.today(now)),
        tuple(duties),
        await rounds.pending(session),
        tuple(cases),
        words,
        tuple(await rounds.drafts(session)),
        answering,
        await people.names(session, readers | {duty.conclusion.created_by for duty in still_open}),
    )
