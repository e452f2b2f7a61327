"""What does the office read about how things stand? The four-way table by conclusion, who is late, and the units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from channels import Outgoing
from domain.conclusions import Conclusion
from domain.duties import Duty, Tally
from domain.nudges import Told
from domain.reach import Unreached
from domain.units import Unit
from messages import buttons, deadlines, nudges, reach, tasks
from messages.i18n import Marked, Speech
from messages.tasks import Moment

LATE_SHOWN = 25
NOBODY: Mapping[int, Told] = MappingProxyType({})
NOBODY_LOST: Mapping[int, Sequence[Unreached]] = MappingProxyType({})


@dataclass(frozen=True)
class Standing:
    """How one conclusion stands: its table, and what is overdue."""

    conclusion: Conclusion
    tally: Tally
    late: tuple[Duty, ...]


def overview(
    speech: Speech, standings: Sequence[Standing], moment: Moment, nudged: Mapping[int, Told] = NOBODY, *, may_nudge: bool = False
) -> Outgoing:
    """Give the four-way table of each conclusion in force, who is late, and who was reminded of that by a press.

    Who may is offered to remind the units that are late the longest.
    """
    if not standings:
        return Outgoing(speech.say("No conclusion is in force."))
    head = speech.say("<b>Overview</b> as of {moment}", moment=speech.moment(moment.now))
    lines = [line for standing in standings for line in _standing(speech, standing, moment, nudged)]
    late = sorted((duty for standing in standings for duty in standing.late), key=lambda duty: -_days(speech, duty, moment))
    remind = nudges.of_units(speech, [duty.unit for duty in late]) if may_nudge else ()
    return Outgoing(speech.lines(head, *lines), (*remind, (buttons.button(speech.say("Refresh"), "overview"),)))


def _days(speech: Speech, duty: Duty, moment: Moment) -> int:
    return duty.lateness(moment.now, speech.zone).days


def _standing(speech: Speech, standing: Standing, moment: Moment, nudged: Mapping[int, Told]) -> list[str]:
    tally = standing.tally
    done = tally.done_in_time + tally.done_late
    left = tally.open_in_time + tally.open_late
    table = [
        "",
        speech.strong(tasks.conclusion_name(speech, standing.conclusion)),
        speech.plural("{n} assignment", "{n} assignments", tally.total),
        speech.say("Fulfilled: {n} (in time {in_time}, late {late})", n=done, in_time=tally.done_in_time, late=tally.done_late),
        speech.say(
            "Not fulfilled: {n} (within the time {in_time}, overdue {late})",
            n=left,
            in_time=tally.open_in_time,
            late=tally.open_late,
        ),
    ]
    if tally.waiting:
        table.append(speech.plural("of these {n} waits for the office", "of these {n} wait for the office", tally.waiting))
    return [*table, *_late(speech, standing.late, moment, nudged)]


def _late(speech: Speech, late: Sequence[Duty], moment: Moment, nudged: Mapping[int, Told]) -> list[str]:
    """Name each unit that is late once, the longest overdue first, with its items."""
    by_unit: dict[int, list[Duty]] = {}
    for duty in late:
        by_unit.setdefault(duty.unit.id, []).append(duty)
    lines = [_late_unit(speech, duties, moment, nudged) for duties in list(by_unit.values())[:LATE_SHOWN]]
    if len(by_unit) > LATE_SHOWN:
        lines.append(speech.plural("… and {n} more unit", "… and {n} more units", len(by_unit) - LATE_SHOWN))
    return [speech.plural("Late: {n} unit", "Late: {n} units", len(by_unit)), *lines] if lines else []


def _late_unit(speech: Speech, duties: Sequence[Duty], moment: Moment, nudged: Mapping[int, Told]) -> Marked:
    unit, items = duties[0].unit, speech.series(_item(speech, duty, moment) for duty in duties)
    told = nudges.last_of(speech, nudged, [unit.id], moment.now)
    if told is None:
        return speech.say("• {unit} – {items}", unit=unit.name, items=items)
    return speech.say("• {unit} – {items}; {told}", unit=unit.name, items=items, told=told)


def _item(speech: Speech, duty: Duty, moment: Moment) -> Marked:
    near = deadlines.nearness(speech, duty.lateness(moment.now, speech.zone))
    return speech.say("item {ref} ({late})", ref=duty.task.ref, late=tasks.within(near) if near else "")


def units(
    speech: Speech,
    registered: Sequence[Unit],
    people: Mapping[int, Sequence[str]],
    lost: Mapping[int, Sequence[Unreached]] = NOBODY_LOST,
) -> Outgoing:
    """List the units with the people who answer for them; of those who are ``lost`` to messages, why."""
    if not registered:
        return Outgoing(speech.say("No unit is registered. The administrator imports them with “dondoc units import”."))
    missing = sum(1 for unit in registered if unit.id not in people)
    head = speech.plural(
        "<b>{n} unit</b>, {missing} without anybody",
        "<b>{n} units</b>, {missing} without anybody",
        len(registered),
        missing=speech.number(missing),
    )
    lines = [
        speech.say(
            "{number}. {unit} – {people}",
            number=number,
            unit=unit.name,
            people=_people(speech, people.get(unit.id, ()), lost.get(unit.id, ())),
        )
        for number, unit in enumerate(registered, 1)
    ]
    return Outgoing(speech.lines(head, *lines))


def _people(speech: Speech, reached: Sequence[str], lost: Sequence[Unreached]) -> str:
    if not reached and not lost:
        return speech.say("📵 nobody yet")
    return speech.series([*reached, *(reach.lost(speech, one) for one in lost)])
