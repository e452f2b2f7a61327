"""Where do the orders of one item part? Its sentences and halves, and what each of them does."""

import re
from dataclasses import dataclass

from documents.extraction import letters

_BOUNDARY = re.compile(r"[.!?](?: (?=[\w(\"])|$)|; ?")
_ABBREVIATED = re.compile(r"(?:\b(?:tp|tx|ths|ts|pgs|gs|bs|ks|st|dc|d/c|v\.v|no|tt)|\b[a-z]|\d)$")
_LEADER = (
    r"(?:(?:ban thuong vu|thuong truc|chu tich|pho chu tich|giam doc|pho giam doc|hieu truong|truong ban|truong phong|"
    r"tong giam doc|bi thu|hoi nghi|cuoc hop|"
    r"phien hop|dong chi chu tri|tap the|lanh dao|nha truong)"
)
_APPROVES = re.compile(
    rf"{_LEADER}[^,.;:]{{0,60}}? )?(?:co ban |da )?(?:dong y|thong nhat(?!,)|nhat tri|chap thuan|cho phep|thong qua|"
    rf"ghi nhan|bieu duong|danh gia cao|hoan nghenh|cam on|ung ho|tan thanh)\b(?! giao\b| yeu cau\b)"
)
# Spelled out at the end, since folded "nghe" and "nghề" are one.
_HEARD = re.compile(rf"{_LEADER}[^,.;:]{{0,60}}? )(?:da|cung|thao luan|nghe) ")
_HEARD_SPELLED = re.compile(r"\b(?:đã|cũng|thảo luận|nghe) $")
_STILL_ORDERS = re.compile(r"(?:thong nhat|dong y|nhat tri)(?:[^.;]{0,40}? (?:giao|yeu cau)|[^.;]{0,40}?(?:,| va) de nghi) ")
_REVOKES = re.compile(
    r"(?:[^.;]{0,80}\bkhong phai (?:gui|nop|bao cao|thuc hien|lap)|bo yeu cau|bai bo|huy bo|thu hoi (?:van ban|thong bao)|"
    r"khong (?:tiep tuc )?(?:yeu cau|thuc hien) nua|dung viec)"
)
_ANNOUNCES = re.compile(
    r"(?:cuoc hop|hoi nghi|phien hop|(?:hop |ky |buoi )?giao ban|lich |buoi |ky hop|dai hoi|le )[^.;]{0,80}?\b(?:du kien|"
    r"duoc to chuc|to chuc (?:[^.;]{0,30} )?(?:vao |sang )?ngay \d|la cac ngay|dien ra|giu nguyen|khai mac|"
    r"vao (?:luc )?\d|to chuc (?:sang |chieu |toi )(?:ngay )?\d)"
)
_PERMITS = re.compile(
    r"(?:cho phep|duoc phep|co the |cho chu truong|(?:[a-z]+ ){1,6}?(?:nhat tri|dong y|chap thuan|cho phep)(?: ve)? "
    r"(?:cho|chu truong|de |voi|de nghi|de xuat|gioi thieu)|doi voi (?:de xuat|kien nghi|de nghi)[^.;:]{0,140}?\bghi nhan)"
)
# Words that only tell: what a rule says, and from when.
_INFORMS = re.compile(
    r"(?:noi dung|nhiem vu|quy dinh|thong bao|yeu cau)[^.;]{0,160} het hieu luc\b|lich (?:tiep|hop|lam viec|truc) [^.;]{2,80}:|"
    r"thoi gian nghi [^.;]{2,60}:|luu y:? [^.;]{0,160}\b(?:co hieu luc|ap dung tu|se duoc|duoc ap dung)\b"
)
# No item has more; the bound keeps the cost of one item small.
_MOST = 150
_TOPIC = re.compile(r"[^.;:]{3,110}: ")
_MAY_PART = re.compile(r", | va |; ")


@dataclass(frozen=True)
class Clause:
    """A part of an item: from which sign to which, and its words."""

    start: int
    end: int
    text: str


def split(text: str) -> tuple[Clause, ...]:
    """Part an item's words at full stops and semicolons that stand outside brackets and quotation marks."""
    folded = letters.fold(text)
    clauses: list[Clause] = []
    start = 0
    for found in _BOUNDARY.finditer(folded):
        if len(clauses) >= _MOST:
            break
        if _is_inside(folded, start, found.start()) or (found.group()[0] != ";" and not _ends_a_sentence(text, folded, found)):
            continue
        clauses.append(Clause(start, found.end(), text[start : found.end()].strip()))
        start = found.end()
    clauses.append(Clause(start, len(text), text[start:].strip()))
    return tuple(clause for clause in clauses if any(sign.isalnum() for sign in clause.text))


def _ends_a_sentence(text: str, folded: str, found: re.Match[str]) -> bool:
    """Tell whether a mark of punctuation ends a sentence: a capital or a numeral follows, and no abbreviation stands before."""
    follows = text[found.end() : found.end() + 1]
    return not follows.islower() and not _is_abbreviation(folded, found.start())


def _is_abbreviation(folded: str, place: int) -> bool:
    """Tell whether a full stop belongs to an abbreviation, or to a numeral that more words follow."""
    before = folded[max(0, place - 6) : place]
    return bool(_ABBREVIATED.search(before)) and not before[-1:].isdigit() and len(before.split()[-1]) < 4  # noqa: PLR2004 - abbreviations are short


def _is_inside(folded: str, start: int, place: int) -> bool:
    """Tell whether a place stands inside brackets or quotation marks that the clause opened."""
    opened = folded.count("(", start, place) > folded.count(")", start, place)
    return opened or folded.count('"', start, place) % 2 == 1


def joint(text: str, first_end: int, second_start: int) -> int | None:
    """Give the place at which a clause of two deadlines parts: the last joint between them, None where there is none."""
    folded = letters.fold(text)
    joints = [found for found in _MAY_PART.finditer(folded, first_end, second_start) if not _is_inside(folded, 0, found.start())]
    return joints[0].end() if joints else None


def is_order(text: str) -> bool:
    """Tell whether a clause may order: it neither approves, revokes, permits nor announces."""
    folded = letters.fold(text)
    if _STILL_ORDERS.match(folded):
        return True
    heard = _HEARD.match(folded)
    if heard and _HEARD_SPELLED.search(text[: heard.end()].lower()):
        return False
    topic = _TOPIC.match(folded)
    starts = [0, topic.end()] if topic else [0]
    return not any(
        pattern.match(folded, start) for pattern in (_APPROVES, _REVOKES, _ANNOUNCES, _PERMITS, _INFORMS) for start in starts
    )


def is_announcement(text: str) -> bool:
    """Tell whether a clause announces a meeting, whose day no task is due on."""
    return bool(_ANNOUNCES.match(letters.fold(text)))
