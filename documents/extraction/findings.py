"""What looks odd in the paper? Citations that disagree, words that do not fit, notes that are missing."""

import re
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from documents.codes import Doubt, Oddity
from documents.extraction import citations, footnotes, letters
from documents.extraction.citations import Mention
from domain.readings import AudienceKind, Citation, Directive, Finding, Header

_DAMAGE = re.compile(r"(?<![\w])(?=\w*\d)(?=\w*[lO])[\dlO]+(?:/[\dlO]+)*(?![\w])")
_CONTRADICTIONS = {
    str(Doubt.DEADLINE_CONTRADICTS): Oddity.DEADLINE_CONTRADICTS,
    str(Doubt.DEADLINE_WORDING_CONTRADICTS): Oddity.DEADLINE_CONTRADICTS,
    str(Doubt.DEADLINE_IMPOSSIBLE): Oddity.DEADLINE_IMPOSSIBLE,
    str(Doubt.DEADLINE_BEFORE_NOTICE): Oddity.DEADLINE_BEFORE_NOTICE,
}
_NUMBERS = re.compile(r"\d+")
_MOST_COMPARED, _SHORTEST_COMPARED, _SHORTEST_WORD = 200, 10, 4
_OF_WHOM = re.compile(r"\bthua lenh\b")
_SIGNS = re.compile(r"(?:t/?l|tuq|t/?m)\b[./ ]")


def all_of(
    header: Header,
    papers: tuple[Citation, ...],
    mentions: tuple[Mention, ...],
    directives: tuple[Directive, ...],
    refs: dict[int, str],
) -> tuple[Finding, ...]:
    """Give the findings of header, citations and directives; ``refs`` tell in which item each paragraph stands."""
    return (
        *_incomplete(header),
        *_dates_differ(papers, mentions, refs),
        *_types_differ(mentions, refs),
        *_audiences_differ(directives),
        *_deadlines_contradict(directives),
    )


def _deadlines_contradict(directives: tuple[Directive, ...]) -> tuple[Finding, ...]:
    """Tell which deadlines contradict themselves, the calendar, or the notice's own date."""
    found = ((directive, _CONTRADICTIONS.get(directive.doubts.get("deadline", ""))) for directive in directives)
    return tuple(Finding(code, directive.evidence["deadline"].words, directive.ref) for directive, code in found if code)


def spelled_twice(units: tuple[str, ...]) -> tuple[Finding, ...]:
    """Tell which two units of a paper are one but for a letter or a mark, and so may be one that was spelled in two ways."""
    keys = [letters.key(unit) for unit in units]
    return tuple(
        Finding(Oddity.UNIT_SPELLED_TWICE, f"{units[left]}; {units[right]}", None)
        for left, right in combinations(range(min(len(units), _MOST_COMPARED)), 2)
        if _is_slip(keys[left], keys[right])
    )


def _is_slip(left: str, right: str) -> bool:
    """Tell whether two names differ by the slip of one letter; other numbers are other units, and so are other short words."""
    if _NUMBERS.findall(left) != _NUMBERS.findall(right) or min(len(left), len(right)) < _SHORTEST_COMPARED:
        return False
    differing = [(one, other) for one, other in zip(left.split(), right.split(), strict=False) if one != other]
    if len(left.split()) != len(right.split()) or len(differing) != 1:
        return False
    one, other = differing[0]
    return min(len(one), len(other)) >= _SHORTEST_WORD and Levenshtein.distance(one, other) == 1


def _incomplete(header: Header) -> tuple[Finding, ...]:
    """Tell what the header lacks that a notice is filed by."""
    missing = [
        name for name, value in (("number", header.number), ("symbol", header.symbol), ("date", header.dated)) if value is None
    ]
    return (Finding(Oddity.HEADER_INCOMPLETE, ", ".join(missing), None),) if missing else ()


def _dates_differ(papers: tuple[Citation, ...], mentions: tuple[Mention, ...], refs: dict[int, str]) -> tuple[Finding, ...]:
    """Tell which papers are cited by more than one date."""
    found = []
    for paper in papers:
        if len(paper.dates) > 1:
            dated = [mention for mention in mentions if mention.citation.dates and is_same(mention.citation, paper)]
            words = "; ".join(dict.fromkeys(mention.citation.literal for mention in dated))
            found.append(Finding(Oddity.CITATION_DATES_DIFFER, words, refs.get(dated[-1].paragraph)))
    return tuple(found)


def is_same(left: Citation, right: Citation) -> bool:
    """Tell whether two mentions are of one paper."""
    return (left.number, left.symbol) == (right.number, right.symbol)


def _types_differ(mentions: tuple[Mention, ...], refs: dict[int, str]) -> tuple[Finding, ...]:
    """Tell which papers are called by a type that their symbol does not stand for."""
    odd = {mention.citation.literal: mention for mention in mentions if citations.differs_in_type(mention)}
    return tuple(Finding(Oddity.TYPE_DIFFERS_FROM_SYMBOL, words, refs.get(mention.paragraph)) for words, mention in odd.items())


def _audiences_differ(directives: tuple[Directive, ...]) -> tuple[Finding, ...]:
    """Tell which items bind everyone, though they stand under a heading for the remaining units only."""
    remaining = {directive.ref.rpartition(".")[0] for directive in directives if directive.audience.complement}
    return tuple(
        Finding(Oddity.AUDIENCE_DIFFERS_FROM_HEADING, directive.audience.phrase or "", directive.ref)
        for directive in directives
        if directive.audience.kind is AudienceKind.ALL
        and directive.audience.phrase
        and directive.ref.rpartition(".")[0] in remaining
    )


def authority(body: tuple[str, ...], recipients: tuple[str, ...]) -> tuple[Finding, ...]:
    """Tell whether the text is passed on by order of an organ ("thừa lệnh"), but signed on its behalf ("T/M")."""
    passed = any(_OF_WHOM.search(letters.fold(text)) for text in body[-3:])
    signatures = (line for line in recipients if _SIGNS.match(letters.fold(line).strip("* ")))
    signed = next(signatures, None)
    if passed and signed and "tm" in letters.fold(signed).strip("* ").replace("/", "")[:2]:
        return (Finding(Oddity.AUTHORITY_DIFFERS, signed.strip("* "), None),)
    return ()


def damage(paragraphs: tuple[str, ...], refs: dict[int, str]) -> tuple[Finding, ...]:
    """Tell which numbers a scanner has damaged, so that somebody compares them with the paper."""
    found = ((match.group(), refs.get(number)) for number, text in enumerate(paragraphs) for match in _DAMAGE.finditer(text))
    return tuple(Finding(Oddity.TEXT_DAMAGED, words, ref) for words, ref in dict.fromkeys(found))


def missing_notes(texts: tuple[str, ...], notes: dict[str, str], refs: dict[int, str]) -> tuple[Finding, ...]:
    """Tell which footnote marks no footnote answers to."""
    return tuple(
        Finding(Oddity.FOOTNOTE_MISSING, mark, refs.get(number))
        for number, text in enumerate(texts)
        for mark in footnotes.missing(text, notes)
    )


def counts(marked: tuple[tuple[str, str, int], ...]) -> tuple[Finding, ...]:
    """Tell where a number before a footnote's mark is not the number of units that the note lists."""
    found = []
    for before, ref, listed in marked:
        number = re.search(r"\b(\d{1,3}) [^\W\d][^,.;:()]{0,40}$", before)
        if number and listed and int(number[1]) != listed:
            found.append(Finding(Oddity.UNIT_COUNT_DIFFERS, before[number.start() :].strip(), ref))
    return tuple(found)
