"""How is it told what a paper changes of older conclusions? In the draft, as a question, after publishing, and on their cards."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from channels import Button, Outgoing
from domain.changes import ChangeState, Effect
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import Deadline
from domain.drafts import Draft
from domain.readings import AmendmentKind
from messages import buttons, tasks
from messages.i18n import Marked, Speech

TASKS_SHOWN = 10
LABEL_LENGTH = 44
WORDS_SHOWN = 600


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
    told = (
        line(speech, shown, effect),
        _given_too(speech, shown, effect),
        speech.say("❓ Please say whether that is right.") if is_open else None,
    )
    return [each for each in told if each is not None]


def _given_too(speech: Speech, shown: Draft, effect: Effect) -> Marked | None:
    """Tell how many units have a task only by the new paper, whose deadline others have moved."""
    one = next((one for one in shown.kept if one.task is effect.says), None)
    if effect.change.kind is not AmendmentKind.MOVES or effect.task is None or one is None or not shown.given(one):
        return None
    return speech.plural(
        "➕ Item {ref} is given to {n} unit that does not have it yet.",
        "➕ Item {ref} is given to {n} units that do not have it yet.",
        len(shown.given(one)),
        ref=one.task.ref,
    )


def line(speech: Speech, shown: Draft, effect: Effect) -> Marked:
    """Tell what a change would do: from which deadline to which, or what ends, and for how many."""
    if effect.recurs:
        return _by_hand(speech, effect)
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


def _moves(speech: Speech, shown: Draft, effect: Effect) -> Marked:
    new = until(speech, effect.says.deadline) if effect.says else ""
    if effect.task is None:
        return speech.say("🔁 {paper}: the deadline of a task → {new}.", paper=paper(speech, effect.earlier), new=new)
    held = effect.still_open[0].deadline if effect.still_open else effect.task.deadline
    return speech.plural(
        "🔁 {what}: deadline {old} → {new}, {n} unit has not handed in.",
        "🔁 {what}: deadline {old} → {new}, {n} units have not handed in.",
        len(shown.reached(effect)),
        what=what(speech, effect),
        old=until(speech, held),
        new=new,
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
    """Name what changes: a task of the older conclusion, or the whole of it."""
    name = paper(speech, effect.earlier)
    return name if effect.task is None else speech.say("Task {ref} of {paper}", ref=effect.task.ref, paper=name)


def short(speech: Speech, effect: Effect) -> Marked:
    """Tell in a few words what its units would be told."""
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


def question(speech: Speech, shown: Draft, effect: Effect, head: str) -> Outgoing:
    """Ask whether a change is right, with the words of both papers; or which task it is, while that is not known."""
    change = effect.change
    asked = (
        speech.say("Is that right?")
        if change.is_known
        else speech.say("Which task of {paper} is meant?", paper=paper(speech, effect.earlier))
    )
    text = speech.lines(
        head,
        "",
        line(speech, shown, effect),
        _given_too(speech, shown, effect),
        "",
        speech.say("This paper says: “{words}”", words=_cut(change.words, WORDS_SHOWN)),
        speech.say("The earlier task: “{words}”", words=_cut(effect.task.text, WORDS_SHOWN)) if effect.task else None,
        "",
        asked,
    )
    whole = buttons.button(speech.say("Whole draft"), "draft", shown.conclusion.id)
    return Outgoing(text, (*_answers(speech, effect), (whole,)))


def _answers(speech: Speech, effect: Effect) -> buttons.Rows:
    change = effect.change
    right = buttons.button(speech.say("Right"), "change", change.id)
    if change.kind is AmendmentKind.REPLACES:
        return ((right,), (buttons.button(speech.say("No, nothing changes"), "nochange", change.id),))
    if change.is_known:
        no = buttons.button(speech.say("No, nothing changes"), "nochange", change.id)
        return ((right,), (no,), (buttons.button(speech.say("Another task"), "changetasks", change.id),))
    likely = [_choice(speech, effect, task) for task in effect.likely]
    ends = change.kind is AmendmentKind.ENDS
    all_of_it = [buttons.button(speech.say("The whole notice ends"), "endwhole", change.id)] if ends else []
    another = buttons.button(speech.say("Another task"), "changetasks", change.id)
    none = buttons.button(speech.say("None of them"), "nochange", change.id)
    return buttons.column([*likely, another, *all_of_it, none])


def _choice(speech: Speech, effect: Effect, task: Task) -> Button:
    short = _cut(tasks.name(task), LABEL_LENGTH)
    return buttons.button(speech.say("{number}. {name}", number=task.ref, name=short), "changetask", effect.change.id, task.id)


def _cut(text: str, length: int) -> str:
    """Give the beginning of a text that is too long."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def which_task(speech: Speech, effect: Effect, page: int) -> Outgoing:
    """Offer all tasks of the older conclusion, ten on a page."""
    change, first = effect.change, page * TASKS_SHOWN
    text = speech.lines(
        speech.say("Which task of {paper} is meant?", paper=paper(speech, effect.earlier)),
        "",
        speech.say("This paper says: “{words}”", words=_cut(change.words, WORDS_SHOWN)),
    )
    choices = [_choice(speech, effect, task) for task in effect.tasks[first : first + TASKS_SHOWN]]
    before = (buttons.button("◀", "changetasks", change.id, page - 1),) if page else ()
    back = buttons.button(speech.say("Back"), "askchange", change.id)
    after = (buttons.button("▶", "changetasks", change.id, page + 1),) if first + TASKS_SHOWN < len(effect.tasks) else ()
    return Outgoing(text, (*buttons.column(choices), (*before, back, *after)))


