"""Do assignments and submissions take each step they may, and no other; and is lateness judged as the office judges it?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments import (
    OPEN,
    Assignment,
    AssignmentState,
    Lateness,
    PastDeadline,
    Submission,
    SubmissionState,
    Timing,
    lateness,
)
from domain.deadlines import NO_DEADLINE, Deadline, DeadlineKind
from domain.errors import Refusal
from tests.builders import NOW, ZONE, an_assignment, at, due

LATER = NOW + timedelta(hours=1)
MOMENT = timedelta(seconds=1)
ENDED = (AssignmentState.CANCELLED, AssignmentState.SUPERSEDED)


def submit(assignment: Assignment) -> None:
    assignment.submit(LATER)


def undo(assignment: Assignment) -> None:
    assignment.undo(AssignmentState.ASSIGNED, LATER)


def give_back(assignment: Assignment) -> None:
    assignment.give_back(LATER)


def a_submission() -> Submission:
    return Submission(1, 1, NOW, AssignmentState.ASSIGNED)


@pytest.mark.parametrize("before", OPEN)
def test_an_open_assignment_is_handed_in_and_reminded_of_no_more(before: AssignmentState) -> None:
    assignment = an_assignment(before)
    assignment.submit(LATER)
    assert (assignment.state, assignment.submitted_at, assignment.look_at) == (AssignmentState.SUBMITTED, LATER, None)


@pytest.mark.parametrize("before", OPEN)
def test_undoing_opens_it_as_it_was_and_looks_at_its_reminders_at_once(before: AssignmentState) -> None:
    assignment = an_assignment(AssignmentState.SUBMITTED, submitted_at=NOW)
    assignment.undo(before, LATER)
    assert (assignment.state, assignment.submitted_at, assignment.look_at) == (before, None, LATER)
    assert assignment.remind_from == NOW


def test_what_the_office_returns_is_open_and_reminds_only_of_what_is_still_to_come() -> None:
    assignment = an_assignment(AssignmentState.SUBMITTED, submitted_at=NOW)
    assignment.give_back(LATER)
    assert (assignment.state, assignment.submitted_at) == (AssignmentState.RETURNED, None)
    assert (assignment.look_at, assignment.remind_from) == (LATER, LATER)


def test_what_the_office_accepts_is_closed_and_keeps_when_it_was_handed_in() -> None:
    assignment = an_assignment(AssignmentState.SUBMITTED, submitted_at=NOW)
    assignment.accept()
    assert (assignment.state, assignment.submitted_at, assignment.look_at) == (AssignmentState.ACCEPTED, NOW, None)


@pytest.mark.parametrize("end", ENDED)
@pytest.mark.parametrize("before", [*OPEN, AssignmentState.SUBMITTED])
def test_what_is_not_fulfilled_ends(before: AssignmentState, end: AssignmentState) -> None:
    assignment = an_assignment(before)
    assignment.end(end)
    assert (assignment.state, assignment.look_at, assignment.has_ended) == (end, None, True)


@pytest.mark.parametrize("before", [AssignmentState.ACCEPTED, *ENDED])
def test_what_was_accepted_or_has_ended_stays_so(before: AssignmentState) -> None:
    assignment = an_assignment(before)
    assignment.end(AssignmentState.CANCELLED)
    assert (assignment.state, assignment.revision) == (before, 1)


@pytest.mark.parametrize("state", [state for state in AssignmentState if state not in OPEN])
def test_what_is_not_open_takes_no_submission(state: AssignmentState) -> None:
    assignment = an_assignment(state)
    with pytest.raises(Refusal) as refused:
        submit(assignment)
    assert (refused.value.reason, assignment.state, assignment.revision) == (f"is-{state}", state, 1)


@pytest.mark.parametrize("state", [state for state in AssignmentState if state is not AssignmentState.SUBMITTED])
@pytest.mark.parametrize("act", [undo, give_back, Assignment.accept])
def test_only_what_was_handed_in_is_undone_returned_or_accepted(
    act: Callable[[Assignment], None], state: AssignmentState
) -> None:
    assignment = an_assignment(state)
    with pytest.raises(Refusal) as refused:
        act(assignment)
    assert (refused.value.reason, assignment.state, assignment.revision) == (f"is-{state}", state, 1)
    assert (assignment.look_at, assignment.remind_from) == (NOW, NOW)


@given(st.lists(st.sampled_from([submit, undo, give_back, Assignment.accept]), max_size=12))
def test_every_step_that_is_taken_is_a_new_revision(acts: list[Callable[[Assignment], None]]) -> None:
    assignment, taken = an_assignment(), 0
    for act in acts:
        try:
            act(assignment)
        except Refusal:
            continue
        taken += 1
    assert assignment.revision == 1 + taken
    assert (assignment.look_at is not None) == assignment.is_open
    assert (assignment.submitted_at is None) == assignment.is_open


@pytest.mark.parametrize("after", [timedelta(), timedelta(minutes=10)])
def test_a_submission_is_undone_within_ten_minutes(after: timedelta) -> None:
    submission = a_submission()
    submission.undo(NOW + after)
    assert (submission.state, submission.decided_at) == (SubmissionState.UNDONE, NOW + after)


@pytest.mark.parametrize("state", [state for state in SubmissionState if state is not SubmissionState.PENDING])
def test_only_what_the_office_has_not_decided_may_be_undone(state: SubmissionState) -> None:
    submission = Submission(1, 1, NOW, AssignmentState.ASSIGNED, state)
    assert not submission.may_be_undone(NOW)


def test_a_submission_is_not_undone_later() -> None:
    submission = a_submission()
    with pytest.raises(Refusal) as refused:
        submission.undo(NOW + timedelta(minutes=10) + MOMENT)
    assert (refused.value.reason, submission.state) == ("undo-too-late", SubmissionState.PENDING)


@pytest.mark.parametrize(
    ("state", "reason"),
    [(SubmissionState.ACCEPTED, None), (SubmissionState.ACCEPTED, "Tốt"), (SubmissionState.RETURNED, "Thiếu phụ lục")],
)
def test_the_office_decides(state: SubmissionState, reason: str | None) -> None:
    submission = a_submission()
    submission.decide(state, by=3, at=LATER, reason=reason)
    assert (submission.state, submission.decided_by, submission.decided_at) == (state, 3, LATER)
    assert submission.reason == reason


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_a_return_needs_a_reason(reason: str | None) -> None:
    submission = a_submission()
    with pytest.raises(Refusal) as refused:
        submission.decide(SubmissionState.RETURNED, by=3, at=LATER, reason=reason)
    assert (refused.value.reason, submission.state) == ("reason-required", SubmissionState.PENDING)


@pytest.mark.parametrize("state", [state for state in SubmissionState if state is not SubmissionState.PENDING])
def test_what_was_decided_or_undone_is_neither_decided_nor_undone_again(state: SubmissionState) -> None:
    submission = a_submission()
    submission.state = state
    with pytest.raises(Refusal) as undoing:
        submission.undo(NOW)
    with pytest.raises(Refusal) as deciding:
        submission.decide(SubmissionState.ACCEPTED, by=3, at=NOW)
    assert (undoing.value.reason, deciding.value.reason) == (f"submission-{state}", f"submission-{state}")


def test_a_receipt_s_number_has_the_year_of_the_office_s_zone_and_five_digits() -> None:
    submission = a_submission()
    submission.id, submission.at = 42, datetime(2026, 12, 31, 18, tzinfo=UTC)
    assert (submission.number(UTC), submission.number(timezone(timedelta(hours=7)))) == ("2026-00042", "2027-00042")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at("2026-03-14", "08:00"), Lateness(Timing.AHEAD, 6)),
        (at("2026-03-15", "00:00"), Lateness(Timing.SOON, 5)),
        (at("2026-03-19", "23:59"), Lateness(Timing.SOON, 1)),
        (at("2026-03-20", "00:00"), Lateness(Timing.TODAY)),
        (at("2026-03-20", "23:59:59"), Lateness(Timing.TODAY)),
        (at("2026-03-21", "00:00"), Lateness(Timing.LATE, 1)),
        (at("2026-04-20"), Lateness(Timing.LATE, 31)),
    ],
)
def test_lateness_is_counted_in_calendar_days(moment: datetime, expected: Lateness) -> None:
    assert lateness(due("2026-03-20"), moment, ZONE) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 20, 16, 59, 59, tzinfo=UTC), Lateness(Timing.TODAY)),
        (datetime(2026, 3, 20, 17, 0, tzinfo=UTC), Lateness(Timing.LATE, 1)),
        (datetime(2026, 3, 19, 17, 0, tzinfo=UTC), Lateness(Timing.TODAY)),
    ],
)
def test_the_day_ends_in_the_office_s_zone(moment: datetime, expected: Lateness) -> None:
    assert lateness(due("2026-03-20"), moment, ZONE) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at("2026-03-19", "18:00"), Lateness(Timing.SOON, 1)),
        (at("2026-03-20", "16:59:59"), Lateness(Timing.TODAY)),
        (at("2026-03-20", "17:00"), Lateness(Timing.TODAY)),
        (at("2026-03-20", "17:00:01"), Lateness(Timing.LATE, 0)),
        (datetime(2026, 3, 20, 10, 0, 1, tzinfo=UTC), Lateness(Timing.LATE, 0)),
        (at("2026-03-21", "08:00"), Lateness(Timing.LATE, 1)),
    ],
)
def test_a_clock_time_is_held_to_the_clock(moment: datetime, expected: Lateness) -> None:
    deadline = Deadline(DeadlineKind.DATETIME, last_day=date(2026, 3, 20), at=time(17))
    assert lateness(deadline, moment, ZONE) == expected


@pytest.mark.parametrize("moment", [at("2020-01-01"), at("2030-01-01")])
def test_nothing_is_late_without_a_deadline(moment: datetime) -> None:
    assert lateness(NO_DEADLINE, moment, ZONE) == Lateness(Timing.NO_DEADLINE)


@given(st.timedeltas(timedelta(), timedelta(days=40)), st.timedeltas(timedelta(), timedelta(days=90)))
def test_what_is_late_stays_late(since: timedelta, wait: timedelta) -> None:
    moment = NOW + since
    if lateness(due("2026-03-20"), moment, ZONE).is_late:
        assert lateness(due("2026-03-20"), moment + wait, ZONE).is_late


@pytest.mark.parametrize("state", OPEN)
def test_a_moved_deadline_keeps_the_one_before_and_starts_reminders_anew(state: AssignmentState) -> None:
    assignment = an_assignment(state, deadline=due("2026-03-20"))
    assignment.move(due("2026-03-27"), LATER)
    assert (assignment.deadline, assignment.past) == (due("2026-03-27"), (PastDeadline(due("2026-03-20"), LATER),))
    assert (assignment.state, assignment.version, assignment.revision) == (state, 2, 2)
    assert (assignment.remind_from, assignment.look_at) == (LATER, LATER)


def test_every_deadline_that_held_is_kept_the_first_one_first() -> None:
    assignment = an_assignment(deadline=due("2026-03-20"))
    for day in ("2026-03-27", "2026-04-03"):
        assignment.move(due(day), LATER)
    assert [past.deadline for past in assignment.past] == [due("2026-03-20"), due("2026-03-27")]


@pytest.mark.parametrize("state", [state for state in AssignmentState if state not in OPEN])
def test_only_an_open_assignment_has_a_deadline_to_move(state: AssignmentState) -> None:
    assignment = an_assignment(state, deadline=due("2026-03-20"))
    with pytest.raises(Refusal):
        assignment.move(due("2026-03-27"), LATER)
    assert (assignment.deadline, assignment.past, assignment.version) == (due("2026-03-20"), (), 1)


def test_what_hangs_on_an_event_without_a_day_is_never_late() -> None:
    event = Deadline(DeadlineKind.RELATIVE, "sau 05 ngày kể từ ngày kết thúc lễ hội")
    assert lateness(event, at("2099-01-01"), ZONE) == Lateness(Timing.NO_DEADLINE)
