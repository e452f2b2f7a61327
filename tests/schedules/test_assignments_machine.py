"""Is everyone told what is true, and once, whatever happens to assignments, people and the clock, in whatever order?"""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from channels.recording import Recording
from domain.assignments import Assignment, AssignmentState, SubmissionState
from domain.deadlines import Deadline, DeadlineKind
from domain.people import Role, RoleKind
from domain.units import Unit
from schedules import reminders
from schedules.delivery import deliver
from storage import assignments, people, tables
from storage.reminders import SAID
from storage.session import Database, Session
from tests.builders import NOW, ZONE, a_published_conclusion, a_task, the_cast
from tests.databases import SqliteFolder
from tests.schedules.scenes import OFFICE, a_courier

NAME = re.compile(r"Kế hoạch số \d+")
LAST_DAY = {"0", "0pm", "-2h"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEMPLATE = TemporaryDirectory(prefix="dondoc-machine-")
FOLDER = SqliteFolder(Path(TEMPLATE.name))
DEADLINES = st.builds(
    lambda days, clock: Deadline(DeadlineKind.DATE, "trước hạn", date(2026, 3, 2) + days * DAY, clock),
    st.integers(0, 20),
    st.sampled_from([None, None, time(7, 30), time(16, 30)]),
)


@dataclass
class Known:
    """The model of an assignment: whose it is, whether it is open, and which deadlines held, the newest last."""

    name: str
    unit: Unit
    deadlines: list[Deadline]
    is_open: bool = True
    submission: int | None = None

    @property
    def last_working_day(self) -> date | None:
        return self.deadlines[-1].last_working_day(OFFICE.calendar)

    def is_over(self, version: int, moment: datetime) -> bool:
        deadline = self.deadlines[version - 1]
        assert deadline.last_day is not None
        end = datetime.combine(deadline.last_day, deadline.at or time.max, ZONE)
        return moment > end or (deadline.at is not None and moment == end)


@dataclass
class World:
    """What the model holds true: assignments by id, the units an address answers for, and what was said and told of a name."""

    known: dict[int, Known] = field(default_factory=dict)
    answers: dict[str, set[int]] = field(default_factory=dict)
    steps: Counter[tuple[str, int]] = field(default_factory=Counter)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)


