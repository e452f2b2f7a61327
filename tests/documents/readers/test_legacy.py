"""Are the letters of the time before Unicode read, and those of today never taken for them?"""

import contextlib
import unicodedata
from collections.abc import Callable

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import readers, reading
from documents.codes import Doubt
from documents.readers import legacy, syllables, texts
from documents.readers.legacy import Encoding
from documents.reasons import Reason
from domain.errors import Unreadable
from tests.documents import papers

LETTERS = "aăâeêioôơuưyđ"
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
TONED = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
SMALL = [*TONED, *"đbcdghklmnpqrstvx"]
# The one set has capitals only of the letters that bear no tone; the fonts for capitals print the others.
TCVN3_CAPITALS = list("AĂÂEÊIOÔƠUƯYĐBCDGHKLMNPQRSTVX")
NOTICE = papers.LETTERHEAD + "1. Giao Văn phòng Đảng ủy gửi báo cáo trước ngày 22/02/2021.\n"
SAMPLES = [(papers.NOTICES / name).read_text(encoding="utf-8") for name in ("tet.txt", "huyen.txt", "phuong.txt")]
# Bytes written by hand from the printed tables, so that a slip in the code's tables is not repeated here.
TCVN3 = "Th«ng b¸o kÕt luËn cña §¶ng ñy vÒ viÖc ®Èy m¹nh c«ng t¸c qu\u00fd I"
VNI = "Thoâng baùo keát luaän cuûa Ñaûng uûy veà vieäc ñaåy maïnh coâng taùc quyù I"
MEANT = "Thông báo kết luận của Đảng ủy về việc đẩy mạnh công tác quý I"


def to_tcvn3(text: str) -> str:
    """Write a text in TCVN3; a capital that it lacks becomes small, as typists wrote it for the fonts of capitals."""
    signs = {letter: chr(code) for code, letter in legacy._TCVN3.items() if code < 0x100}
    return "".join(signs.get(sign, signs.get(sign.lower(), sign)) for sign in unicodedata.normalize("NFC", text))


def to_vni(text: str) -> str:
    """Write a text in VNI."""
    signs = {letter: sign for sign, letter in legacy._VNI.items()}
    signs |= {letter.upper(): sign.upper() for letter, sign in signs.items()}
    return "".join(signs.get(sign, sign) for sign in unicodedata.normalize("NFC", text))


def test_the_tables_hold_every_letter() -> None:
    marked = {letter for letter in (*TONED, "đ") if not letter.isascii()}

    assert marked | set("ĂÂÊÔƠƯĐ") == set(legacy._TCVN3.values())
    assert marked == set(legacy._VNI.values())


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(st.sampled_from([*SMALL, *TCVN3_CAPITALS, " ", ",", "1"])))
def test_text_in_tcvn3_is_given_back(text: str) -> None:
    assert legacy.from_tcvn3(to_tcvn3(text)) == text


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(st.sampled_from([*SMALL, *map(str.upper, SMALL), " ", ",", "1"])))
def test_text_in_vni_is_given_back(text: str) -> None:
    assert legacy.from_vni(to_vni(text)) == text


def test_fonts_for_capitals_print_small_letters_as_capitals() -> None:
    assert legacy.from_tcvn3("th«ng b¸o kÕt luËn", capitals=True) == "THÔNG BÁO KẾT LUẬN"


@pytest.mark.parametrize(
    ("font", "text", "expected"),
    [
        (".VnTime", TCVN3, MEANT),
        (".VnArial Narrow", TCVN3, MEANT),
        (".vntime", TCVN3, MEANT),
        (".VnTimeH", "tØnh ñy", "TỈNH ỦY"),
        (".VnArial NarrowH", "tØnh ñy", "TỈNH ỦY"),
        ("VNI-Times", VNI, MEANT),
        ("VNI-Helve-Condense", "ÑAÛNG UÛY Ñaûng uûy", "ĐẢNG ỦY Đảng ủy"),
    ],
)
def test_letters_are_decoded_by_their_font(font: str, text: str, expected: str) -> None:
    decoder = legacy.of_font(font)

    assert decoder is not None
    assert decoder(text) == expected


