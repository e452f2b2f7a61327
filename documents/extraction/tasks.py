"""Which directives does the paper give? Items of the outline, each with its audience, deadline and doubts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from documents.codes import Doubt
from documents.extraction import actors, audiences, deadlines, deliverables, footnotes, headings, letters, lists, orders, sections
from documents.extraction.deadlines import Found
from documents.extraction.headings import Plan
from documents.extraction.orders import Part, Setting
from documents.extraction.outlines import ROOT, Item
from documents.extraction.sections import Tone
from domain.deadlines import NO_DEADLINE, DeadlineKind
from domain.readings import Audience, AudienceKind, Directive, Evidence

_LEFT_OUT = "words of time that no rule took"
_COORDINATES = re.compile(r"\b(?:phoi hop(?: chat che)?(?: (?:cung )?voi)?|cung voi) ")
_SAME = re.compile(
    r"\bcung (?:voi |thoi han (?:voi )?)?(?P<thing>[^,.;]{3,60}?) (?:noi|neu) "
    r"(?:tren|tai (?:diem|muc|khoan) (?P<ref>[0-9a-z](?:\.?[0-9a-z])*))"
)
_RESTRICTS = re.compile(r"\b(?:thuộc|có|đã|chưa|còn lại|khác|trừ)\b")


def directives(root: Item, setting: Setting) -> tuple[Directive, ...]:
    """Give the directives of an outline in order; what closes the paper ends them."""
    plan = headings.plan(root, setting)
    made: list[Directive] = []
    for item in root.walk():
        if not item.is_numbered and sections.is_closing(item.text):
            break
        if (
            item.style != ROOT
            and plan.tones[item] is not Tone.LOOKS_BACK
            and item not in plan.headings
            and not plan.elaborates(item)
        ):
            made.extend(_of_item(item, plan, setting))
    due = [_due_with_another(directive, made[:number]) for number, directive in enumerate(made)]
    return tuple(_told_apart(due))


def _told_apart(made: list[Directive]) -> Iterator[Directive]:
    """Give every directive a reference of its own; words without any numbering are counted as -n."""
    times: Counter[str] = Counter()
    unnumbered = 0
    for directive in made:
        ref = directive.ref
        if ref.startswith("#") or not ref:
            unnumbered += 1
            ref = f"-{unnumbered}"
        times[ref] += 1
        while times[ref] > 1 and times[f"{ref}#{times[ref]}"]:
            times[ref] += 1
        own = f"{ref}#{times[ref]}" if times[ref] > 1 else ref
        times[own] = max(times[own], 1)
        yield replace(directive, ref=own)


def _of_item(item: Item, plan: Plan, setting: Setting) -> list[Directive]:
    """Give the directives of one item: one, or one a deadline and audience."""
    parts = plan.tasks(item)
    due: list[tuple[Part, Found | None]] = [(part, found) for part in parts for found in (*part.found,) or (None,)]
    if len(due) == 1:
        details = [child.text for child in item.children if child.is_numbered and plan.elaborates(child)]
        part, found = due[0]
        words = footnotes.remarked(part.text, item.text, item.marks)
        return [_directive(item.ref, "\n".join([words, *details]), part, found, _Place(item, setting, plan.tones[item]))]
    return [
        _directive(
            f"{item.ref}#{number}",
            footnotes.remarked(part.text, item.text, item.marks),
            part,
            found,
            _Place(item, setting, plan.tones[item]),
        )
        for number, (part, found) in enumerate(due, start=1)
    ]


@dataclass(frozen=True)
class _Place:
    """Where a directive stands, and what the paper is read with."""

    item: Item
    setting: Setting
    tone: Tone


def _directive(ref: str, text: str, part: Part, found: Found | None, place: _Place) -> Directive:
    """Make a directive of a part and one of its deadlines."""
    deadline = found.deadline if found else NO_DEADLINE
    named = _named(part, place.item)
    audience, unclear = _audience(part, named, place)
    doubts: dict[str, str] = {}
    left_out = (
        None if found else deadlines.left_out(part.text, place.setting.taken(place.item, max(place.item.text.find(part.text), 0)))
    )
    if (found and found.doubt) or left_out:
        doubts["deadline"] = str(found.doubt if found else Doubt.DEADLINE_LEFT_OUT)
    if unclear:
        doubts["audience"] = str(unclear)
    handed, to = deliverables.deliverable(part.text), deliverables.submit_to(part.text)
    evidence = {
        "text": Evidence(part.text, place.item.paragraph, orders.sign(part, place.item, place.tone) or ""),
        "deadline": Evidence(deadline.literal or left_out or "", place.item.paragraph, found.rule if found else _LEFT_OUT),
        "audience": Evidence(audience.phrase or "", named.item.paragraph, named.rule) if named else Evidence("", -1),
        "deliverable": Evidence(handed or "", place.item.paragraph, "noun behind a verb of handing in"),
        "submit_to": Evidence(_together(to or "", part.text), place.item.paragraph, "addressee behind a verb of handing in"),
    }
    evidence = {name: words for name, words in evidence.items() if words.words}
    choices = found.choices if found else ()
    return Directive(ref, text, audience, deadline, handed, to, tuple(doubts), doubts, evidence, choices)


def _together(addressee: str, text: str) -> str:
    """Give an addressee as far as its words stand together in a text: "(qua …)" may stand further on."""
    return addressee if addressee in text else addressee.partition(" (")[0]


@dataclass(frozen=True)
class _Named:
    """Who a part binds, which item names them, and by which rule."""

    audience: Audience
    item: Item
    rule: str


def _named(part: Part, item: Item) -> _Named | None:
    """Give whom a part's own words name, else those of the nearest heading."""
    if part.actor:
        return _Named(part.actor.audience, item, part.actor.rule)
    above = headings.inherited(item)
    return _Named(above[0].audience, above[1], f"{above[0].rule}, in the heading") if above else None


