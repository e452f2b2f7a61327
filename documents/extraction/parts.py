"""Where does each part of a paper stand? Letterhead, title, body, recipients and annexes, told by their first lines."""

import re
from dataclasses import dataclass

from documents.extraction import letters
from documents.extraction.lines import is_rule

_TITLE = re.compile(r"(?:thong bao|ket luan)(?: so\b.*)?|(?:thong bao|ket luan) (?:y kien )?(?:ket luan|ket qua|chi dao|cua).*")
_RECIPIENTS = re.compile(r"noi nhan ?:?(?: .*|\|.*)?")
_ANNEX = re.compile(r"phu luc(?: (?:so )?[\divx]{1,4})?(?: ?[:.-].{0,80})?")
_LISTS = re.compile(r"(?:bang|danh muc|danh sach|bieu)(?: [a-z]+)+")
_BODY = re.compile(
    r"(?:\W*)(?:(?:sang |chieu |vao )?ngay \d|tu ngay|trong (?:cac )?ngay|can cu|thuc hien|theo |sau khi|xet |tai (?:cuoc|"
    r"buoi)|do \d|"
    r"(?:[ivx]{1,4}|\d{1,2}|a) ?[.)-]|vua qua|de )"
)
_SIGNED = re.compile(r"(?:t/?m|t/?l|k/?t|tuq|tm|tl|kt)\b[./ ].*")
_LONGEST_HEAD = 40
_LONGEST_TITLE = 220


@dataclass(frozen=True)
class Parts:
    """The lines of a paper by the part they stand in; marks and noise are still in them.

    ``body_from`` and ``annexes_from`` are the numbers of the first lines of body and annexes in the paper.
    """

    letterhead: tuple[str, ...]
    title: tuple[str, ...]
    body: tuple[str, ...]
    recipients: tuple[str, ...]
    annexes: tuple[str, ...]
    body_from: int
    annexes_from: int


def split(lines: tuple[str, ...]) -> Parts:
    """Split a paper into its parts; a paper without a title line is all body."""
    folded = [letters.squeezed(letters.fold(line)).strip("*# ") for line in lines]
    opening = next((n for n, line in enumerate(folded[:_LONGEST_HEAD]) if _TITLE.fullmatch(line)), None)
    start = _body_start(lines, folded, opening) if opening is not None else 0
    recipients = next((n for n in range(start, len(lines)) if _RECIPIENTS.fullmatch(folded[n])), len(lines))
    annex = next((n for n in range(start, len(lines)) if _is_annex(lines[n], folded[n], behind=n > recipients)), len(lines))
    if annex < recipients:
        return Parts(
            lines[: opening or 0],
            lines[opening or 0 : start],
            lines[start:annex],
            lines[recipients:],
            lines[annex:recipients],
            start,
            annex,
        )
    signed = next(
        (n for n in range(start, recipients) if _SIGNED.fullmatch(folded[n]) and letters.is_shouted(lines[n])), recipients
    )
    return Parts(
        lines[: opening or 0],
        lines[opening or 0 : start],
        lines[start:signed],
        lines[signed:annex],
        lines[annex:],
        start,
        annex,
    )


def _is_annex(line: str, folded: str, *, behind: bool) -> bool:
    """Tell whether a line in capitals begins an annex; a table or a list by its own name does ``behind`` the recipients."""
    return letters.is_shouted(line) and bool(_ANNEX.fullmatch(folded) or (behind and _LISTS.match(folded)))


def _body_start(lines: tuple[str, ...], folded: list[str], opening: int) -> int:
    """Give the number of the first line that is no longer title."""
    number, begun = opening + 1, len(folded[opening]) > len("thong bao")
    while number < len(lines):
        text = folded[number]
        if is_rule(lines[number]) or (not text and begun) or (begun and (_BODY.match(text) or len(text) > _LONGEST_TITLE)):
            break
        begun = begun or bool(text)
        number += 1
    return number
