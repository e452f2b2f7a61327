"""Which items only head others? Units, topics and words that lead to a list, and the audience they hand down."""

import re
from dataclasses import dataclass

from documents.extraction import actors, letters, orders, sections, verbs
from documents.extraction.actors import Actor
from documents.extraction.orders import Part, Setting
from documents.extraction.outlines import ROOT, Item
from documents.extraction.sections import Tone

_LISTS = re.compile(r"(?:noi dung|nhiem vu|cong viec|viec|yeu cau|giai phap|cong tac|sau|sau day|nhu sau)(?: \w+){0,3}:$")
_DETAILS = "cu the:"
_DEMANDS = re.compile(r"\b(?:phải|cần|có trách nhiệm|thực hiện|tập trung|triển khai)\b")
_FEW_WORDS = 3
_LONGEST = 160


@dataclass(frozen=True, eq=False)
class Plan:
    """What each item of an outline does: its parts, its tone, and whether it only heads others; read once for all items."""

    parts: dict[Item, tuple[Part, ...]]
    tones: dict[Item, Tone]
    headings: frozenset[Item]

    def is_own_task(self, item: Item) -> bool:
        """Tell whether an item names its own deadline or its own actor."""
        return any(part.found or part.actor for part in self.parts[item])

    def tasks(self, item: Item) -> list[Part]:
        """Give the parts of an item that are tasks."""
        return [part for part in self.parts[item] if orders.sign(part, item, self.tones[item])]

    def elaborates(self, item: Item) -> bool:
        """Tell whether an item only details the order it stands under."""
        parent = item.parent
        if parent is None or parent.style == ROOT or parent in self.headings or not item.is_numbered:
            return False
        return self.tones[parent] is not Tone.LOOKS_BACK and bool(self.tasks(parent)) and not self.is_own_task(item)


def plan(root: Item, setting: Setting) -> Plan:
    """Read what each item of an outline does."""
    tones = sections.tones(root)
    parts = {item: orders.parts(item, setting) for item in root.walk() if tones[item] is not Tone.LOOKS_BACK}
    parts |= {item: () for item in root.walk() if item not in parts}
    headings = frozenset(item for item in root.walk() if _is_heading(item, parts))
    return Plan(parts, tones, headings)


def _is_heading(item: Item, parts: dict[Item, tuple[Part, ...]]) -> bool:
    """Tell whether an item only heads what stands under it."""
    if item.is_heading or not item.is_numbered:
        return item.is_heading or item.text.rstrip().endswith(":")
    actor = actors.leading(item.text.rstrip())
    rest = letters.fold(item.text[actor.end :] if actor else item.text).strip(" :;,.()")
    if not rest or not item.children or _lists_things(item, parts):
        return not rest
    return _heads_list(item, rest, parts)


def _heads_list(item: Item, rest: str, parts: dict[Item, tuple[Part, ...]]) -> bool:
    """Tell whether an item with others below it says no more than what they are; ``rest`` are its words without the actor."""
    text = item.text.rstrip()
    if text.endswith(":") and (
        _leads(item, rest) or any(part.found or part.actor for child in item.children for part in parts[child])
    ):
        return not letters.fold(text).endswith(_DETAILS) or len(text) < _LONGEST
    return not item.is_finished and len(text) <= _LONGEST and not (text.endswith(":") and verbs.begins_an_order(rest))


def _lists_things(item: Item, parts: dict[Item, tuple[Part, ...]]) -> bool:
    """Tell whether an item orders something by itself, with a list of things below it that orders nothing."""
    orders_itself = any(part.found and part.actor for part in parts[item])
    return orders_itself and not any(orders.sign(part, child, Tone.OPEN) for child in item.children for part in parts[child])


def _leads(item: Item, rest: str) -> bool:
    """Tell whether an item's words lead to a list, or hold next to nothing but who acts."""
    return bool(_LISTS.search(letters.fold(item.text.rstrip()))) or len(rest.split()) <= _FEW_WORDS


def inherited(item: Item) -> tuple[Actor, Item] | None:
    """Give the actor of the nearest heading above an item, or of the words that lead to it, with what named it."""
    below = item
    for above in item.ancestors():
        for source in (above, below.led_by):
            actor = actors.leading(source.text) if source is not None else None
            if actor and source is not None and (source is above or actor.ordered or _DEMANDS.search(source.text, actor.end)):
                return actor, source
        below = above
    return None
