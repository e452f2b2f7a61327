"""What holds whatever calendar, ladder, deadline and clock do? The planner as a loop over nothing but the rule."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import SATURDAY, Calendar
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.ladders import STANDARD, Ladder
from domain.occasions import AFTERNOON, LAST_DAY, SOON
from domain.offices import Office
from schedules import policy
from schedules.policy import PUBLISHED, Occasion, Outlook
from storage import calendars
from tests.builders import ZONE, due
from tests.ladders import at, told


@dataclass
class Planner:
    """The planner as a loop over nothing but the rule: what it did for one assignment, and when it looks again."""

    deadline: Deadline
    published: datetime
    office: Office
    ladder: Ladder = STANDARD
    early: bool = False
    moved: bool = False
    look_at: datetime | None = field(init=False)
    said: list[tuple[str, datetime]] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.look_at = self.published

    @property
    def done(self) -> list[str]:
        return [*self.unsaid, *(step for step, _ in self.said)]

    @property
    def ends(self) -> datetime:
        """The moment at which the deadline passes; far away when there is none."""
        last_day, clock = self.deadline.last_day or date(2030, 1, 1), self.deadline.at
        whole = last_day + DAY if clock is None else last_day
        return datetime.combine(whole, clock or time(), ZONE).astimezone(UTC)

    def anew(self) -> "Planner":
        return Planner(self.deadline, self.published, self.office, self.ladder, self.early, self.moved)

    def steps(self, now: datetime) -> tuple[Occasion, ...]:
        return policy.ladder(
            self.deadline, self.published, self.office, moved=self.moved, steps=self.ladder, early=self.early, until=now
        )

    def look(self, now: datetime, *, always: bool = False) -> Outlook | None:
        if not always and (self.look_at is None or now < self.look_at):
            return None
        outlook = policy.outlook(self.steps(now), self.done, now, self.office, at_once=False)
        self.unsaid += [*outlook.skip, *outlook.missed]
        self.said += [(outlook.say, now)] if outlook.say else []
        self.look_at = outlook.look_at
        return outlook

    def follow(self, start: datetime, *strides: timedelta) -> datetime:
        now = start
        for stride in strides:
            self.look(now)
            now += stride
        self.look(now)
        return now


MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
FIRST_DAY = date(2021, 3, 1)
DAYS = st.integers(0, 89).map(lambda n: FIRST_DAY + n * DAY)
CALENDARS = st.builds(
    Calendar,
    days_off=st.frozensets(DAYS, max_size=45),
    working_weekends=st.frozensets(DAYS.filter(lambda day: day.weekday() >= SATURDAY), max_size=6),
)
OFFICES = st.builds(
    Office,
    CALENDARS,
    st.just(ZONE),
    morning=st.sampled_from([time(7), time(8), time(9, 30)]),
    afternoon=st.sampled_from([time(10), time(14), time(16)]),
    quiet_from=st.sampled_from([time(17), time(20), time(23)]),
    quiet_until=st.sampled_from([time(0), time(5), time(7)]),
)
MOMENTS = st.builds(
    lambda day, minute: datetime.combine(day, time(), ZONE).astimezone(UTC) + minute * MINUTE, DAYS, st.integers(0, 1439)
)
CLOCKS = st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
DEADLINES = st.just(NO_DEADLINE) | st.builds(lambda day, clock: Deadline(DeadlineKind.DATE, last_day=day, at=clock), DAYS, CLOCKS)
LADDERS = st.builds(
    lambda before, after, weekly: Ladder(tuple(sorted(before, reverse=True)), tuple(sorted(after)), weekly),
    st.sets(st.integers(0, 12), max_size=5),
    st.sets(st.integers(1, 12), max_size=5),
    st.booleans(),
)
PLANNERS = st.builds(Planner, DEADLINES, MOMENTS, OFFICES, LADDERS, st.booleans(), st.booleans())
ONWARD = st.sampled_from([MINUTE, 20 * MINUTE, HOUR, 11 * HOUR, DAY, WEEK])
ASTRAY = st.sampled_from([-HOUR, HOUR, DAY, -DAY, -2 * DAY])
STRIDES = st.lists(ONWARD | ASTRAY, max_size=40)


@given(PLANNERS, STRIDES)
def test_nothing_is_said_out_of_hours_and_no_step_twice(planner: Planner, strides: list[timedelta]) -> None:
    planner.follow(planner.published, *strides)

    office = planner.office
    for step, moment in planner.said:
        assert office.works(moment)
        assert not office.is_quiet(moment)
        is_news = step == PUBLISHED and office.today(moment) == office.today(planner.published)
        assert is_news or moment.astimezone(ZONE).time() >= office.morning
    assert sorted(planner.done) == sorted(set(planner.done))


@given(PLANNERS, STRIDES)
def test_what_is_said_is_true_at_its_moment(planner: Planner, strides: list[timedelta]) -> None:
    planner.follow(planner.published, *strides)

    for step, moment in planner.said:
        today, last_day = planner.office.today(moment), planner.deadline.last_day
        if step == PUBLISHED:
            continue
        assert last_day is not None
        assert (moment < planner.ends) == (not step.startswith("+"))
        if step in {LAST_DAY, AFTERNOON, SOON}:
            assert today == planner.office.calendar.last_working_day(last_day)
        if step == SOON:
            assert planner.ends - 2 * HOUR <= moment


@given(PLANNERS, STRIDES)
def test_only_the_newest_step_is_said_and_older_ones_are_recorded(planner: Planner, strides: list[timedelta]) -> None:
    now = planner.published
    for stride in strides:
        before = set(planner.done)
        outlook = planner.look(now)
        reached = [one.step for one in planner.steps(now) if one.at <= now and one.step not in before]
        if outlook is not None and outlook.say:
            assert [*outlook.skip, outlook.say, *outlook.missed] == reached
        elif outlook is not None:
            assert outlook.skip == ()
            assert outlook.missed in {(), tuple(reached)}
        now += stride


@given(PLANNERS, st.lists(ONWARD, max_size=40))
def test_a_look_between_two_looks_would_say_nothing(planner: Planner, strides: list[timedelta]) -> None:
    restless, now = planner.anew(), planner.published

    for stride in strides:
        planner.look(now)
        restless.look(now, always=True)
        now += stride

    assert planner.said == restless.said
    # What waits until it is no longer true is noted at the next look, and so sooner by whoever looks more often.
    assert set(planner.unsaid) <= set(restless.unsaid)


@given(PLANNERS, STRIDES)
def test_the_next_look_is_ahead_while_a_step_is_left(planner: Planner, strides: list[timedelta]) -> None:
    now = planner.published
    for stride in strides:
        if planner.look(now) is not None:
            left = {one.step for one in planner.steps(now)} - set(planner.done)
            assert (planner.look_at is not None) == bool(left)
            assert planner.look_at is None or planner.look_at > now
        now += stride


@settings(max_examples=30)
@given(PLANNERS)
def test_each_minute_and_once_a_day_and_after_a_week_s_outage_end_in_the_same(planner: Planner) -> None:
    end = planner.office.next_round(
        max(planner.published, planner.ends if planner.deadline.last_day else planner.published) + 2 * WEEK
    )
    ends = []
    for stride in (MINUTE, DAY, WEEK):
        one = planner.anew()
        one.follow(one.published, *[stride] * ((end - one.published) // stride))
        one.look(end)
        ends.append((sorted(one.done), one.look_at))

    reached = [step.step for step in planner.steps(end) if step.at <= end]
    assert ends == [(sorted(reached), ends[0][1])] * 3


@given(PLANNERS, STRIDES)
def test_every_step_is_recorded_in_the_end_however_the_clock_went(planner: Planner, strides: list[timedelta]) -> None:
    now = planner.follow(planner.published, *strides)
    end = max(now, planner.published, planner.ends if planner.deadline.last_day else planner.published) + 2 * WEEK

    while planner.look_at is not None and planner.look_at <= end:
        planner.look(planner.look_at)

    assert {one.step for one in planner.steps(end) if one.at <= end} <= set(planner.done)


@given(PLANNERS)
def test_looking_when_it_is_asked_for_says_each_step_when_it_is_reached(planner: Planner) -> None:
    until, expected = planner.published + 20 * WEEK, set()
    while planner.look_at is not None and planner.look_at <= until:
        expected |= {policy.may_say(one, one.at, planner.office) for one in planner.steps(planner.look_at)}
        planner.look(planner.look_at)

    moments = [moment for _, moment in planner.said]
    assert set(moments) <= expected
    assert moments == sorted(moments)


def test_a_minute_by_minute_tet_is_told_as_worked_out_by_hand() -> None:
    """Publish on 1 February 2021; Tết is off from Wednesday the 10th to Tuesday the 16th; the deadline is Sunday the 21st."""
    planner = Planner(due("2021-02-21"), at("2021-02-01 09:00"), Office(calendars.around(2021), ZONE))

    planner.follow(planner.published, *[MINUTE] * (47 * 24 * 60))

    assert told(Occasion(*one) for one in planner.said) == [
        "published Mon 2021-02-01 09:00",
        "-5 Fri 2021-02-05 08:00",
        "-2 Wed 2021-02-17 08:00",
        "0 Fri 2021-02-19 08:00",
        "0pm Fri 2021-02-19 14:00",
        "+1 Mon 2021-02-22 08:00",
        "+3 Wed 2021-02-24 08:00",
        "+5 Fri 2021-02-26 08:00",
        "+10 Fri 2021-03-05 08:00",
        "+w2 Fri 2021-03-12 08:00",
        "+w3 Fri 2021-03-19 08:00",
    ]
    assert (planner.unsaid, planner.look_at) == ([], at("2021-03-26 08:00"))


def test_a_clock_that_jumps_a_day_on_and_back_tells_nothing_twice() -> None:
    planner = Planner(due("2021-02-21"), at("2021-02-01 09:00"), Office(calendars.around(2021), ZONE))

    planner.follow(at("2021-02-04 09:00"), DAY, -DAY, DAY, HOUR, -HOUR, DAY, WEEK)

    assert told(Occasion(*one) for one in planner.said) == [
        "published Thu 2021-02-04 09:00",
        "-5 Fri 2021-02-05 09:00",
    ]
