"""What is said about the office's calendar? Its days off and worked, setting one, and what that moves."""

from collections.abc import Sequence
from datetime import date

from channels import Button, Outgoing
from channels.markup import plain
from domain.calendar_changes import Effect, MovedDay
from domain.office_days import DayKind, ListedDay, OfficeDay
from messages import buttons, tasks
from messages.i18n import N_, Speech

SHOWN, MOVED_SHOWN = 12, 8
KINDS = {DayKind.OFF: N_("day off"), DayKind.WORKING: N_("working day")}
SWAPS = {DayKind.OFF: N_("Day off in exchange"), DayKind.WORKING: N_("Worked in exchange")}
ADDING = {DayKind.OFF: N_("Add a day off"), DayKind.WORKING: N_("Add a working day")}
ASKING = {
    DayKind.OFF: N_("Which day off? Please write the day, its name and the paper that says so, like:"),
    DayKind.WORKING: N_("Which day is worked? Please write the day, its name and the paper that says so, like:"),
}
EXAMPLES = {
    DayKind.OFF: N_("15/05/2026; Founding day of the province; Notice No. 12-TB/VP"),
    DayKind.WORKING: N_("23/05/2026; Worked for 15/05; Notice No. 12-TB/VP"),
}


def swap_names(speech: Speech) -> dict[DayKind, str]:
    """Name the two days of a swap."""
    return {kind: plain(speech.say(name)) for kind, name in SWAPS.items()}


def headings(speech: Speech) -> tuple[str, ...]:
    """Give the headings of a table of days."""
    words = (speech.say("Day"), speech.say("What"), speech.say("Name"), speech.say("Source"), speech.say("Announced"))
    return tuple(map(plain, words))


def cells(speech: Speech, day: ListedDay) -> tuple[str, ...]:
    """Give what stands in a table beside a day."""
    announced = speech.say("expected") if day.is_expected else speech.say("yes")
    return plain(speech.say(KINDS[day.kind])), day.name, day.source or "–", plain(announced)


