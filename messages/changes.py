"""How is it told what a paper changes of older conclusions? In its draft, and as a question."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from domain import series
from domain.changes import ChangeState, Effect
from domain.conclusions import Conclusion, Task
from domain.deadlines import NO_DEADLINE, Deadline
from domain.drafts import Draft
from domain.readings import AmendmentKind
from domain.series import Recurring
from messages import series as series_messages
from messages.i18n import Marked, Speech


def paper(speech: Speech, conclusion: Conclusion) -> Marked:
    """Call a conclusion as others cite it: by its kind, number and symbol."""
    if (conclusion.symbol or "").upper().startswith("KL"):
        return speech.say("Conclusion {label}", label=conclusion.label)
    return speech.say("Notice {label}", label=conclusion.label)


def lines(speech: Speech, shown: Draft) -> Sequence[str]:
    """Tell in the draft what it changes, how far that is decided, and how many units get something new."""
    if not shown.changes:
        return []
    found = [line for effect in shown.changes for line in _decided(speech, shown, effect)]
    new = speech.plural("➕ In all, {n} unit gets new tasks.", "➕ In all, {n} units get new tasks.", len(shown.newly_bound))
    return ["", *found, *([new] if shown.kept else [])]


def _decided(speech: Speech, shown: Draft, effect: Effect) -> list[Marked]:
    if effect.change.state is ChangeState.REFUSED:
        return [speech.say("➖ Nothing changes of {paper}, as you decided.", paper=what(speech, effect))]
    is_open = effect.change.state is ChangeState.OPEN
    lines = (
        *told(speech, shown, effect),
        given_too(speech, shown, effect),
        speech.say("❓ Please say whether that is right.") if is_open else None,
    )
    return [each for each in lines if each is not None]


def given_too(speech: Speech, shown: Draft, effect: Effect) -> Marked | None:
    """Tell how many units have a task only by the new paper, whose deadline others have moved."""
    one = next((one for one in shown.kept if one.task is effect.says), None)
    moves = effect.change.kind is AmendmentKind.MOVES and not effect.recurs_instead and not shown.by_hand(effect)
    if not moves or effect.task is None or one is None or not shown.given(one):
        return None
    return speech.plural(
        "➕ Item {ref} is given to {n} unit that does not have it yet.",
        "➕ Item {ref} is given to {n} units that do not have it yet.",
        len(shown.given(one)),
        ref=one.task.ref,
    )


def by_hand(speech: Speech, shown: Draft, effect: Effect) -> list[Marked]:
    """Leave a change to the officer: say why it is not made, what is done instead, and what can be done."""
    says = next((one.task for one in shown.kept if one.task is effect.says), None)
    beside = speech.say(
        "➡️ Item {ref} is given as a task of its own beside it. If not meant so, change its units or drop it before publishing.",
        ref=says.ref if says else "",
    )
    return [why_by_hand(speech, effect), *([beside] if says and effect.change.kind is AmendmentKind.MOVES else [])]


def why_by_hand(speech: Speech, effect: Effect) -> Marked:
    """Say why a change is not made, and what can be done by hand."""
    name = what(speech, effect)
    if effect.series is None:
        return speech.say("⚠️ {what} has a rule without a day left, so nothing of it can change here.", what=name)
    if effect.series.series.ended_at is not None:
        return speech.say("⚠️ {what} recurs no longer, so nothing of it changes.", what=name)
    if effect.rule is None:
        return speech.say(
            "⚠️ {what}: the one that falls due near {day} is not open yet, so nothing changes. "
            "Please load this paper again when it is.",
            what=name,
            day=until(speech, effect.says.deadline) if effect.says else "",
        )
    return speech.say(
        "⚠️ {what} keeps its rule: the new one is for units that do not have it, and not for all that do. "
        "Please give the item to units that have this task, or change the rule for all on the card of {paper}.",
        what=name,
        paper=paper(speech, effect.earlier),
    )


def told(speech: Speech, shown: Draft, effect: Effect) -> list[Marked]:
    """Tell what a change would do, of a series also with its occurrences."""
    if shown.by_hand(effect):
        return by_hand(speech, shown, effect)
    of_it = [_line(speech, shown, effect)] if effect.series is None else _of_series(speech, shown, effect, effect.series)
    return [*of_it, *handed_in(speech, effect)]


def handed_in(speech: Speech, effect: Effect) -> list[Marked]:
    """Tell what becomes of submissions that wait for the office's decision, where what they are for ends."""
    count = len(effect.awaiting)
    if not count or (effect.change.kind is AmendmentKind.MOVES and not effect.recurs_instead):
        return []
    if effect.change.whole:
        return [
            speech.plural(
                "📥 {n} submission waits for the office’s decision and is closed without one.",
                "📥 {n} submissions wait for the office’s decision and are closed without one.",
                count,
            )
        ]
    return [
        speech.plural(
            "📥 {n} submission of it waits for the office’s decision, and can still be accepted or returned.",
            "📥 {n} submissions of it wait for the office’s decision, and can still be accepted or returned.",
            count,
        )
    ]


