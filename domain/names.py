"""When are two printed names one name? Folding forgets how they are spelled, and abbreviations are spelled out."""

import unicodedata
from functools import lru_cache
from itertools import product

# As offices write them, folded: lower case, and a space for every sign, so that "NN&MT" and "NN-MT" are one.
STANDS_FOR: dict[str, tuple[str, ...]] = {
    "bch": ("ban chấp hành",),
    "bchqs": ("ban chỉ huy quân sự", "bộ chỉ huy quân sự"),
    "btv": ("ban thường vụ",),
    "ca": ("công an",),
    "đu": ("đảng ủy",),
    "gd đt": ("giáo dục đào tạo",),
    "gdđt": ("giáo dục đào tạo",),
    "gtvt": ("giao thông vận tải",),
    "hđnd": ("hội đồng nhân dân",),
    "kh cn": ("khoa học công nghệ",),
    "khcn": ("khoa học công nghệ",),
    "kh đt": ("kế hoạch đầu tư",),
    "lđ tb xh": ("lao động thương binh xã hội",),
    "lđtb xh": ("lao động thương binh xã hội",),
    "lđtbxh": ("lao động thương binh xã hội",),
    "mttq": ("mặt trận tổ quốc",),
    "nn mt": ("nông nghiệp môi trường",),
    "nn ptnt": ("nông nghiệp phát triển nông thôn",),
    "p": ("phòng", "phường"),
    "ptnt": ("phát triển nông thôn",),
    "q": ("quận",),
    "tc kh": ("tài chính kế hoạch",),
    "tn mt": ("tài nguyên môi trường",),
    "tp": ("thành phố",),
    "tt": ("trung tâm", "thị trấn"),
    "tt tt": ("thông tin truyền thông",),
    "tx": ("thị xã",),
    "ubkt": ("ủy ban kiểm tra",),
    "ubmttq": ("ủy ban mặt trận tổ quốc",),
    "ubnd": ("ủy ban nhân dân",),
    "vh tt": ("văn hóa thể thao", "văn hóa thông tin"),
    "vh tt dl": ("văn hóa thể thao du lịch",),
    "vhtt dl": ("văn hóa thể thao du lịch",),
    "vhttdl": ("văn hóa thể thao du lịch",),
    "vp": ("văn phòng",),
    "xh": ("xã hội",),
}
LONGEST = max(len(short.split()) for short in STANDS_FOR)
JOINS = {"và"}
"""Words that an abbreviation leaves out, and that tell no unit from another."""
TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below


@lru_cache(maxsize=10_000)
def fold(name: str) -> str:
    """Give the form under which two spellings of one name are equal: case, spaces, punctuation, place of the tone mark."""
    letters = unicodedata.normalize("NFD", name.casefold())
    words = "".join(mark if mark.isalnum() or unicodedata.combining(mark) else " " for mark in letters).split()
    return " ".join(unicodedata.normalize("NFC", _tone_last(word)) for word in words)


def _tone_last(word: str) -> str:
    tones = "".join(mark for mark in word if mark in TONE_MARKS)
    return "".join(mark for mark in word if mark not in TONE_MARKS) + tones


@lru_cache(maxsize=10_000)
def spelled_out(name: str) -> tuple[str, ...]:
    """Give every way to spell a name out, folded: "P. Tài chính" is "phòng tài chính" or "phường tài chính"."""
    words = [word for word in fold(name).split() if word not in JOINS]
    parts: list[tuple[str, ...]] = []
    while words:
        size = next((size for size in range(LONGEST, 0, -1) if " ".join(words[:size]) in STANDS_FOR), 1)
        short = " ".join(words[:size])
        parts.append(tuple(map(fold, STANDS_FOR.get(short, (short,)))))
        words = words[size:]
    return tuple(" ".join(way) for way in product(*parts))
