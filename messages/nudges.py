"""What does an officer read of reminders out of turn? Whom a press reminded, whom not and why, and who pressed before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels import Button, Outgoing
from domain.nudges import Told
from domain.reach import Silent
from domain.units import Unit
from messages import buttons, reach
from messages.i18n import Marked, Speech

NAMED = 10
OFFERED = 8
"""More buttons than that under one message are more than anybody reads."""


@dataclass(frozen=True)
class Outcome:
    """What a press did.

    The units and the number of people that are told, the units that were told within the hour already, and those without
    anybody; ``leaves_at`` (UTC) is None when it goes at once.
    """

    told: Sequence[Unit]
    people: int
    held: Sequence[tuple[Unit, Told]]
    nobody: Sequence[Silent]
    leaves_at: datetime | None


def done(speech: Speech, outcome: Outcome, now: datetime) -> Outgoing:
    """Tell the officer what a press did."""
    if not (outcome.told or outcome.held or outcome.nobody):
        return Outgoing(speech.say("Nothing is open here any more, so there is nobody to remind."))
    lines = [
        _reminded(speech, outcome) if outcome.told else None,
        *(
            speech.say("⏳ {unit}: {told}; once an hour is enough.", unit=unit.name, told=told(speech, one, now))
            for unit, one in outcome.held[:NAMED]
        ),
        _more(speech, len(outcome.held) - NAMED),
        speech.say("📵 Nobody receives messages for: {names}.", names=speech.series(reach.names(speech, outcome.nobody)))
        if outcome.nobody
        else None,
    ]
    return Outgoing(speech.lines(*lines))


def _more(speech: Speech, left: int) -> Marked | None:
    return speech.plural("… and {n} more unit", "… and {n} more units", left) if left > 0 else None


def _reminded(speech: Speech, outcome: Outcome) -> Marked:
    units = speech.plural("{n} unit", "{n} units", len(outcome.told))
    people = speech.plural("{n} person", "{n} people", outcome.people)
    if outcome.leaves_at is None:
        return speech.say("🔔 Reminded now: {units} ({people}).", units=units, people=people)
    moment = speech.moment(outcome.leaves_at)
    return speech.say(
        "🔔 Outside the office's hours: {units} ({people}) will be reminded at {moment}.",
        units=units,
        people=people,
        moment=moment,
    )


def told(speech: Speech, last: Told, now: datetime) -> Marked:
    """Tell when a unit was last reminded by a press, and by whom."""
    at = last.at.astimezone(speech.zone)
    if at.date() == now.astimezone(speech.zone).date():
        return speech.say("reminded at {clock} by {name}", clock=f"{at:%H:%M}", name=last.by)
    return speech.say("reminded on {day} by {name}", day=speech.date(at.date()), name=last.by)


def last_of(speech: Speech, nudged: Mapping[int, Told], unit_ids: Collection[int], now: datetime) -> Marked | None:
    """Tell the last press for any of several units; None when there was none."""
    found = [nudged[unit_id] for unit_id in unit_ids if unit_id in nudged]
    return told(speech, max(found, key=lambda one: one.at), now) if found else None


def of_conclusion(speech: Speech, conclusion_id: int) -> Button:
    """Remind every unit that has a task of a conclusion open."""
    return buttons.button(speech.say("Remind now"), "nudge", conclusion_id)


def of_units(speech: Speech, units: Sequence[Unit]) -> buttons.Rows:
    """Remind one unit of everything that it has open; a button for each of the first units."""
    different = list({unit.id: unit for unit in units}.values())[:OFFERED]
    return buttons.column([_of_unit(speech, unit) for unit in different])


def _of_unit(speech: Speech, unit: Unit) -> Button:
    label = speech.say("Remind now: {unit}", unit=unit.short_name or unit.name)
    return buttons.button(label, "nudgeunit", unit.id)
