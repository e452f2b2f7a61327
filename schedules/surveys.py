"""What is there for the office's round to tell? How things stand with everything in force, looked at once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.assignments import Submission
from domain.conclusions import Conclusion
from domain.duties import Duty, Tally, tally
from domain.offices import Office
from domain.rounds import Escalated, LeaderRound, OfficeRound
from schedules import escalation
from schedules.escalation import Case, Level
from storage import people, reach, rounds, surveys
from storage.session import Session
from storage.surveys import Unstaffed


@dataclass(frozen=True)
class Survey:
    """What a round may tell of, at one moment; ``previous`` is the day of the round before, None when there was none."""

    office: Office
    now: datetime
    previous: date | None
    cases: tuple[Case, ...]
    pending: tuple[tuple[Duty, Submission], ...]
    dayless: tuple[Duty, ...]
    unheard: tuple[tuple[Duty, datetime], ...]
    unstaffed: tuple[Unstaffed, ...]
    drafts: tuple[Conclusion, ...]

    @property
    def concerns_leader(self) -> bool:
        """Whether there is something that a leader is told."""
        return bool(escalation.for_leader(self.cases))

    def for_officer(self, person_id: int) -> OfficeRound:
        """Give what an officer is to look after today."""
        cases = escalation.for_officer(self.cases, person_id, self.office.today(self.now), self.previous)
        return OfficeRound(
            waiting=tuple(one for one in self.pending if self._waits(one[1])),
            dayless=tuple(duty for duty in self.dayless if self._is_told(self._published(duty) + escalation.AGAIN)),
            unheard=tuple(duty for duty, word in self.unheard if self._is_told(self.office.today(word) + escalation.SILENCE)),
            unstaffed=tuple((one.silent, one.open) for one in self.unstaffed if self._is_told(self._round_after(one.since))),
            drafts=tuple(one for one in self.drafts if self._lies(one)),
            stragglers=tuple(escalation.stragglers(cases)),
        )

    def _is_told(self, since: date) -> bool:
        return escalation.is_told(since, self.office.today(self.now), self.previous)

    def _waits(self, submission: Submission) -> bool:
        handed_in, today = self.office.today(submission.at), self.office.today(self.now)
        return self.office.calendar.working_days_between(handed_in, today) >= escalation.DECISION_DAYS

    def _round_after(self, moment: datetime) -> date:
        """Give the day of the first round after what began at a moment, which may lie behind the round of its own day."""
        return self.office.today(self.office.next_round(moment))

    def _published(self, duty: Duty) -> date:
        return self.office.today(duty.conclusion.published_at or duty.assignment.remind_from)

    def _lies(self, draft: Conclusion) -> bool:
        return self._is_told(self.office.calendar.shift(self.office.today(draft.created_at), escalation.DRAFT_DAYS))


async def survey(session: Session, office: Office, now: datetime) -> Survey:
    """Look at everything in force at a moment."""
    # The day after the moment three months ago holds more than enough: which day it was is judged in the office's zone.
    silent = now - escalation.SILENCE + timedelta(days=1)
    return Survey(
        office,
        now,
        await rounds.previous(session, office.today(now)),
        tuple(await _cases(session, office, now)),
        tuple(await surveys.pending(session)),
        tuple(await surveys.dayless(session)),
        tuple(await surveys.unheard(session, silent)),
        tuple(await surveys.unstaffed(session)),
        tuple(await surveys.drafts(session)),
    )


async def for_leader(session: Session, office: Office, now: datetime) -> LeaderRound | None:
    """Give what a leader is told today; None when every unit answers."""
    found = escalation.stragglers(escalation.for_leader(await _cases(session, office, now)))
    if not found:
        return None
    answering = (await reach.of_units(session, {one.unit.id for one in found})).people
    publishers = {one.unit.id: {duty.conclusion.created_by for duty in one.duties} for one in found}
    names = await people.names(session, set().union(*answering.values(), *publishers.values()))
    escalated = (
        Escalated(
            one,
            tuple(sorted(names[person_id] for person_id in answering.get(one.unit.id, ()))),
            tuple(sorted(names[person_id] for person_id in publishers[one.unit.id])),
        )
        for one in found
    )
    counted = Tally()
    async for stands in surveys.stands(session):
        counted += tally(stands, now, office.zone)
    return LeaderRound(tuple(escalated), counted)


async def _cases(session: Session, office: Office, now: datetime) -> list[Case]:
    """Judge what may concern more people than the unit's own: no working day is shorter than a day of the calendar."""
    late = office.today(now) - timedelta(days=escalation.LATE[Level.PUBLISHER])
    troubled = await surveys.troubled(session, late, escalation.IGNORED[Level.PUBLISHER])
    return [escalation.case(duty, unanswered, now, office) for duty, unanswered in troubled]
