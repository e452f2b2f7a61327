"""How does the office set its days off and working days in the chat? Shown by year; set and unset once what moves is seen."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.calendar_changes import Change, Effect, MovedDay
from domain.errors import Refusal
from domain.office_days import FIRST_YEAR, LAST_YEAR, DayKind, OfficeDay, changed, overlay
from domain.people import RoleKind
from handlers.context import Answer, Context, Reply
from handlers.review import typed_deadline
from messages import calendars as messages
from storage import calendar_files, calendars, dialogues, ladders, reminders

QUESTION = "officeday"
LONGEST = 300
NO_SOURCE = {"không", "khong", "-", "no", "none"}
DAY_FIRST = re.compile(r"(?P<day>\d[\d/.-]*)\s+(?P<name>\D.*)", re.DOTALL)


async def show(context: Context, year: int = 0, page: int = 0) -> Answer:
    """Show a year's days off and working days, the present year's unless another is named."""
    shown = year or context.office.today(context.now).year
    if not FIRST_YEAR <= shown <= LAST_YEAR:
        raise Refusal("card-old")
    names = messages.swap_names(context.speech)
    days = calendars.listed(shown, context.speech.language, await calendars.own(context.session), names)
    may_set = RoleKind.ADMIN in context.standing.kinds
    return [context.in_place(messages.year(context.speech, days, shown, page, may_set=may_set))]


async def ask_day(context: Context, kind: str) -> Answer:
    """Ask for a day to set."""
    if kind not in set(DayKind):
        raise Refusal("card-old")
    await _ask(context, {"kind": kind})
    return [Reply(messages.ask_day(context.speech, DayKind(kind)))]


async def take_words(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take a day with its name and source from one line, or what is still missing of them, and show what it would move."""
    if len(text) > LONGEST:
        raise Refusal("too-long")
    known = _understood(context, subject, text)
    await _ask(context, known)
    when = context.speech.day(date.fromisoformat(known["day"]))
    if "name" not in known:
        return [Reply(messages.ask_name(context.speech, when))]
    if "source" not in known:
        return [Reply(messages.ask_source(context.speech, when))]
    day = _office_day(context, known)
    return [Reply(messages.proposed(context.speech, day, await _effect(context, setting=day)))]


def _understood(context: Context, subject: dict[str, Any], text: str) -> dict[str, Any]:
    """Add what a text says to what is known; once all is known, another text begins anew."""
    parts = [part for part in (" ".join(words.split()) for words in re.split(r"[;\n]", text)) if part]
    if not parts:
        raise Refusal("empty-text")
    if "day" in subject and "name" not in subject:
        return {**subject, "name": parts[0], **_source(parts[1:])}
    if "name" in subject and "source" not in subject:
        return {**subject, **_source(parts)}
    together = DAY_FIRST.fullmatch(parts[0])
    if together:
        parts = [together["day"], together["name"], *parts[1:]]
    known = {"kind": subject["kind"], "day": _day(context, parts[0]).isoformat()}
    return {**known, **({"name": parts[1]} if parts[1:] else {}), **_source(parts[2:])}


def _source(parts: Sequence[str]) -> dict[str, str]:
    if not parts:
        return {}
    return {"source": "" if parts[0].lower() in NO_SOURCE else "; ".join(parts)}


def _day(context: Context, text: str) -> date:
    try:
        day = typed_deadline(context, text, context.office.today(context.now)).last_day
    except Refusal:
        raise Refusal("day-not-understood") from None
    if day is None:
        raise Refusal("day-not-understood")
    return day


async def set_day(context: Context, number: int, kind: str) -> Answer:
    """Set the day that was shown, and have reminders planned anew."""
    day = _numbered(number)
    asked = await dialogues.open_with(context.session, context.account.id, context.now)
    known = asked.subject if asked is not None and asked.question == QUESTION else {}
    if (known.get("day"), known.get("kind")) != (day.isoformat(), kind) or "source" not in known:
        return await _as_it_stands(context, day, kind)
    chosen = _office_day(context, known)
    moved = (await _effect(context, setting=chosen)).days
    await calendars.keep(context.session, chosen)
    await _plan_anew(context, moved)
    await dialogues.close(context.session, context.account.id)
    return [context.in_place(messages.applied(context.speech, chosen))]


async def _as_it_stands(context: Context, day: date, kind: str) -> Answer:
    """Say again that a day is set when it is; an old card sets nothing."""
    kept = await _own(context, day)
    if kept is None or kept.kind != kind:
        raise Refusal("card-old")
    return [context.in_place(messages.applied(context.speech, kept))]


async def propose_removal(context: Context, number: int) -> Answer:
    """Show what unsetting a day would move."""
    day = await _own(context, _numbered(number))
    if day is None:
        raise Refusal("card-old")
    found = await _effect(context, unsetting=day.day)
    return [context.in_place(messages.proposed_removal(context.speech, day, found))]


async def unset_day(context: Context, number: int) -> Answer:
    """Let a day be what the law says, and have reminders planned anew; unset already, it stays so."""
    day = _numbered(number)
    moved = (await _effect(context, unsetting=day)).days
    if await calendars.forget(context.session, day):
        await _plan_anew(context, moved)
    return [context.in_place(messages.removed(context.speech, context.speech.day(day), day.year))]


async def _plan_anew(context: Context, moved: Sequence[MovedDay]) -> None:
    """Have reminders planned anew, and the files renewed that people took of what was moved."""
    await calendars.plan_anew(context.session, context.now)
    ids = [one.duty.assignment.id for one in moved]
    await calendar_files.renew(context.session, ids, now=context.now, at=context.office.tells_at(context.now))


async def _ask(context: Context, subject: dict[str, Any]) -> None:
    await dialogues.ask(context.session, context.account.id, QUESTION, subject, context.now)


async def _own(context: Context, day: date) -> OfficeDay | None:
    return next((one for one in await calendars.own(context.session) if one.day == day), None)


async def _effect(context: Context, *, setting: OfficeDay | None = None, unsetting: date | None = None) -> Effect:
    own = await calendars.own(context.session)
    new = changed(own, [setting] if setting else [], [unsetting] if unsetting else [])
    law = calendars.around(context.office.today(context.now).year)
    before, after = (replace(context.office, calendar=overlay(law, days)) for days in (own, new))
    days = [day for day in (setting and setting.day, unsetting) if day]
    duties = await calendars.open_around(context.session, days)
    said = await reminders.brought_up(context.session, [duty.assignment for duty in duties])
    return Change(before, after, context.now).effect(duties, said, await ladders.of_office(context.session))


def _office_day(context: Context, known: dict[str, Any]) -> OfficeDay:
    day, kind = date.fromisoformat(known["day"]), DayKind(known["kind"])
    return OfficeDay(day, kind, known["name"], known["source"] or None, context.now, context.person.id)


def _numbered(number: int) -> date:
    """Read the day of a button, whose number is like 20260515."""
    try:
        return datetime.strptime(str(number), "%Y%m%d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        raise Refusal("card-old") from None
