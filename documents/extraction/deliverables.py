"""What is handed in, and to whom? The object of a directive's verb of handing in, and the addressee behind it.

Patterns here are on small letters with their marks, not folded: "tại" ends an addressee, "Tài chính" is part of one.
"""

import re
from functools import lru_cache

_HAND = re.compile(r"\b(?:gửi|nộp|báo cáo|trình|chuyển|đăng ký|công khai|tải)\b")
_ONLY_PLACES = (
    r"(?:các (?:thành viên|khoa|phòng|trường|đơn vị|sở)|hệ thống|phần mềm|trang |lãnh đạo |bộ phận |cơ quan |thường trực |"
    r"ban |phòng |văn phòng )"
)
_NOUN_BEFORE = re.compile(r"(?:khi|chương|quy|công|lộ|tiến|lập|giao|đạo|hành|di) $")
_PLACES = (
    r"(?:các (?:thành viên|khoa|phòng|trường|đơn vị|sở)|hệ thống|phần mềm|trang |lãnh đạo |bộ phận |cơ quan |thường trực |"
    r"ban |phòng |văn phòng )"
)
_STEP = re.compile(rf" (?:(?P<glue>về|cho|sang|tới|đến|lên|trên) )?(?=(?P<known>{_PLACES})?)(?=(?P<start>\S))")
_UNTIL = r"tr[ưu][ớóơo]c|chậm|muộn|để|trong|theo|định kỳ|vào|ngày|hàng|hằng|cùng|khi|hết|tại|đến|ngay|đúng|nhằm"
_ADDRESS_END = re.compile(
    rf"[,;:(]|\.(?: |$)|\s(?:{_UNTIL}|kèm|cho ý kiến|xem xét|phê duyệt|thông qua|tổng hợp|những|kết quả|việc|về|nhanh|bằng|"
    rf"thẩm định|ký ban hành|quyết định)(?=[ .,;]|$)"
    r"|\svà (?!(?i:đào tạo|đầu tư|môi trường|phát triển|công nghệ|truyền thông|xã hội|du lịch|hợp tác|bảo đảm|tôn giáo))|"
    r"\s(?=\d)|$"
)
_THROUGH = re.compile(r"\((?:qua|thông qua|bằng) [^()]{2,80}\)|(?<= )\([^()]{3,60}\)(?= để tổng hợp)")
_PAPERS = (
    r"(?:(?i:(?:các |bản |mẫu )?(?:kế hoạch|nghị quyết|danh sách|hồ sơ|phương án|đề án|đề cương|văn bản|dự toán|"
    r"chương trình|biên bản|số liệu|kết quả|tài liệu|"
    r"cam kết|dự thảo|bảng|phiếu|quy chế|quy trình|ý kiến bằng văn bản|tự (?:chấm|đánh giá|kiểm điểm)|đăng ký|giải trình|"
    r"tổng hợp|chứng nhận|sáng kiến|tham luận|tờ trình|"
    r"bài thi|nhu cầu|tiến độ|giá vật|lịch nghỉ|nội dung|quyết định|hợp đồng mẫu|số học sinh|kê khai|minh chứng|"
    r"có chữ ký))|(?i:(?:các |bản )?báo cáo)(?! [A-ZĐ]))\b"
)
_MAKES = (
    r"(?:ban hành|xây dựng|lập|tham mưu|công bố|công khai|ký|hoàn thiện|hoàn chỉnh|trình lại|trình|gửi|nộp|dự thảo|"
    r"tổng hợp|đăng ký|chuyển|chuẩn bị|có|chốt|rà soát|"
    r"báo cáo|đề xuất|bàn giao|chỉ tải|tải)"
)
_OBJECT = re.compile(rf"\b{_MAKES},? (?:lại |xong |đủ |đầy đủ )?(?P<paper>{_PAPERS}.*)")
_SUBJECT = re.compile(
    rf"(?:^|[.;,:] )(?P<paper>{_PAPERS}[^.;:]{{0,80}}?) (?:phải |cần |được )?(?:gửi|nộp|chốt|trình|ban hành xong|hoàn thành)\b"
)
_TOPIC = re.compile(rf"(?P<paper>{_PAPERS}[^.;:,]{{0,60}}): ")
_NOT_MADE = re.compile(r"(?:\bvề|\bngày|[\"“]|\bviệc|\btrong|\bkhi) $")
_END = re.compile(
    rf",(?! (?:nhiệm vụ|giám sát|giải pháp|chỉ tiêu))|[.;:(]|"
    rf"(?<!chương)(?<!quy)(?<!công)(?<!luân)(?<!điều)(?<!chu)\s(?:trình|chuyển)(?=[ .,;]|$)|\s(?:{_UNTIL}|gửi|nộp|"
    rf"cho(?! ý kiến)|sang|tới|trên|đã được trưởng|ban hành xong|lên|xong|từ|giữa|đối với"
    r"|về (?=[A-ZĐ])|báo cáo (?=[A-ZĐ])|và (?:gửi|nộp|báo cáo|trình|chuyển|tổ chức|bố trí|công bố))(?=[ .,;]|$)|$"
)
_LONGEST = 160


