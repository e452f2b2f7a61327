"""Which items does a paper have, and which stand under which? The outline, by the styles of their markers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.extraction import actors, letters
from documents.extraction.footnotes import Mark
from documents.extraction.markers import Marker, marker
from documents.extraction.paragraphs import Paragraph

_INLINE = re.compile(r"(?:^|(?<=[:;.] ))\((\d{1,2})\) ")
_FINISHED = re.compile(r"[.;!?](?:/\.)?[\"”')]*$")
_ENDS = re.compile(r"[.;:!?…,]$")
_LONGEST_HEADING, _FEW_SIGNS = 160, 60
PLAIN = "plain"
ROOT = "root"
PART = "part"
HEADING = "heading"


@dataclass(eq=False)
class Item:
    """An item or an unnumbered paragraph: its reference, its words without the marker, and what stands under it."""

    ref: str
    text: str
    style: str
    paragraph: int
    begins: int = 0
    marks: tuple[Mark, ...] = ()
    parent: "Item | None" = None
    children: "list[Item]" = field(default_factory=list)
    led_by: "Item | None" = None
    bullets: int = 0

    @property
    def is_numbered(self) -> bool:
        """Tell whether a numeral, a letter or a bullet stands before the words."""
        return self.style != PLAIN and not self.is_heading

    @property
    def is_heading(self) -> bool:
        """Tell whether the words are an unnumbered heading."""
        return self.style.startswith(HEADING)

    @property
    def is_finished(self) -> bool:
        """Tell whether the words end as a sentence does."""
        return bool(_FINISHED.search(self.text))

    def ancestors(self) -> "Iterator[Item]":
        """Give what the item stands under, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def walk(self) -> "Iterator[Item]":
        """Give the item and all under it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(paragraphs: tuple[Paragraph, ...]) -> Item:
    """Build the outline; its root is an item without words."""
    root = Item("", "", ROOT, -1)
    open_items: list[Item] = [root]
    markers = [marker(paragraph.text) for paragraph in paragraphs]
    for number, (paragraph, found) in enumerate(zip(paragraphs, markers, strict=True)):
        if found is not None:
            _add_numbered(open_items, paragraph, number, found)
        elif not open_items[-1].text and open_items[-1].style == PART:
            open_items[-1].text, open_items[-1].paragraph, open_items[-1].begins = paragraph.text, number, 0
        elif _heads(paragraphs, markers, number):
            _add_heading(open_items, paragraph, number)
        else:
            _add_plain(open_items, paragraph, number)
    for item in list(root.walk()):
        _split_inline(item)
    return root


def _heads(paragraphs: tuple[Paragraph, ...], markers: list[Marker | None], number: int) -> bool:
    """Tell whether unnumbered words head what follows: words in capitals, or a unit's name alone before numbered items."""
    text = paragraphs[number].text
    if len(text) > _LONGEST_HEADING or _ENDS.search(text) or number + 1 == len(paragraphs):
        return False
    if letters.is_shouted(text):
        return True
    actor = actors.leading(text) if markers[number + 1] is not None else None
    return actor is not None and len(text) - actor.end <= _FEW_SIGNS


def _add_heading(open_items: list[Item], paragraph: Paragraph, number: int) -> None:
    """Put an unnumbered heading under the last numbered heading; it closes its likes, and the items before it."""
    style = f"{HEADING}-capitals" if letters.is_shouted(paragraph.text) else HEADING
    styles = [item.style for item in open_items]
    if style in styles:
        del open_items[styles.index(style) :]
    while len(open_items) > 1 and (open_items[-1].is_finished or open_items[-1].style.startswith("bullet")):
        open_items.pop()
    parent = open_items[-1]
    item = Item(parent.ref, paragraph.text, style, number, 0, paragraph.marks, parent)
    parent.children.append(item)
    open_items.append(item)


def _add_numbered(open_items: list[Item], paragraph: Paragraph, number: int, found: Marker) -> None:
    """Put an item under the last one of a higher level; a style that is open already is closed down to it."""
    styles = [item.style for item in open_items]
    if found.style in styles:
        del open_items[styles.index(found.style) :]
    while len(open_items) > 1 and _is_deeper(open_items[-1].style, found.style):
        open_items.pop()
    parent = open_items[-1]
    marks = tuple(mark._replace(place=mark.place - found.end) for mark in paragraph.marks)
    item = Item(
        _ref(parent, found),
        paragraph.text[found.end :].strip(),
        found.style,
        number,
        found.end,
        marks,
        parent,
        led_by=_led_by(parent),
    )
    parent.children.append(item)
    open_items.append(item)


def _led_by(parent: Item) -> Item | None:
    """Give the unnumbered words with a colon that lead to the next item under a parent."""
    if not parent.children:
        return None
    last = parent.children[-1]
    return last if last.style == PLAIN and last.text.endswith(":") else last.led_by


def _is_deeper(style: str, than: str) -> bool:
    """Tell whether one numeral has more parts than another ("1.1.1" under "1.1")."""
    return style.startswith("decimal") and than.startswith("decimal") and style > than


def _ref(parent: Item, found: Marker) -> str:
    """Give the printed numbering joined by dots; -n is the n-th unnumbered bullet."""
    if found.style.startswith("bullet"):
        parent.bullets += 1
        return f"{parent.ref}-{parent.bullets}"
    label = f"({found.label})" if found.style.startswith("brackets") else found.label
    prefix = label.rpartition(".")[0]
    above = parent.ref
    if prefix and (above == prefix or above.endswith(f".{prefix}")):
        above = above[: -len(prefix)].rstrip(".")
    return f"{above}.{label}" if above else label


def _add_plain(open_items: list[Item], paragraph: Paragraph, number: int) -> None:
    """Put an unnumbered paragraph under the nearest heading; behind a finished item it is that item's neighbour."""
    parent = next((item for item in reversed(open_items) if not item.is_finished or item.style == ROOT), open_items[0])
    item = Item(parent.ref, paragraph.text, PLAIN, number, 0, paragraph.marks, parent)
    parent.children.append(item)


def _split_inline(item: Item) -> None:
    """Part an item that numbers its orders inside one paragraph: "… (1) …; (2) …"."""
    places = list(_INLINE.finditer(item.text))
    if item.children or [int(found[1]) for found in places] != list(range(1, len(places) + 1)) or len(places) < 2:  # noqa: PLR2004 - one is no list
        return
    ends = [found.start() for found in places[1:]] + [len(item.text)]
    for found, end in zip(places, ends, strict=True):
        inside = (mark for mark in item.marks if found.end() <= mark.place <= end)
        marks = tuple(mark._replace(place=mark.place - found.end()) for mark in inside)
        ref = f"{item.ref}.({found[1]})" if item.ref else f"({found[1]})"
        item.children.append(
            Item(ref, item.text[found.end() : end].strip(), "brackets", item.paragraph, item.begins + found.end(), marks, item)
        )
    item.text = item.text[: places[0].start()].strip()


def folded(item: Item) -> str:
    """Give an item's words folded."""
    return letters.fold(item.text)