def _of_series(speech: Speech, shown: Draft, effect: Effect, recurring: Recurring) -> list[Marked]:
    """Tell what becomes of a series, and of its occurrences that are open."""
    if effect.rule is not None:
        changed = [_new_rule(speech, shown, effect.rule, effect, recurring), *_moved_with_rule(speech, shown, effect)]
        return [*changed, *keeping(speech, shown, effect)]
    after = speech.say("➡️ Those after it keep the rule: {words}.", words=recurring.task.deadline.literal)
    if effect.occurrence is not None:
        return [_moves(speech, shown, effect), after]
    if effect.to_open is not None:
        return [_opens(speech, shown, effect, effect.to_open, recurring), after]
    return [
        speech.plural(
            "⛔ {what} recurs no longer: {n} open assignment of it ends.",
            "⛔ {what} recurs no longer: {n} open assignments of it end.",
            len(shown.reached(effect)),
            what=what(speech, effect),
        )
    ]


def keeping(speech: Speech, shown: Draft, effect: Effect) -> list[Marked]:
    """Tell for how many units a series keeps its rule, where the new one is for others of its units alone."""
    units = len(shown.keeping(effect))
    if not units or effect.series is None:
        return []
    return [
        speech.plural(
            "➡️ It stays as it is for {n} other unit: {words}.",
            "➡️ It stays as it is for {n} other units: {words}.",
            units,
            words=effect.series.task.deadline.literal,
        )
    ]


def _opens(speech: Speech, shown: Draft, effect: Effect, day: date, recurring: Recurring) -> Marked:
    """Tell of an occurrence that is opened on publishing, before its time, with the day that is moved."""
    ref = Marked(series_messages.ref(speech, recurring.task, day))
    return speech.plural(
        "🔁 Task {ref} of {paper} opens on publishing: deadline {old} → {new}, {n} unit.",
        "🔁 Task {ref} of {paper} opens on publishing: deadline {old} → {new}, {n} units.",
        len(effect.bound & shown.bound(effect)),
        ref=ref,
        paper=paper(speech, effect.earlier),
        old=until(speech, series.on(recurring.task.deadline, day)),
        new=until(speech, effect.says.deadline) if effect.says else "",
    )


def _new_rule(speech: Speech, shown: Draft, rule: Deadline, effect: Effect, recurring: Recurring) -> Marked:
    before, begins_on = recurring.task.deadline, recurring.series.begins_on
    following = series.next_day(rule, series.follows_from(before, begins_on, shown.today or begins_on))
    return speech.plural(
        "🔁 {what}: {old} → {new}, for {n} unit; the next one: {next}.",
        "🔁 {what}: {old} → {new}, for {n} units; the next one: {next}.",
        len(effect.bound - shown.keeping(effect)),
        what=what(speech, effect),
        old=before.literal,
        new=rule.literal,
        next=speech.day(following) if following else speech.say("no day yet"),
    )


def _moved_with_rule(speech: Speech, shown: Draft, effect: Effect) -> list[Marked]:
    """Tell of each open occurrence that gets the day which the new rule sets for its period."""
    of_each = groupby(shown.moved(effect), key=lambda moved: moved[0].task)
    found = [(_item(speech, effect, task), list(moved)) for task, moved in of_each]
    return [_from_to(speech, what, moved[0][0].deadline, moved[0][1], len(moved)) for what, moved in found]


