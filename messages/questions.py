"""How is an officer asked for what reading was not sure of? One short question with the paper's words, and buttons to answer."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from channels import Button, Outgoing
from domain.calendar import Calendar
from domain.conclusions import Task
from domain.deadlines import Deadline, DeadlineKind
from domain.drafts import Draft, DraftTask
from domain.questions import UNIT_UNKNOWN, Question, names
from domain.readings import AudienceKind
from domain.units import group_number
from messages import asked_changes, buttons, deadlines, review, tasks
from messages.i18n import N_, Marked, Speech

DEADLINES = {
    "deadline-contradicts": N_("“{words}”: weekday and date do not agree. Which is the last day?"),
    "deadline-wording-contradicts": N_("“{words}”: is the day itself still in time? Which is the last day?"),
    "deadline-impossible": N_("“{words}”: there is no such day. Which is the last day?"),
    "deadline-before-notice": N_("“{words}”: this is before the notice itself. Which is the last day?"),
    "deadline-year-missing": N_("“{words}”: the year is missing. Which is the last day?"),
    "deadline-ambiguous": N_("“{words}” can be read in several ways. Which is the last day?"),
    "deadline-event": N_("“{words}”: the day of this event is not in the paper. Which is the last day?"),
    "deadline-left-out": N_("“{words}”: these words of time were not understood. Which is the last day?"),
    "deadline-notice-undated": N_(
        "“{words}” counts from the notice's date, which the paper does not give. Which is the last day?"
    ),
    "deadline-tentative": N_("“{words}” hangs on a day that is only planned. Which is the last day?"),
}
DEADLINE = N_("“{words}”: the reading is not sure. Which is the last day?")
AUDIENCES = {
    "audience-missing": N_("The paper does not say whom this task binds. Which units are meant?"),
    "audience-unresolved": N_("“{phrase}”: which units are meant?"),
    "audience-count-differs": N_("“{phrase}”: the paper counts otherwise than it lists. Which units are meant?"),
}
PRINTED = {
    "scanned": N_("This was read off a picture. Is it as the paper prints it?"),
    "letters-guessed": N_("The letters of the file are of an old kind and were guessed. Is it as the paper prints it?"),
}


def question(speech: Speech, shown: Draft, asked: Question, calendar: Calendar, groups: Sequence[str]) -> Outgoing:
    """Ask one question of a draft; ``groups`` are the groups of units that may be chosen."""
    every = list(shown.questions)
    if asked.effect is not None:
        head = speech.say("❓ Question {n} of {all} – an earlier notice", n=every.index(asked) + 1, all=len(every))
        return asked_changes.question(speech, shown, asked.effect, head)
    one = next(one for one in shown.tasks if one.task.id == asked.about.id)
    head = speech.say(
        "❓ Question {n} of {all} – item <b>{ref}</b>", n=every.index(asked) + 1, all=len(every), ref=asked.about.ref
    )
    text = speech.lines(head, "", _asked(speech, shown, asked), "", *_words(speech, one, asked, calendar))
    edit = buttons.button(speech.say("Edit"), "edit", asked.about.id)
    drop = buttons.button(speech.say("Drop this task"), "drop", asked.about.id)
    whole = buttons.button(speech.say("Whole draft"), "draft", shown.conclusion.id)
    return Outgoing(text, (*_answers(speech, shown, asked, groups), (edit, drop), (whole,)))


def _asked(speech: Speech, shown: Draft, asked: Question) -> Marked:
    task = asked.about
    if asked.is_of_paper:
        return speech.say(PRINTED[asked.reason])
    if asked.fields == ("deadline",):
        return _which_day(speech, asked)
    if asked.reason == UNIT_UNKNOWN:
        return speech.say("“{name}” is not registered. Is it another spelling of a unit on the list?", name=_name(shown, task))
    phrase = task.audience.phrase or review.kind(speech, task.audience)
    return speech.say(AUDIENCES.get(asked.reason, AUDIENCES["audience-unresolved"]), phrase=phrase)


def _which_day(speech: Speech, asked: Question) -> Marked:
    """Ask for the last day; a printed date that contradicts its weekday is told with the true one."""
    words = asked.about.deadline.literal or tasks.name(asked.about)
    printed = _printed(words, asked.about.choices) if asked.reason == "deadline-contradicts" else None
    if printed:
        return speech.say("“{words}”: by the calendar it is {day}. Which is the last day?", words=words, day=speech.day(printed))
    return speech.say(DEADLINES.get(asked.reason, DEADLINE), words=words)


def _printed(words: str, choices: Sequence[Deadline]) -> date | None:
    """Give the date that the words print: a choice itself, or the day after one where they say "before"."""
    days = [one.last_day for one in choices if one.last_day]
    either = (*days, *(day + timedelta(days=1) for day in days))
    return next((day for day in either if re.search(rf"\b0?{day.day}\s*[/.-]\s*0?{day.month}\b", words)), None)


def _words(speech: Speech, one: DraftTask, asked: Question, calendar: Calendar) -> list[str]:
    """Give the words that the question is about; all of them, with what was read, where they are to be compared."""
    if not asked.is_of_paper:
        return [speech.say("“{words}”", words=review.words(one.task))]
    return [
        speech.say("“{text}”", text=one.task.text),
        "",
        review.audience(speech, one),
        deadlines.line(speech, one.task.deadline, calendar),
    ]


def _answers(speech: Speech, shown: Draft, asked: Question, groups: Sequence[str]) -> buttons.Rows:
    task = asked.about
    if asked.is_of_paper:
        return ((buttons.button(speech.say("As printed: right"), "confirm", task.id, "printed"),),)
    if asked.fields == ("deadline",):
        return _days(speech, task)
    other = buttons.button(speech.say("Other units"), "otherunits", task.id)
    if asked.reason == UNIT_UNKNOWN:
        return buttons.column([*_units(speech, shown, task), other])
    chosen = [buttons.button(group, "audience", task.id, "group", group_number(group), "next") for group in groups]
    return buttons.column([*_as_read(speech, task), *chosen, other])


def _days(speech: Speech, task: Task) -> buttons.Rows:
    """Offer the days that the words may mean, what was read, another day, and none."""
    days = [buttons.button(_day(speech, one), "choose", task.id, number) for number, one in enumerate(task.choices)]
    if not days and task.deadline.last_day:
        days = [buttons.button(_day(speech, task.deadline), "confirm", task.id, "deadline")]
    if task.deadline.kind is DeadlineKind.RECURRING:
        days.append(buttons.button(speech.say("Again and again, as printed"), "confirm", task.id, "deadline"))
    if task.deadline.awaits_day:
        days.append(buttons.button(speech.say("Not known yet: set the day later"), "confirm", task.id, "deadline"))
    another = buttons.button(speech.say("Another day"), "anotherday", task.id)
    none = buttons.button(speech.say("No deadline"), "nodeadline", task.id)
    return (*buttons.column(days), (another, none))


def _day(speech: Speech, deadline: Deadline) -> str:
    if deadline.last_day is None:
        return speech.say("No deadline")
    day = speech.day(deadline.last_day)
    day = day[0].upper() + day[1:]
    return speech.say("{day}, {clock}", day=day, clock=deadline.at.strftime("%H:%M")) if deadline.at else day


def _as_read(speech: Speech, task: Task) -> list[Button]:
    """Offer what was read, as far as there is something to confirm."""
    whom = task.audience
    if not (whom.units or whom.complement or whom.kind is AudienceKind.ALL):
        return []
    label = speech.say("Right: {units}", units=review.kind(speech, whom)) if not whom.units else speech.say("Right: these units")
    return [buttons.button(label, "confirm", task.id, "audience")]


def _units(speech: Speech, shown: Draft, task: Task) -> list[Button]:
    """Offer the units that a name comes near, and to register it as a new one."""
    name = _name(shown, task)
    number = group_number(name)
    likely = [
        buttons.button(
            speech.say("It is {unit} (alike: {score}%)", unit=one.unit.name, score=speech.number(round(one.score))),
            "isunit",
            task.id,
            number,
            one.unit.id,
        )
        for one in shown.likely.get(name, ())
    ]
    return [*likely, buttons.button(speech.say("Register as new"), "isnew", task.id, number)]


def _name(shown: Draft, task: Task) -> str:
    return next((name for name in names(task) if name in shown.likely), tasks.name(task))
