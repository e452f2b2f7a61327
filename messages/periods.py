"""How is an occurrence of a recurring task called, and when is the next one?"""

from datetime import date

from domain.deadlines import Deadline
from domain.series import Recurring, Span, span
from messages.i18n import Marked, Speech

ROMAN = ("I", "II", "III", "IV")


def name(speech: Speech, deadline: Deadline, day: date) -> Marked:
    """Name the occurrence of a rule that falls due on a day, like "kỳ tháng 3/2026"."""
    match span(deadline):
        case Span.DAY:
            return speech.say("for {day}", day=speech.date(day))
        case Span.WEEK:
            year, week, _ = day.isocalendar()
            return speech.say("week {week}/{year}", week=week, year=year)
        case Span.MONTH:
            return speech.say("month {month}/{year}", month=day.month, year=day.year)
        case Span.QUARTER:
            return speech.say("quarter {quarter}/{year}", quarter=ROMAN[(day.month - 1) // 3], year=day.year)
        case Span.YEAR:
            return speech.say("year {year}", year=day.year)


def about(speech: Speech, recurring: Recurring, this: date) -> str:
    """Tell of one occurrence that it is one, when it is due, and when the next one is."""
    words, day = recurring.task.deadline.literal, speech.day(this)
    if recurring.next_day is None:
        return speech.say("🔁 Recurring task: {words}; this one: {this}; no further one.", words=words, this=day)
    following = speech.day(recurring.next_day)
    return speech.say(
        "🔁 Recurring task: {words}; this one: {this}; the next one: {next}.", words=words, this=day, next=following
    )
