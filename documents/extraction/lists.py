"""Which units does a row of names hold? Names in a row, shortened ones spelled out, and lists in footnotes."""

import re
from dataclasses import dataclass
from itertools import takewhile

from documents.extraction import letters, names

_JOINT = re.compile(r",? (?:va )|, ")
_ASIDE = re.compile(r" \([^()]{1,120}\)")
_MANY = r"(?:cac|hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d{1,2})"
# "UBND các huyện A, B", "hai cửa hàng A và B": one head for several names.
_SHORTENED = re.compile(rf"(?P<head>(?:(?!{_MANY} )[a-z]+ ){{0,6}}){_MANY} ")
_MOST_SHARED = 5
# "các chi bộ khu phố số 2, 5 và 9", "Tòa án nhân dân các khu vực 1, 3"
_NUMBERED = re.compile(
    rf"(?:(?:cap uy|bi thu) )?(?P<head>(?:(?!{_MANY} )[a-z]+ ){{0,5}}?)(?:{_MANY} )?"
    r"(?P<noun>(?:chi bo|to dan pho|khu pho|thon|to|doi|tram|xi nghiep|truong|phan xuong|cum|khu vuc|phong|khoa|nha may|"
    r"cua hang|tieu doan|hat|kho|khoi|ban|lang|ap|khom|phuong|quan)(?: (?!cac )[a-z]+){0,4}?)"
    r"(?: (?P<so>so) |(?<=khu vuc) |(?<=thon) |(?<=khu pho) |(?<=dan pho) |(?<=phuong) |(?<=quan) |(?<=du an) )"
    r"(?P<numbers>\d{1,3}(?:(?:, | va )(?:so )?\d{1,3}){1,20})(?![\d/%.,]\d)"
)
_PLACE = re.compile(r" (?=(?:xã|phường|thị trấn|thị xã|thành phố|huyện|quận|đặc khu|thôn|bản|ấp|khóm|buôn|khu phố) [A-ZĐÀ-Ỹ])")
_PERSON = re.compile(r"(?:chu tich|giam doc|thu truong|bi thu|truong|hieu truong) ")
# Fields of one organ that "và" joins; elsewhere in a shortened row "và" parts two organs.
_JOINED_FIELDS = re.compile(
    r"(?:ke hoach va dau tu|giao duc va dao tao|tai nguyen va moi truong|thong tin va truyen thong|khoa hoc va cong nghe|"
    r"nong nghiep va moi truong|"
    r"nong nghiep va phat trien nong thon|lao dong ?[-,] ?thuong binh va xa hoi|van hoa, the thao va du lich|"
    r"dan toc va ton giao|van hoa va thong tin)(?!\w)"
)
_ROW_OF_MANY = re.compile(rf"^(?:[a-z]+ ){{0,6}}{_MANY} [a-z]")
_LAST_ASIDE = re.compile(r" \([^()]*\)$")
_ITEM = re.compile(r"\(\d{1,2}\)\s*")
_REMAINDER = re.compile(r"(?:\. |; )(?:con|rieng|ngoai ra)\b[^:.]{0,160}:\s*")
_ONLY_LEVEL = re.compile(r"(?:tinh|xa|huyen|phuong|thanh pho|quan|thi xa|thi tran|trung uong|co so)?")
_ROW_START = re.compile(r"(?<!\w)(?=(?:[a-z]+ ){0,3}cac [a-z])")
_LONGEST_NAME = 160


@dataclass(frozen=True)
class Listed:
    """Units in a row: their names as printed, shortened ones spelled out, and where the row ends."""

    units: tuple[str, ...]
    end: int


def names_at(text: str, place: int) -> Listed | None:
    """Give the units of the row that begins at a place; None where no unit is named there."""
    folded = letters.fold(text)
    units: list[str] = []
    end = place
    while found := _numbered(text, folded, place) or _shortened(text, folded, place) or _one(text, place):
        units.extend(_with_organ(unit, units) for unit in found.units)
        end = found.end
        aside = _ASIDE.match(folded, end)
        joint = _JOINT.match(folded, aside.end() if aside else end)
        if not joint:
            break
        place = joint.end()
    return Listed(tuple(units), end) if units else None


def _with_organ(unit: str, before: list[str]) -> str:
    """Give a bare place in a row the organ of the row's first unit: "Đảng ủy xã A, xã B" means Đảng ủy xã B."""
    first = _PLACE.search(before[0]) if before else None
    return f"{before[0][: first.start()]} {unit}" if first and unit[0].islower() else unit


def _one(text: str, place: int) -> Listed | None:
    """Give the one unit named at a place."""
    name = names.at(text, place)
    return Listed((name.words,), name.end) if name else None


def _numbered(text: str, folded: str, place: int) -> Listed | None:
    """Spell out a row of numerals under one head: "tổ dân phố số 3, 9" gives "Tổ dân phố số 3", "Tổ dân phố số 9"."""
    found = _NUMBERED.match(folded, place)
    if not found:
        return None
    head, noun = (text[slice(*found.span(name))].strip() for name in ("head", "noun"))
    if not names.begins(_capital(head or noun), 0):
        return None
    words = f"{head} {noun}".strip() + (" số" if found["so"] else "")
    numbers = re.findall(r"\d{1,3}", found["numbers"])
    return Listed(tuple(f"{_capital(words)} {number}" for number in numbers), found.end())


def _capital(words: str) -> str:
    """Give words with a capital."""
    return words[:1].upper() + words[1:]


