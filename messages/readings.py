"""How is a reading told value by value, and how is a rule of reading called?"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.calendar import Calendar
from domain.deadlines import Deadline, DeadlineKind
from domain.readings import Audience, Directive, Header, Reading
from messages import doubts, review
from messages.i18n import N_, Speech

FIELDS = {
    "text": N_("The task"),
    "audience": N_("To be done by"),
    "deadline": N_("Deadline"),
    "deliverable": N_("To hand in"),
    "submit_to": N_("Send to"),
    "issuer": N_("Issued by"),
    "number": N_("Number and symbol"),
    "date": N_("Dated"),
    "title": N_("Title"),
    "finding": N_("To be looked at"),
}
RULES = {
    "told to act": N_("who is named is told to act"),
    "actor with a deadline": N_("who is named has a deadline"),
    "verb of orders": N_("begins with a verb of orders"),
    "word of demand": N_("holds a word of demand"),
    "item under orders": N_("stands under a heading of orders"),
    "deadline": N_("has a deadline"),
    "class of units": N_("a class of units"),
    "class of units, in the heading": N_("a class of units, in the heading above"),
    "units by name": N_("units by name"),
    "units by name, in the heading": N_("units by name, in the heading above"),
    "units by name, and a class": N_("units by name, and a class of units"),
    "units by name, and a class, in the heading": N_("units by name, and a class of units, in the heading above"),
    "organs in a row": N_("organs in a row"),
    "organs in a row, in the heading": N_("organs in a row, in the heading above"),
    "noun behind a verb of handing in": N_("the noun behind a verb of handing in"),
    "addressee behind a verb of handing in": N_("the addressee behind a verb of handing in"),
    "due with another task": N_("due with another task"),
    "a row with an executor and a time": N_("a table's row with an executor and a time"),
    "column of the executor": N_("a table's column of executors"),
    "column of the time": N_("a table's column of times"),
    "letterhead": N_("the letterhead"),
    "lines under the title line": N_("the lines under the title line"),
}


@dataclass(frozen=True)
class Fact:
    """A value as it is told: its field and the field's name, its lines, the paper's own words first, and what is unsure."""

    field: str
    label: str
    lines: tuple[str, ...]
    doubt: str | None = None


def header(speech: Speech, read: Header) -> tuple[Fact, ...]:
    """Tell the header: issuer, number with symbol, date and title."""
    values = {
        "issuer": read.issuer,
        "number": "-".join(part for part in (read.number, read.symbol) if part),
        "date": speech.date(read.dated) if read.dated else None,
        "title": read.title,
    }
    unknown = speech.say("not in the paper")
    return tuple(Fact(field, name(speech, field), (speech.series([value or unknown]),)) for field, value in values.items())


def directive(speech: Speech, read: Directive, calendar: Calendar) -> tuple[Fact, ...]:
    """Tell a directive: who acts, until when, and, where the paper says so, what is handed in and to whom."""
    values = {
        "audience": tuple(_audience(speech, read.audience)),
        "deadline": (*_deadline(speech, read.deadline, calendar), *_choices(speech, read, calendar)),
        "deliverable": (speech.series([read.deliverable]),) if read.deliverable else (),
        "submit_to": (speech.series([read.submit_to]),) if read.submit_to else (),
    }
    unsure = {field: _doubt(speech, read.doubts.get(field, "")) for field in read.unsure}
    return tuple(Fact(field, name(speech, field), lines, unsure.get(field)) for field, lines in values.items() if lines)


def summary(speech: Speech, read: Reading) -> str:
    """Count the tasks, those that are sure, those that a person must decide, and what is to be looked at."""
    asked = sum(1 for one in read.directives if one.unsure)
    return speech.say(
        "Tasks: {tasks} – sure: {sure}; to be decided: {asked}. To be looked at: {findings}.",
        tasks=speech.number(len(read.directives)),
        sure=speech.number(len(read.directives) - asked),
        asked=speech.number(asked),
        findings=speech.number(len(read.findings)),
    )


def name(speech: Speech, field: str) -> str:
    """Name a field."""
    return speech.say(FIELDS[field])


def rule(speech: Speech, code: str) -> str:
    """Name a rule of reading; a wording of the grammar is quoted as it is written there."""
    return speech.say(RULES[code]) if code in RULES else speech.say("the wording {wording}", wording=code)


def headings(speech: Speech) -> tuple[str, ...]:
    """Give the headings of a table of values, their words, the rules that took them, and the lines where they are printed."""
    return speech.say("Value"), speech.say("Words of the paper"), speech.say("Rule"), speech.say("Lines")


def _doubt(speech: Speech, code: str) -> str:
    return speech.say("To be decided: {why}.", why=speech.say(doubts.DOUBTS.get(code, doubts.UNSURE)))


def _audience(speech: Speech, whom: Audience) -> Iterator[str]:
    yield speech.series([whom.phrase or review.kind(speech, whom)])
    if whom.phrase and whom.units and whom.units != (whom.phrase,):
        units = speech.series(whom.units)
        yield speech.plural("{n} unit: {names}", "{n} units: {names}", len(whom.units), names=units)
    if whom.excluded:
        yield speech.say("All but: {names}", names=speech.series(whom.excluded))
    if whom.coordinators:
        yield speech.say("With the help of: {names}", names=speech.series(whom.coordinators))


def _deadline(speech: Speech, due: Deadline, calendar: Calendar) -> Iterator[str]:
    if due.literal:
        yield speech.say("“{words}”", words=due.literal)
    last, working = due.last_day, due.last_working_day(calendar)
    if last and working:
        clock = due.at.strftime("%H:%M") if due.at else None
        day = speech.day(last)
        yield (
            speech.say("Last moment: {clock} on {day}", clock=clock, day=day) if clock else speech.say("Last day: {day}", day=day)
        )
        yield speech.say("Last working day: {day}", day=speech.day(working))
    elif due.kind is DeadlineKind.RECURRING:
        yield speech.say("Again and again")
    elif due.kind is DeadlineKind.RELATIVE:
        yield speech.say("The day is not fixed yet")
    elif not due.literal:
        yield speech.say("The paper sets none")


def _choices(speech: Speech, read: Directive, calendar: Calendar) -> Iterator[str]:
    for choice in read.choices:
        last, working = choice.last_day, choice.last_working_day(calendar)
        if last and last == working:
            yield speech.say("Perhaps {day}", day=speech.day(last))
        elif last and working:
            yield speech.say("Perhaps {day}; last working day {working}", day=speech.day(last), working=speech.day(working))
