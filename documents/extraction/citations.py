"""Which papers does the notice cite? Type, number, symbol, dates, issuer, and the words, of each."""

import re
from dataclasses import dataclass, replace
from datetime import date

from documents.extraction import dates, letters
from domain.readings import Citation

# The type that a symbol's code stands for (Regulation 66-QĐ/TW and Decree 30/2020/NĐ-CP); a code of two types has both.
TYPES = {
    "NQ": ("Nghị quyết",),
    "CT": ("Chỉ thị",),
    "KL": ("Kết luận", "Kết luận thanh tra"),
    "QĐ": ("Quyết định", "Quy định"),
    "QyĐ": ("Quy định",),
    "QĐi": ("Quy định",),
    "QC": ("Quy chế",),
    "HD": ("Hướng dẫn",),
    "KH": ("Kế hoạch",),
    "CTr": ("Chương trình",),
    "BC": ("Báo cáo",),
    "TB": ("Thông báo",),
    "TTr": ("Tờ trình",),
    "CV": ("Công văn",),
    "ĐA": ("Đề án",),
    "PA": ("Phương án",),
    "BB": ("Biên bản",),
    "TT": ("Thông tư", "Thông tri"),
    "NĐ": ("Nghị định",),
    "CĐ": ("Công điện",),
    "HĐ": ("Hợp đồng",),
    "GM": ("Giấy mời",),
    "PL": ("Pháp lệnh",),
}
_WORDS = (
    "thong bao ket luan|ket luan thanh tra|chuong trinh hanh dong|chuong trinh cong tac|chuong trinh|nghi quyet|ke hoach|"
    "ket luan|huong dan|"
    "chi thi|quy dinh|quyet dinh|quy che|cong van|cong dien|to trinh|bao cao|thong bao|thong tu|thong tri|nghi dinh|"
    "de an|phuong an|bien ban|"
    "hop dong|giay moi|phap lenh|luat"
)
_CITED = re.compile(
    rf"(?:\b(?P<type>{_WORDS})(?P<more>(?: [a-z]+){{0,3}}?) )?(?:so ?:? ?)?\b(?P<number>\d{{1,5}}[a-z]?) ?"
    r"(?:- ?(?P<party>[a-z]{1,4} ?/ ?[a-z]{2,14})|/ ?(?P<state>(?:\d{4} ?/ ?)?[a-z]{2,8}(?: ?- ?[a-z0-9]{2,12}){1,2}))"
    rf"(?P<dated>(?: ?,)?(?: ngay)? {dates.DAY})?"
)
_LATER_DATE = re.compile(rf" (?:ban hanh )?ngay {dates.DAY}")
_ISSUER = re.compile(r",? ?cua (?P<issuer>.{2,110})")
_ISSUER_END = re.compile(
    r"[,.;:()\"]| (?:ve|de|toi|den|truoc|cho|la|co|duoc|neu|ghi|thuc hien|theo|tai|da|ban hanh|huong dan|quy dinh|"
    r"trien khai|ngay|phe duyet|gui|doi voi|trong|lien quan|so|dong thoi|"
    r"va (?=nghi|ke hoach|ket luan|huong|chi thi|quy|cong van|to trinh|bao cao|thong bao|cac |chu de|chuong|tiep|su|"
    r"viec))(?= |$)|$"
)
_MAY_CARRY = re.compile(r",? ?(?:va |cung )?$")


@dataclass(frozen=True)
class Mention:
    """One place where a paper is cited: in which paragraph, from which sign to which."""

    citation: Citation
    paragraph: int
    start: int
    end: int
    word: str | None


def mentions(paragraphs: tuple[str, ...]) -> tuple[Mention, ...]:
    """Give every mention in order; an issuer named once behind two papers is both's."""
    return tuple(mention for number, text in enumerate(paragraphs) for mention in _mentions(text, number))