def ask_again(speech: Speech, effect: Effect) -> Button:
    """Offer to look at a change once more, decided or not."""
    return buttons.button(
        speech.say("🔁 {paper}: what changes", paper=paper(speech, effect.earlier)), "askchange", effect.change.id
    )


def decide(speech: Speech, effect: Effect) -> Button:
    """Offer to decide a change that is open."""
    return buttons.button(speech.say("Decide what changes of {label}", label=effect.earlier.label), "askchange", effect.change.id)


def applied(speech: Speech, effects: Iterable[Effect]) -> list[Marked]:
    """Tell after publishing what was changed, and what could not be."""
    return [_applied(speech, effect) for effect in effects if effect.change.state in (ChangeState.APPLIED, ChangeState.LAPSED)]


def _applied(speech: Speech, effect: Effect) -> Marked:
    change, name = effect.change, what(speech, effect)
    if change.state is ChangeState.LAPSED:
        return _lapsed(speech, effect)
    if change.kind is AmendmentKind.MOVES:
        return speech.plural(
            "🔁 {what}: the deadline is {new} now, for {n} unit.",
            "🔁 {what}: the deadline is {new} now, for {n} units.",
            change.reached,
            what=name,
            new=until(speech, effect.says.deadline) if effect.says else "",
        )
    if change.whole:
        return speech.plural(
            "⛔ {what} is out of force: {n} assignment has ended.",
            "⛔ {what} is out of force: {n} assignments have ended.",
            change.reached,
            what=name,
        )
    return speech.plural("⛔ {what} has ended, {n} unit.", "⛔ {what} has ended, {n} units.", change.reached, what=name)


def _lapsed(speech: Speech, effect: Effect) -> Marked:
    if effect.earlier.state is not ConclusionState.PUBLISHED:
        return speech.say("⚠️ {what}: it is out of force meanwhile, so nothing was changed.", what=what(speech, effect))
    if effect.recurs:
        return _by_hand(speech, effect)
    return speech.say("⚠️ {what}: no new deadline was set, so nothing was changed.", what=what(speech, effect))


def _by_hand(speech: Speech, effect: Effect) -> Marked:
    return speech.say("⚠️ {what}: a task that recurs is changed or ended on the card of its notice.", what=what(speech, effect))


def joined(speech: Speech, card: Outgoing, effects: Sequence[Effect]) -> Outgoing:
    """Tell on an older conclusion's card which papers changed it, and how."""
    return replace(card, text=speech.lines(card.text, *(_changed(speech, effect) for effect in effects)))


def _changed(speech: Speech, effect: Effect) -> Marked:
    by = paper(speech, effect.by)
    if effect.change.kind is AmendmentKind.REPLACES:
        return speech.say("🔁 Replaced by {paper}.", paper=by)
    if effect.task is None:
        return speech.say("⛔ Ended by {paper}.", paper=by)
    if effect.change.kind is AmendmentKind.ENDS:
        return speech.say("⛔ Task {ref} was ended by {paper}.", ref=effect.task.ref, paper=by)
    new = until(speech, effect.says.deadline) if effect.says else ""
    return speech.say("🔁 Task {ref}: deadline {new} by {paper}.", ref=effect.task.ref, new=new, paper=by)
