"""What does the office read each morning? Officers what they are to look after, and leaders who does not answer."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from channels import Button, Outgoing
from domain.assignments import Submission
from domain.conclusions import Conclusion
from domain.duties import Duty, Tally
from domain.reach import Silent
from domain.rounds import Escalated, LeaderRound, OfficeRound, Straggler
from domain.units import Unit
from messages import buttons, nudges, reach, tasks
from messages.i18n import Marked, Speech
from messages.tasks import Moment

SHOWN = 8
"""Lines of a section: the round is a list to work through over the first tea, and no report."""
PRESSED = 4
"""Buttons of a section."""
REFS = 5
"""Of more items than that a unit's line tells the number."""
LABEL_LENGTH = 40
T = TypeVar("T")


def for_officer(speech: Speech, found: OfficeRound, moment: Moment, *, repeated: bool = False) -> Outgoing:
    """Tell an officer what is to be looked after, section by section, with a way to each."""
    text = speech.lines(
        speech.say("(sent again)") if repeated else None,
        speech.say("<b>The office's own tasks</b>, {day}", day=speech.day(moment.now.astimezone(speech.zone).date())),
        *_section(speech, speech.say("📥 Handed in, waiting for a decision for two working days"), found.waiting, _waiting),
        *_section(speech, speech.say("🔴 Units that do not answer or are late"), found.stragglers, _straggler),
        *_section(speech, speech.say("⏳ Deadlines whose day is not set yet"), found.dayless, _dayless),
        *_section(speech, speech.say("🔇 Without a deadline, nothing heard for three months"), found.unheard, _unheard),
        *_section(speech, speech.say("📵 Units with open tasks and nobody to receive messages"), found.unstaffed, _unstaffed),
        *_section(speech, speech.say("📝 Drafts that wait to be published"), found.drafts, _draft),
    )
    return Outgoing(text, (*_ways(speech, found), (_overview(speech),)))


def _section(speech: Speech, head: Marked, found: Sequence[T], line: Callable[[Speech, T], Marked]) -> list[str]:
    if not found:
        return []
    left = len(found) - SHOWN
    more = [speech.plural("… and {n} more", "… and {n} more", left)] if left > 0 else []
    return ["", speech.strong(head), *(line(speech, one) for one in found[:SHOWN]), *more]


def _waiting(speech: Speech, one: tuple[Duty, Submission]) -> Marked:
    duty, submission = one
    at = speech.moment(submission.at)
    return speech.say("• {unit} – item {ref}, handed in at {moment}", unit=duty.unit.name, ref=duty.task.ref, moment=at)


def _straggler(speech: Speech, one: Straggler) -> Marked:
    refs = list(dict.fromkeys(duty.task.ref for duty in one.duties))
    if len(refs) > REFS:
        count = speech.plural("{n} task", "{n} tasks", len(one.duties))
        return speech.say("• {unit} – {tasks}: {how}", unit=one.unit.name, tasks=count, how=_how(speech, one))
    items = speech.series(refs)
    return speech.say("• {unit} – item {items}: {how}", unit=one.unit.name, items=items, how=_how(speech, one))


def _how(speech: Speech, one: Straggler) -> Marked:
    """Tell how late a unit is and how often it was reminded; one of the two there is."""
    late = speech.plural("{n} working day overdue", "{n} working days overdue", one.days_late) if one.days_late else None
    ignored = (
        speech.plural("{n} reminder without an answer", "{n} reminders without an answer", one.ignored) if one.ignored else None
    )
    return Marked(", ".join(part for part in (late, ignored) if part))


def _dayless(speech: Speech, duty: Duty) -> Marked:
    words = duty.deadline.literal or tasks.name(duty.task)
    return speech.say("• Item {ref} of {conclusion}: {words}", ref=duty.task.ref, conclusion=_called(speech, duty), words=words)


def _unheard(speech: Speech, duty: Duty) -> Marked:
    conclusion = _called(speech, duty)
    return speech.say("• {unit} – item {ref} of {conclusion}", unit=duty.unit.name, ref=duty.task.ref, conclusion=conclusion)


def _called(speech: Speech, duty: Duty) -> str:
    return duty.conclusion.label or tasks.conclusion_name(speech, duty.conclusion)


def _unstaffed(speech: Speech, one: tuple[Silent, int]) -> Marked:
    silent, count = one
    (name,), tasks_open = reach.names(speech, [silent]), speech.plural("{n} task", "{n} tasks", count)
    return speech.say("• {unit}: {tasks}", unit=name, tasks=tasks_open)


def _draft(speech: Speech, draft: Conclusion) -> Marked:
    day = speech.day(draft.created_at.astimezone(speech.zone).date())
    return speech.say("• {title}, here since {day}", title=tasks.conclusion_name(speech, draft), day=day)


def _ways(speech: Speech, found: OfficeRound) -> buttons.Rows:
    """Give the first few of each section a button."""
    looks = [
        _button(speech.say("Look: {unit}, item {ref}", unit=_short(duty.unit), ref=duty.task.ref), "details", duty.assignment.id)
        for duty, _ in found.waiting[:PRESSED]
    ]
    days = [_button(speech.say("Set the day: item {ref}", ref=one.task.ref), "setday", one.task.id) for one in found.dayless]
    drafts = [
        _button(speech.say("Open: {title}", title=one.label or tasks.conclusion_name(speech, one)), "draft", one.id)
        for one in found.drafts[:PRESSED]
    ]
    remind = nudges.of_units(speech, [one.unit for one in found.stragglers[:PRESSED]])
    return (*buttons.column(looks), *remind, *buttons.column([*days[:PRESSED], *drafts]))


def _button(label: str, action: str, number: int) -> Button:
    short = label if len(label) <= LABEL_LENGTH else label[:LABEL_LENGTH].rsplit(" ", 1)[0] + " …"
    return buttons.button(Marked(short), action, number)


def _short(unit: Unit) -> str:
    return unit.short_name or unit.name


def _overview(speech: Speech) -> Button:
    return buttons.button(speech.say("Overview"), "overview")


def for_leader(speech: Speech, found: LeaderRound, moment: Moment, *, repeated: bool = False) -> Outgoing:
    """Tell a leader the share that is fulfilled, which units are late, how often they were reminded, and who was told."""
    text = speech.lines(
        speech.say("(sent again)") if repeated else None,
        speech.say("<b>How the conclusions are fulfilled</b>, as of {moment}", moment=speech.moment(moment.now)),
        _share(speech, found.tally),
        *_section(speech, speech.say("🔴 Units late by a week of work, or that do not answer"), found.escalated, _escalated),
    )
    return Outgoing(text, ((_overview(speech),),))


def _share(speech: Speech, tally: Tally) -> Marked:
    done = tally.done_in_time + tally.done_late
    return speech.say(
        "Fulfilled: {done} of {total} assignments ({share}%); overdue: {late}.",
        done=speech.number(done),
        total=speech.number(tally.total),
        share=speech.number(100 * done // tally.total if tally.total else 100),
        late=speech.number(tally.open_late),
    )


def _escalated(speech: Speech, one: Escalated) -> Marked:
    unit, how, publishers = one.straggler.unit.name, _how(speech, one.straggler), speech.series(one.publishers)
    if not one.reminded:
        return speech.say(
            "• {unit} – {how}; nobody receives its messages; officer: {publishers}", unit=unit, how=how, publishers=publishers
        )
    reminded = speech.series(one.reminded)
    return speech.say(
        "• {unit} – {how}; reminded: {people}; officer: {publishers}", unit=unit, how=how, people=reminded, publishers=publishers
    )
