"""Which world does the program run in that nothing outside of it can make? Its own command, in a small wrapper for each fault."""

import sys
from datetime import timedelta
from pathlib import Path

JUMP, FULL = "jump", "full"
START = """
from bot.cli import main
main()
"""
# What reads the clock is schedules/clock.py, by ``time``, and APScheduler, by its own ``datetime``.
ITS_CLOCK_JUMPS = f"""
import time
from datetime import datetime
from pathlib import Path
from apscheduler.schedulers import base
right = time.time
time.time = lambda: right() + float(Path({JUMP!r}).read_text())
class Jumping(datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime.fromtimestamp(time.time(), zone)
base.datetime = Jumping
{START}"""
# SQLite keeps the limit for each connection, and takes one below its size for its size.
ITS_DISK_FILLS = f"""
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.pool import Pool
@event.listens_for(Pool, "checkout")
def limit(connection, _record, _proxy):
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA max_page_count = {{1 if Path({FULL!r}).exists() else 2**30}}")
    cursor.close()
{START}"""


def run(program: str = START) -> tuple[str, ...]:
    """Give the command that runs the program in a wrapper."""
    return (sys.executable, "-c", program, "run")


def jump(folder: Path, far: timedelta) -> None:
    """Set the clock of those that run in a folder ahead, or back, of the right time."""
    new = folder / f"{JUMP}.new"
    new.write_text(str(far.total_seconds()))
    new.replace(folder / JUMP)  # at once, so that nobody reads half of it
