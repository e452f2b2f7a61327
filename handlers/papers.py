"""How does a paper become a draft? Taken in at once, then fetched and read with no transaction open."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from channels import Channel, ChannelError, Incoming, IncomingFile, NotSent
from documents import matching
from documents.codes import Doubt
from documents.confinement import Confinement
from documents.extraction.audiences import is_own_organ
from documents.readers import admit
from domain import questions
from domain.conclusions import Conclusion, Task
from domain.deadlines import Deadline
from domain.deliveries import Kind, Lane
from domain.errors import Refusal, Unreadable
from domain.files import File, FileState, Purpose
from domain.incidents import Cause
from domain.offices import Office
from domain.readings import Directive, Reading
from domain.units import Register, resolve
from handlers import changes
from handlers.context import Answer, Context, Reply
from messages import refusals, review
from storage import conclusions, files, incidents, outbox, units
from storage.files import Store
from storage.session import Database, Session

BATCH = 4
BUG_TRIES = 3
LOST = "lost"
"""The reason of a file that the program lost; any other is the file's own."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """Where papers and files are worked on."""

    database: Database
    channels: Mapping[str, Channel]
    store: Store
    confinement: Confinement


def is_paper(event: Incoming) -> bool:
    """Tell whether a file may be a notice, by its name and size."""
    try:
        admit(event.file.name if event.file else "", event.file.size if event.file else None)
    except Unreadable:
        return False
    return True


async def take_file(context: Context) -> Answer:
    """Take in a document that the office sent, and say at once that it is being read."""
    incoming = context.event.file
    if incoming is None:
        raise Refusal("no-such-file")
    try:
        admit(incoming.name, incoming.size)
    except Unreadable as error:
        return [Reply(refusals.unreadable(context.speech, error.reason, incoming.name))]
    await files.announce(context.session, context.received(incoming, Purpose.PAPER))
    return [Reply(review.reading(context.speech, incoming.name))]


async def work(desk: Desk, office: Office, now: datetime) -> int:
    """Fetch files that wait, read those that are papers, and count them."""
    async with desk.database.transaction() as session:
        waiting = await files.waiting(session, now, BATCH)
    for file in waiting:
        try:
            content = await _bytes(desk, file)
            if file.purpose is Purpose.PAPER:
                await _read(desk, office, file, content, now)
            else:
                await _keep(desk, file, content)
        except ChannelError as error:
            await _put_off(desk, file, now, for_good=not isinstance(error, NotSent))
        except Exception:  # a door: one bad file must not stop the others; logged whole and tried again
            log.exception("a file could not be worked on", extra={"action": "fetch", "file": file.id})
            await _put_off(desk, file, now, for_good=file.tries >= BUG_TRIES)
    return len(waiting)


async def _bytes(desk: Desk, file: File) -> bytes:
    if file.text is not None:
        return file.text.encode()
    channel = desk.channels.get(file.channel)
    if channel is None:
        raise NotSent("the channel is not in use")
    return await channel.fetch(IncomingFile(file.remote_id, file.name, file.size))


async def _put_off(desk: Desk, file: File, now: datetime, *, for_good: bool) -> None:
    async with desk.database.transaction() as session:
        kept = await _still_waiting(session, file)
        if kept is not None and (not kept.put_off(now) or for_good):
            await _lose(session, kept, LOST, now)


async def _still_waiting(session: Session, file: File) -> File | None:
    """Give the file's row when it is as it was when the work on it began; None when it was done meanwhile, or more came."""
    kept = await files.one(session, file.id)
    return kept if kept.state is FileState.WAITING and kept.text == file.text else None


async def _lose(session: Session, file: File, reason: str, now: datetime) -> None:
    file.state, file.reason, file.text = FileState.LOST, reason, None
    kind = Kind.UNREADABLE if file.purpose is Purpose.PAPER else Kind.FILE_LOST
    await outbox.put(session, kind, [file.person_id], lane=Lane.WORD, at=now, subject=file.id)
    if reason == LOST:
        await incidents.note(session, Cause.FILE_LOST, now, subject=file.id)
    log.warning("a file was given up", extra={"action": "fetch", "file": file.id, "reason": reason})


async def _keep(desk: Desk, file: File, content: bytes) -> None:
    sha256 = await asyncio.to_thread(desk.store.keep, content)
    async with desk.database.transaction() as session:
        kept = await _still_waiting(session, file)
        if kept is not None:
            kept.state, kept.sha256, kept.size = FileState.KEPT, sha256, len(content)


async def _read(desk: Desk, office: Office, file: File, content: bytes, now: datetime) -> None:
    try:
        reading = await desk.confinement.read(file.name, content, office.calendar)
    except Unreadable as error:
        async with desk.database.transaction() as session:
            kept = await _still_waiting(session, file)
            if kept is not None:
                await _lose(session, kept, error.reason, now)
        return
    sha256 = await asyncio.to_thread(desk.store.keep, content)
    async with desk.database.transaction() as session:
        kept = await _still_waiting(session, file)
        if kept is not None:
            kept.state, kept.sha256, kept.size, kept.text = FileState.KEPT, sha256, len(content), None
            conclusion = await _draft(session, reading, kept, now)
            kept.conclusion_id = conclusion.id
            await outbox.put(session, Kind.DRAFT, [kept.person_id], lane=Lane.WORD, at=now, subject=conclusion.id)


async def _draft(session: Session, reading: Reading, file: File, now: datetime) -> Conclusion:
    conclusion, tasks = drafted(reading, await units.register(session), by=file.person_id, at=now)
    await conclusions.keep(session, conclusion, tasks)
    await changes.propose(session, conclusion, tasks, reading.amendments)
    return conclusion


def drafted(reading: Reading, register: Register, *, by: int, at: datetime) -> tuple[Conclusion, list[Task]]:
    """Give the draft that a paper becomes, with its tasks, and what is to be asked about their units."""
    header = reading.header
    conclusion = Conclusion(
        title=header.title,
        issuer=header.issuer,
        number=header.number,
        symbol=header.symbol,
        dated=header.dated,
        findings=reading.findings,
        citations=reading.citations,
        created_by=by,
        created_at=at,
        names=tuple(name for name in reading.units if not is_own_organ(name)),
    )
    tasks = [_task(position, directive, register) for position, directive in enumerate(reading.directives)]
    likely = matching.likely(tasks, register)
    for task in tasks:
        questions.check_names(task, likely)
    return conclusion, tasks


def _with_words(directive: Directive) -> Deadline:
    """Give the deadline; where reading left it open, with the paper's words, so that whoever decides sees them."""
    words = directive.evidence.get("deadline")
    if directive.deadline.literal is None and "deadline" in directive.unsure and words is not None:
        return replace(directive.deadline, literal=words.words)
    return directive.deadline


def _doubts(directive: Directive) -> dict[str, str]:
    """Give the reasons for what is unsure; an event without a day is none, since the draft tells it and its day is set later."""
    return {field: reason for field, reason in directive.doubts.items() if reason != Doubt.DEADLINE_EVENT}


def _task(position: int, directive: Directive, register: Register) -> Task:
    doubts = _doubts(directive)
    task = Task(
        conclusion_id=0,
        position=position,
        ref=directive.ref,
        text=directive.text,
        audience=directive.audience,
        deadline=_with_words(directive),
        deliverable=directive.deliverable,
        submit_to=directive.submit_to,
        unsure=tuple(doubts),
        doubts=doubts,
        choices=directive.choices,
    )
    if not resolve(task.audience, register).decided and task.doubts.get("audience") in (None, *questions.AS_PRINTED):
        task.doubt("audience", "audience-unresolved")
    return task
