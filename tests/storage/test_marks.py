"""Does the file beside a database say which marks fit, and nothing else, whatever became of it?"""

import os
import stat
from pathlib import Path

import pytest

from storage import marks
from storage.marks import MarkUnreadableError, MarkUnwritableError


def fitting(folder: Path) -> list[str | None]:
    return [mark for mark in (None, "first", "second", "third", "") if marks.fits(folder, mark)]


def test_the_mark_before_and_the_newest_fit(tmp_path: Path) -> None:
    marks.write(tmp_path, "first", "second")
    assert fitting(tmp_path) == ["first", "second"]
    marks.write(tmp_path, "second", "third")
    assert fitting(tmp_path) == ["second", "third"]


def test_beside_its_first_mark_a_database_without_one_fits(tmp_path: Path) -> None:
    marks.write(tmp_path / "data", None, "first")
    assert fitting(tmp_path / "data") == [None, "first"]


@pytest.mark.parametrize("folder", ["empty", "missing", "file/below"])
def test_without_the_file_only_a_database_without_a_mark_fits(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    assert fitting(tmp_path / folder) == [None]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"fir", b"firstsecond\n"])
def test_beside_a_garbled_file_nothing_fits(tmp_path: Path, content: bytes) -> None:
    (tmp_path / marks.NAME).write_bytes(content)
    assert fitting(tmp_path) == []


def test_a_file_that_cannot_be_read_or_written_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / marks.NAME).mkdir()
    with pytest.raises(MarkUnreadableError, match=r"/instance cannot be read: Is a directory"):
        marks.fits(tmp_path, "first")
    with pytest.raises(MarkUnwritableError, match=r"/instance cannot be written: Is a directory"):
        marks.write(tmp_path, "first", "second")
    assert [path.name for path in tmp_path.iterdir()] == [marks.NAME]


def test_what_root_writes_can_be_read_by_the_program_s_user(tmp_path: Path) -> None:
    before = os.umask(0o077)
    marks.write(tmp_path, "first", "second")
    os.umask(before)
    assert stat.S_IMODE((tmp_path / marks.NAME).stat().st_mode) == 0o644
