"""How many presses of 'Đã nộp' can be answered a second? Beside a bare bot with the same requests and one row a press."""

import tempfile
from pathlib import Path

from benchmarks.delivering import offices
from benchmarks.delivering.figures import Figure, at_least, median
from benchmarks.delivering.offices import Office
from benchmarks.delivering.processes import BARE, Twin, twin
from benchmarks.delivering.watch import READERS_FROM
from domain.people import RoleKind
from tests import databases

LABEL = "Đã nộp"
LEAST = 0.7
ROUNDS = 3
AT_A_TIME = 16
LONGEST = 300.0
FOR_A_PRESS = ("answercallbackquery", "editmessagetext", "sendmessage")
NOT_FOR_A_PRESS = {"getme", "getupdates", "deletewebhook"}


async def compared(presses: int) -> list[Figure]:
    """Measure on SQLite and on PostgreSQL, each beside the bare bot on the same."""
    with tempfile.TemporaryDirectory() as name, databases.postgres(durable=True) as server:
        url, beside = await server.make(blank=True), await server.make(blank=True)
        return [
            await _beside_bare("SQLite", f"sqlite:///{name}/office.db", f"{name}/bare.db", presses),
            await _beside_bare("PostgreSQL", url, beside, presses),
        ]


async def _beside_bare(kind: str, url: str, other: str, presses: int) -> Figure:
    numbers = range(READERS_FROM, READERS_FROM + presses * (1 + ROUNDS))
    with tempfile.TemporaryDirectory() as name:
        async with (
            offices.opened(url, Path(name)) as office,
            twin(limited=False) as here,
            twin(limited=False) as there,
        ):
            await _cards(office, [here, there], numbers)
            program = await office.starts(here, fast=True)
            bare = await there.starts((*BARE, "presses", there.token, there.url, "--database", other), office.folder, {})
            rates = [
                (await _rate(here, numbers[at : at + presses]), await _rate(there, numbers[at : at + presses]))
                for at in range(0, len(numbers), presses)
            ]
            await program.ends()
            await bare.ends()
    mine, theirs = (median(measured) for measured in zip(*rates[1:], strict=True))  # The first round warms both up.
    detail = f" ({mine:.0f} a second, bare {theirs:.0f}; {AT_A_TIME} at a time, median of {ROUNDS})"
    return at_least(f"presses a second ÷ a bare bot's, {kind}", mine / theirs, LEAST, detail=detail)


async def _cards(office: Office, platforms: list[Twin], numbers: range) -> None:
    """Give every reader a task, and its card on each platform; nobody is there who would be told of a press."""
    await office.registers(len(numbers), hoa=RoleKind.LEADER)
    made = await office.assigns()
    for platform in platforms:
        await platform.people(*numbers)
        for number, one in zip(numbers, made, strict=True):
            await platform.does("card", chat=number, label=LABEL, data=f"submit:{one.id}:{one.revision}:card")


async def _rate(platform: Twin, numbers: range) -> float:
    """Let people press, and give the answers a second; each press is to make the same requests, everywhere."""
    seconds = await platform.does("hands_in", chats=list(numbers), label=LABEL, at_a_time=AT_A_TIME, seconds=LONGEST)
    requests = (await platform.tally()).requests
    made = {name: requests[name] for name in requests.keys() - NOT_FOR_A_PRESS}
    if made != dict.fromkeys(FOR_A_PRESS, len(numbers)):
        raise SystemExit(f"{len(numbers)} presses made the requests {made}")
    return len(numbers) / float(seconds)
