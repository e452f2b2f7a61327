"""Is this a Vietnamese word? A word is one syllable: a beginning, a rhyme that the language has, and at most one tone."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_BEGINNINGS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx]"
# The vowels of a rhyme and the consonants that may close it, "·" where it may also stay open.
_RHYMES = """
a:·,c,ch,i,m,n,ng,nh,o,p,t,u,y ă:c,m,n,ng,p,t â:c,m,n,ng,p,t,u,y
e:·,c,m,n,ng,o,p,t ê:·,ch,m,n,nh,p,t,u
i:·,a,ch,m,n,nh,p,t,u iê:c,m,n,ng,p,t,u y:·,a,ch,n,nh,t,u yê:m,n,ng,t,u
o:·,c,i,m,n,ng,p,t oo:c,ng ô:·,c,i,m,n,ng,p,t ơ:·,i,m,n,p,t
oa:·,c,ch,i,m,n,ng,nh,o,p,t,y oă:c,m,n,ng,t oe:·,m,n,o,t
u:·,a,c,i,m,n,ng,p,t uô:c,i,m,n,ng,t uâ:n,ng,t,y uê:·,ch,nh uơ:· uy:·,a,ch,n,nh,p,t,u uyê:n,t
ư:·,a,c,i,m,n,ng,t,u ươ:c,i,m,n,ng,p,t,u
"""


def _rhymes() -> str:
    """Give the rhymes as one pattern, the longest first."""
    rows = [rhyme.split(":") for rhyme in _RHYMES.split()]
    whole = {vowels + end.replace("·", "") for vowels, ends in rows for end in ends.split(",")}
    return "|".join(sorted(whole, key=len, reverse=True))


_SYLLABLE = re.compile(unicodedata.normalize("NFD", f"(?:{_BEGINNINGS})?(?:{_rhymes()})"))
_WORD = re.compile(r"[^\s.,;:!?()\[\]/\"“”'‘’*|_-]+")
_PLAIN = re.compile(r"[\x00-\x7f]+")


def is_syllable(word: str) -> bool:
    """Tell whether a word is spelled as a Vietnamese syllable, whichever of its vowels bears the tone."""
    signs = unicodedata.normalize("NFD", word.lower())
    bare = [sign for sign in signs if sign not in _TONES]
    return len(signs) - len(bare) <= 1 and _SYLLABLE.fullmatch("".join(bare)) is not None


def marked(text: str) -> Iterator[str]:
    """Give the words of a text that hold more than plain Latin letters; only they tell anything of its letters."""
    return (word for word in _WORD.findall(text) if not _PLAIN.fullmatch(word))


def count(words: Iterable[str]) -> int:
    """Count the words that are Vietnamese syllables."""
    return sum(map(is_syllable, words))
