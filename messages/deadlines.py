"""How is a deadline told? The words of the paper, the strict last day, the last working day, and how near it is."""

from datetime import date, datetime

from domain.assignments import Lateness, Timing
from domain.calendar import Calendar
from domain.deadlines import Deadline, DeadlineKind
from domain.series import next_day
from messages.i18n import Marked, Speech


def line(speech: Speech, deadline: Deadline, calendar: Calendar, *, today: date | None = None) -> str:
    """Tell a deadline in full: literal, last day and last working day, and whether the latter can still change.

    Of a recurring one the first occurrence from ``today`` on is told, where that day is given.
    """
    if today is not None and (first := next_day(deadline, today)):
        return speech.say("🔁 Recurring: {words} – the first one: {first}.", words=deadline.literal, first=speech.day(first))
    last, working = deadline.last_day, deadline.last_working_day(calendar)
    if last is None or working is None:
        return without_day(speech, deadline)
    told = _with_days(speech, deadline, last, working)
    if not calendar.rests_on_expected(last):
        return told
    note = speech.say("ℹ️ The days off before it are expected only, so that the last working day can still change.")
    return speech.lines(told, note)


def _with_days(speech: Speech, deadline: Deadline, last: date, working: date) -> str:
    words = deadline.literal or speech.date(last)
    clock = deadline.at.strftime("%H:%M") if deadline.at else None
    if clock:
        return speech.say(
            "Deadline: {words} — last moment {clock} on {last}; last working day {working}.",
            words=words,
            clock=clock,
            last=speech.day(last),
            working=speech.day(working),
        )
    return speech.say(
        "Deadline: {words} — last day {last}; last working day {working}.",
        words=words,
        last=speech.day(last),
        working=speech.day(working),
    )


def without_day(speech: Speech, deadline: Deadline) -> str:
    """Tell a deadline that has no day of its own."""
    if deadline.kind is DeadlineKind.RECURRING:
        return speech.say("Deadline: {words} (again and again).", words=deadline.literal)
    if deadline.kind is DeadlineKind.RELATIVE:
        return speech.say("⏳ No day yet: {words}; the office sets it when it is known.", words=deadline.literal)
    if deadline.literal:
        return speech.say("Deadline: “{words}” (not decided yet).", words=deadline.literal)
    return speech.say("Deadline: the paper sets none.")


def nearness(speech: Speech, lateness: Lateness, *, last_working: bool = False) -> Marked | None:
    """Tell how near or how far past a deadline is; None where there is none.

    ``last_working`` when it is the last working day, though days off may follow before the last one.
    """
    if lateness.timing is Timing.NO_DEADLINE:
        return None
    if lateness.timing is Timing.TODAY:
        return speech.say("Today is the last day")
    if lateness.timing is Timing.LATE:
        return (
            speech.plural("{n} day overdue", "{n} days overdue", lateness.days) if lateness.days else speech.say("Overdue today")
        )
    if last_working:
        return speech.say("Today is the last working day")
    if lateness.timing is Timing.SOON:
        return speech.plural("Due soon: {n} day left", "Due soon: {n} days left", lateness.days)
    return speech.plural("{n} day left", "{n} days left", lateness.days)


def handed_in(speech: Speech, lateness: Lateness, at: datetime) -> Marked:
    """Tell when something was handed in, and whether that was in time."""
    if lateness.timing is Timing.NO_DEADLINE:
        return speech.say("handed in at {moment}", moment=speech.moment(at))
    if lateness.is_late:
        return speech.say("handed in at {moment}, late", moment=speech.moment(at))
    return speech.say("handed in at {moment}, in time", moment=speech.moment(at))
