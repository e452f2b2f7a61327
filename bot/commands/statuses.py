"""How is a status shown in a terminal? One table of what was seen, and under it what is wrong."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.commands.status import Status, age, counted, moment
from domain.deliveries import Lane
from domain.health import Health
from domain.quotas import Quota

SHOWN = 20
"""Lines of a list; ``--json`` gives all."""
LANES = {Lane.WORD: "word", Lane.REMINDER: "reminders", Lane.BROADCAST: "announcements"}


def shown(found: Status, zone: tzinfo) -> RenderableType:
    """Lay a status out for a person."""
    table = Table("", f"as of {moment(found.at, zone)}", box=SIMPLE_HEAD)
    table.columns[1].overflow = "fold"
    table.add_row("Database", Text(f"{found.database}, step {found.step or 'none'}"))
    for name, lines in _rows(found.health, zone) if found.health else ():
        table.add_row(name, Text("\n".join(lines) or "none"))
    wrong = [Text(f"✗ {sentence}", style="bold red") for sentence in found.wrong]
    return Group(table, *(wrong or [Text("✓ Nothing is wrong.", style="green")]))


def _rows(seen: Health, zone: tzinfo) -> Iterator[tuple[str, Iterable[str]]]:
    yield "Leader", [f"{seen.leader.owner}, until {moment(seen.leader.until, zone)}"] if seen.leader else []
    planned = f"{moment(seen.planned_at, zone)}, {age(seen.planned_at, seen.at)} ago" if seen.planned_at else "never"
    yield "Last planning", [planned]
    yield "Messages", _messages(seen)
    yield "Waiting now", _waiting(seen, zone)
    yield "Rate", _rate(seen, zone)
    if seen.quotas or seen.earlier:
        yield "Messages a month", _quotas(seen, zone)
    yield (
        "Accounts suspended",
        _first(f"{one.person} ({', '.join((one.channel, *one.units))}): {one.reason}" for one in seen.suspended),
    )
    yield "Unknown, 30 days", _first(f"{one.person}: {one.kind}, {moment(one.at, zone)}, row {one.id}" for one in seen.unknown)
    yield "Set aside, 30 days", _first(f"{one.channel}, {moment(one.at, zone)}, event {one.id}" for one in seen.set_aside)
    yield "Incidents", [f"{one.cause}: {one.count}, since {moment(one.since, zone)}" for one in seen.incidents]
    yield "Missing", counted(seen.gaps)
    yield (
        "Files",
        [f"{seen.files} newest looked for, {len(seen.missing)} cannot be read", *_first(f"file {one}" for one in seen.missing)],
    )


def _messages(seen: Health) -> Iterator[str]:
    for state in sorted({state for state, _ in seen.rows}):
        counts = ((LANES[lane], seen.rows.get((state, lane), 0)) for lane in Lane)
        yield f"{state}: {', '.join(f'{count} {lane}' for lane, count in counts if count)}"


def _waiting(seen: Health, zone: tzinfo) -> Iterator[str]:
    since = f", the oldest since {moment(seen.oldest, zone)} ({age(seen.oldest, seen.at)})" if seen.oldest else ""
    yield f"{seen.due} due{since}"
    yield from _first(f"{count} fail: {reason}" for reason, count in seen.failing.items())


def _rate(seen: Health, zone: tzinfo) -> Iterator[str]:
    most = f" of {seen.rate * 60:g}" if seen.rate else ""
    yield f"{seen.left}{most} in the last minute"
    for bot, ends in seen.pauses.items():
        yield f"{bot}: the platform asked for a pause until {moment(ends, zone)}"


def _quotas(seen: Health, zone: tzinfo) -> Iterator[str]:
    for one in seen.quotas:
        until = f"until {moment(seen.month_ends, zone)}, or until the quota is raised"
        waits = f"; announcements wait {until}: {seen.resting}" if one.rests else ""
        yield f"{_used(one)}{waits}"
    yield from (_used(one) for one in seen.earlier)


def _used(one: Quota) -> str:
    return f"{one.bot}, {one.month:%Y-%m}: {one.used} of {one.most} ({one.percent} %)"


def _first(lines: Iterable[str]) -> list[str]:
    every = list(lines)
    more = [f"… and {len(every) - SHOWN} more"] if len(every) > SHOWN else []
    return [*every[:SHOWN], *more]
