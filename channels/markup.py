"""How long is a marked-up text for its reader, and where may it be cut in parts?"""

import html
import re
from collections.abc import Iterator, Sequence

_TAG = re.compile(r"</?(?:b|i|code)>")
_ATOM = re.compile(r"</?(?:b|i|code)>|&(?:lt|gt|amp);|.", re.DOTALL)


def plain(text: str) -> str:
    """Give the text as its reader sees it: without tags, with entities as the signs they stand for."""
    return html.unescape(_TAG.sub("", text))


def length(text: str) -> int:
    """Count what the reader sees in UTF-16 units, the strictest way a platform counts characters."""
    return sum(_width(atom) for atom in _ATOM.findall(text))


def split(text: str, limit: int) -> list[str]:
    """Cut a text into parts of at most ``limit`` units, at blank lines, line ends, else spaces, with each part's tags closed."""
    atoms = _ATOM.findall(text)
    parts = []
    while (fitting := _fitting(atoms, limit)) < len(atoms):
        cut = _last_break(atoms, fitting)
        parts.append(atoms[:cut])
        atoms = atoms[cut:]
    return [part for part in _balanced([*parts, atoms]) if plain(part).strip()]


def _width(atom: str) -> int:
    if _TAG.fullmatch(atom):
        return 0
    return len(html.unescape(atom).encode("utf-16-le")) // 2


def _fitting(atoms: Sequence[str], limit: int) -> int:
    """Count the atoms at the start that fit the limit."""
    total = 0
    for count, atom in enumerate(atoms):
        total += _width(atom)
        if total > limit:
            return count
    return len(atoms)


def _last_break(atoms: Sequence[str], fitting: int) -> int:
    """Find the last blank line in the second half of what fits, else the last line end, else the last space.

    One word longer than the limit is cut where it must be.
    """
    for place in range(fitting, fitting // 2, -1):
        if atoms[place] == "\n" == atoms[place - 1]:
            return place
    for sign in ("\n", " "):
        for place in range(fitting, 0, -1):
            if atoms[place] == sign:
                return place
    return fitting


def _balanced(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Close the open tags at the end of each part and open them again in the next."""
    still_open: list[str] = []
    for atoms in parts:
        start = "".join(f"<{name}>" for name in still_open)
        for tag in filter(_TAG.fullmatch, atoms):
            if tag.startswith("</"):
                still_open.pop()
            else:
                still_open.append(tag[1:-1])
        yield (start + "".join(atoms).strip() + "".join(f"</{name}>" for name in reversed(still_open))).strip()
