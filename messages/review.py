"""What does the office read before it publishes? The draft as a whole, and each task with what can be mended."""

from collections.abc import Sequence
from datetime import date

from channels import Button, Outgoing
from domain import questions
from domain.calendar import Calendar
from domain.conclusions import ConclusionState, Task
from domain.drafts import Draft, DraftTask
from domain.ladders import Extent, Scope
from domain.names import fold
from domain.questions import Question
from domain.readings import Audience, AudienceKind
from domain.units import Unit
from messages import asked_changes, buttons, changes, deadlines, doubts, reach, tasks
from messages.i18n import N_, Marked, Speech

WORDS_SHOWN = 220
WORDS_AROUND = 120
NAMES_SHOWN = 6
DECISIONS_SHOWN = 8
STATES = {ConclusionState.DRAFT: N_("draft"), ConclusionState.PUBLISHED: N_("published")}
WHOLE_PAPER = {
    "scanned": N_("📷 Read off a picture: please compare every task with the paper."),
    "letters-guessed": N_("🔤 The letters of the file are of an old kind: please compare every task with the paper."),
}


def reading(speech: Speech, file: str) -> Outgoing:
    """Say at once that a paper is being read."""
    return Outgoing(speech.say("⏳ Reading “{file}” …", file=file))


def awaiting_parts(speech: Speech) -> Outgoing:
    """Say that the next parts of a pasted notice are awaited, and offer to read it as it is."""
    text = speech.say("⏳ Waiting for more parts of the notice, up to one minute after each. The draft comes by itself.")
    return Outgoing(text, ((buttons.button(speech.say("That was all"), "allparts"),),))


def draft(speech: Speech, shown: Draft, calendar: Calendar, *, may_edit: bool = True) -> Outgoing:
    """Show a draft: header, findings, every task with its audience, deadline and words, and whom nobody could tell.

    Its buttons are for those who ``may_edit`` it.
    """
    return Outgoing(
        speech.lines(
            *_header(speech, shown),
            *warnings(speech, shown),
            *(doubts.finding(speech, one) for one in shown.conclusion.findings if not doubts.is_asked(one)),
            *changes.lines(speech, shown),
            *(line for one in shown.tasks for line in _task_lines(speech, one, calendar, shown.today)),
            *_gaps(speech, shown),
        ),
        _draft_rows(speech, shown) if may_edit else (),
    )


def _header(speech: Speech, shown: Draft) -> list[str]:
    conclusion = shown.conclusion
    unknown = speech.say("not in the paper")
    return [
        speech.say("📄 <b>Draft</b>: {title}", title=conclusion.title or unknown),
        speech.say(
            "Issued by: {issuer}. Number: {label}. Dated: {date}.",
            issuer=conclusion.issuer or unknown,
            label=conclusion.label or unknown,
            date=speech.date(conclusion.dated) if conclusion.dated else unknown,
        ),
        speech.plural(
            "{n} task for {units}:", "{n} tasks for {units}:", len(shown.kept), units=_units_counted(speech, shown.units)
        )
        if shown.kept or not shown.changes
        else speech.say("It gives no task of its own, and only changes older notices."),
    ]


def warnings(speech: Speech, shown: Draft) -> list[str]:
    """Tell what an officer should know before publishing: how sure the paper is as a whole, its twin, and what is over."""
    reasons = {asked.reason for asked in shown.questions}
    lines: list[str] = [speech.say(text) for reason, text in WHOLE_PAPER.items() if reason in reasons]
    if shown.twin is not None:
        state = speech.say(STATES[shown.twin.state])
        lines.append(speech.say("⚠️ No. {label} of the same date is here already: {state}.", label=shown.twin.label, state=state))
    if shown.passed:
        refs = speech.series(task.ref for task in shown.passed)
        lines.append(speech.say("⚠️ The deadline is over already: item {items}.", items=refs))
    return lines


def open_twin(speech: Speech, shown: Draft) -> buttons.Rows:
    """Offer to open the other conclusion with the same number, symbol and date."""
    if shown.twin is None:
        return ()
    action = "draft" if shown.twin.state is ConclusionState.DRAFT else "conclusion"
    return ((buttons.button(speech.say("Open the other one"), action, shown.twin.id),),)


def _units_counted(speech: Speech, units: Sequence[Unit]) -> str:
    return speech.plural("{n} unit", "{n} units", len(units))


def _task_lines(speech: Speech, one: DraftTask, calendar: Calendar, today: date | None) -> list[str]:
    task = one.task
    if task.dropped:
        return ["", speech.say("<b>{ref}</b> – dropped", ref=task.ref)]
    return [
        "",
        speech.say("<b>{ref}</b> – {name}", ref=task.ref, name=tasks.name(task)),
        audience(speech, one),
        deadlines.line(speech, task.deadline, calendar, today=today),
        *(doubts.question(speech, asked) for asked in questions.of_tasks([task]) if asked.is_open and not asked.is_of_paper),
        speech.say("“{words}”", words=words(task)),
    ]


