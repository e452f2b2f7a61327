"""Which names were misspelled? Rhymes and letters that Vietnamese does not have, mended where only one is meant."""

import re
import unicodedata
from dataclasses import replace

from documents.extraction import letters
from domain.readings import Directive

_HORN = "\u031b"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# "ươ" lost one of its horns before a final consonant ("Duợc", "trưóc"); "ưu" lost its own ("cúu").
_UO = re.compile(rf"([uU])({_HORN}?)([oO])({_HORN}?)([{_TONES}]?)(?=(?:c|ch|m|n|ng|p|t|i|u)(?![a-z]))")
_UU = re.compile(rf"([uU])([{_TONES}]?)([uU])(?![{_HORN}a-z])")


def mended(name: str) -> str:
    """Mend the rhymes of a name that no Vietnamese word has, and letters of other alphabets; a right one stays as it is."""
    signs = unicodedata.normalize("NFD", letters.latin(name))
    signs = _UO.sub(_with_horns, signs)
    signs = _UU.sub(rf"\g<1>{_HORN}\g<2>\g<3>", signs)
    return unicodedata.normalize("NFC", signs)


def _with_horns(found: re.Match[str]) -> str:
    """Give both horns back to a rhyme that has one of them; without any it is another rhyme ("uô" lost more)."""
    if not found[2] and not found[4]:
        return found.group()
    return f"{found[1]}{_HORN}{found[3]}{_HORN}{found[5]}"


def repaired(directive: Directive) -> Directive:
    """Give a directive with the names of its units mended; its words stay as printed."""
    audience = directive.audience
    units, helpers = (tuple(mended(unit) for unit in row) for row in (audience.units, audience.coordinators))
    return replace(directive, audience=replace(audience, units=units, coordinators=helpers))
