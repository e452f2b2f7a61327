"""Which orders does one item hold? Its clauses put together by who acts and until when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from documents.extraction import actors, audiences, clauses, deadlines, letters, verbs
from documents.extraction.actors import Actor
from documents.extraction.deadlines import Anchor, Found, Strength
from documents.extraction.outlines import ROOT, Item
from documents.extraction.sections import Tone
from domain.deadlines import DeadlineKind

# Spelled out, since folded "đang" and "đăng" are one.
_LOOKS_BACK = re.compile(r" ?,? ?(?:đã|mới|chưa|đang|còn|vẫn|luôn|cơ bản|bị|nhận thấy)\b")
_DEMANDS = re.compile(r"\b(?:phai|can|yeu cau|de nghi|giao|co trach nhiem)\b")
_BETWEEN = re.compile(r"(?:\([^()]*\)|truc tiep|se|cung [^,.;]{3,60}?(?= (?:xep|to chuc|thuc hien))) ?")
# Those just named, once more.
_BOTH = re.compile(r"(?:ca (?:hai|ba)|hai|ba|cac) (?:don vi|co quan|ben|noi)(?: (?:nay|tren|do))?$")
_BRACKETS = re.compile(r"\((?P<words>[^()]{3,160})\)[.;]?$")
_EXECUTOR = re.compile(r"(?:(?:don vi )?(?:thuc hien|chu tri)|trach nhiem|giao|phan cong):? ")
_TOPIC = re.compile(r"[^.;:]{3,80}: (?=\w)")
_OPENING = 120


@dataclass(frozen=True, eq=False)
class Setting:
    """What the tasks of a paper are read with: the anchor of its dates, its footnotes and groups, and the places of citations."""

    anchor: Anchor
    notes: dict[str, str]
    groups: tuple[audiences.Group, ...]
    cited: dict[int, tuple[tuple[int, int], ...]]
    sole_class: str | None = None

    def taken(self, item: Item, start: int) -> tuple[tuple[int, int], ...]:
        """Give the places of citations as places of the words that begin at a place of an item."""
        offset = item.begins + start
        return tuple((begin - offset, end - offset) for begin, end in self.cited.get(item.paragraph, ()))


@dataclass
class Part:
    """A part of an item that makes one task: its words, who acts, and until when.

    ``behind`` tells that words before it, which order nothing, were left out.
    """

    text: str
    actor: Actor | None
    found: list[Found] = field(default_factory=list)
    behind: bool = False


def parts(item: Item, setting: Setting) -> tuple[Part, ...]:
    """Part an item's words by their actors and deadlines; clauses at its start that order nothing fall away."""
    made: list[Part] = []
    dropped = False
    for clause in clauses.split(item.text):
        for text, found in _halved(clause.text, item, setting):
            added = _add(made, text, found, item.text, behind=dropped and not made)
            dropped = dropped or not added
    if len(made) == 1 and made[0].actor is None:
        _take_bracketed(made[0], setting)
    return tuple(made)


def _take_bracketed(part: Part, setting: Setting) -> None:
    """Take who acts, and until when, from brackets at the end: "… (thực hiện: Khoa Dược; thời hạn: 20/7/2024)"."""
    brackets = _BRACKETS.search(part.text)
    if not brackets:
        return
    lead = _EXECUTOR.match(letters.fold(brackets["words"]))
    actor = actors.leading(brackets["words"][lead.end() :]) if lead else None
    if not actor or actor.start:
        return
    start = brackets.start("words") + (lead.end() if lead else 0)
    part.actor = replace(actor, start=start, end=start + actor.end)
    part.found = part.found or list(deadlines.find(brackets["words"], setting.anchor, cell=True))


def _deadlines(text: str, item: Item, setting: Setting) -> tuple[Found, ...]:
    """Find the deadlines of a part of an item, outside the papers it cites."""
    start = max(item.text.find(text), 0)
    anchor = replace(setting.anchor, before=letters.fold(item.text[:start]))
    return deadlines.find(text, anchor, taken=setting.taken(item, start))


def _halved(text: str, item: Item, setting: Setting) -> list[tuple[str, tuple[Found, ...]]]:
    """Part a clause of several deadlines at the joints between them; give each half with its own."""
    found = _deadlines(text, item, setting)
    joints = (clauses.joint(text, first.end, second.start) for first, second in pairwise(found))
    cuts = [0, *(place for place in joints if place), len(text)]
    if len(cuts) == 2:  # noqa: PLR2004 - a clause has two ends
        return [(text, found)]
    halves = [(half, _deadlines(half, item, setting)) for half in (text[start:end].strip(" ,") for start, end in pairwise(cuts))]
    return halves if all(_says_more(half, due) for half, due in halves) else [(text, found)]


