"""Which units does a phrase mean? Groups resolved by footnotes and back references, remainders, and the issuer's own organs."""

import re
from dataclasses import dataclass, replace

from documents.codes import Doubt
from documents.extraction import letters, lists
from documents.extraction.outlines import Item
from documents.extraction.paragraphs import Paragraph
from domain.readings import Audience, AudienceKind

_PARTY_COMMITTEES = re.compile(r"\bdang (?:uy|bo)\b")
_CELLS = re.compile(r"\bchi (?:bo|uy)\b|\bchi, dang")
_REMAINDER = re.compile(r"\b(?:con lai|khac)$|\b(?:con lai|khac)\b(?= cua| thuoc| trong|$)")
_DONE = re.compile(r"\bda (?:duoc )?(?:duoc )?(?P<act>[a-z]+ [a-z]+)")
_NOT_DONE = re.compile(r"\b(?:chua|khong) (?:duoc )?(?P<act>[a-z]+ [a-z]+)")
_BY_NOTE = re.compile(r"\bchu thich (?:so )?[(\[]?(?P<mark>\d{1,2})[)\]]?")
_MANY = re.compile(r"(?:ca )?(hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d{1,2}) ")
_NUMBERS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_POINTS_BACK = re.compile(r"\b(?:noi|neu|ke|da neu) (?:tren|tai (?:muc|khoan|diem|phan))\b|\btren(?: day)?$")
_TEXT = "text "
_ANNEX = "annex"
_BY_ANNEX = re.compile(r"\b(?:tai|trong|theo|o) (?:phu luc|danh sach|bieu)\b")
_NUMBER_OF = re.compile(r"(?P<count>hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d{1,2}) (?P<kind>[a-z]+,? [a-z]+)")
_COUNT = re.compile(r"\b(?P<count>\d{1,3}) ")
_OWN_ORGAN = re.compile(
    r"(?:van phong(?: (?:dang uy|tinh uy|huyen uy|thanh uy|ubnd|uy ban nhan dan|hdnd|so|cap uy|doan dbqh).*)?|"
    r"uy ban kiem tra (?:dang uy|tinh uy|huyen uy|thanh uy).*|"
    r"ban (?:to chuc|tuyen giao|dan van|noi chinh|xay dung dang)(?: (?:dang uy|tinh uy|huyen uy).*)?|bo phan .*)"
)
_SCOPE = 120


@dataclass(frozen=True)
class Group:
    """Units that a footnote lists, the words its mark stands behind, and those it names apart."""

    mark: str
    before: str
    listed: tuple[str, ...]
    remainder: tuple[str, ...]


def groups(paragraphs: tuple[Paragraph, ...], notes: dict[str, str]) -> tuple[Group, ...]:
    """Give the groups of units that footnotes resolve, in the order of their marks in the text."""
    found: list[Group] = []
    for paragraph in paragraphs:
        for place, mark, _ in paragraph.marks:
            note = notes.get(mark, "")
            listed = lists.listed(note)
            if listed:
                before = letters.fold(paragraph.text[:place])
                found.append(
                    Group(mark, before[max(before.rfind(". ") + 1, len(before) - _SCOPE) :], listed, lists.remainder(note))
                )
    return tuple(found)


def named_before(paragraphs: tuple[Paragraph, ...]) -> tuple[Group, ...]:
    """Give the rows of units that the text names, in order, for words that point back to them ("hai đơn vị nêu trên")."""
    found: list[Group] = []
    for number, paragraph in enumerate(paragraphs):
        rows = lists.rows(paragraph.text)
        found.extend(Group(f"{_TEXT}{number}", "", row, ()) for row in rows if len(row) > 1)
        names = tuple(dict.fromkeys(unit for row in rows for unit in row))
        if len(rows) > 1:
            found.append(Group(f"{_TEXT}{number}", "", names, ()))
    return tuple(found)


def annexed(tables: tuple[tuple[str, ...], ...]) -> tuple[Group, ...]:
    """Give the groups of units that annexes list."""
    return tuple(Group(_ANNEX, "", units, ()) for units in tables if units)


def resolved(audience: Audience, item: Item, known: tuple[Group, ...], notes: dict[str, str]) -> tuple[Audience, Doubt | None]:
    """Resolve a group by the paper itself: its own footnote, a named one, what was done with it, or what is left."""
    phrase = letters.fold(audience.phrase or "")
    if audience.kind is AudienceKind.NAMED:
        return _own_organ(audience), None
    if audience.kind is not AudienceKind.GROUP or audience.units:
        return audience, None
    marked = _by_own_mark(audience, item, notes)
    if _REMAINDER.search(phrase) and not marked:
        rest = _remainder(audience, known)
        return rest, None if rest.excluded else Doubt.AUDIENCE_UNRESOLVED
    units = marked or _by_words(phrase, known) or _by_number(phrase, known)
    if not units and (nearest := _by_back_reference(phrase, item, known)):
        # The nearest row is likely and no more; a person confirms it.
        return replace(audience, units=nearest), Doubt.AUDIENCE_UNRESOLVED
    count = _COUNT.search(phrase)
    if count and units and int(count["count"]) != len(units):
        return replace(audience, units=units), Doubt.AUDIENCE_COUNT_DIFFERS
    refers = bool(_BY_NOTE.search(phrase) or re.search(r"\b(?:noi tren|neu tren|da neu)\b", phrase))
    return replace(audience, units=units), Doubt.AUDIENCE_UNRESOLVED if refers and not units else None