# An item of many deadlines asks of the same words again and again.
@lru_cache(maxsize=64)
def submit_to(text: str) -> str | None:
    """Give the addressee as printed, with "(qua …)"; None where nothing is handed in."""
    found = _address(_own(text))
    return found[1] if found else None


@lru_cache(maxsize=64)
def deliverable(text: str) -> str | None:
    """Give what is handed in, the shortest printed noun phrase; None where the result is a state of affairs."""
    own = _own(text)
    if own.lower().startswith("trong xây dựng"):
        return None
    found = _address(own)
    if found and _is_paper(found[0]):
        return found[0]
    topic = _TOPIC.match(own)
    return own[: topic.end("paper")] if topic and found else _subject(own) or _made(own)


def _own(text: str) -> str:
    """Give an item's own words, without those of the details below it."""
    return text.partition("\n")[0]


def _low(text: str) -> str:
    """Give a text with small letters at words' starts in capitals only, so that organs keep their capitals."""
    shouted = text.isupper()
    return text.lower() if shouted else re.sub(r"(?:^|(?<=[.;:] ))\w", lambda sign: sign.group().lower(), text)


def _is_paper(words: str) -> bool:
    """Tell whether words name a paper or data that can be handed in."""
    return bool(re.match(_PAPERS, words))


def _address(text: str) -> tuple[str, str] | None:
    """Give what is handed in, as far as it stands between verb and addressee, and the addressee."""
    low = _low(text)
    for found in _HAND.finditer(low):
        if not _NOUN_BEFORE.search(low[: found.start()]) and (address := _behind(text, low, found)):
            return address
    return None


def _behind(text: str, low: str, verb: re.Match[str]) -> tuple[str, str] | None:
    """Read one verb of handing in: its object, and the addressee, which begins with a capital or is a known place."""
    limit = min([place for place in (low.find(sign, verb.end()) for sign in ",;.") if place > 0] or [len(low)])
    for step in _STEP.finditer(low, verb.end(), limit):
        start = step.start("start") if step["known"] is None else step.start("known")
        at_once = step.start() == verb.end()
        capital = verb.group() not in _ONLY_PLACES and text[start].isupper() and not _is_paper(text[start:])
        if (capital or step["known"]) and (step["glue"] or at_once):
            return text[verb.end() : step.start()].strip(), _addressee(text, low, start)
    return None


def _addressee(text: str, low: str, start: int) -> str:
    """Give an addressee with the organ it is reached through, wherever that stands in the clause."""
    ending = _ADDRESS_END.search(low, start)
    end = ending.start() if ending else len(low)
    stop = low.find(";", end)
    through = _THROUGH.search(low, end, stop if stop > 0 else len(low))
    return f"{text[start:end].strip()} {text[slice(*through.span())]}" if through else text[start:end].strip()


def _subject(text: str) -> str | None:
    """Give the paper that is a clause's subject: "Hồ sơ gửi về …"."""
    found = _SUBJECT.search(_low(text))
    return text[slice(*found.span("paper"))].strip(" ,") if found else None


def _made(text: str) -> str | None:
    """Give the paper that is to be made: the object of a verb of making, but not inside a cited paper's title."""
    low = _low(text)
    for found in _OBJECT.finditer(low):
        start = found.start("paper")
        if _NOT_MADE.search(low[: found.start()]) or re.match(r"\S+ \S+ số \d", low[start:]):
            continue
        ending = _END.search(low, start + 3)
        words = text[start : min(ending.start() if ending else len(text), start + _LONGEST)].strip()
        return words.removesuffix(" và")
    return None
