"""Are a file's bytes kept once and for good, and is each file found where it is needed?"""

import asyncio
import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.files import File, FileState, Purpose
from domain.people import Person
from storage import assignments, files
from storage.session import Database, Session
from tests.builders import NOW, Cast, a_duty

PAPER = "Thông báo kết luận số 12-TB/ĐU".encode()
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> files.Store:
    return files.Store(tmp_path / "files")


def kept_in(store: files.Store) -> list[str]:
    return [path.name for path in store.folder.rglob("*") if path.is_file()]


def a_file(
    person: Person,
    *,
    text: str | None = None,
    state: FileState = FileState.WAITING,
    fetch_at: datetime = NOW,
    assignment_id: int | None = None,
) -> File:
    return File(
        channel="telegram",
        remote_id="f1",
        name="bao-cao.docx",
        person_id=person.id,
        purpose=Purpose.SUBMISSION if assignment_id else Purpose.PAPER,
        received_at=NOW,
        fetch_at=fetch_at,
        state=state,
        assignment_id=assignment_id,
        text=text,
    )


async def announce(session: Session, *given: File) -> list[int]:
    return [(await files.announce(session, file)).id for file in given]


def test_bytes_are_named_by_their_hash_and_given_back(store: files.Store) -> None:
    name = store.keep(PAPER)
    assert name == hashlib.sha256(PAPER).hexdigest()
    assert store.read(name) == PAPER


def test_bytes_survive_the_process(store: files.Store) -> None:
    name = store.keep(PAPER)
    assert files.Store(store.folder).read(name) == PAPER


def test_the_same_bytes_are_kept_once_and_never_written_again(store: files.Store) -> None:
    name = store.keep(PAPER)
    before = (store.folder / name[:2] / name).stat()
    assert store.keep(PAPER) == name
    after = (store.folder / name[:2] / name).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert kept_in(store) == [name]


def test_other_bytes_are_kept_beside(store: files.Store) -> None:
    assert len({store.keep(PAPER), store.keep(b"")}) == 2
    assert len(kept_in(store)) == 2


def test_what_a_power_cut_left_half_written_is_no_file(store: files.Store) -> None:
    name = hashlib.sha256(PAPER).hexdigest()
    (store.folder / name[:2]).mkdir(parents=True)
    (store.folder / name[:2] / f"{name}.part").write_bytes(PAPER[:5])
    assert store.read(store.keep(PAPER)) == PAPER


async def test_the_same_bytes_kept_by_many_at_once_are_whole(store: files.Store) -> None:
    content = PAPER * 10_000
    names = await asyncio.gather(*(asyncio.to_thread(store.keep, content) for _ in range(8)))
    assert len(set(names)) == 1
    assert store.read(names[0]) == content
    assert kept_in(store) == [names[0]]


def test_bytes_that_were_never_kept_are_missing(store: files.Store) -> None:
    with pytest.raises(FileNotFoundError):
        store.read("0" * 64)


async def test_files_to_fetch_now_come_oldest_first(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        given = [a_file(cast.lan), a_file(cast.lan, fetch_at=LATER), a_file(cast.minh), a_file(cast.lan, state=FileState.KEPT)]
        first, _, third, _ = await announce(session, *given)
        assert [file.id for file in await files.waiting(session, NOW, 10)] == [first, third]
        assert [file.id for file in await files.waiting(session, NOW, 1)] == [first]
        assert len(await files.waiting(session, LATER, 10)) == 3


async def test_a_file_comes_back_as_it_was_announced(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        (number,) = await announce(session, replace(a_file(cast.lan, text="Kết luận"), size=3_000_000_000))
    async with database.transaction() as session:
        found = await files.one(session, number)
    assert (found.size, found.text, found.purpose, found.state) == (3_000_000_000, "Kết luận", Purpose.PAPER, FileState.WAITING)


async def test_the_newest_pasted_text_that_waits_is_found(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        assert await files.pasted_by(session, cast.hoa.id) is None
        given = [
            a_file(cast.hoa, text="một"),
            a_file(cast.hoa, text="hai"),
            a_file(cast.hoa, text="ba", state=FileState.KEPT),
            a_file(cast.hoa),
            a_file(cast.lan, text="bốn"),
        ]
        await announce(session, *given)
        assert await files.pasted_by(session, cast.hoa.id) is given[1]


async def test_files_for_an_assignment_are_set_aside_until_they_are_handed_in(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        mine, theirs = a_file(cast.lan, assignment_id=duty.assignment.id), a_file(cast.minh, assignment_id=duty.assignment.id)
        await announce(session, mine, theirs, a_file(cast.lan))
        lost = a_file(cast.lan, assignment_id=duty.assignment.id, state=FileState.LOST)
        await announce(session, lost)
        assert await files.set_aside_for(session, duty.assignment.id) == [mine, theirs]
        handed = await assignments.hand_in(session, duty, cast.lan.id, NOW)
        mine.submission_id = handed.id
        await session.flush()
        assert await files.set_aside_for(session, duty.assignment.id) == [theirs]
        assert await files.handed_in(session, [handed.id]) == [mine]
        assert await files.handed_in(session, []) == []