def _line(speech: Speech, shown: Draft, effect: Effect) -> Marked:
    """Tell from which deadline to which, or what ends, and for how many."""
    if effect.recurs_instead:
        return _recurs(speech, shown, effect)
    if effect.change.kind is AmendmentKind.MOVES:
        return _moves(speech, shown, effect)
    if effect.change.kind is AmendmentKind.REPLACES:
        return speech.plural(
            "🔁 This paper replaces {paper}: {n} open assignment ends.",
            "🔁 This paper replaces {paper}: {n} open assignments end.",
            len(shown.reached(effect)),
            paper=paper(speech, effect.earlier),
        )
    return _ends(speech, shown, effect)


def _recurs(speech: Speech, shown: Draft, effect: Effect) -> Marked:
    """Tell of a rule in the place of a single deadline."""
    return speech.plural(
        "🔁 {what} recurs from now on: {rule}. The single task ends for {n} unit that has not handed in.",
        "🔁 {what} recurs from now on: {rule}. The single task ends for {n} units that have not handed in.",
        len(shown.reached(effect)),
        what=what(speech, effect),
        rule=effect.rule.literal if effect.rule else "",
    )


def _moves(speech: Speech, shown: Draft, effect: Effect) -> Marked:
    new, task = effect.says.deadline if effect.says else NO_DEADLINE, effect.occurrence or effect.task
    if task is None:
        name = paper(speech, effect.earlier)
        return speech.say("🔁 {paper}: the deadline of a task → {new}.", paper=name, new=until(speech, new))
    held = effect.still_open[0].deadline if effect.still_open else task.deadline
    return _from_to(speech, what(speech, effect), held, new, len(shown.reached(effect)))


def _from_to(speech: Speech, what: Marked, old: Deadline, new: Deadline, count: int) -> Marked:
    return speech.plural(
        "🔁 {what}: deadline {old} → {new}, {n} unit has not handed in.",
        "🔁 {what}: deadline {old} → {new}, {n} units have not handed in.",
        count,
        what=what,
        old=until(speech, old),
        new=until(speech, new),
    )


def _ends(speech: Speech, shown: Draft, effect: Effect) -> Marked:
    count = len(shown.reached(effect))
    if effect.change.whole:
        return speech.plural(
            "⛔ {paper} ends: {n} open assignment.",
            "⛔ {paper} ends: {n} open assignments.",
            count,
            paper=paper(speech, effect.earlier),
        )
    if effect.task is None:
        return speech.say("⛔ {paper}: a task ends.", paper=paper(speech, effect.earlier))
    return speech.plural("⛔ {what} ends, {n} unit.", "⛔ {what} ends, {n} units.", count, what=what(speech, effect))


def what(speech: Speech, effect: Effect) -> Marked:
    """Name what changes: a task of the older conclusion, an occurrence of it, or the whole of it."""
    task = effect.occurrence or effect.task
    return paper(speech, effect.earlier) if task is None else _item(speech, effect, task)


def _item(speech: Speech, effect: Effect, task: Task) -> Marked:
    return speech.say("Task {ref} of {paper}", ref=task.ref, paper=paper(speech, effect.earlier))


def short(speech: Speech, effect: Effect) -> Marked:
    """Tell in a few words what its units would be told."""
    if effect.recurs_instead and effect.rule is not None:
        return speech.say("{what} recurs from now on: {rule}", what=what(speech, effect), rule=effect.rule.literal)
    if effect.change.kind is AmendmentKind.MOVES:
        new = until(speech, effect.says.deadline) if effect.says else ""
        return speech.say("{what}: new deadline {new}", what=what(speech, effect), new=new)
    if effect.change.kind is AmendmentKind.REPLACES:
        return speech.say("{what} is replaced", what=what(speech, effect))
    return speech.say("{what} ends", what=what(speech, effect))


def until(speech: Speech, deadline: Deadline) -> str:
    """Tell a deadline by its last day alone, or by its words where it has none."""
    if deadline.last_day is None:
        return deadline.literal or speech.say("no day yet")
    day = speech.date(deadline.last_day)
    return speech.say("{clock} on {day}", clock=deadline.at.strftime("%H:%M"), day=day) if deadline.at else day