def words(task: Task) -> str:
    """Give the words of a task; of a long one the beginning, and what stands around its deadline."""
    text, literal = task.text, task.deadline.literal
    if len(text) <= WORDS_SHOWN:
        return text
    beginning = text[:WORDS_SHOWN].rsplit(" ", 1)[0]
    at = text.find(literal) if literal else -1
    if at < len(beginning):
        return f"{beginning} …"
    around = text[max(len(beginning), at - WORDS_AROUND) : at + len(literal or "") + WORDS_AROUND]
    return f"{beginning} … {around.partition(' ')[2].rpartition(' ')[0]} …"


def audience(speech: Speech, one: DraftTask) -> str:
    """Tell whom a task binds, in the paper's words and as registered units: the one that goes by another name, or how many."""
    phrase = one.task.audience.phrase or kind(speech, one.task.audience)
    if not one.resolution.decided:
        return speech.say("For: {phrase}", phrase=phrase)
    units = one.resolution.units
    only = units[0].name if len(units) == 1 and units[0].folded_name != fold(phrase) else None
    return speech.say("For: {phrase} → {units}", phrase=phrase, units=only or _units_counted(speech, units))


def kind(speech: Speech, whom: Audience) -> str:
    """Name a kind of audience."""
    if whom.kind is AudienceKind.ALL:
        return speech.say("all units")
    if whom.complement:
        return speech.say("the remaining units")
    return speech.series(whom.units) if whom.units else speech.say("not in the paper")


def names(speech: Speech, all_names: Sequence[str]) -> str:
    """List names, the first few of many."""
    more = len(all_names) - NAMES_SHOWN
    if more <= 0:
        return speech.series(all_names)
    first = ", ".join(all_names[:NAMES_SHOWN])
    return speech.plural("{first} and {n} more", "{first} and {n} more", more, first=first)


def _gaps(speech: Speech, shown: Draft) -> list[str]:
    lines = []
    if shown.unknown:
        lines += ["", speech.say("🆕 Not registered yet: {names}.", names=names(speech, shown.unknown))]
    if shown.unreachable:
        unreached = names(speech, reach.names(speech, shown.silent))
        lines += ["", speech.say("📵 Nobody receives messages for: {names}.", names=unreached)]
    if shown.undecided:
        refs = speech.series(task.ref for task in shown.undecided)
        lines += ["", speech.say("❓ To be decided before publishing: {items}.", items=refs)]
    return lines


def _draft_rows(speech: Speech, shown: Draft) -> buttons.Rows:
    conclusion = shown.conclusion
    if conclusion.state is not ConclusionState.DRAFT:
        return ()
    asked = shown.next_question()
    decide = (_decide(speech, asked, sum(one.is_open for one in shown.questions)),) if asked else ()
    look = (buttons.button(speech.say("Look at the tasks"), "review", shown.tasks[0].task.id),) if shown.tasks else ()
    sends = shown.kept or shown.changes
    preview = (buttons.button(speech.say("Preview the reminders"), "preview", conclusion.id),) if sends else ()
    ladder = (buttons.ladder(speech, Extent(Scope.CONCLUSION, conclusion.id)),) if shown.kept else ()
    add = (add_units(speech, shown),) if shown.unknown else ()
    discard = buttons.button(speech.say("Put the draft away"), "discard", conclusion.id)
    rows = (decide, look, preview, ladder, *open_twin(speech, shown), add, (_publish(speech, shown), discard))
    return tuple(row for row in rows if row)


def _decide(speech: Speech, first: Question, count: int) -> Button:
    label = speech.plural("❓ Answer {n} question", "❓ Answer {n} questions", count)
    if first.task is None and first.effect is not None:
        return buttons.button(label, "askchange", first.effect.change.id)
    return buttons.button(label, "review", first.about.id)


def add_units(speech: Speech, shown: Draft) -> Button:
    """Offer to register the units that the paper names."""
    label = speech.plural("Register the {n} unit", "Register the {n} units", len(shown.unknown))
    return buttons.button(label, "addunits", shown.conclusion.id)