def _audience(part: Part, named: _Named | None, place: _Place) -> tuple[Audience, Doubt | None]:
    """Give the audience: the words' own, else the nearest heading's, else everyone, which a person confirms."""
    if named is None:
        return Audience(AudienceKind.ALL), Doubt.AUDIENCE_MISSING
    resolved, doubt = _resolved(named.audience, named.item, place.setting)
    if audiences.is_both_kinds(resolved) and (above := headings.inherited(place.item)):
        heading, _ = _resolved(above[0].audience, above[1], place.setting)
        resolved = replace(resolved, complement=heading.complement, excluded=heading.excluded)
    return replace(resolved, coordinators=_coordinators(part.text)), doubt


def _resolved(audience: Audience, source: Item, setting: Setting) -> tuple[Audience, Doubt | None]:
    return audiences.resolved(_whole(audience, setting), source, setting.groups, setting.notes)


def _whole(audience: Audience, setting: Setting) -> Audience:
    """Mean everyone by a class that is the only one the paper is sent to."""
    phrase = audience.phrase or ""
    sole = setting.sole_class and letters.fold(phrase).startswith(setting.sole_class) and not _RESTRICTS.search(phrase)
    return replace(audience, kind=AudienceKind.ALL) if sole and audience.kind is AudienceKind.GROUP else audience


def _coordinators(text: str) -> tuple[str, ...]:
    """Give those who help: the units, or the class of units, behind "phối hợp với"."""
    found = _COORDINATES.search(letters.fold(text))
    if not found:
        return ()
    if named := lists.names_at(text, found.end()):
        return named.units
    helper = actors.leading(text[found.end() :])
    return (helper.audience.phrase,) if helper and helper.start == 0 and helper.audience.phrase else ()


def _is_meant(one: Directive, found: re.Match[str]) -> bool:
    """Tell whether a directive is the one that "cùng …" names: by its item, or by the thing it is about."""
    if found["ref"]:
        return f".{one.ref.lower()}".endswith(f".{found['ref']}")
    return found["thing"] in letters.fold(one.text)


def _due_with_another(directive: Directive, before: list[Directive]) -> Directive:
    """Give a directive that is due with another one ("cùng … nói trên") that one's deadline."""
    own = directive.evidence["text"].words
    found = _SAME.search(letters.fold(own))
    if directive.deadline.kind is not DeadlineKind.NONE or not found:
        return directive
    other = next((one for one in reversed(before) if _is_meant(one, found) and one.deadline.last_day), None)
    if other is None:
        return directive
    literal = own[found.start() : found.end()]
    deadline = replace(other.deadline, kind=DeadlineKind.RELATIVE, literal=literal, basis=f"same_as:{other.ref}")
    words = Evidence(literal, directive.evidence["text"].paragraph, "due with another task")
    return replace(directive, deadline=deadline, evidence={**directive.evidence, "deadline": words})
