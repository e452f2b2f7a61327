"""Which unit is named here? The heads of units' names, and how far a name goes."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from documents.extraction import letters, verbs

# Spelled out, since folded some of them are other words ("Đội" and "Đối", "Trường" and "Trưởng"). Longest first.
_HEADS = letters.alternatives(
    "Ủy ban Mặt trận Tổ quốc Việt Nam|Ủy ban Mặt trận Tổ quốc|Ủy ban MTTQ Việt Nam|Ủy ban MTTQ|UBMTTQ|MTTQ|"
    "Mặt trận Tổ quốc|Ban Công tác Mặt trận|Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Ủy ban Kiểm tra|UBKT|Đảng ủy|"
    "Đảng bộ|Chi bộ|Chi ủy|Văn phòng|VP|Thanh tra|Công an|Bộ Chỉ huy Quân sự|Ban Chỉ huy Quân sự|Bộ Chỉ huy|"
    "Ban Chỉ huy|Bộ đội Biên phòng|Đồn Biên phòng|Đồn|Viện Kiểm sát nhân dân|Viện kiểm sát|Tòa án nhân dân|Tòa án|"
    "Kho bạc Nhà nước|Bảo hiểm xã hội|Ngân hàng|Tổng công ty|Công ty|Tập đoàn|Xí nghiệp|Nhà máy|Chi nhánh|Hợp tác xã|"
    "Ban Quản lý|Ban Chỉ đạo|Ban|Phòng|Khoa|Trung tâm|Trường|Học viện|Viện|Bệnh viện|Trạm|Chi cục|Tổng cục|Cục|Vụ|"
    "Hạt Kiểm lâm|Hạt|Đội|Tổ|Hội Liên hiệp|Hội|Liên đoàn Lao động|Liên đoàn|Liên minh|Liên hiệp|Đoàn Thanh niên|Đoàn|"
    "Công đoàn|Bưu điện|Điện lực|Đài|Báo|Quỹ|Cảng|Thư viện|Bảo tàng|Nhà hát|Nhà văn hóa|Sở|Bộ|Thị xã|Thị trấn|"
    "Thành phố|Huyện|Quận|Phường|Xã|Đặc khu|Thôn|Khu phố|Tổ dân phố|Tiểu đoàn|Nông trường|Lâm trường|Bến xe|"
    "Vườn quốc gia|Ngành|Phân xưởng|Bộ phận|Bộ môn|Cơ quan Thường trực"
)
LEVELS = letters.alternatives("tinh|thanh pho|quan|huyen|thi xa|thi tran|xa|phuong|dac khu|thon|khu pho|to dan pho|cap xa")
_LEVEL = re.compile(rf"(?:{'|'.join(LEVELS)}|trung uong|khu vuc|co so|cap xa|cap tinh)(?!\w)")
# Organs that lead: they issue, and are given nothing to do.
LEADING = re.compile(
    r"(?:ban thuong vu|ban chap hanh|ban bi thu|bo chinh tri|ban giam|ban can su|ban lanh dao|thuong truc|"
    r"hoi dong nhan dan tinh|bao cao|hoi nghi|"
    r"to trinh|truong ban|truong hop|xa hoi|vu quy|vu viec|bao gom|ban tin|bo may|so lieu|so sach|truong khoa|"
    r"doan cong tac|ban hanh|quoc hoi|chinh phu|trung uong|to chuc|phong chong|doi voi|doi moi|doan the|doan vien|hoi vien)(?!\w)"
)
# Names' parts that would be cut at a verb or a little word.
_FIELDS = re.compile(
    r"(?:ngoai giao|ngoai vu|nguoi co cong|dieu duong nguoi co cong|quan ly du an dau tu xay dung"
    r"(?: cac cong trinh(?! \d)(?: [a-z]+){1,6})?|quan ly du an|"
    r"to chuc can bo|to chuc|phat trien quy dat|phuc vu hanh chinh cong|kiem soat|kiem tra|thanh tra|quan ly|dau tu|"
    r"dao tao|xay dung|tiep cong dan|"
    r"bao dam chat luong|khao thi va bao dam chat luong|thi hanh an dan su|xuc tien|ho tro|bao ve|phong chong|cong tac|"
    r"hop tac|dang kiem|ke hoach|"
    r"tai chinh|cap thoat nuoc|cap cuu|truyen thong|xo so kien thiet|giam dinh|tro giup|phap che|ung dung|chuyen doi so|"
    r"giai phong mat bang|"
    r"phong, chong|dich vu viec lam|trinh dien|ky thuat|khoa hoc|giao duc|thu y|thuong truc|trung tam)(?!\w)"
)
# Words of names that begin as a verb or a little word does.
_NOUNS = re.compile(
    r"(?:giao thong(?: van tai)?|cong trinh|chuong trinh|hanh trinh|giao duc|giao dich|bao hiem|bao chi|bao ton|thong tin|"
    r"thong ke|lam san|lam nghiep|cap nuoc|thu phi|mua ban|tra cuu|tap the|"
    r"xet nghiem|dat dai|khoa hoc|mo dia chat|bao cao vien|tai san|tang cuong luc luong|dau tu xay dung|kinh te|ky thuat|"
    r"trinh do)(?!\w)"
)
# Spelled out, since folded many are parts of names ("do" and "đô thị", "co" and "cơ giới").
_STOPS = frozenset(
    letters.alternatives(
        "của|tại|trước|sau|chậm|theo|đã|chưa|phải|cần|có|được|là|trong|để|cùng|phối|ngày|nơi|ở|cho|với|về|vì|nào|đến|tới|"
        "từ|mới|còn|sẽ|đang|do|thì|khi|như|hoặc|bị|không|này|trên|nếu|gồm|thuộc|các|những|qua|và|vào|lúc|định|hàng|hằng|"
        "hạn|muộn|trực|chỉ|sớm|ngoài|đối|vượt|từng|thừa|xin|toàn|đúng|nêu|nói|đó|gửi|nộp|trình|lập|ký|thu|mở|sửa|cắm|"
        "trao|cấp|cử|giao|họp|mua|xếp|tự|trả|nhận|chốt|dừng|lấy|báo|làm|đặt|đưa|giữ|tuyển|xét|khóa|khoá|đăng|hoàn|chuyển|"
        "đôn|tăng|tập|tiếp|rà|tham|cụ|chủ|khẩn|nghiêm|bảo|đảm|khắc|biết|thông|bàn"
    )
)
_FOLDED_STOPS = frozenset({"truoc", "cham", "ngay", "duoc"})
_STANDALONE = frozenset({"van phong", "thanh tra", "ban cong tac mat tran", "cong doan", "doan thanh nien"})
_NUMBERED = frozenset({"to", "doi", "khu pho", "thon", "to dan pho", "tram", "phuong", "quan", "tieu doan", "ban", "xi nghiep"})
_UNNAMED = re.compile(
    r"(?:(?:dang bo|chi bo|dang uy|chi uy|ban|phong|van phong) )?(?:co so|thon|khu pho|to dan pho|khu vuc|truc thuoc|"
    r"cap xa|khoi)(?: .*)?"
)
_LOWER_HEADS = frozenset({"xa", "phuong", "thi tran", "dac khu", "huyen", "thon", "thi xa", "bo phan"})
_LISTED = frozenset({"so", "bo", "phong", "ban", "khoa", "trung tam"})
_WORD = re.compile(r"[^\s,.;:()\"“”]+")
_COMMA = re.compile(r", (?=(?:[^\s,.;:()]+ ){0,4}?va (?P<last>\w))")
_MOST_WORDS = 22
# Words that make another word of a head; in capitals, or in a title, nothing else tells them apart.
_COMPOUNDS = frozenset(
    tuple(pair.split())
    for pair in (
        "nhiem vu",
        "dich vu",
        "nghiep vu",
        "chuc vu",
        "can bo",
        "noi bo",
        "toan bo",
        "co so",
        "tru so",
        "xa hoi",
        "dai hoi",
        "quoc hoi",
        "le hoi",
        "tap doan",
        "van ban",
        "co ban",
        "dia ban",
        "van phong",
        "quoc phong",
        "moi truong",
        "thi truong",
        "chu truong",
        "hien truong",
        "tang truong",
        "phong trao",
        "thong bao",
        "canh bao",
        "tien bo",
        "tong cuc",
        "tinh doan",
        "huyen doan",
        "cong doan",
        "phe to",
        "toa doan",
    )
)


@dataclass(frozen=True)
class Name:
    """A unit's name in a text: its place, its words, and the folded head it begins with."""

    start: int
    end: int
    words: str
    head: str


