"""Which unit is named here? The heads of units' names, and how far a name goes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from documents.extraction import letters, verbs, vocabulary

_WORD = re.compile(r"[^\s,.;:()\"“”]+")
_COMMA = re.compile(r", (?=(?:[^\s,.;:()]+ ){0,4}?va (?P<last>\w))")
_MOST_WORDS = 22


@dataclass(frozen=True)
class Name:
    """A unit's name in a text: its place, its words, and the folded head it begins with."""

    start: int
    end: int
    words: str
    head: str


@lru_cache(maxsize=2048)
def _spelling(words: str) -> tuple[str, tuple[str, ...]]:
    """Give what old and new placing of tone marks have in common: the letters, and the marks wherever they stand."""
    signs = unicodedata.normalize("NFD", letters.latin(words).lower().replace("đ", "d\u0335"))
    return "".join(s for s in signs if not unicodedata.combining(s)), tuple(sorted(s for s in signs if unicodedata.combining(s)))


_BY_FOLD: dict[str, set[tuple[str, tuple[str, ...]]]] = {}
for _head in vocabulary.HEADS:
    _BY_FOLD.setdefault(letters.fold(_head), set()).add(_spelling(_head))
_HEAD = re.compile(rf"(?<![\w])(?:{'|'.join(sorted((re.escape(head) for head in _BY_FOLD), key=len, reverse=True))})(?!\w)")


def at(text: str, place: int) -> Name | None:
    """Give the unit's name that begins at the place; None where none does."""
    folded = letters.fold(text)
    found = _HEAD.match(folded, place)
    if not found or vocabulary.LEADING.match(folded, place) or not _is_head(text, found):
        return None
    end = _known_end(text, folded, place, _end(text, folded, found))
    words = text[place:end].strip(" -")
    if not words or _is_unnamed(words) or not _is_named(text, folded, found, place + len(words)):
        return None
    return Name(place, place + len(words), words, found.group())


_known: ContextVar[tuple[str, ...]] = ContextVar("known", default=())


@contextmanager
def known(words: Iterable[str]) -> Iterator[None]:
    """Take these names whole wherever they stand, while a paper is read that shows them to be names."""
    token = _known.set(tuple({letters.fold(name) for name in words}))
    try:
        yield
    finally:
        _known.reset(token)


def _known_end(text: str, folded: str, place: int, end: int) -> int:
    """Give the end of a name that the paper shows elsewhere, where the rules cut it short or go on with small words."""
    ends = [place + len(name) for name in _known.get() if folded.startswith(name, place)]
    ends = [one for one in ends if not folded[one : one + 1].isalnum()]
    whole = max(ends, default=end)
    return whole if whole > end or text[whole:end].strip()[:1].islower() else end


def all_in(text: str) -> tuple[Name, ...]:
    """Give every unit's name in a text, from left to right and never one inside another."""
    folded = letters.fold(text)
    found: list[Name] = []
    place = 0
    while head := _HEAD.search(folded, place):
        name = at(text, head.start())
        place = name.end if name else head.start() + 1
        if name:
            found.append(name)
    return tuple(found)


def begins(text: str, place: int) -> bool:
    """Tell whether the head of a name stands at the place."""
    found = _HEAD.match(letters.fold(text), place)
    return bool(found) and _is_head(text, found)  # type: ignore[arg-type]  # bool() has told that it is a match


def head_end(text: str, place: int) -> int | None:
    """Give the end of the head of a name that stands at the place, None where none does."""
    found = _HEAD.match(letters.fold(text), place)
    return found.end() if found and _is_head(text, found) else None


def is_name(words: str) -> bool:
    """Tell whether words begin as a name does and hold what makes it one unit."""
    folded = letters.fold(words)
    head = _HEAD.match(folded)
    if not head or vocabulary.LEADING.match(folded) or not _is_head(words, head):
        return False
    return not _is_unnamed(words) and _is_named(words, folded, head, len(words))


def _is_unnamed(words: str) -> bool:
    """Tell whether words are of a kind of unit and name none: "Chi bộ cơ sở", and not "Chi bộ thôn Nà Liền"."""
    found = vocabulary.UNNAMED.fullmatch(letters.fold(words))
    return found is not None and not any(word[0].isupper() or word[0].isdigit() for word in words[found.end("kind") :].split())


def _is_head(text: str, found: re.Match[str]) -> bool:
    """Tell whether the words are spelled as a head is, with a capital where it has one."""
    words = text[found.start() : found.end()]
    before = letters.fold(text[max(0, found.start() - 7) : found.start()]).split()
    if before and (before[-1], found.group()) in vocabulary.COMPOUNDS:
        return False
    spelled = _spelling(words) in _BY_FOLD[found.group()]
    return spelled and (words[0].isupper() or found.group() in vocabulary.LOWER_HEADS)