def merged(all_mentions: tuple[Mention, ...], own: tuple[str | None, str | None]) -> tuple[Citation, ...]:
    """Merge the mentions of each paper: every date once, the first issuer, the first words. The notice itself is not cited."""
    papers: dict[tuple[str, str], Citation] = {}
    for mention in all_mentions:
        cited = mention.citation
        name = (cited.number, cited.symbol)
        if letters.key("/".join(name)) == letters.key("/".join(part or "" for part in own)):
            continue
        known = papers.get(name)
        papers[name] = cited if known is None else _more(known, cited)
    return tuple(papers.values())


def _more(known: Citation, cited: Citation) -> Citation:
    """Add to a citation what another mention says."""
    new = tuple(day for day in cited.dates if day not in known.dates)
    literal = cited.literal if cited.dates and not known.dates else known.literal
    return replace(known, dates=known.dates + new, issuer=known.issuer or cited.issuer, literal=literal)


def _mentions(text: str, paragraph: int) -> list[Mention]:
    """Give the mentions of one paragraph."""
    folded = letters.fold(text)
    found = [mention for match in _CITED.finditer(folded) if (mention := _mention(text, folded, match, paragraph))]
    for place in range(len(found) - 2, -1, -1):
        this, after = found[place], found[place + 1]
        between = folded[this.end : after.start]
        if not this.citation.issuer and _MAY_CARRY.fullmatch(between) and _organ(this) == _organ(after):
            found[place] = replace(this, citation=replace(this.citation, issuer=after.citation.issuer))
    return found


def _organ(mention: Mention) -> str:
    """Give the organ's part of a symbol."""
    return re.split(r"[-/]", mention.citation.symbol)[-1]


def _mention(text: str, folded: str, match: re.Match[str], paragraph: int) -> Mention | None:
    """Make a mention of a match; a symbol in small letters, or without a known code and a type, is none."""
    group = "party" if match["party"] else "state"
    symbol = re.sub(r"\s+", "", text[slice(*match.span(group))])
    code = next((part for part in re.split(r"[-/]", symbol) if part in TYPES), None)
    if not symbol[-1].isupper() or (code is None and not match["type"]):
        return None
    written, end = _date(match)
    issuer, issuer_end = _issuer(text, folded, end)
    if written is None and issuer and (later := _LATER_DATE.match(folded, issuer_end)):
        written, end = dates.written(later).on(None), later.end()
    word = letters.squeezed(text[match.start("type") : match.end("type")]) if match["type"] else None
    literal = text[match.start() : end].strip()
    kind = _type(code, word)
    number = letters.fold(text[slice(*match.span("number"))])
    cited = Citation(kind, number, symbol, (written,) if written else (), issuer, literal)
    return Mention(cited, paragraph, match.start(), end, word)


def _date(match: re.Match[str]) -> tuple[date | None, int]:
    """Give a mention's date, and where the mention ends."""
    if not match["dated"]:
        return None, match.end()
    return dates.written(match).on(None), match.end()


def _issuer(text: str, folded: str, start: int) -> tuple[str | None, int]:
    """Give the organ that "của" names behind a mention, and where it ends."""
    found = _ISSUER.match(folded, start)
    if not found:
        return None, start
    begin = found.start("issuer")
    ending = _ISSUER_END.search(folded, begin)
    end = min(ending.start() if ending else found.end(), found.end())
    organ = text[begin:end].strip()
    return (organ, end) if organ[:1].isupper() else (None, start)


def _type(code: str | None, word: str | None) -> str:
    """Give the type: the code's, or the word's where the code has two types or none."""
    named = (word or "")[:1].upper() + (word or "")[1:].lower()
    if code is None:
        return named
    fits = [kind for kind in TYPES[code] if letters.same(kind, named)]
    return fits[0] if fits else TYPES[code][0]


def differs_in_type(mention: Mention) -> bool:
    """Tell whether a mention's word for the paper is none of those its symbol's code stands for."""
    codes = re.split(r"[-/]", mention.citation.symbol)
    code = next((part for part in codes if part in TYPES), None)
    if code is None or mention.word is None:
        return False
    word = letters.fold(mention.word)
    return not any(word == letters.fold(kind) or word.startswith(letters.fold(kind) + " ") for kind in TYPES[code])