def is_both_kinds(audience: Audience) -> bool:
    """Tell whether a group without units is the Party organisations of both kinds ("Đảng ủy, Chi bộ cơ sở").

    Together they are every unit, so that such a group is narrowed only by its heading.
    """
    phrase = letters.fold(audience.phrase or "")
    is_open = audience.kind is AudienceKind.GROUP and not audience.units and not audience.complement
    return is_open and bool(_PARTY_COMMITTEES.search(phrase) and _CELLS.search(phrase))


def is_own_organ(unit: str) -> bool:
    """Tell an organ of the issuer, which follows up, from a unit that is followed up."""
    return bool(_OWN_ORGAN.fullmatch(letters.fold(unit)))


def _own_organ(audience: Audience) -> Audience:
    """Call an audience of the issuer's own organs so."""
    if all(map(is_own_organ, audience.units)):
        return replace(audience, kind=AudienceKind.ISSUER_ORGAN)
    return audience


def _remainder(audience: Audience, known: tuple[Group, ...]) -> Audience:
    """Mean everyone but the units of the first group that the paper lists."""
    return replace(
        audience, complement=True, excluded=next((group.listed for group in known if not group.mark.startswith(_TEXT)), ())
    )


def _by_own_mark(audience: Audience, item: Item, notes: dict[str, str]) -> tuple[str, ...]:
    """Give the units of the footnote whose mark stands in or right behind the phrase."""
    start = item.text.find(audience.phrase or "\0")
    end = start + len(audience.phrase or "")
    marks = [mark for place, mark, _ in item.marks if 0 <= start < place <= end + 1]
    return lists.listed(notes[marks[0]]) if marks and marks[0] in notes else ()


def _by_words(phrase: str, known: tuple[Group, ...]) -> tuple[str, ...]:
    """Give the units of the group that the phrase tells by a footnote's number, by what was done, or by what was not."""
    if (named := _BY_NOTE.search(phrase)) and (fits := [group for group in known if group.mark == named["mark"]]):
        return fits[0].listed
    if _BY_ANNEX.search(phrase):
        return next((group.listed for group in known if group.mark == _ANNEX), ())
    if done := _DONE.search(phrase):
        fits = [group for group in known if done["act"] in group.before and not _NOT_DONE.search(group.before)]
        return fits[0].listed if fits else ()
    if undone := _NOT_DONE.search(phrase):
        return _undone(phrase, undone["act"], known)
    return ()


def _by_back_reference(phrase: str, item: Item, known: tuple[Group, ...]) -> tuple[str, ...]:
    """Give the nearest row of as many units before an item, where the phrase points back and tells how many they are."""
    number = _MANY.match(phrase)
    if not number or not _POINTS_BACK.search(phrase):
        return ()
    count = _NUMBERS.get(number[1]) or int(number[1])
    rows = [
        group.listed
        for group in known
        if group.mark.startswith(_TEXT) and int(group.mark.removeprefix(_TEXT)) <= item.paragraph and len(group.listed) == count
    ]
    return rows[-1] if rows else ()


def _by_number(phrase: str, known: tuple[Group, ...]) -> tuple[str, ...]:
    """Give the units of the one group that is as many of the same kind: "hai chi bộ nợ đảng phí" behind "02 chi bộ²"."""
    found = _NUMBER_OF.match(phrase)
    if not found:
        return ()
    count = _NUMBERS.get(found["count"]) or int(found["count"])
    word = next((word for word, number in _NUMBERS.items() if number == count), "")
    same = re.compile(rf"\b(?:{word or count}|0?{count}) {found['kind']}(?: [^\s.;]+){{0,12}}$")
    fits = [group.listed for group in known if same.search(group.before)]
    return fits[0] if len(fits) == 1 else ()


def _undone(phrase: str, act: str, known: tuple[Group, ...]) -> tuple[str, ...]:
    """Give the units with which something was not done: a footnote's remainder, or the one group of as many units."""
    rest = [group.remainder for group in known if group.remainder and act in group.before]
    count = _COUNT.search(phrase)
    if not rest and count:
        rest = [
            group.listed
            for group in known
            if re.search(rf"\b{count['count']} [a-z ]{{2,40}}$", group.before) and act not in group.before
        ]
    return rest[0] if len(rest) == 1 else ()