def _shortened(text: str, folded: str, place: int) -> Listed | None:
    """Spell out a row of names under one head: "Chi bộ các thôn A, B" gives "Chi bộ thôn A", "Chi bộ thôn B"."""
    found = _SHORTENED.match(folded, place)
    level = _level(text, found.end()) if found else None
    if not found or not level:
        return None
    head = text[place : found.end("head")].strip()
    if person := _PERSON.match(f"{letters.fold(head)} "):
        head = head[person.end() :]
    if head and not names.begins(_capital(head), 0):
        return None
    start = found.end() + len(level) + (2 if text[found.end() + len(level)] == ":" else 1)
    parts, end = _parts(text, folded, start, letters.fold(level).split()[0])
    units = tuple(" ".join(f"{head} {level} {part}".split()) for part in parts)
    return Listed(tuple(map(_capital, units)), end) if parts else None


def _level(text: str, place: int) -> str | None:
    """Give the words that several names share: small ones up to the first capital, or the head of one name."""
    words = text[place:].replace(": ", " ", 1).split(" ")[:_MOST_SHARED]
    small = " ".join(takewhile(lambda word: word.islower() and word.isalpha(), words))
    head = names.head_end(text, place)
    if not small and head is None:
        return None
    level = small or text[place:head]
    behind = place + len(level)
    opens = behind + (2 if text[behind : behind + 1] == ":" else 1)
    return level if letters.is_capital(text, opens) and text[opens].isalpha() and names.begins(_capital(level), 0) else None


def _parts(text: str, folded: str, place: int, head: str) -> tuple[list[str], int]:
    """Give the names of a shortened row: each from a capital to a comma, "và" or what ends a name."""
    parts: list[str] = []
    end = place
    while letters.is_capital(text, place) and (head == "bo" or not names.begins(text, place)):
        end = _part_end(text, folded, place, head)
        parts.append(text[place:end])
        joint = _JOINT.match(folded, end)
        if not joint:
            break
        place = joint.end()
    return parts, end


def _part_end(text: str, folded: str, place: int, head: str) -> int:
    """Give the end of one name of a shortened row."""
    if fields := _JOINED_FIELDS.match(folded, place):
        return fields.end()
    limit = re.compile(r",| va |$").search(folded, place)
    cut = text[: limit.start() if limit else len(text)]
    return names.rest(f"{cut[:place]} {cut[place:]}", place, head) - 1


def rows(text: str) -> tuple[tuple[str, ...], ...]:
    """Give the rows of units in a text, from left to right; a unit alone is a row of one."""
    found: list[tuple[str, ...]] = []
    place = 0
    for name in names.all_in(text):
        row = names_at(text, name.start) if name.start >= place else None
        if row:
            found.append(row.units)
            place = row.end
    return tuple(found)


def listed(note: str) -> tuple[str, ...]:
    """Give the units a footnote lists, without those of a remainder it names after them; empty where it lists none."""
    return _entries(_split_remainder(note)[0])


def remainder(note: str) -> tuple[str, ...]:
    """Give the units that a footnote names apart from its list ("Còn 03 đơn vị …: A; B")."""
    return _entries(_split_remainder(note)[1])


def _split_remainder(note: str) -> tuple[str, str]:
    """Part a footnote's list from the remainder named after it."""
    found = _REMAINDER.search(letters.fold(note))
    return (note[: found.start()], note[found.end() :]) if found else (note, "")


def _entries(words: str) -> tuple[str, ...]:
    """Give the entries of a list that are units' names: each between its numeral and a semicolon, taken whole."""
    words = re.sub(r"^Gồm(?: có)?:?\s*", "", words.strip())
    parts = [_ITEM.sub("", part).strip(' .,:;"') for part in re.split(r";|(?=\(\d{1,2}\))|, (?=\(\d)", words)]
    parts = [part for part in parts if part]
    if len(parts) == 1 and not _ITEM.match(words):
        row = names_at(parts[0], 0)
        end = _LAST_ASIDE.search(parts[0])
        whole = row is not None and row.end >= (end.start() if end else len(parts[0])) - 1
        return row.units if row and whole else tuple(name for name in parts if _is_name(name))
    return tuple(unit for part in parts for unit in _entry(part))


def _entry(part: str) -> tuple[str, ...]:
    """Give the units of one entry: those of a shortened row, else the entry itself without its aside."""
    name = _LAST_ASIDE.sub("", part)
    row = names_at(name, 0) if _ROW_OF_MANY.search(letters.fold(name)) else None
    if row and row.end >= len(name):
        return row.units
    return (name,) if _is_name(name) else ()


def _is_name(part: str) -> bool:
    """Tell whether a list's entry is a unit's name."""
    return len(part) < _LONGEST_NAME and names.begins(part, 0) and not letters.fold(part).startswith(("cac ", "nhung "))


def all_names(text: str) -> tuple[str, ...]:
    """Give every unit's name in a text, shortened rows spelled out; a name of a mere level is none."""
    folded = letters.fold(text)
    rows = [
        row
        for found in _ROW_START.finditer(folded)
        if (row := _shortened(text, folded, found.start()) or _numbered(text, folded, found.start()))
    ]
    single = [
        name.words for name in names.all_in(text) if not _ONLY_LEVEL.fullmatch(letters.fold(name.words[len(name.head) :]).strip())
    ]
    return (*single, *(unit for row in rows for unit in row.units))