@pytest.mark.parametrize("font", ["", "Times New Roman", "Arial", "Vnu Times", "UVN Nguyen Du"])
def test_fonts_of_today_decode_nothing(font: str) -> None:
    assert legacy.of_font(font) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TCVN3, Encoding.TCVN3),
        (VNI, Encoding.VNI),
        ("Th«ng b¸o kÕt luËn", Encoding.TCVN3),
        ("Thoâng baùo keát luaän", Encoding.VNI),
        (MEANT, None),
        (unicodedata.normalize("NFD", MEANT), None),
        ("THÔNG BÁO CÔNG TÁC THÁNG BA", None),
        ("Th«ng b¸o", None),
        ("Thong bao ket luan", None),
        ("Où est l'été passé à la forêt près du château, là-bas, déjà ?", None),
        ("Über die Prüfung der Anträge für das Jahr, größere Flächen", None),
        ("© 2024 «Công ty» ® § 5 ± 3 µm", None),
        ("", None),
    ],
)
def test_an_encoding_is_guessed_by_what_it_spells(text: str, expected: Encoding | None) -> None:
    assert legacy.guess(text) == expected


SYLLABLES = sorted({word for sample in SAMPLES for word in syllables.marked(sample) if syllables.is_syllable(word)})


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from(SYLLABLES)))
def test_ordinary_vietnamese_is_never_guessed(words: list[str]) -> None:
    assert legacy.guess(" ".join(words)) is None


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from([word for word in SYLLABLES if max(word) < "\u0100"]), min_size=4))
def test_vietnamese_of_western_letters_alone_is_never_guessed(words: list[str]) -> None:
    assert legacy.guess(" ".join(words)) is None


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize(("write", "encoding"), [(to_tcvn3, Encoding.TCVN3), (to_vni, Encoding.VNI)])
def test_whole_notices_are_guessed(sample: str, write: Callable[[str], str], encoding: Encoding) -> None:
    assert legacy.guess(write(sample)) == encoding


@pytest.mark.parametrize("content", [TCVN3.encode("cp1252"), VNI.encode("cp1252"), TCVN3.encode(), VNI.encode()])
def test_a_text_file_in_old_letters_is_read_and_doubted(content: bytes) -> None:
    paper = readers.read_bytes("a.txt", content)

    assert (paper.lines, paper.doubt) == ((MEANT,), Doubt.LETTERS_GUESSED)


def test_pasted_old_letters_are_read_and_doubted() -> None:
    paper = readers.read_text(VNI)

    assert (paper.lines, paper.doubt) == ((MEANT,), Doubt.LETTERS_GUESSED)


def to_windows(text: str) -> str:
    """Write a text as the Vietnamese page of Windows has it: a vowel, and its tone behind it."""
    written = []
    for sign in text:
        signs = unicodedata.normalize("NFD", sign)
        vowel = "".join(one for one in signs if one not in TONES[1:])
        written.append(unicodedata.normalize("NFC", vowel) + "".join(one for one in signs if one in TONES[1:]))
    return "".join(written)


def test_a_text_file_in_the_windows_page_is_read_and_doubted() -> None:
    paper = readers.read_bytes("a.txt", to_windows(MEANT).encode("cp1258"))

    assert (paper.lines, paper.doubt) == ((MEANT,), Doubt.LETTERS_GUESSED)


def test_a_word_file_in_an_old_font_gives_the_same_directives_as_its_text_and_no_doubt() -> None:
    document = docx.Document()
    document.styles["Normal"].font.name = "VNI-Times"
    for line in NOTICE.splitlines():
        document.add_paragraph(to_vni(line))

    paper = readers.read_bytes("a.docx", papers.saved(document))

    assert paper.doubt is None
    assert reading.read(paper, papers.TET).directives == reading.read(readers.read_text(NOTICE), papers.TET).directives


def test_text_of_today_is_not_doubted() -> None:
    assert readers.read_bytes("a.txt", NOTICE.encode()).doubt is None


@settings(deadline=None)  # a busy machine is no failure
@given(st.binary(max_size=400))
def test_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        texts.from_bytes("a.txt", content)


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(max_size=200))
def test_decoding_takes_any_text(text: str) -> None:
    for decoder in legacy.DECODERS.values():
        assert isinstance(decoder(text), str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giao\u200b Văn\u00ad phòng\ufeff", "Giao Văn phòng"),
        ("Đả\u200dng\u2060 ủy", "Đảng ủy"),
        ("\u202aVăn phòng\u202c", "Văn phòng"),
        ("Ðảng ủy, ðồng chí", "Đảng ủy, đồng chí"),
    ],
)
def test_signs_without_width_are_taken_out(text: str, expected: str) -> None:
    assert readers.read_text(text).lines == (expected,)


def test_text_of_signs_without_width_alone_is_empty() -> None:
    with pytest.raises(Unreadable) as refused:
        readers.read_text("\u200b\n\ufeff")

    assert refused.value.reason == Reason.EMPTY
