"""What is said of units that were late before? The proposal to remind them earlier, with their record, and what was decided."""

from collections.abc import Sequence

from channels import Outgoing
from domain.records import Record
from messages import buttons
from messages.i18n import Marked, Speech

NAMED = 10


def proposed(speech: Speech, conclusion_id: int, records: Sequence[Record]) -> Outgoing:
    """Ask whether units that were late before are to be reminded one step earlier."""
    head = speech.plural(
        "{n} unit of this conclusion was late before: remind it one step earlier?",
        "{n} units of this conclusion were late before: remind them one step earlier?",
        len(records),
    )
    left = len(records) - NAMED
    more = speech.plural("… and {n} more unit", "… and {n} more units", left) if left > 0 else None
    yes = buttons.button(speech.say("Yes, earlier"), "early", conclusion_id, "yes")
    no = buttons.button(speech.say("No, like everyone"), "early", conclusion_id, "no")
    return Outgoing(speech.lines(head, *(_line(speech, one) for one in records[:NAMED]), more), ((yes, no),))


def _line(speech: Speech, one: Record) -> Marked:
    late, total = speech.number(one.late), speech.number(one.total)
    return speech.say("• {unit}: late in {late} of {total} tasks of the last year", unit=one.unit.name, late=late, total=total)


def decided(speech: Speech, records: Sequence[Record], *, is_early: bool, recurs: bool = False) -> Outgoing:
    """Confirm how the units are reminded, where a task ``recurs`` also of what is to come."""
    if not is_early:
        return Outgoing(speech.say("These units are reminded like everyone."))
    units = speech.series(one.unit.name for one in records[:NAMED])
    left = len(records) - NAMED
    more = speech.plural("… and {n} more unit", "… and {n} more units", left) if left > 0 else None
    coming = speech.say("🔁 This holds for each occurrence of what recurs, too.") if recurs else None
    return Outgoing(speech.lines(speech.say("🔔 Reminded one step earlier: {units}.", units=units), more, coming))