def task(speech: Speech, shown: Draft, one: DraftTask, calendar: Calendar) -> Outgoing:
    """Show one task of a draft in its exact words, with what can be mended."""
    order = [each.task.id for each in shown.tasks]
    at = order.index(one.task.id)
    text = speech.lines(
        speech.say("Task {n} of {all} – item <b>{ref}</b>", n=at + 1, all=len(order), ref=one.task.ref),
        "",
        speech.say("“{text}”", text=one.task.text),
        "",
        speech.say("To hand in: {deliverable}", deliverable=one.task.deliverable) if one.task.deliverable else None,
        tasks.submit_to(speech, one.task),
        audience(speech, one),
        speech.say("Units: {names}", names=names(speech, [unit.name for unit in one.resolution.units]))
        if one.resolution.units
        else None,
        speech.say("🆕 Not registered yet: {names}.", names=names(speech, one.resolution.unknown))
        if one.resolution.unknown
        else None,
        deadlines.line(speech, one.task.deadline, calendar, today=shown.today),
        *(
            doubts.finding(speech, found)
            for found in shown.conclusion.findings
            if found.at == one.task.ref and not doubts.is_asked(found)
        ),
        speech.say("<b>This task was dropped and will not be published.</b>") if one.task.dropped else None,
    )
    return Outgoing(text, _task_rows(speech, shown, one.task, at))


def _task_rows(speech: Speech, shown: Draft, task: Task, at: int) -> buttons.Rows:
    if shown.conclusion.state is not ConclusionState.DRAFT:
        return ()
    order = [each.task.id for each in shown.tasks]
    mend = (
        (buttons.button(speech.say("Take it up again"), "restore", task.id),)
        if task.dropped
        else (buttons.button(speech.say("Edit"), "edit", task.id), buttons.button(speech.say("Drop this task"), "drop", task.id))
    )
    before = (buttons.button("◀", "review", order[at - 1]),) if at > 0 else ()
    after = (buttons.button("▶", "review", order[at + 1]),) if at + 1 < len(order) else ()
    whole = buttons.button(speech.say("Whole draft"), "draft", shown.conclusion.id)
    day = ((buttons.button(speech.say("Set the day"), "editdeadline", task.id),),) if task.deadline.awaits_day else ()
    ladder = (buttons.ladder(speech, Extent(Scope.TASK, task.id)),)
    beside = tuple((asked_changes.ask_again(speech, one.effect),) for one in shown.questions if one.task is task and one.effect)
    return (mend, *day, ladder, *beside, (*before, whole, *after), (_publish(speech, shown),))


def _publish(speech: Speech, shown: Draft) -> Button:
    return buttons.button(speech.say("Publish"), "publish", shown.conclusion.id)


def names_unknown(speech: Speech, unknown: Sequence[str], near: Sequence[str]) -> Outgoing:
    """Say which names nobody registered, with those that come near."""
    text = speech.lines(
        speech.say("Nobody registered: {names}. Nothing was changed.", names=names(speech, unknown)),
        speech.say("Did you mean: {names}?", names=names(speech, near)) if near else None,
        speech.say("Please write the names once more, one on each line. The registered names: /donvi"),
    )
    return Outgoing(text, ((buttons.cancel(speech),),))


def undecided(speech: Speech, shown: Draft) -> Outgoing:
    """Say why a draft cannot be published yet, and lead to what must be decided."""
    refs: dict[str, list[str]] = {}
    asked = [one for one in shown.questions if one.is_open]
    for one in asked:
        if one.effect is None:
            refs.setdefault(doubts.question(speech, one), []).append(one.about.ref)
    lines = [speech.say("Item {ref}: {doubt}", ref=speech.series(of), doubt=Marked(doubt)) for doubt, of in refs.items()]
    effects = [one.effect for one in asked if one.effect is not None]
    lines += [line for effect in effects for line in changes.told(speech, shown, effect)]
    decide = [
        *(asked_changes.decide(speech, effect) for effect in effects),
        *(
            buttons.button(speech.say("Decide item {ref}", ref=task.ref), "review", task.id)
            for task in shown.undecided
            if task.unsure
        ),
    ]
    head = speech.say("The draft cannot be published yet: please decide first what is not sure.")
    return Outgoing(speech.lines(head, *lines), buttons.column(decide[:DECISIONS_SHOWN]))


def publish_anyway(speech: Speech, shown: Draft) -> Outgoing:
    """Ask once more before a draft is published that has a twin, or deadlines that are over."""
    anyway = buttons.button(speech.say("Publish anyway"), "publish", shown.conclusion.id, "anyway")
    back = buttons.button(speech.say("Back"), "draft", shown.conclusion.id)
    text = speech.lines(*warnings(speech, shown), speech.say("Publish all the same?"))
    return Outgoing(text, (*open_twin(speech, shown), (anyway, back)))


def discarded(speech: Speech, shown: Draft) -> Outgoing:
    """Confirm that a draft was put away."""
    return Outgoing(
        speech.say("The draft “{title}” was put away; nobody was told.", title=tasks.conclusion_name(speech, shown.conclusion))
    )
