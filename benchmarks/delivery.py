"""How well are messages delivered? At Telegram's limits and past them, killed and beside the ways of others."""

import argparse
import asyncio
import os
import platform
import re
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # The benchmarks are not installed.
from benchmarks.delivering import announcing, backlogs, breaking, lives, presses
from benchmarks.delivering.figures import Figure, table

CHATS, PRESSES, JOBS, ROWS = (300, 2000), (150, 500), (1000, 3000), (10_000, 100_000)
"""What is measured in the short form, and in full, which the goals are stated for."""


def figures(told: argparse.Namespace) -> dict[str, Callable[[], Awaitable[list[Figure]]]]:
    """Give what can be measured, by the name that --only takes."""
    chats = told.chats or CHATS[told.full]
    return {
        "time": partial(announcing.time_and_answers, chats),
        "kill": partial(breaking.killed, chats),
        "replicas": partial(breaking.replicas, chats),
        "processor": partial(announcing.processor, chats),
        "presses": partial(presses.compared, PRESSES[told.full]),
        "life": partial(lives.compared, JOBS[told.full]),
        "backlog": partial(backlogs.waiting, ROWS[told.full]),
    }


def machine() -> str:
    """Name what it ran on, and how busy that was with other things before."""
    models = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    name = models[0] if models else platform.machine()
    return f"{name}, {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"


async def main() -> None:
    """Measure what is asked for, and print a table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--full", action="store_true", help="as many chats and rows as the goals are stated for")
    wanted.add_argument("--chats", type=int, help="how many chats are written to")
    wanted.add_argument("--only", action="append", help="one figure; may be given again")
    told = wanted.parse_args()
    known = figures(told)
    if unknown := set(told.only or ()) - known.keys():
        wanted.error(f"no figure is called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    print(machine())
    for number, name in enumerate(told.only or known):
        print(f"  {name}", file=sys.stderr)
        print(table(await known[name](), goes_on=number > 0), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
