"""How is a foreign program run? In a folder of its own, within bounds of time, memory and disk, and with no way to a network."""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from documents.reasons import Reason
from domain.errors import Unreadable

_OUTPUT = "output"
# The shell sets the bounds and then becomes the program, so that no moment passes without them; a function between fork and exec
# (preexec_fn) can hang where threads run, and bounds set from outside (prlimit) come after the program has begun.
# The bound on the processor's time ends what the bound on the clock cannot: a program whose caller was killed.
_BOUNDED = 'ulimit -c 0 && ulimit -d "$1" && ulimit -f "$2" && ulimit -S -t "$3" && shift 3 && exec "$@"'
_KIBIBYTES, _BLOCKS = 1024, 2 * 1024
_MOST_WRITTEN = 100
# Nobody listens on the port for discarding.
_NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Limits:
    """What a program may use: seconds of the clock, and of the processor; megabytes of memory, in each of its processes."""

    seconds: int
    megabytes: int


def find(name: str) -> str | None:
    """Give the path of a program; None where it is not installed."""
    return shutil.which(name)


def run(command: Sequence[str], files: Mapping[str, bytes], limits: Limits, *, result: str = _OUTPUT) -> bytes:
    """Run a program in a fresh folder that holds the files; give the file it leaves as the result, or else what it prints.

    Raises Unreadable with "too-slow" beyond the seconds, and with "broken-file" when it fails or leaves no result.
    """
    with tempfile.TemporaryDirectory(prefix="dondoc-") as name:
        folder = Path(name)
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        status = _status(command, folder, limits)
        if status == -signal.SIGXCPU:
            raise Unreadable(Reason.TOO_SLOW, f"{limits.seconds} s of the processor")
        if status or not (folder / result).is_file():
            raise Unreadable(Reason.BROKEN_FILE, f"{Path(command[0]).name} {status}")
        return (folder / result).read_bytes()


def _status(command: Sequence[str], folder: Path, limits: Limits) -> int:
    """Run a program to its end and give its exit status; whatever it has started ends with it."""
    with (folder / _OUTPUT).open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - the callers name the programs; what people send is only ever a file for them
            ["/bin/sh", "-c", _BOUNDED, "sh", *_bounds(limits), *command],
            cwd=folder,
            env=_environment(command[0], folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        return process.wait(limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Reason.TOO_SLOW, f"{limits.seconds} s") from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _bounds(limits: Limits) -> tuple[str, str, str]:
    """Give the bounds in the shell's units: memory, each file written, time. They replace the softer ones of this process.

    Memory is what a program writes to: LibreOffice maps far more than it ever touches.
    """
    memory = limits.megabytes * _KIBIBYTES
    _, hardest = resource.getrlimit(resource.RLIMIT_DATA)
    if hardest != resource.RLIM_INFINITY:
        memory = min(memory, hardest // _KIBIBYTES)
    return str(memory), str(_MOST_WRITTEN * _BLOCKS), str(limits.seconds)


def _environment(program: str, folder: Path) -> dict[str, str]:
    """Give a program an environment of its own: nothing of this process's, whose environment holds secrets."""
    return {
        "PATH": f"{Path(program).parent}{os.pathsep}{os.defpath}",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",  # Tesseract's threads wait for each other more than they help.
        "SAL_USE_VCLPLUGIN": "svp",  # LibreOffice draws in memory, and asks for no display.
        **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOWHERE),
    }
