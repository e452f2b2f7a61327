"""What does a chat look like on a phone? One page that needs nothing from outside, for the pictures in the documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape
from itertools import pairwise

from sandbox.telegram import Message
from sandbox.telegram_html import Entity

TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "code", "bot_command": "em"}


@dataclass(frozen=True)
class Phone:
    """A phone: whose it is and what they are to the office, the bot's name, and the messages it shows, oldest first."""

    owner: str
    role: str
    bot: str
    messages: Sequence[Message]


def page(phones: Sequence[Phone], zone: tzinfo, *, width: int, height: int, language: str = "vi") -> str:
    """Lay phones side by side, so many CSS pixels wide and high; what is too much is above the top, as on a phone."""
    size = f"body{{width:{width}px;height:{height}px}}"
    shown = "".join(_phone(phone, zone) for phone in phones)
    head = f'<meta charset="utf-8"><title>{escape(phones[0].bot)}</title><style>{STYLE}{size}</style>'
    return f'<!DOCTYPE html><html lang="{escape(language)}"><head>{head}</head><body>{shown}</body></html>'


def _phone(phone: Phone, zone: tzinfo) -> str:
    caption = f"<h2>{escape(phone.owner)}<small>{escape(phone.role)}</small></h2>"
    initials = "".join(word[0] for word in phone.bot.split())
    bar = f'<header><span class="face">{escape(initials)}</span><p>{escape(phone.bot)}<small>bot</small></p></header>'
    return f'<section>{caption}<div class="phone">{bar}<main>{"".join(_lines(phone.messages, zone))}</main></div></section>'


def _lines(messages: Sequence[Message], zone: tzinfo) -> Iterator[str]:
    """Give the messages, with the day above the first of each."""
    day = ""
    for message in messages:
        at = datetime.fromtimestamp(message.date, zone)
        if day != (day := f"{at:%d/%m/%Y}"):
            yield f"<time>{day}</time>"
        yield _bubble(message, f"{at:%H:%M}")


def _bubble(message: Message, clock: str) -> str:
    side = "bot" if message.from_bot else "person"
    mark = PEN if message.from_bot and message.edited else ""
    ticks = "" if message.from_bot else TICKS
    body = f"{_file(message)}{marked(message.text, message.entities)}"
    return f'<article class="{side}"><div>{body}<footer>{mark}{clock}{ticks}</footer></div>{_buttons(message)}</article>'


def _file(message: Message) -> str:
    if message.document is None:
        return ""
    size = f"{max(1, round(len(message.document.content) / 1024))} KB"
    return f'<p class="file">{SHEET}<span>{escape(message.document.name)}<small>{size}</small></span></p>'


def _buttons(message: Message) -> str:
    rows = (f'<p class="row">{"".join(f"<button>{escape(label)}</button>" for label in row)}</p>' for row in message.rows)
    return "".join(rows)


def marked(text: str, entities: Sequence[Entity]) -> str:
    """Give a text as HTML, with its entities, whose places are counted in UTF-16 units, as tags."""
    units = text.encode("utf-16-le")
    known = [one for one in entities if one["type"] in TAGS]
    edges = sorted({0, len(units) // 2, *(place for one in known for place in (one["offset"], one["offset"] + one["length"]))})
    pieces = []
    for start, end in pairwise(edges):
        tags = [TAGS[one["type"]] for one in known if one["offset"] <= start and end <= one["offset"] + one["length"]]
        piece = escape(units[2 * start : 2 * end].decode("utf-16-le"), quote=False)
        pieces.append("".join(f"<{tag}>" for tag in tags) + piece + "".join(f"</{tag}>" for tag in reversed(tags)))
    return "".join(pieces)


TICKS = '<svg viewBox="0 0 22 12"><path d="M1 6.5l4 4 8-9M8.5 9l1.5 1.5 8-9"/></svg>'
PEN = '<svg class="pen" viewBox="0 0 14 12"><path d="M2 10l1-3 6-6 2 2-6 6z"/></svg>'
SHEET = '<svg class="sheet" viewBox="0 0 24 24"><path d="M6 2h8l5 5v15H6zM14 2v5h5M9 12h7M9 16h7"/></svg>'
STYLE = """
*{box-sizing:border-box;margin:0;padding:0}
body{display:flex;gap:20px;padding:14px 16px 16px;background:#f3f5f8;overflow:hidden;
font:13.6px/1.32 Roboto,"Noto Sans","Segoe UI",system-ui,"Noto Color Emoji",sans-serif;color:#101820}
section{flex:1;min-width:0;display:flex;flex-direction:column}
h2{font-size:17px;font-weight:700;text-align:center;padding-bottom:10px}
h2 small{display:block;font-size:13px;font-weight:400;color:#5b6773;padding-top:1px}
.phone{flex:1;min-height:0;display:flex;flex-direction:column;border:7px solid #1d2733;border-radius:30px;overflow:hidden;
background:#cfdfd2}
header{display:flex;align-items:center;gap:10px;background:#fff;padding:9px 14px;border-bottom:1px solid #d5dde3}
header p{font-weight:700;font-size:15.5px;line-height:1.2}
header small{display:block;font-weight:400;font-size:12px;color:#7b8894}
.face{width:38px;height:38px;border-radius:50%;background:#b3261e;color:#ffe9a8;font-weight:700;display:flex;
align-items:center;justify-content:center}
main{flex:1;min-height:0;display:flex;flex-direction:column;justify-content:flex-end;gap:7px;padding:8px 9px 10px;overflow:hidden}
time{align-self:center;flex:none;background:#6f8a77;color:#fff;border-radius:11px;padding:1px 10px;font-size:12px}
article{flex:none;max-width:97%;display:flex;flex-direction:column;gap:4px}
article>div{border-radius:13px;padding:6px 10px 4px;white-space:pre-wrap;overflow-wrap:anywhere;
box-shadow:0 1px 1px rgba(16,24,32,.14)}
.bot{align-self:flex-start}
.bot>div{background:#fff;border-bottom-left-radius:4px}
.person{align-self:flex-end}
.person>div{background:#e3fbcb;border-bottom-right-radius:4px}
footer{display:flex;justify-content:flex-end;align-items:center;gap:4px;font-size:11px;line-height:1.2;color:#7b8894}
.person footer{color:#4f9a47}
footer svg{width:17px;height:10px;fill:none;stroke:currentColor;stroke-width:1.5}
footer .pen{width:12px}
em{font-style:normal;color:#2374b8}
.row{display:flex;gap:4px}
button{flex:1;min-width:0;border:0;border-radius:9px;background:#56765f;color:#fff;font:inherit;font-weight:500;
padding:5px 8px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.file{display:flex;align-items:center;gap:9px;font-weight:500}
.file small{display:block;font-size:11.5px;font-weight:400;color:#5b6773}
.sheet{flex:none;width:36px;height:36px;padding:7px;border-radius:50%;background:#4f9a47;fill:none;stroke:#fff;stroke-width:1.7}
"""
