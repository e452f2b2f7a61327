"""Which names does the paper itself show whole? Headings, entries of lists, and addressees, where nothing follows a name."""

import re
from collections.abc import Iterable, Iterator

from documents.extraction import letters, names, verbs, vocabulary
from documents.extraction.markers import marker

_LONGEST = 120
_PARTED = re.compile(r";|, | và ")
_ENDS = re.compile(r"[.;!?,]$")
_WORD = re.compile(r"[^\s,]+")
_JOINTS = frozenset({"và"})
_ASIDE = re.compile(r"\([^()]*\)")
# Words that stand before an addressee and not before an actor, and those that stand behind one.
_BEFORE = re.compile(r"\b(?:ve|cho|voi|cua|gui|qua) (?=\w)")
_BEHIND = re.compile(r"(?:[,.;:)]|$| (?:truoc|cham nhat|de|theo|trong|vao|va (?=[a-z]+ [a-z]+)|thuc hien)\b)")


def shown(texts: Iterable[str], lists: Iterable[str]) -> tuple[str, ...]:
    """Give the names that stand alone in headings among texts, or in the entries of lists, or as addressees."""
    paragraphs = tuple(texts)
    alone = (entry for text in paragraphs if not _ENDS.search(text) for entry in _alone(_bare(text)))
    listed = (entry for text in lists for entry in _alone(_bare(text)))
    return tuple(dict.fromkeys((*alone, *listed, *(name for text in paragraphs for name in _addressed(text)))))


def _bare(text: str) -> str:
    """Give a text without its numeral, its asides and its end."""
    found = marker(text)
    return _ASIDE.sub("", text[found.end :] if found else text).strip(" .:;,")


def _alone(text: str) -> Iterator[str]:
    """Give the parts of a heading or an entry that are names and nothing else."""
    if len(text) > _LONGEST:
        return
    start = 0
    for found in (*_PARTED.finditer(text), None):
        if found and found.group() != ";" and not _parts(text, start, found):
            continue
        name = text[start : found.start() if found else len(text)].strip(" .:;,")
        start = found.end() if found else len(text)
        if names.is_name(name) and not _acts(name):
            yield name


def _parts(text: str, start: int, joint: re.Match[str]) -> bool:
    """Tell whether a comma or "và" parts two names, and does not stand inside one."""
    name = names.at(text, start)
    return names.begins(text, joint.end()) and not (name and name.end > joint.start())


def _acts(name: str) -> bool:
    """Tell whether words hold a verb that is no field of work, or a little word of sentences, and so are no name alone."""
    folded = letters.fold(name)
    end = 0
    for found in _WORD.finditer(folded):
        start = found.start()
        if start < end:
            continue
        field = vocabulary.FIELDS.match(folded, start) or vocabulary.NOUNS.match(folded, start)
        verb = verbs.ends_a_name(folded, start) and not vocabulary.NOMINAL.match(folded, start)
        if not field and (verb or name[start : found.end()].lower() in vocabulary.STOPS - _JOINTS):
            return True
        end = field.end() if field else found.end()
    return False


def _addressed(text: str) -> Iterator[str]:
    """Give the addressees whose names a verb that is a field of work ends."""
    folded = letters.fold(text)
    for found in _BEFORE.finditer(folded):
        name = names.at(text, found.end())
        end = verbs.at(folded, name.end + 1) if name and vocabulary.NOMINAL.match(folded, name.end + 1) else None
        if name and end and _BEHIND.match(folded, end):
            yield text[name.start : end]
