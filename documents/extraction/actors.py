"""Who is told to act here? The unit, units or class of units at the head of a clause."""

import re
from dataclasses import dataclass, replace

from documents.extraction import letters, lists, verbs
from domain.readings import Audience, AudienceKind

_SPAN = re.compile(r"\S+")
_LEAD = re.compile(
    r"(?:(?:dong thoi|rieng|doi voi|giao cho|giao trach nhiem cho|giao|yeu cau|de nghi|phan cong|truoc mat|ngoai ra|"
    r"ben canh do|thong nhat giao|dong y giao|"
    r"tiep tuc giao|truc tiep|(?:ve )?(?:trach nhiem|nhiem vu)(?: cu the)? (?:cua|doi voi))[,:]? )+"
)
# "Đảng ủy yêu cầu Ủy ban nhân dân xã:" tells who asks before whom.
_ASKS = re.compile(r"(?<=[a-z] )(?:giao|yeu cau|de nghi|phan cong) (?=[^:]{3,120}:$)")
_FRONTED = re.compile(r"(?:sau|truoc|trong|tren co so|can cu|de|nham|tu|tai|dinh ky|hang|cham nhat|tu nay|den) [^;:]{3,160}?, ")
_TOPIC = re.compile(r"[^.;:]{3,110}: ")
_ROLE = re.compile(
    r"(?:(?:dong chi|ong|ba|d/c) )?(?:thu truong|nguoi dung dau|(?:pho )?(?:chu tich|giam doc|truong|chu nhiem|bi thu|"
    r"tong giam doc|vien truong|chanh)"
    r"(?: (?:thanh tra|van phong))?|lanh dao|cap uy)(?: (?:cac|cua|cap uy))? (?=\S)"
)
_NOUNS = (
    "co quan tham muu|co quan chuyen mon|tong cong ty|he thong|chi, dang bo|chi bo|dang bo|dang uy|cap uy(?! vien)|to chuc dang|"
    "to chuc|co quan|don vi|phong|ban|so|nganh|khoa|truong|tram|xa|phuong|huyen|thi xa|thi tran|"
    "tinh|thanh pho|quan|dac khu|dia phuong|doanh nghiep|chu dau tu|dong chi|doan the|xi nghiep|chi nhanh|to|doi|thon|"
    "ca nhan|hoi|cap|dang vien|"
    "thanh vien|tham phan|toa an nhan dan|toa an|hat kiem lam|cua hang|nha may|doanh nghiep|hiep hoi|huyen doan|"
    "trung tam|ubnd|uy ban nhan dan|cong ty|bo|giao vien|giang vien|can bo|cong chuc|vien chuc|nguoi lao dong|"
    "thu truong|truong phong|"
    "truong khoa|truong bo mon|truong ban|truong don vi|bi thu|chu tich|ban xay dung dang|nha thau|chu rung|"
    "ho kinh doanh|khu pho|to dan pho|luc luong|"
    "vien|benh vien|hop tac xa|dai|du an|bo phan|nhom|khoi|cum|ban quan ly|phan xuong|uy ban|mat tran|cong doan|"
    "toan dang bo|giam doc|hieu truong"
)
_CLASS = re.compile(
    rf"(?P<all>100 ?%(?: cac| so)? |toan the |toan bo |toan |tat ca (?:cac )?|moi )?"
    r"(?P<organ>(?:(?:chu tich |bi thu |truong |ban thuong vu |thuong truc )?(?:"
    r"ubnd|uy ban nhan dan|hdnd|dang uy|chi bo|dang bo|cong an|"
    r"ban chi huy quan su|mttq|ban thuong vu) )?)"
    rf"(?P<many>cac |nhung |mot so |hai |ba |bon |nam |ca hai |\d{{1,3}} )?(?P<noun>{_NOUNS})(?!\w)"
)
# Bare organs in a row, as every unit has them: "Đảng ủy, Chi bộ cơ sở, Ủy ban Kiểm tra Đảng ủy".
_ORGANS = re.compile(
    r"(?:dang uy|chi bo|dang bo|chi uy|uy ban kiem tra|cap uy)(?: (?:co so|dang uy|truc thuoc|cac cap))?"
    r"(?:(?:, | va )(?:dang uy|chi bo|dang bo|chi uy|uy ban kiem tra|cap uy)(?: (?:co so|dang uy|truc thuoc|cac cap))?)+"
)
# "Hội LHPN các xã", "Văn phòng các đảng ủy" are many.
_OF_MANY = re.compile(r" (?:cac|nhung) (?=[a-z])")
# "Chủ tịch UBND xã, phường nào …" names none.
_WHICHEVER = re.compile(r"(?:, [a-z ]{2,20}){0,4} nao\b")
_HEAD_OF = re.compile(
    r"(?:thu truong|nguoi dung dau|lanh dao|chu tich|giam doc|bi thu|"
    r"(?:dieu duong |hieu |to |doi |ke toan |chi huy )?truong) (?=cac |cap |ubnd )"
)
# "Đoàn các phường, xã", "các Điện lực": many of anything but of things that are done, written or counted.
_OPEN_CLASS = re.compile(
    r"(?:(?:doan|hoi|ldld|lien doan lao dong|cong doan|dang bo|dang uy|chi bo|ban thuong vu|truong|to truong|chi nhanh|"
    r"tram y te|cong an|mat tran to quoc|van phong) )?(?:cac|nhung) "
    r"(?!noi dung|nhiem vu|khoan|van ban|ho so|chi tieu|giai phap|cong viec|viec|van de|hoat dong|ke hoach|bao cao|kien nghi|"
    r"so lieu|du an|truong hop|dien bien|loai|muc|thoi han|y kien|cong trinh|tai lieu|san pham|buoc|quy dinh|chinh sach|"
    r"tieu chi|mat|linh vuc|phong trao|thu tuc|goi thau|han che|ton tai|thong tin|bien phap|nguon|quy che|nghi quyet|"
    r"phuong an|dieu kien|nhu cau|vuong mac|kho khan|hang muc|che do|danh muc|to chuc thuc hien|bo phan cau thanh)[a-z]"
)
# "Tổ chức đảng ở đơn vị có dự án …", "đảng viên là …", "chi bộ nào …": one is named for all that the words fit.
_DESCRIBED = re.compile(r"(?:, [a-z ]{3,20}?)?(?:(?: \w+){0,2} nao\b| (?:o|co|la|bi|de|thuoc|duoc|chua) )")
_NOT_A_CLASS = re.compile(
    r"(?:to chuc (?!dang\b)(?:thuc hien|trien khai|kiem diem|\w+ \w+ )|"
    r"cap (?:nhat|phat|kinh phi|cho)|ban (?:hanh|giao)|truong hop|"
    r"so lieu|so ket|bo (?:tri|sung|may)|to trinh)"
)
_RELATIVE = re.compile(r"(?:duoc|da|co|chua|dang|bi|do|khong|qua)(?: |$)")
_STRICT = re.compile(r"(?:phai|can|co trach nhiem|thi|chu dong|nghiem tuc|khan truong|tap trung|tiep tuc|tu)(?: |$)")
_RESTRICTS = re.compile(r"\b(?:da|chua|con lai|khac|co(?! so\b)|duoc|nao|tru|nam|duoi|tren|thuoc dien|lien quan)\b")
_EVERYONE = re.compile(
    r"(?:100 ?%|toan |tat ca |moi |cac cap uy\b|nguoi dung dau cap uy|cac cap, |(?:cac |100% )?[^;]{0,60}\btruc thuoc\b)"
)


