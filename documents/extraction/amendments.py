"""Which older conclusions does the paper change? Deadlines moved, items or notices ended, and what simply goes on."""

import re

from documents.extraction import letters
from documents.extraction.citations import Mention
from domain.readings import Amendment, AmendmentKind

# The papers that give orders as this one does.
_CONCLUSIONS = re.compile(r"(?:TB|KL)(?:[-/]|$)")
_SENTENCE = re.compile(r"[.;] ")
_KINDS = (
    (AmendmentKind.REPLACES, re.compile(r"\b(?:thong bao|ket luan) nay thay(?: the| cho)?\b(?! thoi han)")),
    (AmendmentKind.MOVES, re.compile(r"\b(?:lui|gia han|rut ngan|keo dai|dieu chinh (?:thoi )?han|thay cho (?:thoi )?han)\b")),
    (
        AmendmentKind.ENDS,
        re.compile(
            r"\b(?:bai bo|huy bo|thu hoi|bo yeu cau|cham dut (?:thuc hien)?|khong (?:tiep tuc )?(?:thuc hien|yeu cau|phai)"
            r"|het hieu luc)\b"
        ),
    ),
    (AmendmentKind.CONTINUES, re.compile(r"\btiep tuc (?:to chuc )?(?:thuc hien|trien khai)\b")),
)
_ITEM = re.compile(
    r"\b(?:muc|diem|khoan|tiet|nhiem vu (?:so|thu)|so thu tu) "
    r"(?P<item>(?:[ivx]{1,4}|\d{1,2}|[a-h])(?:\.\d{1,2}){0,3}(?:\.?\(\d{1,2}\))?)(?!\w)"
)


def amendments(mentions: tuple[Mention, ...], texts: tuple[str, ...], refs: dict[int, str]) -> tuple[Amendment, ...]:
    """Give what the paper says of older conclusions, in order; ``refs`` tell in which item each paragraph stands."""
    found: list[Amendment] = []
    for mention in mentions:
        if not _CONCLUSIONS.match(mention.citation.symbol):
            continue
        start, end = _sentence(texts[mention.paragraph], mention)
        folded = letters.fold(texts[mention.paragraph][start:end])
        kind = next((kind for kind, pattern in _KINDS if pattern.search(folded)), None)
        if kind is not None:
            words = texts[mention.paragraph][start:end].strip(" .;")
            number, symbol = mention.citation.number, mention.citation.symbol
            found.append(Amendment(kind, number, symbol, _item(folded), refs.get(mention.paragraph) or None, words))
    return tuple(dict.fromkeys(found))


def _sentence(text: str, mention: Mention) -> tuple[int, int]:
    """Give where the sentence around a mention begins and ends."""
    folded = letters.fold(text)
    start = max((found.end() for found in _SENTENCE.finditer(folded, 0, mention.start)), default=0)
    after = _SENTENCE.search(folded, mention.end)
    return start, after.start() if after else len(text)


def _item(folded: str) -> str | None:
    """Give the item of the older conclusion that a sentence names, its parts from the widest to the narrowest."""
    parts = [found["item"] for found in _ITEM.finditer(folded)]
    return ".".join(reversed(parts)) or None
