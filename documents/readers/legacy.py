"""What did the letters of the time before Unicode mean? Two old encodings decoded, by a font's name or by what they spell.

Files of that time hold the letters that a Western Windows shows for the bytes: "Th«ng b¸o kÕt luËn" (TCVN3) or
"Thoâng baùo keát luaän" (VNI). Tables: TCVN 5712:1993, set VN3 (fonts ".VnTime"); VNI for Windows (fonts "VNI-Times").
"""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import islice

from documents.readers import syllables


class Encoding(StrEnum):
    """An encoding of Vietnamese letters that is older than Unicode."""

    TCVN3 = "tcvn3"
    VNI = "vni"


_TCVN3_ROWS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TCVN3 = {first + place: letter for first, row in _TCVN3_ROWS.items() for place, letter in enumerate(row)}
# Programs that tidied the Greek letters wrote this one for the sign of "micro", which is the old "à".
_TCVN3[ord("μ")] = "à"

# VNI writes a letter and behind it its mark; a few letters that carry no further mark are one sign.
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
_VNI_MARKED = {
    "a": {"ùøûõï": "áàảãạ", "âáàåãä": "âấầẩẫậ", "êéèúüë": "ăắằẳẵặ"},
    "e": {"ùøûõï": "éèẻẽẹ", "âáàåãä": "êếềểễệ"},
    "o": {"ùøûõï": "óòỏõọ", "âáàåãä": "ôốồổỗộ"},
    "ô": {"ùøûõï": "ớờởỡợ"},
    "u": {"ùøûõï": "úùủũụ"},
    "ö": {"ùøûõï": "ứừửữự"},
    "y": {"ùøûõ": "ýỳỷỹ"},
}
_VNI = _VNI_SINGLE | {
    base + mark: letter
    for base, rows in _VNI_MARKED.items()
    for marks, decoded in rows.items()
    for mark, letter in zip(marks, decoded, strict=True)
}
_VNI_SIGN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)

_FEWEST_WORDS = 4
_ENOUGH_WORDS = 5_000
_MOST_ALREADY, _FEWEST_DECODED = 0.5, 0.8
# Letters that only Unicode has: none of the old files can hold one.
_MODERN = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Decode TCVN3; the fonts for capitals (".VnTimeH") print capitals whatever the letters are."""
    decoded = text.translate(_TCVN3)
    return decoded.upper() if capitals else decoded


def from_vni(text: str) -> str:
    """Decode VNI; a letter is a capital where its first sign is one."""
    return _VNI_SIGN.sub(lambda sign: _cased(_VNI[sign.group().lower()], like=sign.group()[0]), text)


def _cased(letter: str, *, like: str) -> str:
    """Give a letter in the case of another."""
    return letter.upper() if like.isupper() else letter


def _tcvn3_capitals(text: str) -> str:
    """Decode TCVN3 that a font prints in capitals."""
    return from_tcvn3(text, capitals=True)


DECODERS: dict[Encoding, Callable[[str], str]] = {Encoding.TCVN3: from_tcvn3, Encoding.VNI: from_vni}


def of_font(name: str) -> Callable[[str], str] | None:
    """Give what decodes the letters that a font of the old time prints; None for a font of today."""
    font = name.strip().casefold()
    if font.startswith(".vn"):
        return _tcvn3_capitals if font.endswith("h") else from_tcvn3
    return from_vni if font.startswith(("vni-", "vni ")) else None


def is_modern(text: str, decoded: str) -> bool:
    """Tell whether a text set in an old font is Unicode all the same, as typed where the font is not installed."""
    return bool(_MODERN.search(text)) or syllables.count(syllables.marked(text)) > syllables.count(syllables.marked(decoded))


def guess(text: str) -> Encoding | None:
    """Give the old encoding of a text whose font is not known; None for Unicode, and where too little tells.

    Most marked words must become Vietnamese by decoding, and not have been so before: ordinary Vietnamese is never guessed.
    """
    words = list(islice(syllables.marked(text), _ENOUGH_WORDS))
    if len(words) < _FEWEST_WORDS or syllables.count(words) > _MOST_ALREADY * len(words):
        return None
    best = max(Encoding, key=lambda encoding: _spelled(words, encoding))
    return best if _spelled(words, best) >= _FEWEST_DECODED * len(words) else None


def is_vietnamese(text: str) -> bool:
    """Tell whether a text's marked words are Vietnamese as they stand."""
    words = list(islice(syllables.marked(text), _ENOUGH_WORDS))
    return len(words) >= _FEWEST_WORDS and syllables.count(words) >= _FEWEST_DECODED * len(words)


def _spelled(words: Iterable[str], encoding: Encoding) -> int:
    """Count the words that an encoding makes Vietnamese."""
    return syllables.count(map(DECODERS[encoding], words))
