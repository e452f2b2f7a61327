"""What is said of published conclusions? What publishing did, the list of them, and their end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from channels import Outgoing
from domain.conclusions import Conclusion, ConclusionState
from domain.drafts import Draft
from domain.duties import Duty, Tally
from domain.ladders import Extent, Scope
from domain.series import Recurring
from messages import buttons, deadlines, effects, nudges, reach, review, series, tasks
from messages.i18n import N_, Marked, Speech

SHORT_LENGTH = 40
DAYS_SHOWN = 8
STATES = {
    ConclusionState.DRAFT: N_("draft"),
    ConclusionState.DISCARDED: N_("put away"),
    ConclusionState.PUBLISHED: N_("published"),
    ConclusionState.SUPERSEDED: N_("superseded"),
    ConclusionState.WITHDRAWN: N_("withdrawn"),
}


@dataclass(frozen=True)
class DayOff:
    """Why the units are not told today, and when they are; ``name`` is the holiday's, None on a weekend."""

    name: str | None
    told_at: datetime


def published(speech: Speech, shown: Draft, earlier: Sequence[Conclusion], day_off: DayOff | None) -> Outgoing:
    """Tell the officer what publishing did: tasks, units, and those without anybody; and what else can be done now.

    ``day_off`` is None when the units are told at once.
    """
    conclusion = shown.conclusion
    lines = [
        speech.say("📢 <b>Published</b>: {title}", title=tasks.conclusion_name(speech, conclusion)),
        speech.say(
            "{tasks}, {units}, {unreached} without anybody to receive it.",
            tasks=speech.plural("{n} task", "{n} tasks", len(shown.kept)),
            units=speech.plural("{n} unit", "{n} units", len(shown.units)),
            unreached=speech.number(len(shown.unreachable)),
        )
        if shown.kept
        else None,
        *effects.applied(speech, shown),
        *_newly_bound(speech, shown),
        speech.say("📵 Nobody receives messages for: {names}.", names=review.names(speech, reach.names(speech, shown.silent)))
        if shown.unreachable
        else None,
        speech.say("🆕 Not registered, so not told: {names}.", names=review.names(speech, shown.unknown))
        if shown.unknown
        else None,
        _told_later(speech, day_off) if day_off else None,
        speech.say("Still in force: {names}.", names=speech.series(tasks.conclusion_name(speech, one) for one in earlier))
        if earlier
        else None,
    ]
    add = [review.add_units(speech, shown)] if shown.unknown else []
    at_once = [buttons.button(speech.say("Tell them now"), "atonce", conclusion.id)] if day_off and shown.kept else []
    replace = [
        buttons.button(speech.say("Replaces {name}", name=one.label or _short(speech, one)), "replaces", conclusion.id, one.id)
        for one in earlier
    ]
    return Outgoing(speech.lines(*lines), buttons.column([*at_once, *add, *replace]))


def _newly_bound(speech: Speech, shown: Draft) -> list[str]:
    """Tell how many units got new tasks, where others only have a deadline moved."""
    if not shown.changes or not shown.kept:
        return []
    return [speech.plural("➕ {n} unit got new tasks.", "➕ {n} units got new tasks.", len(shown.newly_bound))]


def _short(speech: Speech, conclusion: Conclusion) -> str:
    return tasks.conclusion_name(speech, conclusion)[:SHORT_LENGTH].rsplit(" ", 1)[0] + " …"


def _told_later(speech: Speech, day_off: DayOff) -> str:
    moment = speech.moment(day_off.told_at)
    if day_off.name:
        return speech.say("Today is a day off ({holiday}): the units are told at {moment}.", holiday=day_off.name, moment=moment)
    return speech.say("Today is a day off: the units are told at {moment}.", moment=moment)


def listing(speech: Speech, conclusions: Sequence[Conclusion]) -> Outgoing:
    """List the conclusions, the newest first, each opening its own card."""
    if not conclusions:
        return Outgoing(speech.say("There is no conclusion yet. To load one, send its file or its whole text."))
    lines = [
        speech.say(
            "{number}. {title} – <b>{state}</b>",
            number=number,
            title=tasks.conclusion_name(speech, one),
            state=speech.say(STATES[one.state]),
        )
        for number, one in enumerate(conclusions, 1)
    ]
    opened = [
        buttons.button(f"{number}", "draft" if one.state is ConclusionState.DRAFT else "conclusion", one.id)
        for number, one in enumerate(conclusions, 1)
    ]
    rows = tuple(tuple(opened[start : start + 5]) for start in range(0, len(opened), 5))
    return Outgoing(speech.lines(speech.say("<b>Conclusions</b>"), *lines), rows)


