"""Do foreign programs stay within their bounds, and end with whatever they started?"""

import os
import resource
import sys
from pathlib import Path

import pytest

from documents.readers import programs
from documents.reasons import Reason
from domain.errors import Unreadable

LIMITS = programs.Limits(seconds=20, megabytes=200)


def run(script: str, *, files: dict[str, bytes] | None = None, limits: programs.Limits = LIMITS) -> bytes:
    """Run a program of Python's."""
    return programs.run([sys.executable, "-I", "-S", "-c", script], files or {}, limits)


def test_a_program_that_is_not_installed_is_not_found() -> None:
    assert programs.find("sh")
    assert programs.find("dondoc-has-no-such-program") is None


def test_what_a_program_prints_is_given() -> None:
    assert run("print(open('a/b.txt').read(), end='')", files={"a/b.txt": b"paper"}) == b"paper"


def test_the_result_is_the_file_that_a_program_leaves() -> None:
    command = [sys.executable, "-c", "print('noise'); open('made', 'w').write('paper')"]

    assert programs.run(command, {}, LIMITS, result="made") == b"paper"


@pytest.mark.parametrize(
    "script",
    [
        "raise SystemExit(3)",
        "import os; os.abort()",
        "bytes(400 * 1024 * 1024)",
        "open('large', 'wb').write(bytes(120 * 1024 * 1024))",
    ],
)
def test_a_program_that_fails_says_that_the_file_is_broken(script: str) -> None:
    with pytest.raises(Unreadable) as refused:
        run(script)

    assert refused.value.reason == Reason.BROKEN_FILE


def test_a_program_that_leaves_no_result_says_that_the_file_is_broken() -> None:
    with pytest.raises(Unreadable) as refused:
        programs.run([sys.executable, "-c", ""], {}, LIMITS, result="made")

    assert refused.value.reason == Reason.BROKEN_FILE


@pytest.mark.parametrize("script", ["import signal; signal.pause()", "while True: pass"])
def test_a_program_that_does_not_end_is_stopped(script: str) -> None:
    with pytest.raises(Unreadable) as refused:
        run(script, limits=programs.Limits(seconds=1, megabytes=200))

    assert refused.value.reason == Reason.TOO_SLOW


@pytest.mark.parametrize("ending", ["signal.pause()", "sys.exit(1)"])
def test_what_a_program_started_ends_with_it(ending: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    start = f"import os, signal, sys; os.open({str(pipe)!r}, os.O_WRONLY); os.fork() or signal.pause(); {ending}"

    with pytest.raises(Unreadable):
        run(start, limits=programs.Limits(seconds=1, megabytes=200))

    os.set_blocking(reader, True)
    assert os.read(reader, 1) == b""  # the pipe's end is read only when nobody is left to write
    os.close(reader)


def test_a_program_finds_its_own_folder_and_nothing_of_our_environment() -> None:
    script = "import os; print(os.environ['HOME'] == os.environ['TMPDIR'] == os.getcwd(), *os.environ)"

    own, *names = run(script).decode().split()

    assert own == "True"
    assert "PATH" in names
    assert not {name for name in names if name.startswith("PYTEST")}  # pytest sets one, as a bot sets its token


def test_a_program_reads_no_input() -> None:
    assert run("import sys; print(sys.stdin.read(), end='')") == b""


def test_the_folder_is_gone_afterwards() -> None:
    folder = run("import os; print(os.getcwd(), end='')").decode()

    assert not Path(folder).exists()


def test_a_program_has_its_own_bound_and_not_the_one_of_its_caller() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (1024**3, before[1]))
    try:
        printed = run("import resource; print(*resource.getrlimit(resource.RLIMIT_DATA))", limits=programs.Limits(20, 1500))
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)

    assert printed.decode().split() == [str(1500 * 1024**2)] * 2