@lru_cache(maxsize=2048)
def _spelling(words: str) -> tuple[str, tuple[str, ...]]:
    """Give what old and new placing of tone marks have in common: the letters, and the marks wherever they stand."""
    signs = unicodedata.normalize("NFD", words.lower().replace("đ", "d\u0335"))
    return "".join(s for s in signs if not unicodedata.combining(s)), tuple(sorted(s for s in signs if unicodedata.combining(s)))


_BY_FOLD = {letters.fold(head): _spelling(head) for head in _HEADS}
_HEAD = re.compile(rf"(?<![\w])(?:{'|'.join(sorted((re.escape(head) for head in _BY_FOLD), key=len, reverse=True))})(?!\w)")


def at(text: str, place: int) -> Name | None:
    """Give the unit's name that begins at the place; None where none does."""
    folded = letters.fold(text)
    found = _HEAD.match(folded, place)
    if not found or LEADING.match(folded, place) or not _is_head(text, found):
        return None
    end = _end(text, folded, found)
    words = text[place:end].strip(" -")
    if not words or _UNNAMED.fullmatch(letters.fold(words)) or not _is_named(text, folded, found, place + len(words)):
        return None
    return Name(place, place + len(words), words, found.group())


def all_in(text: str) -> tuple[Name, ...]:
    """Give every unit's name in a text, from left to right and never one inside another."""
    folded = letters.fold(text)
    found: list[Name] = []
    place = 0
    while head := _HEAD.search(folded, place):
        name = at(text, head.start())
        place = name.end if name else head.start() + 1
        if name:
            found.append(name)
    return tuple(found)