def _says_more(half: str, found: tuple[Found, ...]) -> bool:
    """Tell whether half a clause holds words besides its deadline, and so an order of its own."""
    said = len(half.split()) - sum(len(half[one.start : one.end].split()) for one in found)
    return said > len(found)


def _add(made: list[Part], text: str, found: tuple[Found, ...], whole: str, *, behind: bool) -> bool:
    """Put a clause to the part it goes on with, or begin a new one; tell whether it may order anything."""
    actor = actors.leading(text, until=found[0].start if found else None)
    if not clauses.is_order(text) or _looks_back(text, actor):
        if made:
            made[-1].text = _joined(made[-1].text, text, whole)
        return False
    own = actor if actor and (not made or _is_another(actor, made[-1], text, found)) else None
    if not made or own or (found and made[-1].found and not _replaces(found, made[-1].found)):
        made.append(Part(text, own or (made[-1].actor if made else None), list(found), behind))
        return True
    made[-1].text = _joined(made[-1].text, text, whole)
    made[-1].found = list(found) or made[-1].found
    return True


def _joined(text: str, more: str, whole: str) -> str:
    """Join a part and the clause behind it with what stands between them, as both stand in the whole."""
    start = whole.find(text)
    return whole[start : whole.find(more, start + len(text)) + len(more)]


def _looks_back(text: str, actor: Actor | None) -> bool:
    """Tell whether a clause says what its actor has done or is doing."""
    return actor is not None and not actor.ordered and bool(_LOOKS_BACK.match(text.lower(), actor.end))


def _replaces(found: Sequence[Found], before: Sequence[Found]) -> bool:
    """Tell whether deadlines are a report's, and those before them only windows of action, which it replaces."""
    return _are_windows(before) and not _are_windows(found)


def _are_windows(found: Sequence[Found]) -> bool:
    """Tell whether deadlines are only windows of action."""
    return all(one.strength == Strength.WEAK and one.deadline.kind is DeadlineKind.DATE for one in found)


def _is_another(actor: Actor, before: Part, text: str, found: tuple[Found, ...]) -> bool:
    """Tell whether a clause's actor is another one than that of the clauses before it, and is told to act."""
    phrase = letters.fold(actor.audience.phrase or "")
    if re.search(r"\bnao\b", phrase) or text.startswith(("mỗi", "Mỗi")) or (before.actor and _BOTH.match(phrase)):
        return False
    if before.actor and before.actor.audience.phrase == actor.audience.phrase:
        return False
    return actor.ordered or bool(found) or _is_told(text, actor)


def _is_told(text: str, actor: Actor) -> bool:
    """Tell whether an order or a colon follows an actor."""
    rest = letters.fold(text)[actor.end :].lstrip(" ,:")
    between = _BETWEEN.match(rest)
    rest = rest[between.end() :] if between else rest
    return text[actor.end : actor.end + 1] == ":" or verbs.begins_an_order(rest) or bool(_DEMANDS.match(rest))


def sign(part: Part, item: Item, tone: Tone) -> str | None:
    """Give what shows that a part gives an order, None where nothing does: an item under a heading of orders needs no more."""
    if part.actor:
        if part.actor.ordered or _is_told(part.text, part.actor):
            return "told to act"
        return _without_being_told(part, item, tone)
    if not item.is_numbered:
        return _wording(part) if _heads_its_section(item) and tone is Tone.ORDERS else None
    if part.behind:
        return None
    return _wording(part) or ("item under orders" if tone is Tone.ORDERS else None)


def _without_being_told(part: Part, item: Item, tone: Tone) -> str | None:
    """Give what shows an order where no known verb follows who acts: a deadline, or the heading over a numbered item."""
    if part.found:
        return "actor with a deadline"
    return "item under orders" if item.is_numbered and tone is Tone.ORDERS and not part.behind else None


def _wording(part: Part) -> str | None:
    """Give what in the words of a part shows an order."""
    folded = letters.fold(part.text)
    topic = _TOPIC.match(folded)
    if verbs.begins_an_order(folded, topic.end() if topic else 0):
        return "verb of orders"
    if _DEMANDS.search(folded[:_OPENING]):
        return "word of demand"
    return "deadline" if part.found else None


def _heads_its_section(item: Item) -> bool:
    """Tell whether an unnumbered paragraph stands right under a heading."""
    return item.parent is not None and item.parent.style != ROOT and item.parent.children[0] is item
