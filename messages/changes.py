"""How is it told what a paper changes of older conclusions? In its draft, and as a question."""

from collections.abc import Sequence
from itertools import groupby

from channels import Button, Outgoing
from domain import series
from domain.changes import ChangeState, Effect
from domain.conclusions import Conclusion, Task
from domain.deadlines import NO_DEADLINE, Deadline
from domain.drafts import Draft
from domain.readings import AmendmentKind
from domain.series import Recurring
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
    lines = (
        *told(speech, shown, effect),
        _given_too(speech, shown, effect),
        speech.say("❓ Please say whether that is right.") if is_open else None,
    )
    return [each for each in lines if each is not None]


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


def by_hand(speech: Speech, effect: Effect) -> Marked:
    """Leave a change to the officer, on the older conclusion's card."""
    return speech.say("⚠️ {what}: a task that recurs is changed or ended on the card of its notice.", what=what(speech, effect))


def told(speech: Speech, shown: Draft, effect: Effect) -> list[Marked]:
    """Tell what a change would do, of a series also with its occurrences."""
    if shown.by_hand(effect):
        return [by_hand(speech, effect)]
    of_it = [_line(speech, shown, effect)] if effect.series is None else _of_series(speech, shown, effect, effect.series)
    return [*of_it, *handed_in(speech, effect)]


def handed_in(speech: Speech, effect: Effect) -> list[Marked]:
    """Tell what becomes of submissions that wait for the office's decision, where what they are for ends."""
    count = len(effect.awaiting)
    if effect.change.kind is AmendmentKind.MOVES or not count:
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
        return [_new_rule(speech, shown, effect.rule, effect, recurring), *_moved_with_rule(speech, shown, effect)]
    if effect.occurrence is not None:
        rule = recurring.task.deadline.literal
        return [_moves(speech, shown, effect), speech.say("➡️ Those after it keep the rule: {words}.", words=rule)]
    return [
        speech.plural(
            "⛔ {what} recurs no longer: {n} open assignment of it ends.",
            "⛔ {what} recurs no longer: {n} open assignments of it end.",
            len(shown.reached(effect)),
            what=what(speech, effect),
        )
    ]


def _new_rule(speech: Speech, shown: Draft, rule: Deadline, effect: Effect, recurring: Recurring) -> Marked:
    before, begins_on = recurring.task.deadline, recurring.series.begins_on
    following = series.next_day(rule, series.follows_from(before, begins_on, shown.today or begins_on))
    return speech.plural(
        "🔁 {what}: {old} → {new}, for {n} unit; the next one: {next}.",
        "🔁 {what}: {old} → {new}, for {n} units; the next one: {next}.",
        len(effect.bound),
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
        *told(speech, shown, effect),
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
