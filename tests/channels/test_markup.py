"""Are marked-up texts measured and cut as their readers would have it?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels import markup

_words = st.text(alphabet="aăâđ😀 \n", max_size=12)
_marked = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(["b", "i", "code"]), _words)
_texts = st.lists(st.one_of(_words, _marked, st.sampled_from(["&lt;", "&gt;", "&amp;", "\n"])), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<b>Hạn</b> 5 &lt; 7 &amp; còn", "Hạn 5 < 7 & còn"),
        ("&lt;b&gt;", "<b>"),
        ("&amp;lt;", "&lt;"),
        ("không có gì", "không có gì"),
    ],
)
def test_plain_is_what_the_reader_sees(text: str, seen: str) -> None:
    assert markup.plain(text) == seen


@pytest.mark.parametrize(("text", "units"), [("", 0), ("<b>ệ</b>", 1), ("&amp;", 1), ("😀", 2), ("a\nb", 3)])
def test_length_counts_utf16_units_of_what_is_seen(text: str, units: int) -> None:
    assert markup.length(text) == units


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ngắn", ["ngắn"]),
        ("một hai\nba bốn", ["một hai", "ba bốn"]),
        ("một hai ba", ["một hai", "ba"]),
        ("<b>một hai ba</b>", ["<b>một hai</b>", "<b>ba</b>"]),
        ("<b>một</b> <i>hai ba</i>", ["<b>một</b> <i>hai</i>", "<i>ba</i>"]),
        ("0123456789", ["01234567", "89"]),
        ("&lt;234567&gt;9", ["&lt;234567&gt;", "9"]),
        ("", []),
    ],
)
def test_split_cuts_at_line_ends_then_spaces_and_closes_tags(text: str, parts: list[str]) -> None:
    assert markup.split(text, 8) == parts


@given(_texts, st.integers(min_value=2, max_value=30))
def test_split_loses_nothing_and_keeps_the_limit(text: str, limit: int) -> None:
    parts = markup.split(text, limit)
    assert all(markup.length(part) <= limit for part in parts)
    assert re.sub(r"\s", "", "".join(map(markup.plain, parts))) == re.sub(r"\s", "", markup.plain(text))
    assert all(part.count(f"<{tag}>") == part.count(f"</{tag}>") for part in parts for tag in ("b", "i", "code"))
