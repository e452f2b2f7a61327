"""What holds whatever the calendar, the deadline and the clock do? The planner as a loop over nothing but the rule."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import SATURDAY, Calendar
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.offices import EVENING, ROUND, Office
from schedules import policy
from schedules.policy import PUBLISHED, Occasion, Outlook
from tests.builders import ZONE, due
from tests.schedules.test_policy import EVERY_STEP, OFFICE, TET, at, told


@dataclass
class Planner:
    """The planner as a loop over nothing but the rule: what it did for one assignment, and when it looks again."""

    deadline: Deadline
    published: datetime
    office: Office
    at_once: bool = False
    look_at: datetime | None = field(init=False)
    said: list[tuple[str, datetime]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.look_at = self.published

    @property
    def done(self) -> list[str]:
        return [*self.skipped, *(step for step, _ in self.said)]

    @property
    def steps(self) -> tuple[Occasion, ...]:
        return policy.ladder(self.deadline, self.published, self.office)

    def look(self, now: datetime, *, always: bool = False) -> Outlook | None:
        if not always and (self.look_at is None or now < self.look_at):
            return None
        outlook = policy.outlook(self.steps, self.done, now, self.office, at_once=self.at_once)
        self.skipped += outlook.skip
        self.said += [(outlook.say, now)] if outlook.say else []
        self.look_at = outlook.look_at
        return outlook

    def follow(self, start: datetime, *strides: timedelta) -> None:
        now = start
        for stride in strides:
            self.look(now)
            now += stride
        self.look(now)


MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
FIRST_DAY = date(2021, 3, 1)
DAYS = st.integers(0, 89).map(lambda n: FIRST_DAY + n * DAY)
CALENDARS = st.builds(
    Calendar,
    days_off=st.frozensets(DAYS, max_size=45),
    working_weekends=st.frozensets(DAYS.filter(lambda day: day.weekday() >= SATURDAY), max_size=6),
)
OFFICES = st.builds(Office, CALENDARS, st.just(ZONE))
MOMENTS = st.builds(
    lambda day, minute: datetime.combine(day, time(), ZONE).astimezone(UTC) + minute * MINUTE, DAYS, st.integers(0, 1439)
)
DEADLINES = st.one_of(st.just(NO_DEADLINE), DAYS.map(lambda day: Deadline(DeadlineKind.DATE, last_day=day)))
PLANNERS = st.builds(Planner, DEADLINES, MOMENTS, OFFICES)
ONWARD = st.sampled_from([MINUTE, 20 * MINUTE, HOUR, 11 * HOUR, DAY, WEEK])
ASTRAY = st.sampled_from([-HOUR, HOUR, DAY, -DAY, -2 * DAY])


@settings(deadline=None)  # a busy machine is no failure
@given(PLANNERS, st.lists(ONWARD | ASTRAY, max_size=40))
def test_nothing_is_said_out_of_hours_and_no_step_twice(planner: Planner, strides: list[timedelta]) -> None:
    planner.follow(planner.published, *strides)

    for step, moment in planner.said:
        local = moment.astimezone(ZONE)
        assert planner.office.calendar.is_working(local.date())
        assert ROUND <= local.time() < EVENING or (step == PUBLISHED and local.date() == planner.office.today(planner.published))
    assert sorted(planner.done) == sorted(set(planner.done))


@settings(deadline=None)  # a busy machine is no failure
@given(PLANNERS, st.lists(ONWARD | ASTRAY, max_size=40))
def test_only_the_newest_step_is_said_and_older_ones_are_skipped(planner: Planner, strides: list[timedelta]) -> None:
    now = planner.published
    for stride in strides:
        before = set(planner.done)
        outlook = planner.look(now)
        reached = [one.step for one in planner.steps if one.at <= now and one.step not in before]
        if outlook is not None and outlook.say:
            assert [*outlook.skip, outlook.say] == reached
        elif outlook is not None:
            assert outlook.skip == ()
        now += stride


@settings(deadline=None)  # a busy machine is no failure
@given(PLANNERS, st.lists(ONWARD, max_size=40))
def test_a_look_between_two_looks_would_say_nothing(planner: Planner, strides: list[timedelta]) -> None:
    restless = Planner(planner.deadline, planner.published, planner.office)
    now = planner.published

    for stride in strides:
        planner.look(now)
        restless.look(now, always=True)
        now += stride

    assert (planner.said, planner.skipped, planner.look_at) == (restless.said, restless.skipped, restless.look_at)


@settings(deadline=None)  # a busy machine is no failure
@given(PLANNERS, st.lists(ONWARD | ASTRAY, max_size=40))
def test_the_next_look_is_ahead_while_a_step_is_left(planner: Planner, strides: list[timedelta]) -> None:
    now = planner.published
    for stride in strides:
        if planner.look(now) is not None:
            left = {one.step for one in planner.steps} - set(planner.done)
            assert (planner.look_at is not None) == bool(left)
            assert planner.look_at is None or planner.look_at > now
        now += stride


@settings(deadline=None)  # a busy machine is no failure
@given(PLANNERS, st.sampled_from([HOUR, DAY, WEEK]), st.lists(ONWARD | ASTRAY, max_size=20))
def test_every_step_is_done_in_the_end_however_often_one_looks(
    planner: Planner, stride: timedelta, astray: list[timedelta]
) -> None:
    end = planner.steps[-1].at
    planner.follow(planner.published, *astray)

    planner.follow(planner.published, *[stride] * (1 + (end - planner.published) // stride))
    while planner.look_at is not None:  # a clock that was astray may have put the next look far ahead
        planner.look(planner.look_at)

    assert set(planner.done) == {one.step for one in planner.steps}
    assert planner.look_at is None


@settings(deadline=None)  # a busy machine is no failure
@given(PLANNERS)
def test_looking_when_it_is_asked_for_says_each_step_when_it_is_reached(planner: Planner) -> None:
    while planner.look_at is not None:
        planner.look(planner.look_at)

    moments = [moment for _, moment in planner.said]
    told_first = policy.may_say(planner.steps[0], planner.published, planner.office)
    assert moments == sorted({told_first, *(one.at for one in planner.steps[1:])})


def test_a_minute_by_minute_tet_is_told_as_worked_out_by_hand() -> None:
    planner = Planner(due("2021-02-21"), at("2021-02-01 09:00"), OFFICE)

    planner.follow(planner.published, *[MINUTE] * (40 * 24 * 60))

    assert told(Occasion(*one) for one in planner.said) == TET
    assert (planner.skipped, planner.look_at, set(planner.done)) == ([], None, EVERY_STEP)


def test_a_clock_that_jumps_a_day_on_and_back_tells_nothing_twice() -> None:
    planner = Planner(due("2021-02-21"), at("2021-02-01 09:00"), OFFICE)

    planner.follow(at("2021-02-04 09:00"), DAY, -DAY, DAY, HOUR, -HOUR, DAY, WEEK)

    assert told(Occasion(*one) for one in planner.said) == [
        "published Thu 2021-02-04 09:00",
        "-5 Fri 2021-02-05 09:00",
    ]
