"""Does a part of the paper give orders, or does it look back? Told by its headings' first telling words."""

import re
from enum import StrEnum

from documents.extraction import letters
from documents.extraction.outlines import Item

_LOOKS_BACK = re.compile(
    r"\b(?:uu diem|han che|ket qua|danh gia|nhan xet|tinh hinh|kiem diem|qua trinh|can cu|ton tai|khuyet diem|nguyen nhan|"
    r"thuc trang|bieu duong|nhan dinh|nhin lai|khai quat|viec lam duoc|viec da lam|"
    r"diem con|mat duoc|thanh tich|boi canh|ghi nhan)\b"
)
_OF_WORK = re.compile(r"(?:danh gia|nhan xet|kiem diem|ket qua|bieu duong|can cu|ton tai)")
_ORDERS = re.compile(
    r"\b(?:nhiem vu|thoi gian toi|ket luan|cong viec|trach nhiem|doi voi|yeu cau|noi dung can|can tap trung|giai phap|"
    r"phan cong|to chuc thuc hien|"
    r"chi dao|giao|phuong huong|khac phuc|trien khai|viec can)\b"
)
_TASKS = re.compile(r"^(?:cac )?(?:nhiem vu|phan cong|viec phai lam|yeu cau|noi dung chi dao|ket luan)\b")
_CLOSING = re.compile(
    r"(?:tren day la|thong bao (?:nay )?(?:de|den|toi)|(?:van phong[^.]{0,40} )?thua lenh|van phong [^.]{0,60} thong bao|"
    r"noi dung khac cua|cac noi dung khac|"
    r"(?:yeu cau|de nghi) cac [^.;]{2,60} nghiem tuc (?:trien khai )?(?:to chuc )?thuc hien[./]*$|"
    r"thong bao nay |giao van phong[^.]{0,40} thong bao)|.{0,160}\bbiet(?:,| va) (?:to chuc )?thuc hien[./]*$"
)
_LEADS = re.compile(r"(?:yeu cau|chi dao|giao|ket luan|de nghi|phan cong)[^.]{0,60}:$")


class Tone(StrEnum):
    """What a part of the paper does."""

    ORDERS = "orders"
    LOOKS_BACK = "looks-back"
    OPEN = "open"


def tones(root: Item) -> dict[Item, Tone]:
    """Tell what the part does that each item stands in: the nearest heading with a telling word decides."""
    led = any(_LEADS.search(letters.fold(child.text)) for child in root.children if not child.is_numbered)
    tones = {root: Tone.ORDERS if led else Tone.OPEN}
    for item in root.walk():
        for child in item.children:
            tones[child] = _told(item, tones) or _before_orders(item) or tones[item]
    return tones


def _before_orders(item: Item) -> Tone | None:
    """Tell that a first section of plain words, before the one that gives the tasks, looks back."""
    if item.parent is None or item.parent.parent is not None or any(child.is_numbered for child in item.children):
        return None
    later = item.parent.children[item.parent.children.index(item) + 1 :]
    return Tone.LOOKS_BACK if any(_TASKS.search(letters.fold(one.text)) for one in later if one.children) else None


def _told(item: Item, tones: dict[Item, Tone]) -> Tone | None:
    """Tell a heading's tone by the first of its telling words; under a heading of orders, "Về kiểm điểm …" is work."""
    folded = letters.fold(item.text)[:200]
    back, orders = _LOOKS_BACK.search(folded), _ORDERS.search(folded)
    under_orders = item.parent is not None and item.parent.parent is not None and tones[item] is Tone.ORDERS
    if back and under_orders and _OF_WORK.match(back.group()):
        back = None
    if back and (not orders or back.start() < orders.start()):
        return Tone.LOOKS_BACK
    return Tone.ORDERS if orders else None


def is_closing(text: str) -> bool:
    """Tell whether a paragraph only passes the notice on."""
    return bool(_CLOSING.match(letters.fold(text)))