def year(speech: Speech, days: Sequence[ListedDay], shown: int, page: int, *, may_set: bool) -> Outgoing:
    """Show a year's days off and working days, twelve on a page; with buttons to set and unset them for who may."""
    page = max(0, min(page, (len(days) - 1) // SHOWN))
    on_page = days[page * SHOWN : (page + 1) * SHOWN]
    text = speech.lines(
        speech.say("📅 <b>Days off and working days of {year}</b>", year=str(shown)),
        "",
        *(_line(speech, one) for one in on_page),
        None if on_page else speech.say("No day is listed."),
        "",
        speech.say("“Expected”: no decision has announced the day yet; set it when there is one.")
        if any(one.is_expected for one in days)
        else None,
    )
    removing = [
        buttons.button(speech.say("Remove {day}", day=speech.date(one.day)), "calremove", one.day.strftime("%Y%m%d"))
        for one in on_page
        if one.is_own and may_set
    ]
    adding = tuple(buttons.button(speech.say(ADDING[kind]), "caladd", kind) for kind in DayKind) if may_set else ()
    rows = (*_turning(shown, page, len(days)), *buttons.column(removing), *((one,) for one in adding))
    return Outgoing(text.rstrip(), rows)


def _turning(shown: int, page: int, total: int) -> buttons.Rows:
    """Give the buttons to the pages of a year, and to the years beside it."""
    before = (buttons.button("◀", "calyear", shown, page - 1),) if page else ()
    after = (buttons.button("▶", "calyear", shown, page + 1),) if (page + 1) * SHOWN < total else ()
    years = tuple(buttons.button(str(one), "calyear", one) for one in (shown - 1, shown + 1))
    return (*(((*before, *after),) if before or after else ()), years)


def _line(speech: Speech, day: ListedDay) -> str:
    fields = {"day": speech.day(day.day), "name": day.name, "source": day.source or ""}
    if day.is_expected:
        return speech.say("• {day}: {name} <i>(expected)</i>", **fields)
    if day.kind is DayKind.WORKING:
        return (
            speech.say("• {day}: <b>working day</b> – {name} ({source})", **fields)
            if day.source
            else speech.say("• {day}: <b>working day</b> – {name}", **fields)
        )
    # The law stands behind most days and is not repeated on every line; a paper of its own is named.
    has_paper = day.is_own or day.name in swap_names(speech).values()
    if day.source and has_paper:
        return speech.say("• {day}: {name} ({source})", **fields)
    return speech.say("• {day}: {name}", **fields)


def ask_day(speech: Speech, kind: DayKind) -> Outgoing:
    """Ask for a day, its name and its source."""
    text = speech.lines(
        speech.say(ASKING[kind]),
        speech.say(EXAMPLES[kind]),
        speech.say("The day alone will do, too: I ask for the rest."),
    )
    return Outgoing(text, ((buttons.cancel(speech),),))


def ask_name(speech: Speech, day: str) -> Outgoing:
    """Ask for the name of a day."""
    return Outgoing(speech.say("{day}: what is it called in the list?", day=day), ((buttons.cancel(speech),),))


def ask_source(speech: Speech, day: str) -> Outgoing:
    """Ask for the paper that says so."""
    text = speech.say("{day}: which paper says so? Write “không” when there is none.", day=day)
    return Outgoing(text, ((buttons.cancel(speech),),))


def proposed(speech: Speech, day: OfficeDay, effect: Effect) -> Outgoing:
    """Show what setting a day would move, before it is accepted."""
    head = (
        speech.say("<b>{day} becomes a day off</b>: {name}", day=speech.day(day.day), name=day.name)
        if day.kind is DayKind.OFF
        else speech.say("<b>{day} becomes a working day</b>: {name}", day=speech.day(day.day), name=day.name)
    )
    source = speech.say("By: {source}", source=day.source) if day.source else None
    apply = buttons.button(speech.say("Apply"), "calset", day.day.strftime("%Y%m%d"), day.kind)
    return Outgoing(speech.lines(head, source, "", *moves(speech, effect)), ((apply, buttons.cancel(speech)),))


def proposed_removal(speech: Speech, day: OfficeDay, effect: Effect) -> Outgoing:
    """Show what unsetting a day would move, before it is accepted."""
    head = speech.say(
        "<b>{day} is no longer set by the office</b> ({name}); the law's calendar holds again.", **_named(speech, day)
    )
    apply = buttons.button(speech.say("Apply"), "calunset", day.day.strftime("%Y%m%d"))
    return Outgoing(speech.lines(head, "", *moves(speech, effect)), ((apply, buttons.cancel(speech)),))


def _named(speech: Speech, day: OfficeDay) -> dict[str, str]:
    return {"day": speech.day(day.day), "name": day.name}


def moves(speech: Speech, effect: Effect) -> list[str]:
    """Tell whose last working days and reminders a change moves."""
    count, reminders = len(effect.days), len(effect.reminders)
    if not count and not reminders:
        return [speech.say("No open task's deadline or reminder moves.")]
    head = (
        speech.plural("{n} task gets another last working day:", "{n} tasks get another last working day:", count)
        if count
        else speech.say("No last working day moves.")
    )
    alike = _alike(effect.days)
    more = sum(map(len, alike[MOVED_SHOWN:]))
    return [
        head,
        *(_moved(speech, ones) for ones in alike[:MOVED_SHOWN]),
        *([speech.plural("… and {n} more task.", "… and {n} more tasks.", more)] if more > 0 else []),
        speech.plural("{n} reminder moves; nothing is said twice.", "{n} reminders move; nothing is said twice.", reminders),
    ]


def _alike(days: Sequence[MovedDay]) -> list[list[MovedDay]]:
    """Put together what moves alike: the same task of several units, from the same day to the same day."""
    found: dict[tuple[int, date, date], list[MovedDay]] = {}
    for one in days:
        found.setdefault((one.duty.task.id, one.before, one.after), []).append(one)
    return list(found.values())


def _moved(speech: Speech, ones: Sequence[MovedDay]) -> str:
    first = ones[0]
    unit = first.duty.unit.short_name or first.duty.unit.name
    return speech.say(
        "• {name} ({unit}): {before} → {after}",
        name=tasks.name(first.duty.task),
        unit=unit if len(ones) == 1 else speech.plural("{n} unit", "{n} units", len(ones)),
        before=speech.day(first.before),
        after=speech.day(first.after),
    )


def applied(speech: Speech, day: OfficeDay) -> Outgoing:
    """Confirm that a day is set."""
    text = (
        speech.say("✅ {day} is a day off: {name}. Reminders follow the new calendar.", **_named(speech, day))
        if day.kind is DayKind.OFF
        else speech.say("✅ {day} is a working day: {name}. Reminders follow the new calendar.", **_named(speech, day))
    )
    return Outgoing(text, ((_open_year(speech, day.day.year),),))


def removed(speech: Speech, day: str, year_of: int) -> Outgoing:
    """Confirm that a day is no longer set."""
    text = speech.say("✅ {day} is no longer set by the office. Reminders follow the new calendar.", day=day)
    return Outgoing(text, ((_open_year(speech, year_of),),))


def _open_year(speech: Speech, shown: int) -> Button:
    return buttons.button(speech.say("Calendar of {year}", year=str(shown)), "calyear", shown)
