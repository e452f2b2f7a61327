"""How is a timeline drawn? A picture as wide as a phone reads it, days from left to right and a row for each group of orders."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from channels.markup import plain
from messages.i18n import Speech
from messages.timelines import START, Panel, Phase, Row, Week

WIDTH, EDGE = 1080, 36
WIDEST_DAY = 44.0
GAP, INDENT = 40, 8
"""Between weeks of which some are left out, and before a row's words."""
HEADING, HEAD, NAME, TRACK, FOOT, BETWEEN, LEGEND = 46, 72, 42, 70, 46, 24, 44
"""Heights: a line of the heading, a panel's days, a row's name, its dots, the counts, the space behind, a line of the legend."""
RADIUS, FINE = 15, 4
"""Round shapes are drawn so many times larger, and come out smooth."""
LARGE, SMALL = 18, 14
"""Sizes of labels, as there is room for them in a dot."""
COLOURS = 64
PAPER, INK, PALE, LINE, DAY_OFF, FLAG = "#ffffff", "#1c2733", "#5b6773", "#b6c1cb", "#e6ebf0", "#8f1d2c"
PHASES = {Phase.PUBLISHED: "#2b6cb0", Phase.BEFORE: "#b86e00", Phase.ON: "#d1420c", Phase.AFTER: "#8f1d2c"}


def draw(speech: Speech, title: str, panels: Sequence[Panel]) -> bytes:
    """Draw a timeline under a title, and give it as PNG."""
    heading, marks = _broken(plain(title), _font(32, bold=True)), _marks(speech)
    height = 2 * EDGE + HEADING * (len(heading) + 1) + BETWEEN + sum(map(_height, panels)) + LEGEND * len(marks)
    sheet = Sheet(Image.new("RGB", (WIDTH, height), PAPER))
    top = EDGE
    for line in heading:
        sheet.write(EDGE, top, line, 32, bold=True)
        top += HEADING
    sheet.write(EDGE, top, _span(speech, panels), 26, colour=PALE)
    top += HEADING + BETWEEN
    for panel in panels:
        _panel(sheet, panel, top)
        top += _height(panel)
    for mark, words in marks:
        mark(sheet, EDGE + RADIUS, top + RADIUS)
        sheet.write(EDGE + 3 * RADIUS, top, words, 24, colour=PALE)
        top += LEGEND
    return sheet.png()


def _span(speech: Speech, panels: Sequence[Panel]) -> str:
    days = [dot.day for panel in panels for row in panel.rows for dot in row.dots]
    return plain(speech.say("Reminders from {first} to {last}", first=speech.date(min(days)), last=speech.date(max(days))))


@dataclass(frozen=True)
class Sheet:
    """A picture that is written and drawn on, in pixels from its left upper corner."""

    image: Image.Image

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        """What draws on it."""
        return ImageDraw.Draw(self.image)

    def write(
        self, x: float, y: float, text: str, size: int, *, colour: str = INK, bold: bool = False, anchor: str = "la"
    ) -> None:
        """Write a line of text."""
        self.pen.text((x, y), text, colour, _font(size, bold=bold), anchor=anchor)

    def dot(self, x: float, y: float, phase: Phase, label: str) -> None:
        """Draw a dot around its middle, with its label in it."""
        self.image.paste(PHASES[phase], (round(x) - RADIUS, round(y) - RADIUS), _disc())
        size = SMALL if len(label) == len("+10") else LARGE
        self.write(round(x), round(y) - 1, label, size, colour=PAPER, bold=True, anchor="mm")

    def png(self) -> bytes:
        """Give the picture as a file of few colours, which is small."""
        kept = BytesIO()
        self.image.quantize(COLOURS).save(kept, "PNG", optimize=True)
        return kept.getvalue()


def _height(panel: Panel) -> int:
    return HEAD + (NAME + TRACK) * len(panel.rows) + FOOT + BETWEEN


@dataclass(frozen=True)
class Columns:
    """Where the days of a panel stand: the left edge of each, the width of all, and where they begin and end in height."""

    left: Mapping[date, float]
    width: float
    top: float
    bottom: float

    def middle(self, day: date) -> float:
        """Give the middle of a day."""
        return self.left[day] + self.width / 2


def _columns(panel: Panel, top: float) -> Columns:
    """Lay out the days; weeks that do not follow each other stand apart."""
    gaps = sum(not week.follows for week in panel.weeks[1:])
    width = min(WIDEST_DAY, (WIDTH - 2 * EDGE - GAP * gaps) / (7 * len(panel.weeks)))
    left: dict[date, float] = {}
    x = float(EDGE)
    for number, week in enumerate(panel.weeks):
        x += GAP if number and not week.follows else 0
        for day in week.days:
            left[day] = x
            x += width
    return Columns(left, width, top, top + HEAD + (NAME + TRACK) * len(panel.rows))


