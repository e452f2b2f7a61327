"""Which organ owns the paper's number? The most specific line of the letterhead, or the organ that the title names."""

import re

from documents.extraction import letters

LEVEL = r"(?:tinh|thanh pho|quan|huyen|thi xa|thi tran|xa|phuong|dac khu)"
_PLACE = re.compile(rf"\b{LEVEL} (?P<name>\S.*)$")
_PLACE_ONLY = re.compile(rf"(?:{LEVEL} (?!uy\b)|cac co quan|cua |thuoc )\S.*")
_PARTIAL = re.compile(r"(?:ban thuong vu|ban chap hanh|thuong truc|phong)\b")
_OWNER = re.compile(
    r"\bcua (?P<organ>(?:ban thuong vu|ban chap hanh|thuong truc|dang uy|tinh uy|thanh uy|huyen uy|uy ban|ubnd|hoi dong|"
    r"ban chi dao|giam doc|"
    r"chu tich|hieu truong|truong ban|tong giam doc|bi thu|lanh dao|so |ban |phong )[^,;:()]*?)"
    r"(?= ve\b| tai\b| o\b| trong\b| doi voi\b|$)"
)
_PERSON = re.compile(
    r"(?:(?:dong chi )?(?:pho )?(?:chu tich|giam doc|hieu truong|truong ban|tong giam doc|bi thu|lanh dao)(?: thuong truc)? )"
)
_BODY_TAIL = re.compile(rf"(?: cac (?:co quan|doanh nghiep|khu)(?: [a-z]+){{0,4}}?)?(?: {LEVEL})\b")
_REGION = re.compile(r"\btinh (?=[a-z])")


def from_letterhead(left: list[str], symbol: str | None) -> str | None:
    """Give the issuer from the left lines: the one that the symbol abbreviates, else the last, put together where split."""
    lines = [line for line in left if len(line) > 2]  # noqa: PLR2004 - a single sign is a drawn star
    if not lines:
        return None
    owner = _abbreviated(lines, symbol)
    if owner is not None:
        goes_on = owner + 1 < len(lines) and _PLACE_ONLY.fullmatch(letters.fold(lines[owner + 1]))
        lines = lines[: owner + 2 if goes_on else owner + 1]
    return _joined(lines)


def _abbreviated(lines: list[str], symbol: str | None) -> int | None:
    """Give the line whose initials the symbol's organ is, when it is not the last one."""
    organ = re.split(r"[-/]", symbol)[-1] if symbol else ""
    if len(organ) < 3:  # noqa: PLR2004 - two letters fit too many lines
        return None
    fits = [n for n, line in enumerate(lines) if letters.fold(organ) in _initials(line)]
    return fits[-1] if fits else None


def _initials(line: str) -> str:
    """Give the first letters of the words of a line."""
    return "".join(word[0] for word in re.findall(r"[a-z0-9]+", letters.fold(line)))


def _joined(lines: list[str]) -> str:
    """Put the last line together with the one above where one organ's name is split over both."""
    last = lines[-1]
    if len(lines) == 1:
        return last
    if _PLACE_ONLY.fullmatch(letters.fold(last)):
        return f"{lines[-2]} {last}"
    place = _PLACE.search(letters.fold(lines[-2]))
    if place and _PARTIAL.match(letters.fold(last)) and not _PLACE.search(letters.fold(last)):
        return f"{last} {lines[-2][place.start() :]}"
    return last


def from_title(title: str | None, body: tuple[str, ...]) -> str | None:
    """Give the organ that the title says the paper is of, in the fullest form the body has it."""
    found = _OWNER.search(letters.fold(title)) if title else None
    if not found or not title:
        return None
    start, end = found.span("organ")
    person = _PERSON.match(found["organ"])
    organ = title[start + (person.end() if person else 0) : end].strip()
    return _region_named(_fullest(organ, body), body)


def _fullest(organ: str, body: tuple[str, ...]) -> str:
    """Give the longest form in which the body goes on with an organ's name."""
    forms = [organ]
    for text in body:
        folded = letters.fold(text)
        place = folded.find(letters.fold(organ))
        while place >= 0:
            end = place + len(organ)
            tail = _BODY_TAIL.match(folded, end)
            forms.append(text[place : tail.end() if tail else end])
            place = folded.find(letters.fold(organ), end)
    longest = max(len(form) for form in forms)
    printed = [form for form in forms if len(form) == longest]
    return next((form for form in printed if not letters.is_shouted(form)), printed[0])


def _region_named(organ: str, body: tuple[str, ...]) -> str:
    """Name the province of an organ that ends with the bare word, when the paper names exactly one."""
    if not letters.fold(organ).endswith(" tinh"):
        return organ
    names = {name for text in body for name in re.findall(r"\btỉnh ((?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*)(?: [A-ZĐÀ-Ỹ][\wÀ-ỹ]*){1,2})", text)}
    return f"{organ} {names.pop()}" if len(names) == 1 else organ
