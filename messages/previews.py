"""What does the office read of the messages that a draft would bring? A list, and the timeline beside it."""

from collections.abc import Sequence
from itertools import groupby

from channels import Attachment, Outgoing
from domain import series
from domain.drafts import Draft, DraftTask
from domain.ladders import Ladder, effective
from domain.offices import Office
from domain.previews import Mention, Order, Planned
from messages import buttons, pictures, steps, tasks, timelines
from messages.i18n import Marked, Speech

LINES = 20
PICTURE = "lich-nhac-viec.png"


def orders(draft: Draft, wider: Ladder | None) -> list[Order]:
    """Give the orders that publishing a draft would give; ``wider`` is the office's ladder, where it has set one."""
    return [
        Order(
            one.task.position,
            one.task.ref,
            tasks.name(one.task),
            series.first(one.task.deadline, draft.today),
            draft.given(one),
            effective(one.task.ladder, draft.conclusion.ladder, wider),
        )
        for one in draft.kept
    ]


def told(speech: Speech, draft: Draft, planned: Sequence[Planned], office: Office, *, repeated: bool = False) -> Outgoing:
    """Tell every message that publishing would bring, the first twenty moments in words and all of them in a picture."""
    conclusion = draft.conclusion
    rows: buttons.Rows = ((buttons.button(speech.say("Whole draft"), "draft", conclusion.id),),)
    again = speech.say("(sent again)") if repeated else None
    if not planned:
        return Outgoing(speech.lines(again, speech.say("No unit is meant yet, so publishing would remind nobody.")), rows)
    title = tasks.conclusion_name(speech, conclusion)
    head = speech.say("🔔 Published now, “{title}” brings these messages:", title=title)
    undecided = speech.series(task.ref for task in draft.undecided)
    text = speech.lines(
        again,
        head,
        "",
        *lines(speech, planned),
        "",
        speech.say("❓ To be decided before publishing: {items}.", items=undecided) if draft.undecided else None,
        speech.say("Of what recurs, the first month is shown.") if any(map(_recurs, draft.kept)) else None,
        speech.say("Who is late is reminded once a week after that.") if any(map(_is_weekly, planned)) else None,
        speech.say("Units that have handed in are not reminded any more."),
    )
    return Outgoing(text, rows, attachment=Attachment(PICTURE, picture(speech, title, planned, office)))


def picture(speech: Speech, title: str, planned: Sequence[Planned], office: Office) -> bytes:
    """Give the timeline of a preview as a PNG picture for a phone."""
    return pictures.draw(speech, title, timelines.timeline(speech, planned, office))


def lines(speech: Speech, planned: Sequence[Planned]) -> list[str]:
    """Give a line for each moment and the same words, with the number of units and people; the rest is counted."""
    groups = [list(alike) for _, alike in groupby(sorted(planned, key=_occasion), key=_occasion)]
    shown = [_line(speech, alike) for alike in groups[:LINES]]
    left = sum(len(alike) for alike in groups[LINES:])
    return [*shown, speech.plural("… and {n} more message.", "… and {n} more messages.", left)] if left else shown


def _recurs(one: DraftTask) -> bool:
    return one.task.deadline.recurrence is not None


def _is_weekly(one: Planned) -> bool:
    return any(said.step.startswith("+w") for said in one.mentions)


def _occasion(one: Planned) -> tuple[object, ...]:
    return one.when, tuple((said.order.ref, said.step) for said in one.mentions)


def _line(speech: Speech, alike: Sequence[Planned]) -> str:
    people = speech.plural("{n} person", "{n} people", sum(one.people for one in alike))
    units = speech.plural("{n} unit", "{n} units", len(alike)) if len(alike) > 1 else alike[0].unit.name
    return speech.say(
        "• <b>{moment}</b> – {units} ({people}): {reasons}",
        moment=speech.moment(alike[0].when),
        units=units,
        people=people,
        reasons=reasons(speech, alike[0].mentions),
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
