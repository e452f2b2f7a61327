"""Does each kind of message say how things stand when it leaves, and nothing that no longer holds?"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from channels import Outgoing
from domain.assignments import AssignmentState, Submission, SubmissionState
from domain.broadcasts import BroadcastState
from domain.conclusions import ConclusionState
from domain.deliveries import Delivery, Kind, Lane
from domain.digests import Snooze
from domain.drafts import compose
from domain.duties import Duty
from domain.files import File, FileState, Purpose
from domain.people import Person, Role, RoleKind, Standing
from domain.units import Register
from messages import broadcasts as broadcast_messages
from messages import conclusions as conclusion_messages
from messages import digests, moves, refusals, registration, review, submissions
from messages.digests import Digest
from messages.i18n import Speech
from messages.tasks import Moment
from schedules import contents
from schedules.contents import CONTENTS
from schedules.readers import NoLongerHoldsError, Reader, WaitUntilError
from storage import assignments, broadcasts, conclusions, files, outbox, people
from storage.session import Database, Session
from tests.builders import NOW, ZONE, Cast, a_broadcast, a_conclusion, a_duty, a_published_conclusion, a_task, at, due
from tests.schedules.scenes import OFFICE

SPEECH = Speech("en", ZONE)
MOMENT = Moment(NOW, OFFICE.calendar)
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
async def session(database: Database, cast: Cast) -> AsyncIterator[Session]:
    """Give a session in which everything of a test happens, once the cast is there."""
    async with database.transaction() as session:
        yield session


def a_delivery(kind: Kind, subject: int | None, *, repeated: bool = False) -> Delivery:
    """Give a delivery that no database numbered."""
    return Delivery(1, "key", Lane.WORD, kind, 1, NOW, NOW, subject_id=subject, repeated=repeated)


def a_reader(*roles: Role, person: Person | None = None, now: datetime = NOW) -> Reader:
    return Reader(person or Person("Hoa"), Standing(roles), SPEECH, OFFICE, now)


async def said(session: Session, kind: Kind, subject: int | None, person: Person, *, repeated: bool = False) -> Outgoing:
    """Give what a message of a kind tells a person now."""
    return await said_by(session, a_delivery(kind, subject, repeated=repeated), person)


async def said_by(session: Session, delivery: Delivery, person: Person, *, now: datetime = NOW) -> Outgoing:
    await session.flush()
    roles = (await people.standing(session, person.id)).roles
    return await contents.content(session, delivery, a_reader(*roles, person=person, now=now))


async def end_roles(session: Session, person: Person) -> None:
    for role in (await people.standing(session, person.id)).roles:
        role.until = NOW


async def handed_in(session: Session, cast: Cast) -> tuple[Duty, Submission]:
    """Let Lan hand in a task."""
    duty = await a_duty(session, cast, due("2026-03-20"))
    return duty, await assignments.hand_in(session, duty, cast.lan.id, NOW)


async def decided(session: Session, cast: Cast, state: SubmissionState) -> tuple[Duty, Submission]:
    """Let Hoa decide on what Lan handed in."""
    duty, submission = await handed_in(session, cast)
    submission.decide(state, by=cast.hoa.id, at=NOW, reason="Thiếu phụ lục")
    if state is SubmissionState.ACCEPTED:
        duty.assignment.accept()
    else:
        duty.assignment.give_back(NOW)
    return duty, submission


async def a_file(session: Session, person: Person, **details: object) -> File:
    """Keep the row of a file that a person sent."""
    file = File("telegram", "f1", "Kế hoạch.docx", person.id, Purpose.SUBMISSION, NOW, NOW)
    for name, value in details.items():
        setattr(file, name, value)
    return await files.announce(session, file)


def test_every_kind_has_its_words() -> None:
    assert set(CONTENTS) == set(Kind)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.DIGEST, Kind.CALENDAR_CHANGED)])
async def test_a_message_about_nothing_is_a_bug(kind: Kind) -> None:
    with pytest.raises(ValueError, match="has a subject"):
        await contents.content(Session(), a_delivery(kind, None), a_reader(Role(1, RoleKind.OFFICER, NOW)))


@pytest.mark.parametrize("kind", [Kind.SUBMITTED, Kind.UNDONE, Kind.REGISTERED, Kind.DRAFT, Kind.PREVIEW, Kind.BROADCAST_REPORT])
async def test_who_left_the_office_is_told_nothing_of_its_affairs(kind: Kind) -> None:
    with pytest.raises(NoLongerHoldsError, match="no longer of the office"):
        await contents.content(Session(), a_delivery(kind, 1), a_reader())


# Digests


async def a_digest(session: Session, person: Person, *duties: Duty, planned_at: datetime = NOW) -> Delivery:
    """Plan a digest of duties."""
    await outbox.remind(session, person.id, [(duty.assignment.id, duty.assignment.id) for duty in duties], planned_at)
    (digest,) = await outbox.found(session, outbox.DELIVERIES)
    return digest


def lans_digest(delivery: Delivery, *duties: Duty) -> Outgoing:
    """Give what Lan reads of duties."""
    return digests.told(SPEECH, Digest(delivery.id, "Lan", duties, snoozes=list(Snooze)), MOMENT)


async def test_a_digest_brings_up_what_its_reader_has_still_to_do(session: Session, cast: Cast) -> None:
    kept = [a_task(position=number, deadline=due(f"2026-03-1{number}")) for number in (1, 2, 3)]
    first, second, third = await a_published_conclusion(session, to=[cast.maths], by=cast.hoa, tasks=kept)
    digest = await a_digest(session, cast.lan, third, second, first)
    await assignments.hand_in(session, second, cast.lan.id, NOW)

    outgoing = await said_by(session, digest, cast.lan)

    assert outgoing == lans_digest(digest, first, third)


async def test_a_digest_leaves_out_units_that_its_reader_no_longer_answers_for(session: Session, cast: Cast) -> None:
    role = await people.take_role(session, Role(cast.lan.id, RoleKind.SECRETARY, NOW, cast.physics.id))
    duties = await a_published_conclusion(session, to=[cast.maths, cast.physics], by=cast.hoa)
    digest = await a_digest(session, cast.lan, *duties)
    role.until = NOW

    outgoing = await said_by(session, digest, cast.lan)

    assert outgoing == lans_digest(digest, *(duty for duty in duties if duty.unit.id == cast.maths.id))


async def test_a_digest_says_that_it_is_sent_again(session: Session, cast: Cast) -> None:
    digest = replace(await a_digest(session, cast.lan, await a_duty(session, cast)), repeated=True)

    outgoing = await said_by(session, digest, cast.lan)

    assert outgoing.text.startswith("(sent again)")


@pytest.mark.parametrize("state", [AssignmentState.CANCELLED, AssignmentState.SUPERSEDED])
async def test_a_digest_of_nothing_does_not_leave(session: Session, cast: Cast, state: AssignmentState) -> None:
    duty = await a_duty(session, cast)
    digest = await a_digest(session, cast.lan, duty)
    duty.assignment.end(state)

    with pytest.raises(NoLongerHoldsError, match="nothing is due any more"):
        await said_by(session, digest, cast.lan)


async def test_a_digest_out_of_hours_names_the_moment_it_waits_for(session: Session, cast: Cast) -> None:
    digest = await a_digest(session, cast.lan, await a_duty(session, cast))

    with pytest.raises(WaitUntilError) as waits:
        await said_by(session, digest, cast.lan, now=at("2026-03-06", "20:00"))

    assert waits.value.moment == at("2026-03-09", "08:01")


# Submissions


@pytest.mark.parametrize("repeated", [False, True])
async def test_the_office_is_told_what_was_handed_in(session: Session, cast: Cast, repeated: bool) -> None:
    duty, submission = await handed_in(session, cast)
    file = await a_file(session, cast.lan, submission_id=submission.id)

    outgoing = await said(session, Kind.SUBMITTED, submission.id, cast.hoa, repeated=repeated)

    assert outgoing == submissions.to_office(SPEECH, duty, submission, "Lan", files=[file], moment=MOMENT, repeated=repeated)


@pytest.mark.parametrize("state", [SubmissionState.ACCEPTED, SubmissionState.RETURNED])
async def test_the_office_is_not_asked_for_what_it_has_decided(session: Session, cast: Cast, state: SubmissionState) -> None:
    _, submission = await decided(session, cast, state)

    with pytest.raises(NoLongerHoldsError, match=f"the submission is {state}"):
        await said(session, Kind.SUBMITTED, submission.id, cast.hoa)


async def test_the_office_is_not_asked_for_what_was_taken_back(session: Session, cast: Cast) -> None:
    _, submission = await handed_in(session, cast)
    submission.undo(SOON)

    with pytest.raises(NoLongerHoldsError, match="the submission is undone"):
        await said(session, Kind.SUBMITTED, submission.id, cast.hoa)


async def test_the_office_is_told_what_was_taken_back(session: Session, cast: Cast) -> None:
    duty, submission = await handed_in(session, cast)
    submission.undo(SOON)

    outgoing = await said(session, Kind.UNDONE, submission.id, cast.hoa)

    assert outgoing == submissions.taken_back(SPEECH, duty, submission)


@pytest.mark.parametrize("state", [SubmissionState.ACCEPTED, SubmissionState.RETURNED])
async def test_a_unit_is_told_what_the_office_decided(session: Session, cast: Cast, state: SubmissionState) -> None:
    duty, submission = await decided(session, cast, state)

    outgoing = await said(session, Kind.DECIDED, submission.id, cast.lan)

    assert outgoing == submissions.decision(SPEECH, duty, submission, MOMENT)


async def test_a_decision_is_not_told_to_who_left_the_unit(session: Session, cast: Cast) -> None:
    _, submission = await decided(session, cast, SubmissionState.RETURNED)
    await end_roles(session, cast.lan)

    with pytest.raises(NoLongerHoldsError, match="no longer of the unit"):
        await said(session, Kind.DECIDED, submission.id, cast.lan)


async def test_a_decision_is_not_told_once_something_newer_was_handed_in(session: Session, cast: Cast) -> None:
    duty, submission = await decided(session, cast, SubmissionState.RETURNED)
    await assignments.hand_in(session, duty, cast.lan.id, SOON)

    with pytest.raises(NoLongerHoldsError, match="handed in anew meanwhile"):
        await said(session, Kind.DECIDED, submission.id, cast.lan)


async def test_a_sender_is_told_that_a_file_was_lost(session: Session, cast: Cast) -> None:
    file = await a_file(session, cast.lan, state=FileState.LOST)

    outgoing = await said(session, Kind.FILE_LOST, file.id, cast.lan)

    assert outgoing == submissions.file_lost(SPEECH, file)


# Papers and people


async def test_the_office_is_told_who_answers_for_a_unit(session: Session, cast: Cast) -> None:
    (role,) = (await people.standing(session, cast.lan.id)).roles

    outgoing = await said(session, Kind.REGISTERED, role.id, cast.hoa)

    assert outgoing == registration.told_office(SPEECH, "Lan", "Chi bộ Khoa Toán", RoleKind.SECRETARY)


async def test_the_office_is_told_who_works_there(session: Session, cast: Cast) -> None:
    (role,) = (await people.standing(session, cast.hoa.id)).roles

    outgoing = await said(session, Kind.REGISTERED, role.id, cast.hoa)

    assert outgoing == registration.told_office(SPEECH, "Hoa", None, RoleKind.OFFICER)


async def test_the_office_is_not_told_of_a_role_that_has_ended(session: Session, cast: Cast) -> None:
    (role,) = (await people.standing(session, cast.lan.id)).roles
    role.until = NOW

    with pytest.raises(NoLongerHoldsError, match="the role has ended"):
        await said(session, Kind.REGISTERED, role.id, cast.hoa)


async def test_what_is_no_longer_a_draft_is_not_shown_as_one(session: Session, cast: Cast) -> None:
    duty = await a_duty(session, cast)

    with pytest.raises(NoLongerHoldsError, match="the conclusion is published"):
        await said(session, Kind.DRAFT, duty.conclusion.id, cast.hoa)


async def test_an_officer_is_shown_the_draft_that_was_read(session: Session, cast: Cast) -> None:
    draft = await conclusions.keep(session, a_conclusion(created_by=cast.hoa.id), [task := a_task()])

    outgoing = await said(session, Kind.DRAFT, draft.id, cast.hoa)

    register = Register((cast.maths, cast.physics))
    shown = compose(draft, [task], register, {cast.maths.id, cast.physics.id})
    assert outgoing == review.draft(SPEECH, shown, OFFICE.calendar)


@pytest.mark.parametrize(("reason", "told"), [("locked", "locked"), (None, "lost")])
async def test_a_sender_is_told_why_a_paper_could_not_be_read(
    session: Session, cast: Cast, reason: str | None, told: str
) -> None:
    file = await a_file(session, cast.hoa, purpose=Purpose.PAPER, reason=reason)

    outgoing = await said(session, Kind.UNREADABLE, file.id, cast.hoa)

    assert outgoing == refusals.unreadable(SPEECH, told, "Kế hoạch.docx")


@pytest.mark.parametrize(
    ("end", "ended"),
    [
        (ConclusionState.WITHDRAWN, AssignmentState.CANCELLED),
        (ConclusionState.SUPERSEDED, AssignmentState.SUPERSEDED),
    ],
)
async def test_a_unit_is_told_which_of_its_tasks_ended(
    session: Session, cast: Cast, end: ConclusionState, ended: AssignmentState
) -> None:
    duties = await a_published_conclusion(
        session, to=[cast.maths, cast.physics], by=cast.hoa, tasks=[a_task(), a_task(position=2)]
    )
    fulfilled, open_still = [duty for duty in duties if duty.unit.id == cast.maths.id]
    await assignments.hand_in(session, fulfilled, cast.lan.id, NOW)
    fulfilled.assignment.accept()
    fulfilled.conclusion.end(end)
    for duty in duties:
        duty.assignment.end(ended)

    outgoing = await said(session, Kind.ENDED, fulfilled.conclusion.id, cast.lan)

    assert outgoing == conclusion_messages.told_units(SPEECH, fulfilled.conclusion, [open_still])


async def test_a_unit_is_not_told_of_an_end_that_does_not_touch_it(session: Session, cast: Cast) -> None:
    duty = await a_duty(session, cast)
    duty.assignment.end(AssignmentState.CANCELLED)

    with pytest.raises(NoLongerHoldsError, match="no task of the reader's units ended"):
        await said(session, Kind.ENDED, duty.conclusion.id, cast.minh)


# Announcements


@pytest.mark.parametrize("repeated", [False, True])
async def test_an_announcement_is_told_as_it_was_written(session: Session, cast: Cast, repeated: bool) -> None:
    broadcast = await a_broadcast(session, cast.hoa)
    broadcast.send(NOW, broadcast.revision)

    outgoing = await said(session, Kind.BROADCAST, broadcast.id, cast.lan, repeated=repeated)

    assert outgoing == broadcast_messages.announcement(SPEECH, broadcast, repeated=repeated)


@pytest.mark.parametrize("state", [state for state in BroadcastState if state is not BroadcastState.SENDING])
async def test_an_announcement_that_is_not_going_out_is_not_told(session: Session, cast: Cast, state: BroadcastState) -> None:
    broadcast = await a_broadcast(session, cast.hoa)
    broadcast.state = state

    with pytest.raises(NoLongerHoldsError, match=f"the announcement is {state}"):
        await said(session, Kind.BROADCAST, broadcast.id, cast.lan)


async def test_an_announcement_is_not_told_to_who_has_no_role(session: Session, cast: Cast) -> None:
    broadcast = await a_broadcast(session, cast.hoa)
    broadcast.send(NOW, broadcast.revision)
    await end_roles(session, cast.lan)

    with pytest.raises(NoLongerHoldsError, match="no longer has a role"):
        await said(session, Kind.BROADCAST, broadcast.id, cast.lan)


async def test_an_author_is_told_what_came_of_an_announcement(session: Session, cast: Cast) -> None:
    broadcast = await a_broadcast(session, cast.hoa)
    await outbox.put(session, Kind.BROADCAST, [cast.lan.id], lane=Lane.BROADCAST, at=NOW, subject=broadcast.id)

    outgoing = await said(session, Kind.BROADCAST_REPORT, broadcast.id, cast.hoa)

    assert outgoing == broadcast_messages.progress(SPEECH, broadcast, await broadcasts.results(session, broadcast.id))


async def test_a_unit_is_told_the_deadline_that_holds_and_the_one_before(session: Session, cast: Cast) -> None:
    duty = await a_duty(session, cast, due("2026-03-20"))
    duty.assignment.move(due("2026-03-27"), NOW)

    outgoing = await said(session, Kind.MOVED, duty.task.id, cast.lan)

    assert outgoing == moves.told_units(SPEECH, [duty], MOMENT)
    assert ("27/03/2026" in outgoing.text, "20/03/2026" in outgoing.text) == (True, True)


async def test_a_unit_that_has_handed_in_meanwhile_is_told_of_no_new_deadline(session: Session, cast: Cast) -> None:
    duty, _ = await handed_in(session, cast)

    with pytest.raises(NoLongerHoldsError, match="has the task open"):
        await said(session, Kind.MOVED, duty.task.id, cast.lan)
