"""How are words compared? Text folded to plain small letters, sign for sign, so that places in both agree."""

import re
import unicodedata
from functools import lru_cache

# The last one is the key around a numeral in chats, which numbers an item as a full stop does.
_SIGNS = str.maketrans("–—‑−‐‒―“”„«»’‘⁄∕\u20e3", '-------"""""\'\'//.')
_SPACES = "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
_PLAIN_SPACES = dict.fromkeys(map(ord, _SPACES.removeprefix("\t")), " ")


# Letters of other alphabets that print as Latin ones do; keyboards, scanners and jokers put them into Vietnamese words.
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТХУІЈЅԌԚԜаеорсухіјѕԁһӏԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧανικορυχÐðƉɖı",
    "ABEKMHOPCTXYIJSGQWaeopcyxijsdhlqwABEZHIKMNOPTYXavikopuxĐđĐđi",
)
# Full width forms, letters for mathematics and the letterlike signs, where each means one sign.
_FORMS = {
    code: plain
    for code in (*range(0x2100, 0x2150), *range(0xFF01, 0xFF5F), *range(0x1D400, 0x1D800))
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1
}
_LATIN = _LOOKALIKES | {code: plain.translate(_LOOKALIKES) for code, plain in _FORMS.items()}


def latin(text: str) -> str:
    """Give a text with the Latin letters that its look-alikes print as; case, marks and length are kept."""
    return text.translate(_LATIN)


def _plain(sign: str) -> str:
    """Give the small base letter of one sign; what has none stays."""
    base = unicodedata.normalize("NFD", latin(sign))[0].translate(_LATIN).lower()
    return {"đ": "d"}.get(base, base) if len(base) == 1 else sign


# Latin with its extensions, then Greek and Cyrillic.
_LETTERS = (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000))
_TABLE = {code: plain for code in {*_LETTERS, *_LATIN} if (plain := _plain(chr(code))) != chr(code)}
_TABLE |= {code: chr(plain) for code, plain in _SIGNS.items()} | {ord(space): " " for space in _SPACES}

# A scanner reads 1 as l and 0 as O: "l5/6/2O23". Only in a run that holds a digit, so that no word is touched.
_DIGITS = re.compile(r"(?<![a-z0-9])(?=[loi]*[0-9])[0-9loi]+(?=h[0-9lo]{0,2}\b|[^a-z0-9]|$)")
_AS_DIGIT = str.maketrans("loi", "101")
# ... and O as 0: "CỘNG H0À". Only a single nought among letters.
_WORDS = re.compile(r"(?<![a-z0-9])([a-z]{1,6})0([a-z]{0,6})(?![a-z0-9])")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Fold to small letters without marks, repair what a scanner confuses, and keep the length."""
    plain = text.translate(_TABLE)
    if not any(digit in plain for digit in "0123456789"):
        return plain
    plain = _DIGITS.sub(lambda run: run.group().translate(_AS_DIGIT), plain)
    return _WORDS.sub(r"\1o\2", plain)


def spaced(text: str) -> str:
    """Give the text with a plain space for every space of another kind; tabs stay."""
    return text.translate(_PLAIN_SPACES)


def squeezed(text: str) -> str:
    """Give the text with every run of white space as one space."""
    return " ".join(text.split())


def same(left: str, right: str) -> bool:
    """Tell whether two names are the same but for letter case, marks, signs and spaces."""
    return key(left) == key(right)


def key(name: str) -> str:
    """Give what two spellings of one name have in common."""
    return re.sub(r"[^a-z0-9]+", " ", fold(name)).strip()


def is_capital(text: str, place: int) -> bool:
    """Tell whether a capital letter or a digit stands at the place."""
    return place < len(text) and (text[place].isupper() or text[place].isdigit())


@lru_cache(maxsize=4096)
def is_shouted(text: str) -> bool:
    """Tell whether the text is printed in capitals only."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and sum(sign.isupper() for sign in letters) > 0.9 * len(letters)  # noqa: PLR2004 - a "đ" slips in


def alternatives(words: str) -> tuple[str, ...]:
    """Give the words of one string that bars part, as the lists of the grammar are written."""
    return tuple(words.split("|"))
