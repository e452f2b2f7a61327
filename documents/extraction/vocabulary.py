"""Which words make the names of units? Heads that begin a name, words that go on with one, and words that end it."""

import re

from documents.extraction import letters

# Spelled out, since folded some of them are other words ("Đội" and "Đối", "Trường" and "Trưởng"). Longest first.
HEADS = letters.alternatives(
    "Đoàn trường|Công đoàn trường|Liên đội|"
    "Ban Cán sự đảng|Đảng đoàn|Thuế cơ sở|Thuế tỉnh|Thuế thành phố|Ban Quản lý dự án|Công đoàn các khu công nghiệp|"
    "Công đoàn các khu kinh tế|Ban Quản lý các khu công nghiệp|Ban Quản lý các khu kinh tế|"
    "Viễn thông|Báo và Phát thanh, Truyền hình|Báo và Phát thanh truyền hình|Đài Phát thanh và Truyền hình|"
    "Đài Phát thanh - Truyền hình|Liên hiệp các hội|Liên hiệp các tổ chức|Ban Giám đốc|"
    "Ủy ban Mặt trận Tổ quốc Việt Nam|Ủy ban Mặt trận Tổ quốc|Ủy ban MTTQ Việt Nam|Ủy ban MTTQ|UBMTTQ|MTTQ|"
    "Mặt trận Tổ quốc|Ban Công tác Mặt trận|Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Ủy ban Kiểm tra|UBKT|Đảng ủy|"
    "Đảng bộ|Chi bộ|Chi ủy|Văn phòng|VP|Thanh tra|Công an|Bộ Chỉ huy Quân sự|Ban Chỉ huy Quân sự|Bộ Chỉ huy|"
    "Ban Chỉ huy|Bộ đội Biên phòng|Đồn Biên phòng|Đồn|Viện Kiểm sát nhân dân|Viện kiểm sát|Tòa án nhân dân|Tòa án|"
    "Kho bạc Nhà nước|Bảo hiểm xã hội|Ngân hàng|Tổng công ty|Công ty|Tập đoàn|Xí nghiệp|Nhà máy|Chi nhánh|Hợp tác xã|"
    "Ban Quản lý|Ban Chỉ đạo|Ban|Phòng|Khoa|Trung tâm|Trường|Học viện|Viện|Bệnh viện|Trạm|Chi cục|Tổng cục|Cục|Vụ|"
    "Hạt Kiểm lâm|Hạt|Đội|Tổ|Hội Liên hiệp|Hội|Liên đoàn Lao động|Liên đoàn|Liên minh|Liên hiệp|Đoàn Thanh niên|Đoàn|"
    "Công đoàn|Bưu điện|Điện lực|Đài|Báo|Quỹ|Cảng|Thư viện|Bảo tàng|Nhà hát|Nhà văn hóa|Sở|Bộ|Thị xã|Thị trấn|"
    "Thành phố|Huyện|Quận|Phường|Xã|Đặc khu|Thôn|Khu phố|Tổ dân phố|Tiểu đoàn|Nông trường|Lâm trường|Bến xe|"
    "Vườn quốc gia|Ngành|Phân xưởng|Bộ phận|Bộ môn|Cơ quan Thường trực|Tòa|Cụm thi đua|Cụm|"
    "CĐCS|Công đoàn cơ sở|Tổ giúp việc|Tổ công tác|Tổ cơ động|Liên hiệp hợp tác xã|Cửa hàng|Huyện đoàn|Tỉnh đoàn|Thành đoàn|"
    "Thị đoàn|Quận đoàn|Xã đoàn|Huyện ủy|Thành ủy|Thị ủy|Quận ủy|Cục Thi hành án dân sự|"
    "Thi hành án dân sự|Cục Thống kê|Hiệp hội|Khối thi đua|Trung đoàn|Sư đoàn|Ủy ban|Hội đồng|LĐLĐ|Quân y|Nhà khách|Kho|"
    "Văn phòng HĐND và UBND|Văn phòng Đoàn đại biểu Quốc hội và HĐND|Nông lâm trường|Làng|Buôn|Bản|Ấp|Khóm|Cộng đồng"
)
# The levels of government that end a name ("Công an tỉnh"), as they are spelled, since folded "quận" and "quan" are one.
_LEVELS = letters.alternatives(
    "tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu|thôn|khu phố|tổ dân phố|bản|ấp|khóm|buôn|trung ương|"
    "khu vực|cơ sở|cấp xã|cấp tỉnh|cấp huyện"
)
LEVEL = re.compile(rf"(?:{'|'.join(map(letters.fold, _LEVELS))})(?!\w)")
LEVEL_SPELLED = re.compile(rf"(?:{'|'.join(_LEVELS)})(?!\w)", re.IGNORECASE)
# Organs that lead: they issue, and are given nothing to do.
LEADING = re.compile(
    r"(?:ban thuong vu|ban chap hanh|ban bi thu|bo chinh tri|ban do|ban tin|ban an|ban sac|ban lanh dao|thuong truc|"
    r"hoi dong nhan dan tinh|bao cao|hoi nghi|"
    r"to trinh|truong ban|truong hop|xa hoi|vu quy|vu viec|bao gom|ban tin|bo may|so lieu|so sach|truong khoa|"
    r"doan cong tac|ban hanh|quoc hoi|chinh phu|trung uong|to chuc|phong chong|doi voi|doi moi|doan the|doan vien|hoi vien)(?!\w)"
)
# What organs are for, as their names say it; taken whole behind a head, where a part of it would be cut as a verb.
_FIELDS = letters.alternatives(
    # departments of provinces and districts, with the names they had
    "ngoai giao|ngoai vu|noi vu|tu phap|tai chinh|ke hoach va dau tu|ke hoach|cong thuong|giao thong van tai|giao thong|"
    "nong nghiep va moi truong|nong nghiep va phat trien nong thon|tai nguyen va moi truong|thong tin va truyen thong|"
    "khoa hoc va cong nghe|giao duc va dao tao|van hoa, the thao va du lich|van hoa va the thao|van hoa, khoa hoc va thong tin|"
    "van hoa va thong tin|lao dong - thuong binh va xa hoi|dan toc va ton giao|dan toc|kinh te, ha tang va do thi|"
    "kinh te va ha tang|kinh te - ha tang|van hoa - xa hoi|tai chinh - ke hoach|quan ly do thi|y te|xay dung|thanh tra|"
    # offices within an organ
    "ke hoach tong hop|ke hoach - tong hop|ke hoach - tai chinh|ke hoach - vat tu|tai chinh - ke toan|tai chinh ke toan|"
    "to chuc can bo|to chuc - can bo|to chuc - hanh chinh|to chuc hanh chinh|to chuc - thi dua|to chuc|hanh chinh - tong hop|"
    "hanh chinh tong hop|hanh chinh - quan tri|hanh chinh quan tri|tong hop|quan tri - tai vu|cong nghe thong tin|"
    "quan ly chat luong|quan ly khoa hoc|quan ly dao tao|quan ly du an dau tu xay dung|quan ly du an|quan ly|kiem soat noi bo|"
    "kiem tra nghiep vu|kiem tra - giam sat|kiem tra|kiem soat|thi dua - khen thuong|thi dua khen thuong|cong tac sinh vien|"
    "cong tac hoc sinh - sinh vien|cong tac xa hoi|cong tac|dao tao|khao thi va bao dam chat luong|bao dam chat luong|"
    "hop tac quoc te|hop tac|phap che|ky thuat|kinh doanh - dich vu khach hang|cham soc khach hang|"
    "su dung va phat trien rung|quan ly bao ve rung va bao ton thien nhien|quan ly bao ve rung|bao ve rung|"
    # hospitals
    "ngoai tong hop|noi tong hop|hoi suc tich cuc - chong doc|hoi suc cap cuu|cap cuu|gay me hoi suc|kiem soat nhiem khuan|"
    "phuc hoi chuc nang|tham do chuc nang|chan doan hinh anh|dieu duong nguoi co cong|dieu duong|nguoi co cong|"
    "vat tu - trang thiet bi y te|vat tu - thiet bi y te|"
    # branches and centres
    "trong trot va bao ve thuc vat|chan nuoi va thu y|thu y|bao ve moi truong|bao ve thuc vat|bao ve|phat trien nong thon|"
    "tieu chuan do luong chat luong|quan ly dat dai|quan ly thi truong|quan ly chat luong nong lam san va thuy san|"
    "phat trien quy dat|phuc vu hanh chinh cong|quan trac tai nguyen va moi truong|kiem soat benh tat|dich vu viec lam|"
    "dich vu nong nghiep|tro giup phap ly|tro giup|giao duc nghe nghiep - giao duc thuong xuyen|giao duc thuong xuyen|giao duc|"
    "dieu phoi nong thon moi|dieu phoi|dieu hanh|xuc tien dau tu, thuong mai va du lich|xuc tien|ho tro|dang kiem|"
    "cap thoat nuoc|truyen thong|giam dinh|ung dung|"
    "chuyen doi so|giai phong mat bang|xo so kien thiet|trinh dien|khoa hoc|trung tam|thuong truc|dau tu|"
    # Party, Front and unions
    "tuyen giao va dan van|tuyen giao|dan van|noi chinh|xay dung dang|doan ket tap hop thanh nien|tiep cong dan|"
    "thi hanh an dan su|phong chong|phong, chong|kinh te - ngan sach|"
    # words whose second syllable would end a name
    "dang ky|nhat ky|trang bi|kiem dinh|giam dinh|tham dinh|lap trinh|cung cap|tro cap|bau cu|tiep nhan|chung nhan|du bao|"
    "canh bao|"
    "thi tuyen|tuan hoan|van chuyen|hoc tap|thuc tap|suu tap|giao tiep|dam bao|dieu khac|do dac|doi moi|cong lap"
)
FIELDS = re.compile(
    rf"(?:{'|'.join(sorted(_FIELDS, key=len, reverse=True))})(?!\w)"
    r"(?: cac (?:khu [a-z]+ [a-z]+|cong trinh(?! \d)(?: [a-z]+){1,6}))?"
)
# Verbs that are fields of work, too ("Phòng Kế hoạch tổng hợp").
NOMINAL = re.compile(
    r"(?:tong hop|quan ly|kiem tra|kiem soat|thanh tra|giam sat|to chuc|dao tao|boi duong|phat trien|ho tro)(?!\w)"
)
# Words of names that begin as a verb or a little word does.
NOUNS = re.compile(
    r"(?:giao thong(?: van tai)?|cong trinh|chuong trinh|hanh trinh|giao duc|giao dich|bao hiem|bao chi|bao ton|thong tin|"
    r"thong ke|lam san|lam nghiep|cap nuoc|thu phi|mua ban|tra cuu|tap the|"
    r"xet nghiem|dat dai|khoa hoc|mo dia chat|bao cao vien|tai san|tang cuong luc luong|dau tu xay dung|kinh te|ky thuat|"
    r"trinh do|hang khong|phong khong|ngan hang|khach hang|cua hang|"
    r"thuong truc|ngoai giao|an ninh trat tu|trat tu|"
    r"viec lam|dung cu|dan chu|vien thong|"
    r"pho thong|truyen thong|dia ban|thiet bi|trang thiet bi|an chi|nhan su|tai vu|quan tri|an toan|nong thon moi|"
    r"mang luoi)(?!\w)"
)
# Spelled out, since folded many are parts of names ("do" and "đô thị", "co" and "cơ giới").
STOPS = frozenset(
    letters.alternatives(
        "của|tại|trước|sau|chậm|theo|đã|chưa|phải|cần|có|được|là|trong|để|cùng|phối|ngày|nơi|ở|cho|với|về|vì|nào|đến|tới|"
        "từ|mới|còn|sẽ|đang|do|thì|khi|như|hoặc|bị|không|này|trên|nếu|gồm|thuộc|các|những|qua|và|vào|lúc|định|hàng|hằng|"
        "hạn|muộn|trực|chỉ|sớm|ngoài|đối|vượt|từng|thừa|xin|toàn|đúng|nêu|nói|đó|gửi|nộp|trình|lập|ký|thu|mở|sửa|cắm|"
        "trao|cấp|cử|giao|họp|mua|xếp|tự|trả|nhận|chốt|dừng|lấy|báo|làm|đặt|đưa|giữ|tuyển|xét|khóa|khoá|đăng|hoàn|chuyển|"
        "mỗi|vẫn|luôn|đều|giảm|thuê|vượt|đạt|đôn|tăng|tập|tiếp|rà|tham|cụ|chủ|khẩn|nghiêm|bảo|đảm|khắc|biết|thông|bàn"
    )
)
FOLDED_STOPS = frozenset({"truoc", "cham", "ngay", "duoc"})
STANDALONE = frozenset(
    {
        "doan truong",
        "cong doan truong",
        "ban quan ly du an",
        "to co dong",
        "to giup viec",
        "van phong hdnd va ubnd",
        "van phong",
        "thanh tra",
        "ban cong tac mat tran",
        "cong doan",
        "doan thanh nien",
        "huyen doan",
        "tinh doan",
        "thanh doan",
        "huyen uy",
        "thanh uy",
        "thi uy",
        "quan uy",
    }
)
NUMBERED = frozenset({"to", "doi", "khu pho", "thon", "to dan pho", "tram", "phuong", "quan", "tieu doan", "ban", "xi nghiep"})
UNNAMED = re.compile(
    r"(?:(?:dang bo|chi bo|dang uy|chi uy|ban|phong|van phong) )?(?P<kind>co so|thon|khu pho|to dan pho|khu vuc|truc thuoc|"
    r"cap xa|khoi)(?: .*)?"
)
LOWER_HEADS = frozenset(
    {
        "thanh pho",
        "quan",
        "ap",
        "khom",
        "buon",
        "cong dong",
        "to dan pho",
        "khu pho",
        "xa",
        "phuong",
        "thi tran",
        "dac khu",
        "huyen",
        "thon",
        "thi xa",
        "bo phan",
    }
)
LISTED = frozenset({"so", "bo", "phong", "ban", "khoa", "trung tam"})
# Words that make another word of a head; in capitals, or in a title, nothing else tells them apart.
COMPOUNDS = frozenset(
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
        "cong doan",
        "phe to",
        "toa doan",
    )
)
