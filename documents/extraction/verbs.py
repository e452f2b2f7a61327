"""Does an order begin here? The verbs of directives, and the words that may stand before them."""

import re

from documents.extraction import letters

# Folded; one line a field of work. A verb that ends a unit's name or begins an order must stand here.
_VERBS = letters.alternatives(
    "thuc hien|trien khai|to chuc|xay dung|ban hanh|hoan thanh|hoan thien|hoan chinh|hoan tat|tap trung|tang cuong|"
    "day manh|day nhanh|tiep tuc|bao cao|gui|nop|trinh|chuyen|cung cap|ban giao|tra|tra loi|phuc dap|giai trinh|"
    "cong bo|cong khai|niem yet|thong bao|dang tai|dang ky|dang|ra soat|kiem tra|giam sat|thanh tra|kiem ke|"
    "kiem diem|kiem soat|doi chieu|doi soat|danh gia|xep loai|so ket|tong ket|thong ke|khao sat|don doc|theo doi|"
    "tong hop|tham muu|de xuat|kien nghi|chu tri|phoi hop|lam dau moi|huong dan|chi dao|lanh dao|quan triet|pho bien|"
    "tuyen truyen|cap nhat|bo tri|chuan bi|du thao|soan thao|lap|nang cao|doi moi|bao dam|dam bao|khac phuc|xu ly|"
    "giai quyet|thao go|go|phan cong|kien toan|cung co|sua doi|bo sung|chinh sua|chinh ly|dieu chinh|tiep thu|"
    "rut kinh nghiem|phat huy|quan tam|chu trong|chu dong|phan dau|chiu trach nhiem|tham dinh|ky|ky ket|thu hoi|thu|"
    "cuong che|giai phong|di doi|chi tra|thanh toan|quyet toan|giai ngan|phan bo|trao|cap|cu|gioi thieu|thanh lap|"
    "sap xep|bien che|luan chuyen|dieu dong|thanh ly|mua|mua sam|sua|sua chua|cam|mo|mo rong|lam|dung|dinh chi|"
    "cham dut|tam dung|gia han|lui|keo dai|rut ngan|tiet kiem|chap hanh|tuan thu|duy tri|giu|giu nguyen|giu vung|"
    "xac dinh|lua chon|nhan|tiep nhan|xet|xet tuyen|tuyen|tuyen dung|xep|hop|lam viec|doi thoai|tiep|van dong|"
    "keu goi|ho tro|giup do|tham gia|tham du|phat dong|chot|ung dung|so hoa|quan ly|su dung|van hanh|bao ve|phong|"
    "chong|dau tu|khoi cong|thi cong|nghiem thu|hop dong|dao tao|boi duong|tap huan|hoc|hoc tap|dien tap|truc|"
    "lay y kien|lay|xin y kien|cho y kien|khan truong|nghiem tuc|kip thoi|thuong xuyen|dinh ky|chap thuan|tu|"
    "kien quyet|quyet liet|tich cuc|nhanh chong|som|uu tien|khuyen khich|can cu|dua|dat|day|giao|khoa|khoa so|"
    "ke khai|luu y|nghien cuu|phat trien|phe duyet|quyet dinh|ra quan|tai|tim|tich hop|tinh|toi uu|trang bi|trong|"
    "ve sinh|vao cuoc|xoa|yeu cau|de nghi|nhac nho|bam sat|cu the hoa|gan|dam nhan|ky ten|thiet lap|thuc day|han che|"
    "khong de|khong|phai|can|co trach nhiem|co ke hoach|co bao cao|co van ban|co y kien|co phuong an|chi tai|chi|"
    "cong tac|tu ra soat|tu kiem tra|tu danh gia|phu trach|thay mat|uy quyen|giam|tang|bat dau|ket thuc|trien|"
    "lap danh sach|ke hoach hoa|nhan do dau|do dau|cung nhau|xem xet|thao luan|thong nhat|hoan tra|dinh danh|"
    "ung truc|dinh huong|nam chac|nam tinh hinh|nam bat|tham tra|tra soat|doi soat|thi diem|to chuc lai|thu noi bo|"
    "bien soan|tu sua|tu bo|"
    "binh xet|thau nop|truy nop|giai toa|"
    "kien nghi|niem phong|"
    "thu nop|mang|deo|"
    "lam ro|lam tot|lam thu tuc|nop bu|quan sat|chap nhan|di thuc te|den tung|ra"
)
VERBS = frozenset(_VERBS)
_LONGEST = max(verb.count(" ") for verb in VERBS) + 1
_WORD = re.compile(r"[^\W_]+")
# Verbs that also stand inside names and noun phrases: they end no name and begin no order on their own there.
_LOOSE = frozenset(
    letters.alternatives(
        "khong|chi|thu|tra|cap|cu|phong|chong|can|tu|trong|tai|tinh|dat|ra|dua|gan|dang|day|giam|tang|ky|truc|mo|cam|xet|"
        "khoa|tiep|som"
    )
)
_MODAL = re.compile(
    r"(?:phai|can|co trach nhiem|khong duoc|tuyet doi|nghiem tuc|khan truong|tiep tuc|chu dong|kip thoi|som|tu)\b"
)


def at(folded: str, place: int) -> int | None:
    """Give the end of the verb that begins at the place of a folded text; None where none does."""
    ends: list[int] = []
    while len(ends) < _LONGEST and (word := _WORD.match(folded, place if not ends else ends[-1] + 1)):
        if ends and folded[ends[-1]] != " ":
            break
        ends.append(word.end())
    return next((end for end in reversed(ends) if folded[place:end] in VERBS), None)


def ends_a_name(folded: str, place: int) -> bool:
    """Tell whether a verb of two words or more at the place shows that the name before it has ended."""
    end = at(folded, place)
    return end is not None and " " in folded[place:end]


def begins_an_order(folded: str, place: int = 0) -> bool:
    """Tell whether an order begins at the place, with a verb or a word that only stands before one."""
    end = at(folded, place)
    return (
        bool(_MODAL.match(folded, place)) or (end is not None and folded[place:end] not in _LOOSE) or _loose(folded, place, end)
    )


def _loose(folded: str, place: int, end: int | None) -> bool:
    """Tell whether a verb of one short word has an object behind it."""
    return (
        end is not None
        and folded[place:end] in _LOOSE - {"trong", "tai", "tinh", "ra", "chi"}
        and end < len(folded)
        and folded[end] == " "
    )
