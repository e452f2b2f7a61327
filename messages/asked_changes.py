"""How is an officer asked what a paper changes of older conclusions? Whether it is right, or which task is meant."""

from channels import Button, Outgoing
from domain.changes import Effect
from domain.conclusions import Task
from domain.drafts import Draft
from domain.readings import AmendmentKind
from messages import buttons, changes, tasks
from messages.i18n import Speech

TASKS_SHOWN = 10
LABEL_LENGTH = 44
WORDS_SHOWN = 600


def question(speech: Speech, shown: Draft, effect: Effect, head: str) -> Outgoing:
    """Ask whether a change is right, with the words of both papers; or which task it is, while that is not known."""
    change = effect.change
    asked = (
        speech.say("Is that right?")
        if change.is_known
        else speech.say("Which task of {paper} is meant?", paper=changes.paper(speech, effect.earlier))
    )
    text = speech.lines(
        head,
        "",
        *changes.told(speech, shown, effect),
        changes.given_too(speech, shown, effect),
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
        speech.say("Which task of {paper} is meant?", paper=changes.paper(speech, effect.earlier)),
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
        speech.say("🔁 {paper}: what changes", paper=changes.paper(speech, effect.earlier)), "askchange", effect.change.id
    )


def decide(speech: Speech, effect: Effect) -> Button:
    """Offer to decide a change that is open."""
    return buttons.button(speech.say("Decide what changes of {label}", label=effect.earlier.label), "askchange", effect.change.id)
