"""Is a file of SQLite run on by one process at a time, by whatever name it goes, and free again when that process ends?"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from storage import locks
from storage.locks import InUseError
from storage.session import Database, UnreachableError

HOLD = """
import sys
from storage.locks import alone
from storage.session import Database
with alone(Database(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(url: str) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the file until it is killed."""
    words = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:  # noqa: S603  # our own
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            holder.kill()


def is_free(url: str) -> bool:
    try:
        with locks.alone(Database(url)):
            return True
    except InUseError:
        return False


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a database in the folder in which the test stands."""
    monkeypatch.chdir(tmp_path)
    return f"sqlite:///{tmp_path / 'office.db'}"


def test_a_file_is_free_again_when_the_block_ends(office: str) -> None:
    with locks.alone(Database(office)):
        assert not is_free(office)
    assert is_free(office)


def test_a_file_is_held_against_another_process_and_free_when_that_is_killed(office: str) -> None:
    with another_process(office) as holder:
        assert not is_free(office)
        holder.kill()
        holder.wait()
        assert is_free(office)


def test_a_file_has_one_lock_by_whatever_name_it_goes(office: str, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to("office.db")
    (tmp_path / "folder").symlink_to(tmp_path)
    with locks.alone(Database("sqlite:///link.db")):
        names = [office, "sqlite:///office.db", "sqlite:///./folder/office.db", "sqlite:///folder/link.db"]
        assert [name for name in names if is_free(name)] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "link.db", "office.db.lock"]


def test_other_files_are_free(office: str) -> None:
    with locks.alone(Database(office)):
        assert is_free("sqlite:///other.db")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://office@db/office"])
def test_what_is_in_no_file_is_never_held(office: str, tmp_path: Path, url: str) -> None:
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(locks.alone(Database(url)))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_told_as_such(office: str, tmp_path: Path) -> None:
    (tmp_path / "office.db.lock").mkdir()
    with pytest.raises(UnreachableError, match=r"office\.db\.lock"), locks.alone(Database(office)):
        pass