@dataclass(frozen=True)
class Actor:
    """Who is told to act: the audience without its resolution, its place in the clause, whether it is ordered, and the rule."""

    audience: Audience
    start: int
    end: int
    ordered: bool
    rule: str


def leading(text: str, *, until: int | None = None) -> Actor | None:
    """Give the actor at the head of a clause: behind "giao", behind a fronted time or a topic; None where none is named.

    ``until`` is the place of the clause's deadline, which no actor reaches over.
    """
    folded = letters.fold(text)
    for place in _places(text, folded):
        lead = _LEAD.match(folded, place)
        start = lead.end() if lead else place
        if actor := _at(text, folded, start, until if until is not None and until > start else len(text)):
            return replace(actor, ordered=bool(lead))
    return None


def _places(text: str, folded: str) -> list[int]:
    """Give the places where an actor may stand, the clause's start first."""
    places = [0]
    if folded.endswith(":") and (asked := _ASKS.search(folded)):
        places.append(asked.start())
    lead = _LEAD.match(folded)
    base = lead.end() if lead else 0
    if fronted := _FRONTED.match(folded, base):
        places.append(fronted.end())
    if topic := _TOPIC.match(folded):
        places.append(topic.end())
    # Spelled out, since folded "thì" and "thị" are one.
    if (so := text.find(" thì ", 0, 200)) >= 0:
        places.insert(0, so + len(" thì "))
    return places


def _at(text: str, folded: str, start: int, until: int) -> Actor | None:
    """Give the actor that begins at a place."""
    if organs := _ORGANS.match(folded, start):
        return _actor(Audience(AudienceKind.GROUP), text, (start, organs.end()), "organs in a row")
    role = None if text[start:].lower().startswith("trường") else _ROLE.match(folded, start)
    named = lists.names_at(text, start) or (lists.names_at(text, role.end()) if role else None)
    if named:
        return _named(text, folded, start, named, until)
    return _class(text, folded, start, until)


