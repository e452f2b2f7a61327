"""How does the program do? ``dondoc status`` tells it to the administrator, and by its exit code to what watches over it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.app import limits_of, office_of
from bot.settings import Settings
from domain.health import LISTED, Fault, Health, faults
from domain.quotas import Quota
from schedules import sweeping as sweeps
from schedules.clock import wall_clock
from storage import calendars, files, health, incidents, migrations, quotas, sweeping, ticks
from storage.files import Store
from storage.session import Database, Session, UnavailableError, UnreachableError

FILES = 1000
"""So many of the newest files are looked for: those of some months, in less than a second."""
LOOKS = 10_000
"""So many assignments for which nothing is planned are looked at: more than an office has open."""
MINUTE, DAY, YEAR = timedelta(minutes=1), timedelta(days=1), timedelta(days=365)
GAPS = {"looks": "tasks of units without a next look", "reminders": "reminders", "announcements": "announcements"}


@dataclass(frozen=True)
class Status:
    """What was found: the database and the step it stands at, what is seen in it, and what is wrong, a sentence each."""

    at: datetime
    database: str
    step: str | None
    health: Health | None
    wrong: tuple[str, ...]


def status(settings: Settings) -> Status:
    """Look at the database and the files, and change nothing."""
    return asyncio.run(look(settings, wall_clock()))


async def look(settings: Settings, now: datetime) -> Status:
    """Give what is found at a moment."""
    database = Database(settings.database_url)
    step: str | None = None
    try:
        step = await migrations.step_of(database)
        if step != migrations.newest():
            age = "empty" if step is None else "of another version than this program"
            return Status(now, database.shown, step, None, (f"The database is {age}: run “dondoc migrate”.",))
        async with database.transaction() as session:
            seen = await _health(session, settings, now)
    except (UnreachableError, UnavailableError) as error:
        return Status(now, database.shown, step, None, (f"The database cannot be reached: {getattr(error, 'orig', error)}.",))
    finally:
        await database.close()
    return Status(now, database.shown, step, seen, tuple(_sentence(fault, seen, settings.zone) for fault in faults(seen)))


async def _health(session: Session, settings: Settings, now: datetime) -> Health:
    rate = settings.rates.overall
    limits = limits_of(settings, settings.bots)
    used, month = await quotas.of(session, limits, now), limits.month(now)
    waiting = await health.waiting(session, now, limits.ways(used))
    rows, left = await health.by_state(session, now - MINUTE)
    office = office_of(settings, now, await calendars.own(session))
    gaps = await sweeps.find(session, await sweeping.without_look(session, 0, LOOKS), office, now)
    kept, store = await files.newest_kept(session, FILES), Store(settings.data_dir / "files")
    return Health(
        at=now,
        rows=rows,
        due=waiting.due,
        oldest=waiting.oldest,
        failing=await health.failing(session),
        is_stuck=waiting.is_stuck(now, rate),
        left=left,
        rate=rate,
        pauses=await health.pauses(session, now),
        quotas=used,
        earlier=await quotas.of_months(session, month - YEAR, month - DAY),
        month_ends=limits.turn(now),
        resting=waiting.resting,
        suspended=await health.suspended(session),
        unknown=await health.unknown(session, now - LISTED),
        set_aside=await health.set_aside(session, now - LISTED),
        leader=await health.leader(session, now),
        planned_at=await ticks.last(session, ticks.PLAN),
        incidents=await incidents.not_over(session),
        gaps=gaps.counts,
        files=len(kept),
        missing=[one.id for one in kept if not store.holds(one.sha256 or "", one.size)],
    )


def _sentence(fault: Fault, seen: Health, zone: tzinfo) -> str:
    """Say what is wrong, and what to do."""
    planned = moment(seen.planned_at, zone) if seen.planned_at else "never"
    to_do = "docs/operations.md says what to do"
    sentences = {
        Fault.NO_LEADER: "No process leads: “dondoc run” does not run, or cannot reach the database.",
        Fault.STILL: f"Reminders were last planned {planned}: look at the log of “dondoc run”.",
        Fault.STUCK: f"Messages do not leave: {_held_up(seen)}. “dondoc check” says whether the platform is within reach.",
        Fault.SET_ASIDE: f"What somebody did failed three times within the last day: {to_do}.",
        Fault.UNKNOWN: f"Of messages of the last day it is not known whether they arrived: {to_do}.",
        Fault.GAPS: f"Something is missing that “dondoc run” puts back within a minute: {', '.join(counted(seen.gaps))}.",
        Fault.FILES: f"{len(seen.missing)} of the {seen.files} newest files cannot be read: put them back from a backup.",
    }
    return sentences[fault]


def _held_up(seen: Health) -> str:
    if seen.failing:
        return "; ".join(f"{count} × {reason}" for reason, count in seen.failing.items())
    return f"the oldest has waited for {age(seen.oldest, seen.at)}"


def counted(counts: Mapping[str, int]) -> list[str]:
    """Write how many there are of each kind of gap."""
    return [f"{count} {GAPS[name]}" for name, count in counts.items() if count]


def moment(at: datetime, zone: tzinfo) -> str:
    """Write a moment in the office's zone."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def age(since: datetime | None, now: datetime) -> str:
    """Write how long ago a moment is, in the unit that a person would take."""
    seconds = (now - since).total_seconds() if since else 0
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def as_json(found: Status, zone: tzinfo) -> dict[str, object]:
    """Give it for a program; moments are ISO 8601 in the office's zone."""
    database = {"url": found.database, "step": found.step, "newest": migrations.newest()}
    seen = {} if found.health is None else _as_json(found.health, zone)
    return {"at": _iso(found.at, zone), "well": not found.wrong, "wrong": list(found.wrong), "database": database, **seen}


