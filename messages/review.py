"""What does the office read before it publishes? The draft as a whole, and each task with what can be mended."""

from collections.abc import Sequence

from channels import Button, Outgoing
from domain.calendar import Calendar
from domain.conclusions import ConclusionState, Task
from domain.drafts import Draft, DraftTask
from domain.readings import Audience, AudienceKind
from domain.units import Unit, group_number
from messages import buttons, deadlines, doubts, tasks
from messages.i18n import Marked, Speech

WORDS_SHOWN = 220
WORDS_AROUND = 120
NAMES_SHOWN = 6


def reading(speech: Speech, file: str) -> Outgoing:
    """Say at once that a paper is being read."""
    return Outgoing(speech.say("⏳ Reading “{file}” …", file=file))


def draft(speech: Speech, shown: Draft, calendar: Calendar, *, may_edit: bool = True) -> Outgoing:
    """Show a draft: header, findings, every task with its audience, deadline and words, and whom nobody could tell.

    Its buttons are for those who ``may_edit`` it.
    """
    return Outgoing(
        speech.lines(
            *_header(speech, shown),
            *(doubts.finding(speech, one) for one in shown.conclusion.findings),
            *(line for one in shown.tasks for line in _task_lines(speech, one, calendar)),
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
        ),
    ]


def _units_counted(speech: Speech, units: Sequence[Unit]) -> str:
    return speech.plural("{n} unit", "{n} units", len(units))


def _task_lines(speech: Speech, one: DraftTask, calendar: Calendar) -> list[str]:
    task = one.task
    if task.dropped:
        return ["", speech.say("<b>{ref}</b> – dropped", ref=task.ref)]
    return [
        "",
        speech.say("<b>{ref}</b> – {name}", ref=task.ref, name=tasks.name(task)),
        audience(speech, one),
        deadlines.line(speech, task.deadline, calendar),
        *(doubts.doubt(speech, field, task.doubts.get(field, "")) for field in task.unsure),
        speech.say("“{words}”", words=_words(task)),
    ]


def _words(task: Task) -> str:
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
    """Tell whom a task binds, in the paper's words and as a number of registered units."""
    phrase = one.task.audience.phrase or kind(speech, one.task.audience)
    if not one.resolution.decided:
        return speech.say("For: {phrase}", phrase=phrase)
    return speech.say("For: {phrase} → {units}", phrase=phrase, units=_units_counted(speech, one.resolution.units))


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
        unreached = [unit.name for unit in shown.unreachable]
        lines += ["", speech.say("📵 Nobody receives messages for: {names}.", names=names(speech, unreached))]
    if shown.undecided:
        refs = speech.series(task.ref for task in shown.undecided)
        lines += ["", speech.say("❓ To be decided before publishing: {items}.", items=refs)]
    return lines


def _draft_rows(speech: Speech, shown: Draft) -> buttons.Rows:
    conclusion = shown.conclusion
    if conclusion.state is not ConclusionState.DRAFT:
        return ()
    first = shown.undecided[0] if shown.undecided else shown.tasks[0].task if shown.tasks else None
    look = (buttons.button(speech.say("Look at the tasks"), "review", first.id),) if first else ()
    add = (add_units(speech, shown),) if shown.unknown else ()
    discard = buttons.button(speech.say("Put the draft away"), "discard", conclusion.id)
    return tuple(row for row in (look, add, (_publish(speech, shown), discard)) if row)


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
        deadlines.line(speech, one.task.deadline, calendar),
        *(doubts.doubt(speech, field, one.task.doubts.get(field, "")) for field in one.task.unsure),
        *(doubts.finding(speech, found) for found in shown.conclusion.findings if found.at == one.task.ref),
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
    return (mend, *_keep(speech, task), (*before, whole, *after), (_publish(speech, shown),))


def _publish(speech: Speech, shown: Draft) -> Button:
    return buttons.button(speech.say("Publish"), "publish", shown.conclusion.id)


def _keep(speech: Speech, task: Task) -> buttons.Rows:
    """Offer to confirm what was read where reading was not sure, as far as there is something to confirm."""
    rows = []
    if "deadline" in task.unsure and task.deadline.last_day:
        label = speech.say("Right: by the end of {last}", last=speech.date(task.deadline.last_day))
        rows.append((buttons.button(label, "confirm", task.id, "deadline"),))
    if "audience" in task.unsure and (task.audience.units or task.audience.complement or task.audience.kind is AudienceKind.ALL):
        rows.append((buttons.button(speech.say("Right: these units"), "confirm", task.id, "audience"),))
    return tuple(rows)


def what_to_edit(speech: Speech, task: Task) -> Outgoing:
    """Ask what of a task is to be mended."""
    choices = (
        buttons.button(speech.say("Deadline"), "editdeadline", task.id),
        buttons.button(speech.say("Units"), "editaudience", task.id),
        buttons.button(speech.say("Wording"), "edittext", task.id),
    )
    back = buttons.button(speech.say("Back"), "review", task.id)
    return Outgoing(speech.say("Item <b>{ref}</b>: what is to be mended?", ref=task.ref), (choices, (back,)))


def ask_deadline(speech: Speech, task: Task) -> Outgoing:
    """Ask for a deadline."""
    text = speech.lines(
        speech.say("Item <b>{ref}</b>: please write the deadline.", ref=task.ref),
        speech.say(
            "A day alone, like 22/02/2021, is the last day; “trước ngày 22/02/2021” ends the day before. “không” means none."
        ),
        speech.say("It now reads: {words}", words=task.deadline.literal) if task.deadline.literal else None,
    )
    return Outgoing(text, ((buttons.cancel(speech),),))


def ask_text(speech: Speech, task: Task) -> Outgoing:
    """Ask for a wording."""
    text = speech.say("Item <b>{ref}</b>: please write the whole new wording. It now reads:", ref=task.ref)
    return Outgoing(speech.lines(text, "", speech.say("{text}", text=task.text)), ((buttons.cancel(speech),),))


def ask_audience(speech: Speech, task: Task, groups: Sequence[str]) -> Outgoing:
    """Ask for the units of a task."""
    text = speech.lines(
        speech.say("Item <b>{ref}</b>: which units does it bind?", ref=task.ref),
        speech.say("Choose, or write the names of the units, one on each line."),
    )
    choices = [
        buttons.button(speech.say("All units"), "audience", task.id, "all"),
        *(buttons.button(group, "audience", task.id, "group", group_number(group)) for group in groups),
    ]
    if task.audience.complement:
        choices.insert(1, buttons.button(speech.say("The remaining units"), "audience", task.id, "rest"))
    return Outgoing(text, (*buttons.column(choices), (buttons.cancel(speech),)))


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
    lines = [
        speech.say("Item {ref}: {doubt}", ref=task.ref, doubt=Marked(doubts.doubt(speech, field, task.doubts.get(field, ""))))
        for task in shown.undecided
        for field in task.unsure
    ]
    decide = [buttons.button(speech.say("Decide item {ref}", ref=task.ref), "review", task.id) for task in shown.undecided]
    head = speech.say("The draft cannot be published yet: please decide first what is not sure.")
    return Outgoing(speech.lines(head, *lines), buttons.column(decide))


def discarded(speech: Speech, shown: Draft) -> Outgoing:
    """Confirm that a draft was put away."""
    return Outgoing(
        speech.say("The draft “{title}” was put away; nobody was told.", title=tasks.conclusion_name(speech, shown.conclusion))
    )