def _actor(audience: Audience, text: str, place: tuple[int, int], rule: str) -> Actor:
    """Make an actor of a place."""
    return Actor(replace(audience, phrase=text[slice(*place)].strip(" ,:;")), *place, ordered=False, rule=rule)


def _named(text: str, folded: str, start: int, named: lists.Listed, until: int) -> Actor | None:
    """Give an actor of named units, with the class that may follow them ("và các xã ven biển khác")."""
    end = named.end
    if len(named.units) == 1 and (many := _OF_MANY.match(folded, end)):
        return _actor(Audience(AudienceKind.GROUP), text, (start, _class_end(text, folded, many.end(), until)), "class of units")
    if whichever := _WHICHEVER.match(folded, end):
        return _actor(Audience(AudienceKind.GROUP), text, (start, whichever.end()), "class of units")
    further = re.compile(r",? va (?=cac |nhung )").match(folded, end)
    if further and (others := _class(text, folded, further.end(), until)):
        return _actor(Audience(AudienceKind.GROUP, named.units), text, (start, others.end), "units by name, and a class")
    return _actor(Audience(AudienceKind.NAMED, named.units), text, (start, end), "units by name")


def _class(text: str, folded: str, start: int, until: int) -> Actor | None:
    """Give an actor that is a class of units."""
    role = _HEAD_OF.match(folded, start)
    begins = role.end() if role else start
    found = _CLASS.match(folded, begins)
    if found and not _NOT_A_CLASS.match(folded, start) and _is_class(folded, found, has_role=bool(role)):
        named = found.end()
    elif opened := _OPEN_CLASS.match(folded, begins):
        named = opened.end()
    else:
        return None
    end = _class_end(text, folded, named, until)
    aside = folded.find(" (", start, end)
    kept = folded.startswith(" (tru", aside) or folded.endswith(("chu thich", "chu thich so"), start, aside)
    end = aside if aside > 0 and not kept else end
    phrase = folded[start:end].strip(" ,:;")
    kind = AudienceKind.ALL if _is_everyone(phrase) and " đang " not in text[start:end] else AudienceKind.GROUP
    return _actor(Audience(kind), text, (start, end), "class of units")


def _is_class(folded: str, found: re.Match[str], *, has_role: bool) -> bool:
    """Tell whether a noun stands for a class: with a word for many, as "cap uy", as "nào", as a person's role."""
    if found["all"] or found["many"] or has_role:
        return True
    tail = folded[found.end() : found.end() + 25]
    return bool(_DESCRIBED.match(tail)) or found["noun"] in {
        "cap uy",
        "giao vien",
        "giang vien",
        "truong bo mon",
        "truong phong",
        "truong khoa",
        "nguoi lao dong",
    }


def _is_everyone(phrase: str) -> bool:
    """Tell whether a phrase means every subordinate addressee."""
    return bool(_EVERYONE.match(phrase)) and not (_RESTRICTS.search(phrase) and not phrase.startswith(("100", "toan", "tat ca")))


def _class_end(text: str, folded: str, start: int, until: int) -> int:
    """Give the place where a class's description ends: before its verb, a colon or a full stop."""
    place, swallowed, behind_relative = start, False, False
    for word in _SPAN.finditer(folded, start, until):
        if word.start() < place:
            continue
        if (
            folded[word.start() - 1 : word.start()] == " "
            and _STRICT.match(folded, word.start())
            and text[word.start()] not in "từ"
        ):
            return word.start()
        end = _verb_end(text, folded, word.start())
        if end is not None and not behind_relative and not swallowed:
            return word.start()
        if end is not None and folded[end : end + 1] in {":", ".", ";"}:
            return end
        place, swallowed = end or word.start(), end is not None
        behind_relative = end is None and bool(_RELATIVE.match(folded, word.start()))
        if word.group()[-1] in ":.;":
            return word.end() - 1
    return until


def _verb_end(text: str, folded: str, place: int) -> int | None:
    """Give the end of the verb at a place; one short word must be written as a verb, folded it may be a noun."""
    end = verbs.at(folded, place)
    if end is None or " " in folded[place:end]:
        return end
    noun = _SCHOOL.search(folded[:place]) or folded.startswith("truc thuoc", place)
    return end if text[place:end].lower() in _SHORT and not noun else None


_SCHOOL = re.compile(r"(?:tieu|trung|dai|khoa|mam) $")
_SHORT = frozenset(
    letters.alternatives(
        "gửi|nộp|trình|lập|ký|thu|mở|sửa|cắm|trao|cấp|cử|giao|họp|mua|xếp|học|tự|trả|nhận|chốt|dừng|lấy|báo|làm|đặt|đưa|"
        "giữ|tuyển|xét|đăng|phải|cần|lùi|chuyển|khóa|khoá|tải|trực|gắn|tăng|giảm"
    )
)
