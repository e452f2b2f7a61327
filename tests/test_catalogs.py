"""Can every message be read in every language, with its fields, its markup and the office's fixed words?"""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from locales import catalogs

ROOT = Path(__file__).parents[1]
TAG = re.compile(r"<(/?)(b|i|code)>")
ENTITY = re.compile(r"&(?:lt|gt|amp);")

# Fixed by the office: people are trained on these words, and manuals quote them.
LABELS = {
    "Accept": "Xác nhận",
    "Add to calendar": "Thêm vào lịch",
    "Ask for more time": "Xin gia hạn",
    "Cancel": "Hủy",
    "Conclusions": "Kết luận",
    "Details": "Chi tiết",
    "Drop this task": "Bỏ việc này",
    "Edit": "Sửa",
    "Grant": "Đồng ý gia hạn",
    "Help": "Trợ giúp",
    "Language": "Ngôn ngữ",
    "My tasks": "Việc của tôi",
    "New announcement": "Soạn thông báo",
    "Overview": "Tình hình",
    "Publish": "Công bố",
    "Received": "Đã nhận",
    "Refuse": "Không đồng ý",
    "Remind now": "Nhắc ngay",
    "Report": "Báo cáo",
    "Return": "Trả lại",
    "Send": "Gửi",
    "Send a file": "Gửi tệp",
    "Submitted": "Đã nộp",
    "Undo": "Hoàn tác",
    "Units": "Đơn vị",
}
CORE_LABELS = {"Accept", "Details", "Edit", "Help", "Language", "My tasks", "Publish", "Received", "Return", "Submitted", "Undo"}


def test_the_template_holds_what_the_code_says_now() -> None:
    assert catalogs.template_path().read_bytes() == catalogs.template(), "make catalogs brings it up to date"


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_a_catalog_holds_every_message_and_no_other(language: str) -> None:
    catalog = catalogs.read(language)

    assert {message.id for message in catalog} == {message.id for message in catalogs.extracted()}
    assert list(catalog.obsolete) == []


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    assert [message.id for message in said(catalogs.read(language)) if not catalogs.is_translated(message)] == []


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_every_translation_has_the_fields_and_markup_of_its_message(language: str) -> None:
    assert [fault for message in said(catalogs.read(language)) for fault in faults(message)] == []


@pytest.mark.parametrize(("language", "plurals"), [("vi", 1), ("en", 2)])
def test_a_language_has_its_number_of_plurals(language: str, plurals: int) -> None:
    assert catalogs.read(language).num_plurals == plurals


@pytest.mark.parametrize("language", ["vi", "en"])
def test_fixed_labels_are_the_office_s_own(language: str) -> None:
    expected = {label: words if language == "vi" else label for label, words in LABELS.items()}

    found = {str(message.id): message.string for message in said(catalogs.read(language)) if message.id in LABELS}

    assert found == {label: expected[label] for label in found}
    assert set(found) >= CORE_LABELS


def test_every_message_in_the_code_is_whole() -> None:
    assert [f"{module.name}:{line}" for module in (ROOT / "messages").rglob("*.py") for line in pieced(module.read_text())] == []


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        pytest.param("{name} is late", "{ten} trễ", id="another field"),
        pytest.param("{name} is late", "Trễ", id="no field"),
        pytest.param("late", "{name} trễ", id="a field too many"),
        pytest.param("late", "{name trễ", id="a field left open"),
        pytest.param(("{n} task", "{n} tasks"), ("việc",), id="no number where one form serves all"),
        pytest.param("<b>late</b>", "<b>trễ", id="a tag left open"),
        pytest.param("<b>late</b>", "<b>trễ</i>", id="tags crossed"),
        pytest.param("<b>late</b>", "<b>trễ\nhạn</b>", id="a tag over two lines"),
        pytest.param("late", "<u>trễ</u>", id="a tag no channel knows"),
        pytest.param("late & more", "trễ & hơn", id="a bare ampersand"),
    ],
)
def test_a_translation_that_breaks_its_message_is_found(message: str | tuple[str, str], translation: str | tuple[str]) -> None:
    assert len(faults(Message(message, translation))) == 1


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        pytest.param("<b>{name}</b> is late", "Trễ: <b>{name}</b>", id="other order"),
        pytest.param("{day:%d} &lt;now&gt;", "&lt;nay&gt; {day}", id="other format"),
        pytest.param(("One task of {unit}", "{n} tasks of {unit}"), ("A task of {unit}", "{n} tasks of {unit}"), id="one"),
        pytest.param(("{n} task", "{n} tasks"), ("{n} việc",), id="one form"),
        pytest.param(("One task", "{n} tasks"), ("{n} việc",), id="a number that the first form does not need"),
    ],
)
def test_a_translation_that_keeps_its_message_is_not_found(
    message: str | tuple[str, str], translation: str | tuple[str, ...]
) -> None:
    assert faults(Message(message, translation)) == []


@pytest.mark.parametrize(
    "code", ['say(f"{a}")', 'reader.say("a" + b)', 'say("a" if late else "b")', 'plural("a", f"{b}", n)', "say('{}' % a)"]
)
def test_a_message_made_from_pieces_is_found(code: str) -> None:
    assert pieced(code) == [1]


@pytest.mark.parametrize("code", ['say("a", b=f"{c}")', "say(LABELS[state])", 'plural("a", "b", n + 1)', 'N_("a")'])
def test_a_whole_message_is_not_found(code: str) -> None:
    assert pieced(code) == []


def said(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def faults(message: Message) -> list[str]:
    """Name what a translation breaks: its fields, its tags; where one form serves all numbers, it must show the number."""
    ids, strings = forms(message.id), forms(message.string or "")
    most = [fields(ids[-1])] * len(strings)
    least = [fields(ids[0]) if len(strings) > 1 else most[0], *most[1:]]
    bounds = zip(strings, least, most, strict=True)
    wrong = [f"fields of {string!r}" for string, lower, upper in bounds if not lower <= fields(string) <= upper]
    return wrong + [f"markup of {string!r}" for string in strings if not is_well_marked(string)]


def forms(text: str | Sequence[str]) -> Sequence[str]:
    return (text,) if isinstance(text, str) else text


def fields(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {f"unreadable: {text}"}


def is_well_marked(text: str) -> bool:
    """Tell whether the tags of each line are closed in turn, and no other sign of markup stands bare."""
    return all(is_closed(line) and not re.search(r"[<>&]", ENTITY.sub("", TAG.sub("", line))) for line in text.split("\n"))


def is_closed(line: str) -> bool:
    still_open: list[str] = []
    for slash, name in TAG.findall(line):
        if not slash:
            still_open.append(name)
        elif not still_open or still_open.pop() != name:
            return False
    return not still_open


def pieced(code: str) -> list[int]:
    """Find the lines that build a message from pieces, which no catalog can hold."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and (name := getattr(node.func, "id", getattr(node.func, "attr", ""))) in catalogs.KEYWORDS
        and any(isinstance(text, (ast.BinOp, ast.IfExp, ast.JoinedStr)) for text in node.args[: 2 if name == "plural" else 1])
    ]
