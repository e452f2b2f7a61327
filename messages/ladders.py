"""How is a ladder told? In words that an office uses, with what it brings and how another one is typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from channels import Button, Outgoing
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.ladder_changes import Foresight
from domain.ladders import Extent, Ladder, Scope
from domain.occasions import Occasion
from messages import buttons, steps, tasks
from messages.i18n import N_, Marked, Speech

TASKS_SHOWN = 8
EXAMPLE = "5, 2, 0, +1, +3"
WIDER = {
    Scope.OFFICE: N_("This is the standard one; the office has set none of its own."),
    Scope.CONCLUSION: N_("This is the office's; the conclusion has none of its own."),
    Scope.TASK: N_("This is the conclusion's; the task has none of its own."),
}


@dataclass(frozen=True)
class Shown:
    """A ladder that is told, and what it is for; ``is_own`` when it was set there, and is not a wider one's."""

    extent: Extent
    ladder: Ladder
    is_own: bool
    conclusion: Conclusion | None = None
    task: Task | None = None


def words(speech: Speech, ladder: Ladder) -> Marked:
    """Tell the steps of a ladder in words."""
    days_before, days_after = [days for days in ladder.before if days], ladder.after
    before, after = (speech.series(map(str, days)) for days in (days_before, days_after))
    # Where several are listed, the word agrees with all of them together.
    ahead, late = (days[0] if len(days) == 1 else 2 for days in (days_before, days_after))
    parts = [
        speech.plural("{days} working day before the deadline", "{days} working days before the deadline", ahead, days=before)
        if days_before
        else None,
        speech.say("morning and afternoon of the last working day") if 0 in ladder.before else None,
        speech.plural("{days} working day after the deadline", "{days} working days after the deadline", late, days=after)
        if days_after
        else None,
        speech.say("then every week") if ladder.weekly else None,
    ]
    return Marked(", ".join(part for part in parts if part))


def typed(speech: Speech, ladder: Ladder) -> Marked:
    """Write a ladder as it is typed, in the reader's language."""
    return Marked(str(ladder).replace("weekly", speech.say("weekly")))


def card(speech: Speech, shown: Shown, foresight: Foresight, its_tasks: Sequence[Task] = ()) -> Outgoing:
    """Show the ladder that holds, and say how another one is typed; a conclusion's tasks may have their own."""
    text = speech.lines(
        _head(speech, shown),
        speech.say("People are reminded: {words}.", words=words(speech, shown.ladder)),
        speech.say("Typed: {typed}", typed=typed(speech, shown.ladder)),
        None if shown.is_own else speech.say(WIDER[shown.extent.scope]),
        *_coming(speech, foresight.coming),
        "",
        speech.say(
            "To change it, write working days before (5, 2), 0 for the last working day, and those after (+1, +3): {example}",
            example=EXAMPLE,
        ),
        speech.say("Add “weekly” where reminders are to go on every week. Write “default” to take the shared one again."),
    )
    own = [buttons.ladder(speech, Extent(Scope.TASK, one.id), speech.say("Item {ref} alone", ref=one.ref)) for one in its_tasks]
    return Outgoing(text, (*buttons.column(own[:TASKS_SHOWN]), (buttons.cancel(speech),)))


def proposed(speech: Speech, shown: Shown, after: Ladder, foresight: Foresight) -> Outgoing:
    """Show what typed steps bring before they hold: in words, the next dates, and how many reminders change."""
    text = speech.lines(
        _head(speech, shown),
        speech.say("From now on people are reminded: {words}.", words=words(speech, after)),
        *_coming(speech, foresight.coming),
        speech.plural(
            "The reminders of {n} open task change; nothing is said twice.",
            "The reminders of {n} open tasks change; nothing is said twice.",
            foresight.changed,
        )
        if foresight.changed
        else speech.say("No open task's reminders change."),
    )
    apply = buttons.button(speech.say("Apply"), "setladder", shown.extent.scope, shown.extent.number)
    return Outgoing(text, ((apply, buttons.cancel(speech)),))


def holds(speech: Speech, shown: Shown, ladder: Ladder) -> Outgoing:
    """Confirm which ladder holds."""
    text = speech.lines(_head(speech, shown), speech.say("✅ People are reminded: {words}.", words=words(speech, ladder)))
    return Outgoing(text, (_back(speech, shown),) if shown.conclusion else ())


def _back(speech: Speech, shown: Shown) -> tuple[Button, ...]:
    if shown.conclusion is None:
        return ()
    if shown.conclusion.state is ConclusionState.DRAFT:
        return (buttons.button(speech.say("Whole draft"), "draft", shown.conclusion.id),)
    return (buttons.button(speech.say("Open the conclusion"), "conclusion", shown.conclusion.id),)


def _head(speech: Speech, shown: Shown) -> Marked:
    if shown.task is not None:
        return speech.say("🪜 <b>Reminders of item {ref}</b>: {name}", ref=shown.task.ref, name=tasks.name(shown.task))
    if shown.conclusion is not None:
        return speech.say("🪜 <b>Reminders of</b> {title}", title=tasks.conclusion_name(speech, shown.conclusion))
    return speech.say("🪜 <b>Reminders of the whole office</b>, where a conclusion or a task has none of its own")


def _coming(speech: Speech, coming: Sequence[Occasion]) -> list[str]:
    if not coming:
        return []
    lines = [speech.say("• {moment} – {step}", moment=speech.moment(one.at), step=steps.step(speech, one.step)) for one in coming]
    return [speech.say("The next reminders:"), *lines]
