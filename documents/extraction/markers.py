"""Does a paragraph begin an item? Numerals, letters and bullets at its start, with the style that tells their level."""

import re
from dataclasses import dataclass

from documents.extraction import letters


@dataclass(frozen=True)
class Marker:
    """The sign at an item's start: its style, its label as printed without punctuation, and where the words begin."""

    style: str
    label: str
    end: int


_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        ("part", r"(?P<label>phan (?:thu [a-z]+|[ivx]{1,4}))\b ?[.:-]? ?"),
        ("ordinal", r"(?P<label>thu (?:nhat|hai|ba|tu|nam|sau|bay|tam|chin))[,:] "),
        ("ordinal", r"(?P<label>(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) la)[,:]? "),
        ("roman", r"(?P<label>[ivx]{1,5})(?:[.)/-]| [-.]) ?"),
        ("decimal", r"(?:muc |dieu )?(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)/:-](?!\d)|(?= )) ?"),
        ("decimal", r"(?:muc |dieu )?(?P<label>\d{1,2})(?:[.)/-](?!\d)|: ) ?"),
        ("brackets", r"\((?P<label>\d{1,2}(?:\.\d{1,2})?|[a-z])\)[.:]? ?"),
        ("letter", r"(?P<label>[a-z]) ?[)/] ?"),
        ("letter-dot", r"(?P<label>[a-z])(?:\.(?= |[A-Z])|-(?= )) ?"),
        ("bullet", r"(?P<label>[-+*•·▪○])(?: |(?=[^\W\d_])) ?"),
    )
)


def marker(text: str) -> Marker | None:
    """Give the marker at a paragraph's start, None where it begins with words."""
    folded = letters.fold(text[:40])
    for style, pattern in _STYLES:
        if found := pattern.match(folded):
            label = text[slice(*found.span("label"))]
            if style == "roman" and not label.isupper():
                continue
            if label == "l":  # a scanner's 1, since no list is so long
                return Marker(_level("decimal", "1"), "1", found.end())
            return Marker(_level(style, label), label, found.end())
    return None


def _level(style: str, label: str) -> str:
    """Give the style with what tells its level: the depth of a numeral, the sign of a bullet."""
    if style == "decimal":
        return f"decimal{label.count('.') + 1}"
    if style == "brackets":
        return "brackets" if label[0].isdigit() else "brackets-letter"
    if style == "letter-dot" and label.isupper():
        return "upper"
    return f"bullet{label}" if style == "bullet" else style
