"""What does the office read of the messages that a draft would bring? A list, and the timeline beside it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby

from channels import Attachment, Outgoing
from domain.changes import Effect
from domain.conclusions import Task
from domain.drafts import Draft, DraftTask
from domain.ladders import Ladder, effective
from domain.offices import Office
from domain.previews import Foretold, Mention, Notice, Order, Planned
from domain.readings import AmendmentKind
from domain.units import Unit
from messages import buttons, changes, pictures, steps, tasks, timelines
from messages.i18n import Marked, Speech

LINES = 20
OTHER_LINES = 6
"""Of what a later decision would make of it, so many moments are shown."""
NAMES_SHOWN = 5
PICTURE = "lich-nhac-viec.png"


def orders(draft: Draft, wider: Ladder | None) -> list[Order]:
    """Give the orders that publishing a draft would give, and those whose deadline it would move.

    ``wider`` is the office's ladder, where it has set one.
    """
    given = [
        Order(
            one.task.position,
            one.task.ref,
            tasks.name(one.task),
            one.task.deadline,
            draft.given(one),
            effective(one.task.ladder, draft.conclusion.ladder, wider),
        )
        for one in draft.kept
    ]
    moved = (_moved(effect, says, draft, wider) for effect in draft.foreseen if (says := _new_deadline(effect)))
    return [*given, *moved]


def _new_deadline(effect: Effect) -> Task | None:
    return effect.says if effect.change.kind is AmendmentKind.MOVES and not effect.recurs_instead else None


def _moved(effect: Effect, says: Task, draft: Draft, wider: Ladder | None) -> Order:
    """Give the order that units have already, which goes on by the ladder of the older conclusion."""
    ladder = effective(effect.task.ladder if effect.task else None, effect.earlier.ladder, wider)
    early = frozenset(duty.unit.id for duty in draft.reached(effect) if duty.assignment.early)
    units, name = draft.touched(effect), tasks.name(says)
    return Order(says.position, says.ref, name, says.deadline, units, ladder, moved=True, early=early)


def told(speech: Speech, draft: Draft, foretold: Foretold, office: Office, *, repeated: bool = False) -> Outgoing:
    """Tell every message that publishing would bring, the first twenty moments in words and all reminders in a picture."""
    conclusion, planned = draft.conclusion, foretold.planned
    rows: buttons.Rows = ((buttons.button(speech.say("Whole draft"), "draft", conclusion.id),),)
    again = speech.say("(sent again)") if repeated else None
    if not planned and not foretold.notices:
        return Outgoing(speech.lines(again, speech.say("No unit is meant yet, so publishing would remind nobody.")), rows)
    title = tasks.conclusion_name(speech, conclusion)
    text = speech.lines(
        again,
        speech.say("🔔 Published now, “{title}” brings these messages:", title=title),
        "",
        *(_notice(speech, one) for one in foretold.notices),
        *lines(speech, planned),
        *_instead(speech, foretold),
        *_earlier(speech, foretold),
        "",
        *_remarks(speech, draft, planned),
    )
    drawn = Attachment(PICTURE, picture(speech, title, planned, office)) if planned else None
    return Outgoing(text, rows, attachment=drawn)


def _notice(speech: Speech, one: Notice) -> Marked:
    """Tell what changes for units, and when they hear of it."""
    said = Marked("; ".join(changes.short(speech, effect) for effect in one.effects))
    return _told(speech, one.when, one.units, one.readers, said)


def _instead(speech: Speech, foretold: Foretold) -> list[str]:
    """Tell what comes instead when the units are told on a day off."""
    if not foretold.at_once:
        return []
    head = speech.say("📅 Today is a day off. With “Tell them now” after publishing, these come instead:")
    return ["", head, *lines(speech, foretold.at_once, most=OTHER_LINES)]


def _earlier(speech: Speech, foretold: Foretold) -> list[str]:
    """Tell what comes besides for units that were late before, when the office decides so."""
    if not foretold.early:
        return []
    late = [record.unit.name for record in foretold.often_late]
    head = speech.plural(
        "⏰ {n} unit was late before: {names}. With “Yes, earlier” after publishing, these come, too:",
        "⏰ {n} units were late before: {names}. With “Yes, earlier” after publishing, these come, too:",
        len(late),
        names=speech.series([*late[:NAMES_SHOWN], *(["…"] if len(late) > NAMES_SHOWN else [])]),
    )
    return ["", head, *lines(speech, foretold.early, most=OTHER_LINES)]


def _remarks(speech: Speech, draft: Draft, planned: Sequence[Planned]) -> list[str]:
    undecided = speech.series(task.ref for task in draft.undecided)
    told = (
        speech.say("❓ To be decided before publishing: {items}.", items=undecided) if draft.undecided else None,
        speech.say("Of what recurs, the first month is shown.") if any(map(_recurs, draft.kept)) else None,
        speech.say("Who is late is reminded once a week after that.") if any(map(_is_weekly, planned)) else None,
        speech.say("Units that have handed in are not reminded any more.") if planned else None,
    )
    return [one for one in told if one is not None]


def picture(speech: Speech, title: str, planned: Sequence[Planned], office: Office) -> bytes:
    """Give the timeline of a preview as a PNG picture for a phone."""
    return pictures.draw(speech, title, timelines.timeline(speech, planned, office))


def lines(speech: Speech, planned: Sequence[Planned], *, most: int = LINES) -> list[str]:
    """Give a line for each moment and the same words, with the number of units and people; the rest is counted."""
    groups = [list(alike) for _, alike in groupby(sorted(planned, key=_occasion), key=_occasion)]
    shown = [_line(speech, alike) for alike in groups[:most]]
    left = sum(len(alike) for alike in groups[most:])
    return [*shown, speech.plural("… and {n} more message.", "… and {n} more messages.", left)] if left else shown


def _recurs(one: DraftTask) -> bool:
    return one.task.deadline.recurrence is not None


def _is_weekly(one: Planned) -> bool:
    return any(said.step.startswith("+w") for said in one.mentions)


def _occasion(one: Planned) -> tuple[object, ...]:
    return one.when, tuple((said.order.ref, said.step) for said in one.mentions)


def _line(speech: Speech, alike: Sequence[Planned]) -> str:
    readers = frozenset(reader for one in alike for reader in one.readers)
    units = tuple({one.unit.id: one.unit for one in alike}.values())
    return _told(speech, alike[0].when, units, readers, reasons(speech, alike[0].mentions))


def _told(speech: Speech, when: datetime, to: Sequence[Unit], readers: Collection[int], reasons: Marked) -> Marked:
    people = speech.plural("{n} person", "{n} people", len(readers))
    units = speech.plural("{n} unit", "{n} units", len(to)) if len(to) > 1 else to[0].name
    return speech.say(
        "• <b>{moment}</b> – {units} ({people}): {reasons}",
        moment=speech.moment(when),
        units=units,
        people=people,
        reasons=reasons,
    )


def reasons(speech: Speech, mentions: Sequence[Mention]) -> Marked:
    """Tell which items a message brings up and why."""
    refs: dict[str, list[str]] = {}
    for said in mentions:
        refs.setdefault(said.step, []).append(said.order.ref)
    parts = [
        speech.say("item {refs} ({step})", refs=speech.series(of), step=steps.step(speech, step)) for step, of in refs.items()
    ]
    return Marked("; ".join(parts))