def _as_json(seen: Health, zone: tzinfo) -> dict[str, object]:
    rows = sorted(seen.rows.items(), key=lambda one: (one[0][0], one[0][1]))
    return {
        "outbox": [{"state": state.value, "lane": lane.name.lower(), "rows": count} for (state, lane), count in rows],
        "waiting": {
            "due": seen.due,
            "oldest": _iso(seen.oldest, zone),
            "seconds": (seen.at - seen.oldest).total_seconds() if seen.oldest else 0,
            "failing": dict(seen.failing),
            "resting": seen.resting,
        },
        "rate": {
            "last_minute": seen.left,
            "a_minute": seen.rate * 60,
            "pauses": {bot: _iso(ends, zone) for bot, ends in seen.pauses.items()},
        },
        "quotas": [{**_quota(one), "announcements_wait": one.rests, "until": _iso(seen.month_ends, zone)} for one in seen.quotas],
        "quotas_before": [_quota(one) for one in seen.earlier],
        "suspended": [
            {"person": one.person, "channel": one.channel, "reason": one.reason, "units": list(one.units)}
            for one in seen.suspended
        ],
        "unknown": [
            {"id": one.id, "person": one.person, "kind": one.kind.value, "at": _iso(one.at, zone)} for one in seen.unknown
        ],
        "set_aside": [{"id": one.id, "channel": one.channel, "at": _iso(one.at, zone)} for one in seen.set_aside],
        "leader": {"owner": seen.leader.owner, "until": _iso(seen.leader.until, zone)} if seen.leader else None,
        "planned_at": _iso(seen.planned_at, zone),
        "incidents": [
            {"cause": one.cause.value, "since": _iso(one.since, zone), "count": one.count, "told_at": _iso(one.told_at, zone)}
            for one in seen.incidents
        ],
        "gaps": dict(seen.gaps),
        "files": {"looked_at": seen.files, "missing": list(seen.missing)},
    }


def _quota(one: Quota) -> dict[str, object]:
    return {"bot": one.bot, "month": f"{one.month:%Y-%m}", "quota": one.most, "used": one.used, "percent": one.percent}


def _iso(at: datetime | None, zone: tzinfo) -> str | None:
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None
