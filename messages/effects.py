"""How is it told what a paper has changed of older conclusions? After publishing, and on their cards."""

from collections.abc import Sequence
from dataclasses import replace

from channels import Outgoing
from domain.changes import ChangeState, Effect
from domain.conclusions import ConclusionState
from domain.drafts import Draft
from domain.readings import AmendmentKind
from messages import changes
from messages.i18n import Marked, Speech


def applied(speech: Speech, shown: Draft) -> list[Marked]:
    """Tell after publishing what was changed, and what could not be."""
    done = [effect for effect in shown.changes if effect.change.state is ChangeState.APPLIED]
    lapsed = [effect for effect in shown.changes if effect.change.state is ChangeState.LAPSED]
    left = [line for one in done for line in (*changes.keeping(speech, shown, one), *changes.handed_in(speech, one))]
    return [*(_applied(speech, shown, effect) for effect in shown.changes if effect in (*done, *lapsed)), *left]


def _applied(speech: Speech, shown: Draft, effect: Effect) -> Marked:
    """Tell what became of one change."""
    change, name = effect.change, changes.what(speech, effect)
    if change.state is ChangeState.LAPSED:
        return _lapsed(speech, shown, effect)
    if effect.recurs_instead and effect.rule is not None:
        return speech.plural(
            "🔁 {what} recurs from now on: {rule}; the single task has ended for {n} unit.",
            "🔁 {what} recurs from now on: {rule}; the single task has ended for {n} units.",
            change.reached,
            what=name,
            rule=effect.rule.literal,
        )
    if effect.series is not None and (effect.rule is not None or change.kind is AmendmentKind.ENDS):
        return _applied_to_series(speech, effect)
    if change.kind is AmendmentKind.MOVES:
        return speech.plural(
            "🔁 {what}: the deadline is {new} now, for {n} unit.",
            "🔁 {what}: the deadline is {new} now, for {n} units.",
            change.reached,
            what=name,
            new=changes.until(speech, effect.says.deadline) if effect.says else "",
        )
    if change.whole:
        return speech.plural(
            "⛔ {what} is out of force: {n} assignment has ended.",
            "⛔ {what} is out of force: {n} assignments have ended.",
            change.reached,
            what=name,
        )
    return speech.plural("⛔ {what} has ended, {n} unit.", "⛔ {what} has ended, {n} units.", change.reached, what=name)


def _applied_to_series(speech: Speech, effect: Effect) -> Marked:
    if effect.rule is not None:
        return speech.plural(
            "🔁 {what} recurs {new} from now on; {n} open assignment has the day that this sets.",
            "🔁 {what} recurs {new} from now on; {n} open assignments have the day that this sets.",
            effect.change.reached,
            what=changes.what(speech, effect),
            new=effect.rule.literal,
        )
    return speech.plural(
        "⛔ {what} recurs no longer: {n} open assignment has ended.",
        "⛔ {what} recurs no longer: {n} open assignments have ended.",
        effect.change.reached,
        what=changes.what(speech, effect),
    )


def _lapsed(speech: Speech, shown: Draft, effect: Effect) -> Marked:
    if effect.earlier.state is not ConclusionState.PUBLISHED:
        return speech.say("⚠️ {what}: it is out of force meanwhile, so nothing was changed.", what=changes.what(speech, effect))
    if shown.by_hand(effect):
        return changes.why_by_hand(speech, effect)
    return speech.say("⚠️ {what}: no new deadline was set, so nothing was changed.", what=changes.what(speech, effect))


def joined(speech: Speech, card: Outgoing, effects: Sequence[Effect]) -> Outgoing:
    """Tell on an older conclusion's card which papers changed it, and how."""
    return replace(card, text=speech.lines(card.text, *(_changed(speech, effect) for effect in effects)))


def _changed(speech: Speech, effect: Effect) -> Marked:
    by = changes.paper(speech, effect.by)
    if effect.change.kind is AmendmentKind.REPLACES:
        return speech.say("🔁 Replaced by {paper}.", paper=by)
    if effect.task is None:
        return speech.say("⛔ Ended by {paper}.", paper=by)
    if effect.change.kind is AmendmentKind.ENDS:
        return speech.say("⛔ Task {ref} was ended by {paper}.", ref=effect.task.ref, paper=by)
    new = changes.until(speech, effect.says.deadline) if effect.says else ""
    if effect.rule is not None and (effect.series is None or effect.series.task.deadline != effect.rule):
        return speech.say("🔁 Task {ref}: {new} by {paper}, for the units that it names.", ref=effect.task.ref, new=new, paper=by)
    return speech.say("🔁 Task {ref}: deadline {new} by {paper}.", ref=effect.task.ref, new=new, paper=by)