def _panel(sheet: Sheet, panel: Panel, top: float) -> None:
    columns = _columns(panel, top)
    for number, week in enumerate(panel.weeks):
        _week(sheet, week, columns)
        if number and not week.follows:
            sheet.write(columns.left[week.monday] - GAP / 2, (top + columns.bottom) / 2, "…", 34, colour=PALE, anchor="mm")
    sheet.pen.line((EDGE, columns.bottom, WIDTH - EDGE, columns.bottom), LINE)
    for number, row in enumerate(panel.rows):
        _row(sheet, row, columns, top + HEAD + number * (NAME + TRACK))


def _week(sheet: Sheet, week: Week, columns: Columns) -> None:
    """Draw a week: its Monday's date, every day's number, days off in grey, and how many messages go out."""
    top, bottom, start = columns.top, columns.bottom, columns.left[week.monday]
    for day, works, count in zip(week.days, week.working, week.counts, strict=True):
        left, middle = columns.left[day], columns.middle(day)
        if not works:
            sheet.pen.rectangle((left, top + 36, left + columns.width - 1, bottom), DAY_OFF)
        sheet.write(middle, top + 42, f"{day.day}", 16, colour=PALE, anchor="ma")
        sheet.write(middle, bottom + 10, f"{count or ''}", 20, bold=True, anchor="ma")
    sheet.pen.line((start, top, start, bottom), LINE)
    sheet.write(start + 4, top, f"{week.monday:%d/%m}", 24, bold=True)


def _row(sheet: Sheet, row: Row, columns: Columns, top: float) -> None:
    aside = plain(row.aside)
    room = WIDTH - 2 * EDGE - _font(24).getlength(aside) - 4 * INDENT
    sheet.pen.line((EDGE, top, WIDTH - EDGE, top), LINE)
    sheet.write(EDGE + INDENT, top + 4, _cut(plain(row.title), _font(26, bold=True), room), 26, bold=True)
    sheet.write(WIDTH - EDGE - INDENT, top + 6, aside, 24, colour=PALE, anchor="ra")
    middle = top + NAME + TRACK / 2
    shown = [(columns.middle(dot.day), dot) for dot in row.dots if dot.day in columns.left]
    sheet.pen.line((shown[0][0], middle, shown[-1][0], middle), LINE, 2)
    if row.last_day is not None and row.last_day in columns.left:
        _flag(sheet, columns.left[row.last_day] + columns.width, middle, TRACK / 2 - 2)
    for (x, dot), lane in zip(shown, lanes([x for x, _ in shown]), strict=True):
        sheet.dot(x, middle + lane * RADIUS, dot.phase, dot.label)


def lanes(places: Sequence[float]) -> list[int]:
    """Give for each dot whether it stands above the middle (-1), below (1) or on it: those that would touch take turns."""
    close = [False, *(other - one < 2 * RADIUS for one, other in pairwise(places)), False]
    lane, given = 0, []
    for touches_last, touches_next in pairwise(close):
        lane = -lane if touches_last else -1 if touches_next else 0
        given.append(lane)
    return given


def _flag(sheet: Sheet, x: float, middle: float, half: float = RADIUS) -> None:
    sheet.pen.line((x, middle - half, x, middle + half), FLAG, 4)


def _marks(speech: Speech) -> list[tuple[Callable[[Sheet, float, float], None], str]]:
    """Give what each sign means."""
    dots = (
        (Phase.PUBLISHED, START, speech.say("on publishing")),
        (Phase.BEFORE, "−2", speech.say("so many working days before the last working day")),
        (Phase.ON, "0", speech.say("on the last working day")),
        (Phase.AFTER, "+3", speech.say("so many working days after the deadline, to units that have not handed in")),
    )
    signs = [(_sign(phase, label), plain(words)) for phase, label, words in dots]
    flag = (_flag, plain(speech.say("the last day of the deadline; days off are grey")))
    count = (_number, plain(speech.say("below the days: how many messages go out")))
    return [*signs, flag, count]


def _sign(phase: Phase, label: str) -> Callable[[Sheet, float, float], None]:
    return lambda sheet, x, y: sheet.dot(x, y, phase, label)


def _number(sheet: Sheet, x: float, y: float) -> None:
    sheet.write(x, y, "8", 22, bold=True, anchor="mm")


@cache
def _disc() -> Image.Image:
    """Give where a dot has its colour."""
    side = 2 * RADIUS * FINE
    mask = Image.new("L", (side, side))
    ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), 255)
    return mask.resize((2 * RADIUS, 2 * RADIUS), Image.Resampling.LANCZOS)


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Give a font that has every Vietnamese letter, which Pillow's own has not."""
    name = "SourceSerifPro-Bold.ttf" if bold else "SourceSerifPro-Regular.ttf"
    return ImageFont.truetype(BytesIO(files("font_source_serif_pro").joinpath("files", name).read_bytes()), size)


def _cut(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """Give as many words as there is room for."""
    shown = text
    while font.getlength(shown) > room and " " in text:
        text = text.rpartition(" ")[0]
        shown = f"{text} …"
    return shown


def _broken(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break a text into lines."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) > WIDTH - 2 * EDGE and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