def _is_named(text: str, folded: str, head: re.Match[str], end: int) -> bool:
    """Tell whether the head is followed by what makes it one unit: a capital, a numeral, or a level."""
    rest = text[head.end() : end]
    # Alone in a heading, the words are one unit's, whatever they are.
    if head.group() in vocabulary.STANDALONE or (rest.strip() and " " in head.group() and not folded[end:].strip(" :.;")):
        return True
    capital = any(word[0].isupper() or word[0].isdigit() for word in rest.split())
    if head.group() in {"so", "bo"}:
        return rest.strip()[:1].isupper()
    if head.group() in vocabulary.LOWER_HEADS - {"bo phan"}:
        return letters.is_capital(rest.strip(), 0)
    return capital or bool(vocabulary.LEVEL.search(folded, head.end(), end)) or (head.group() == "bo phan" and bool(rest.strip()))


def _end(text: str, folded: str, head: re.Match[str]) -> int:
    """Give the place where a name ends: before a verb, a little word or a mark of punctuation."""
    return rest(text, head.end(), head.group(), folded=folded)


def rest(text: str, start: int, head: str, *, folded: str | None = None) -> int:
    """Give the end of the words that go on with a name of the given head from a place."""
    folded = letters.fold(text) if folded is None else folded
    end = start
    for _ in range(_MOST_WORDS):
        further = _further(text, folded, end, _Head(head, start))
        if further is None:
            break
        end = further
    return end


@dataclass(frozen=True)
class _Head:
    """The folded head of a name, and where the words behind it start."""

    words: str
    end: int


def _further(text: str, folded: str, end: int, head: _Head) -> int | None:
    """Give the end of the name with one more word, None where it has ended."""
    if head.words in vocabulary.LISTED and (comma := _COMMA.match(folded, end)) and _is_part(text, comma):
        end = comma.end() - 1
    if end >= len(folded) or folded[end] != " ":
        return None
    word = _WORD.match(folded, end + 1)
    if not word:
        return None
    if word.group() in {"-", "va"}:
        return _joined(text, folded, word)
    if word.group().isdigit() or text[word.start() : word.end()].lower() == "số":
        return _numbered(folded, word, head)
    if text[word.start()].isupper() and not letters.is_shouted(text):
        field = vocabulary.FIELDS.match(folded, word.start()) or vocabulary.NOUNS.match(folded, word.start())
        return field.end() if field else word.end()
    return _low(text, folded, word, head)


def _numbered(folded: str, word: re.Match[str], head: _Head) -> int | None:
    """Take a numeral into a name: behind "số", or behind the head of units that are numbered."""
    if not word.group().isdigit():
        return word.end() if folded[word.end() : word.end() + 2].strip().isdigit() else None
    follows_head = word.start() == head.end + 1 and head.words in vocabulary.NUMBERED
    if follows_head or folded[: word.start()].endswith(" so "):
        return word.end()
    # "Phòng Quản lý dự án 2 chủ trì"; a count has a nought before it and a thing behind it ("02 nhiệm vụ").
    ends = not folded[word.end() :].strip() or folded[word.end()] in ",.:;(" or folded.startswith(" va ", word.end())
    return word.end() if word.group()[0] != "0" and (ends or verbs.at(folded, word.end() + 1)) else None


def _low(text: str, folded: str, word: re.Match[str], head: _Head) -> int | None:
    """Take a small word into a name: a level, a word of a known field, or one that is no verb and no little word."""
    spelled = text[word.start() : word.end()].lower()
    if level := vocabulary.LEVEL_SPELLED.match(text, word.start()):
        return level.end()
    if head.words == "bo phan" and spelled == "của":
        return word.end()
    at_head = letters.is_shouted(text) and word.start() == head.end + 1
    field = vocabulary.NOUNS.match(folded, word.start()) or (at_head and vocabulary.FIELDS.match(folded, word.start()))
    if field:
        return field.end()
    if spelled in vocabulary.STOPS or word.group() in vocabulary.FOLDED_STOPS:
        return None
    if verbs.ends_a_name(folded, word.start()):
        return _nominal(text, folded, word.start())
    return word.end()


def _nominal(text: str, folded: str, place: int) -> int | None:
    """Take a verb that is a field of work into a name where nothing is done by it: the row goes on, or the words end."""
    end = verbs.at(folded, place)
    if end is None or not vocabulary.NOMINAL.match(folded, place):
        return None
    after = re.compile(r", (?:va )?| va ").match(folded, end)
    goes_on = bool(after) and begins(text, after.end() if after else end)
    return end if goes_on or not folded[end:].strip(" :") or folded.startswith((" chu tri", " lam dau moi"), end) else None


def _joined(text: str, folded: str, joint: re.Match[str]) -> int | None:
    """Take "và" or a hyphen into a name where a further part of it follows, and no other unit."""
    after = _WORD.match(folded, joint.end() + 1)
    if not after or not text[after.start()].isupper() or (joint.group() == "va" and begins(text, after.start())):
        return None
    return joint.end()


def _is_part(text: str, comma: re.Match[str]) -> bool:
    """Tell whether a comma parts two fields of one organ ("Văn hóa, Thể thao và Du lịch")."""
    return (
        letters.is_capital(text, comma.end()) and letters.is_capital(text, comma.start("last")) and not begins(text, comma.end())
    )