def card(
    speech: Speech,
    conclusion: Conclusion,
    tally: Tally,
    waiting: Sequence[Duty] = (),
    recurring: Sequence[Recurring] = (),
    *,
    nudged: Marked | None = None,
    may_end: bool,
) -> Outgoing:
    """Show one conclusion with how it stands.

    Who decides is offered its end, days for tasks that are ``waiting`` for one, changes of its ``recurring`` tasks, and, while
    something is open, to remind the units now; ``nudged`` tells of the last time that somebody did.
    """
    text = speech.lines(
        speech.strong(tasks.conclusion_name(speech, conclusion)),
        speech.say("State: {state}.", state=speech.say(STATES[conclusion.state])),
        speech.say("Published at {moment}.", moment=speech.moment(conclusion.published_at)) if conclusion.published_at else None,
        speech.plural(
            "{n} assignment, {done} fulfilled.",
            "{n} assignments, {done} fulfilled.",
            tally.total,
            done=speech.number(tally.done_in_time + tally.done_late),
        ),
        *(speech.say("Item {ref}: {deadline}", ref=duty.task.ref, deadline=_no_day(speech, duty)) for duty in waiting),
        *(series.line(speech, one) for one in recurring),
        tasks.opening(nudged) if nudged else None,
    )
    if conclusion.state is not ConclusionState.PUBLISHED or not may_end:
        return Outgoing(text)
    days = [buttons.button(speech.say("Set the day: item {ref}", ref=one.task.ref), "setday", one.task.id) for one in waiting]
    withdraw = buttons.button(speech.say("Withdraw"), "withdraw", conclusion.id)
    ladder = buttons.ladder(speech, Extent(Scope.CONCLUSION, conclusion.id))
    rules = [row for one in recurring[:DAYS_SHOWN] for row in series.rows(speech, one)]
    still_open = tally.open_in_time + tally.open_late > tally.waiting
    remind = [nudges.of_conclusion(speech, conclusion.id)] if still_open else []
    return Outgoing(text, (*buttons.column([*remind, *days[:DAYS_SHOWN]]), *rules, (ladder, withdraw)))


def _no_day(speech: Speech, duty: Duty) -> Marked:
    return Marked(deadlines.without_day(speech, duty.deadline))


def confirm_withdrawal(speech: Speech, conclusion: Conclusion, *, waiting: int) -> Outgoing:
    """Ask whether a conclusion is really to be withdrawn, and say how many submissions ``waiting`` are closed by that."""
    text = speech.lines(
        speech.say(
            "Withdraw “{title}”? Its open tasks are followed up no longer and the units are told. Nothing is deleted.",
            title=tasks.conclusion_name(speech, conclusion),
        ),
        speech.plural(
            "📥 {n} submission waits for the office’s decision and is closed without one.",
            "📥 {n} submissions wait for the office’s decision and are closed without one.",
            waiting,
        )
        if waiting
        else None,
    )
    return Outgoing(text, ((buttons.button(speech.say("Yes, withdraw it"), "withdrawn", conclusion.id), buttons.cancel(speech)),))


def confirm_replacement(speech: Speech, newer_id: int, earlier: Conclusion, *, still_open: int, waiting: int) -> Outgoing:
    """Ask whether a conclusion really replaces an earlier one."""
    text = speech.lines(
        speech.say("Replace “{title}”?", title=tasks.conclusion_name(speech, earlier)),
        speech.say(
            "{open} open assignments and {waiting} submissions that wait for the office are followed up no longer; "
            "the units are told.",
            open=speech.number(still_open),
            waiting=speech.number(waiting),
        ),
    )
    return Outgoing(
        text, ((buttons.button(speech.say("Yes, replace it"), "replaced", newer_id, earlier.id), buttons.cancel(speech)),)
    )


def ended(speech: Speech, conclusion: Conclusion) -> Outgoing:
    """Confirm to the officer that a conclusion is out of force."""
    if conclusion.state is ConclusionState.SUPERSEDED:
        return Outgoing(
            speech.say(
                "“{title}” is superseded; its open tasks are followed up no longer.",
                title=tasks.conclusion_name(speech, conclusion),
            )
        )
    return Outgoing(speech.say("“{title}” is withdrawn; the units are told.", title=tasks.conclusion_name(speech, conclusion)))


def told_units(speech: Speech, conclusion: Conclusion, duties: Sequence[Duty], *, repeated: bool = False) -> Outgoing:
    """Tell a unit's people that tasks of a conclusion need no longer be done."""
    again = speech.say("(sent again)") if repeated else None
    items = [speech.say("• {name}", name=tasks.name(duty.task)) for duty in duties]
    text = speech.lines(again, _why_ended(speech, conclusion), speech.say("These tasks need no longer be done:"), *items)
    return Outgoing(text, ((buttons.my_tasks(speech),),))


def _why_ended(speech: Speech, conclusion: Conclusion) -> str:
    title = tasks.conclusion_name(speech, conclusion)
    if conclusion.state is ConclusionState.SUPERSEDED:
        return speech.say("A newer conclusion replaces “{title}”.", title=title)
    if conclusion.state is ConclusionState.WITHDRAWN:
        return speech.say("The office has withdrawn “{title}”.", title=title)
    return speech.say("A newer conclusion changes “{title}”.", title=title)