def begins(text: str, place: int) -> bool:
    """Tell whether the head of a name stands at the place."""
    found = _HEAD.match(letters.fold(text), place)
    return bool(found) and _is_head(text, found)  # type: ignore[arg-type]  # bool() has told that it is a match


def _is_head(text: str, found: re.Match[str]) -> bool:
    """Tell whether the words are spelled as a head is, with a capital where it has one."""
    words = text[found.start() : found.end()]
    before = letters.fold(text[max(0, found.start() - 7) : found.start()]).split()
    if before and (before[-1], found.group()) in _COMPOUNDS:
        return False
    spelled = _spelling(words) == _BY_FOLD[found.group()]
    return spelled and (words[0].isupper() or found.group() in _LOWER_HEADS)


def _is_named(text: str, folded: str, head: re.Match[str], end: int) -> bool:
    """Tell whether the head is followed by what makes it one unit: a capital, a numeral, or a level."""
    rest = text[head.end() : end]
    if head.group() in _STANDALONE:
        return True
    capital = any(word[0].isupper() or word[0].isdigit() for word in rest.split())
    if head.group() in {"so", "bo"}:
        return rest.strip()[:1].isupper()
    if head.group() in _LOWER_HEADS - {"bo phan"}:
        return letters.is_capital(rest.strip(), 0)
    return capital or bool(_LEVEL.search(folded, head.end(), end)) or (head.group() == "bo phan" and bool(rest.strip()))


def _end(text: str, folded: str, head: re.Match[str]) -> int:
    """Give the place where a name ends: before a verb, a little word or a mark of punctuation."""
    return rest(text, head.end(), head.group(), folded=folded)


def rest(text: str, start: int, head: str, *, folded: str | None = None) -> int:
    """Give the end of the words that go on with a name of the given head from a place."""
    folded = letters.fold(text) if folded is None else folded
    end = start
    for _ in range(_MOST_WORDS):
        further = _further(text, folded, end, _Head(head, start))
        if further is None:
            break
        end = further
    return end


@dataclass(frozen=True)
class _Head:
    """The folded head of a name, and where the words behind it start."""

    words: str
    end: int


def _further(text: str, folded: str, end: int, head: _Head) -> int | None:
    """Give the end of the name with one more word, None where it has ended."""
    if head.words in _LISTED and (comma := _COMMA.match(folded, end)) and _is_part(text, comma):
        end = comma.end() - 1
    if end >= len(folded) or folded[end] != " ":
        return None
    word = _WORD.match(folded, end + 1)
    if not word:
        return None
    if word.group() in {"-", "va"}:
        return _joined(text, folded, word)
    if word.group().isdigit() or text[word.start() : word.end()].lower() == "số":
        return _numbered(folded, word, head)
    if text[word.start()].isupper() and not letters.is_shouted(text):
        field = _FIELDS.match(folded, word.start())
        return field.end() if field else word.end()
    return _low(text, folded, word, head)


def _numbered(folded: str, word: re.Match[str], head: _Head) -> int | None:
    """Take a numeral into a name: behind "số", or behind the head of units that are numbered."""
    if not word.group().isdigit():
        return word.end() if folded[word.end() : word.end() + 2].strip().isdigit() else None
    follows_head = word.start() == head.end + 1 and head.words in _NUMBERED
    return word.end() if follows_head or folded[: word.start()].endswith(" so ") else None


def _low(text: str, folded: str, word: re.Match[str], head: _Head) -> int | None:
    """Take a small word into a name: a level, a word of a known field, or one that is no verb and no little word."""
    spelled = text[word.start() : word.end()].lower()
    if level := _LEVEL.match(folded, word.start()):
        return level.end()
    if head.words == "bo phan" and spelled == "của":
        return word.end()
    if field := _NOUNS.match(folded, word.start()):
        return field.end()
    if letters.is_shouted(text) and word.start() == head.end + 1 and (field := _FIELDS.match(folded, word.start())):
        return field.end()
    if spelled in _STOPS or word.group() in _FOLDED_STOPS or verbs.ends_a_name(folded, word.start()):
        return None
    return word.end()


def _joined(text: str, folded: str, joint: re.Match[str]) -> int | None:
    """Take "và" or a hyphen into a name where a further part of it follows, and no other unit."""
    after = _WORD.match(folded, joint.end() + 1)
    if not after or not text[after.start()].isupper() or (joint.group() == "va" and _HEAD.match(folded, after.start())):
        return None
    return joint.end()


def _is_part(text: str, comma: re.Match[str]) -> bool:
    """Tell whether a comma parts two fields of one organ ("Văn hóa, Thể thao và Du lịch")."""
    return (
        letters.is_capital(text, comma.end()) and letters.is_capital(text, comma.start("last")) and not begins(text, comma.end())
    )