class Assignments(RuleBasedStateMachine):
    """Drives real assignments in a database against the model."""

    def __init__(self) -> None:
        super().__init__()
        self.runner, self.now, self.world, self.seen, self.read = asyncio.Runner(), NOW, World(), 0, 0
        self.telegram = Recording("telegram")
        self.runner.run(self._opens())

    async def _opens(self) -> None:
        self.database = Database(await FOLDER.make(blank=False))
        self.courier = a_courier(self.database, self.telegram)
        async with self.database.transaction() as session:
            self.cast = await the_cast(session)
        self.world.answers = {"101": {self.cast.maths.id}, "102": {self.cast.physics.id}}

    def teardown(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()

    @rule(deadline=DEADLINES, moved_on=st.integers(0, 3))
    def publish(self, deadline: Deadline, moved_on: int) -> None:
        """Give both units a task."""
        self.now += moved_on * HOUR
        self.runner.run(self._publish(deadline))

    async def _publish(self, deadline: Deadline) -> None:
        task = a_task(deadline=deadline)
        task.deliverable = f"Kế hoạch số {len(self.world.known)}"
        units = [self.cast.maths, self.cast.physics]
        async with self.database.transaction() as session:
            duties = await a_published_conclusion(session, to=units, by=self.cast.hoa, tasks=[task], at=self.now)
        for duty in duties:
            self.world.known[duty.assignment.id] = Known(task.deliverable, duty.unit, [deadline])

    @rule(span=st.sampled_from([HOUR, 5 * HOUR, DAY, DAY, 3 * DAY, 8 * DAY, -HOUR, -DAY]))
    def time_passes(self, span: timedelta) -> None:
        """Let the clock go on, or jump."""
        self.now += span
        self.remind()

    @rule(clock=st.sampled_from([time(8), time(14), time(16, 45), time(20, 30)]))
    def remind_at(self, clock: time) -> None:
        """Remind at an hour of the day."""
        self.now = datetime.combine(OFFICE.today(self.now), clock, ZONE).astimezone(UTC)
        self.remind()

    def remind(self) -> None:
        """Plan and deliver, and hold what was said against the model."""
        self.runner.run(self._remind())

    async def _remind(self) -> None:
        await reminders.plan(self.database, OFFICE, self.now)
        while await deliver(self.courier, OFFICE, self.now):
            pass
        async with self.database.transaction() as session:
            await self._check_ledger(session)
        self._check_messages()

    async def _check_ledger(self, session: Session) -> None:
        rows = tables.reminders.c
        new = select(rows.id, rows.assignment_id, rows.version, rows.step).where(rows.id > self.read, rows.outcome == SAID)
        for number, assignment_id, version, step in (await session.execute(new.order_by(rows.id))).all():
            self.read = number
            known = self.world.known[assignment_id]
            self.world.steps[known.name, known.unit.id] += 1
            assert known.is_open
            assert version == len(known.deadlines)
            assert OFFICE.works(self.now)
            assert step == "published" or known.is_over(version, self.now) == step.startswith("+")
            assert step not in LAST_DAY or OFFICE.today(self.now) == known.last_working_day

    def _check_messages(self) -> None:
        new, self.seen = self.telegram.sent[self.seen :], len(self.telegram.sent)
        for sent in (one for one in new if one.address in self.world.answers):
            assert OFFICE.works(self.now)
            assert not OFFICE.is_quiet(self.now)
            open_here = {
                one.name for one in self.world.known.values() if one.is_open and one.unit.id in self.world.answers[sent.address]
            }
            names = set(NAME.findall(sent.outgoing.text))
            assert names
            assert names <= open_here
            self.world.told.update((name, sent.address) for name in names)

    @invariant()
    def nobody_was_told_more_than_was_to_be_said(self) -> None:
        """Hold each mention against a step of the ledger."""
        for (name, address), count in self.world.told.items():
            unit = {"101": self.cast.maths.id, "102": self.cast.physics.id}[address]
            assert count <= self.world.steps[name, unit]

    def _one(self, data: st.DataObject, *, is_open: bool) -> int | None:
        fitting = [number for number, one in self.world.known.items() if (one.is_open if is_open else one.submission is not None)]
        return data.draw(st.sampled_from(fitting)) if fitting else None

    @rule(data=st.data())
    def submit(self, data: st.DataObject) -> None:
        """Hand an open one in."""
        number = self._one(data, is_open=True)
        if number is not None:
            self.runner.run(self._submit(number))

    async def _submit(self, number: int) -> None:
        async with self.database.transaction() as session:
            duty = await assignments.duty(session, number)
            submission = await assignments.hand_in(session, duty, self.cast.lan.id, self.now)
        self.world.known[number].is_open, self.world.known[number].submission = False, submission.id

    @rule(data=st.data(), how=st.sampled_from(["undo", "return", "accept"]))
    def decide(self, data: st.DataObject, how: str) -> None:
        """Take a submission back, return it or accept it."""
        number = self._one(data, is_open=False)
        if number is not None:
            self.runner.run(self._decide(number, how))

    async def _decide(self, number: int, how: str) -> None:
        known = self.world.known[number]
        assert known.submission is not None
        async with self.database.transaction() as session:
            duty, submission = await assignments.handed_in(session, known.submission)
            match how:
                case "undo":
                    submission.undo(submission.at)
                    duty.assignment.undo(submission.opened_from, self.now)
                case "return":
                    submission.decide(SubmissionState.RETURNED, by=self.cast.hoa.id, at=self.now, reason="Thiếu phụ lục")
                    duty.assignment.give_back(self.now)
                case _:
                    submission.decide(SubmissionState.ACCEPTED, by=self.cast.hoa.id, at=self.now)
                    duty.assignment.accept()
        known.is_open, known.submission = how != "accept", None

    @rule(data=st.data(), deadline=DEADLINES)
    def move(self, data: st.DataObject, deadline: Deadline) -> None:
        """Put another deadline in the place of an open one's."""
        number = self._one(data, is_open=True)
        if number is not None:
            self.world.known[number].deadlines.append(deadline)
            self.runner.run(self._change(number, lambda one: one.move(deadline, self.now)))

    @rule(data=st.data(), state=st.sampled_from([AssignmentState.CANCELLED, AssignmentState.SUPERSEDED]))
    def end(self, data: st.DataObject, state: AssignmentState) -> None:
        """Withdraw or supersede an open one."""
        number = self._one(data, is_open=True)
        if number is not None:
            self.world.known[number].is_open = False
            self.runner.run(self._change(number, lambda one: one.end(state)))

    async def _change(self, number: int, change: Callable[[Assignment], None]) -> None:
        async with self.database.transaction() as session:
            change((await assignments.duty(session, number)).assignment)

    @rule()
    def lan_leaves_or_comes_back(self) -> None:
        """End Lan's role, or give it to her again."""
        self.runner.run(self._leave())

    async def _leave(self) -> None:
        is_there = bool(self.world.answers["101"])
        async with self.database.transaction() as session:
            if is_there:
                (await people.standing(session, self.cast.lan.id)).roles[0].until = self.now
            else:
                await people.take_role(session, Role(self.cast.lan.id, RoleKind.SECRETARY, self.now, self.cast.maths.id))
        self.world.answers["101"] = set() if is_there else {self.cast.maths.id}


TestAssignments = Assignments.TestCase
TestAssignments.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
