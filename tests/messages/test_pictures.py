"""Is the picture of a timeline as wide as a phone reads it, complete, and small?"""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image, ImageColor

from messages import pictures, timelines
from messages.pictures import PHASES
from messages.timelines import Phase
from tests.messages.samples import VI
from tests.messages.test_timelines import OFFICE, an_order, told

DAYS = {"published": date(2021, 2, 1), "a": date(2021, 2, 9), "b": date(2021, 2, 19), "c": date(2021, 2, 23)}


def drawn(*, orders: int = 1, title: str = "Số 52-TB/ĐUK: KẾT LUẬN về công tác đảng", language: int = 0) -> bytes:
    planned = [one for number in range(orders) for one in told(an_order(number, ref=f"{number}.{'x' * number}"), **DAYS)]
    return pictures.draw(VI, title, timelines.timeline(VI, planned, OFFICE))


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=["PNG"]).convert("RGB")


def test_a_picture_is_1080_wide_and_small() -> None:
    content = drawn()

    assert opened(content).width == 1080
    assert len(content) < 100_000


def test_every_phase_has_its_colour_in_the_row_as_in_the_legend() -> None:
    image = opened(drawn())
    row = image.crop((0, 200, 1080, 360))

    found = {colour for _, colour in row.getcolors(1_000_000) or () if isinstance(colour, tuple)}

    assert {near(ImageColor.getrgb(PHASES[phase]), found) for phase in Phase} == {True}


def near(wanted: tuple[int, ...], found: set[tuple[int, ...]]) -> bool:
    """Tell whether a colour is there, but for what a picture of few colours rounds."""
    return any(sum(abs(one - other) for one, other in zip(wanted, colour, strict=True)) < 24 for colour in found)


def test_a_long_title_is_broken_into_lines() -> None:
    assert opened(drawn(title="Kết luận " * 20)).height > opened(drawn()).height


@pytest.mark.parametrize(
    ("places", "lanes"),
    [
        ([10.0], [0]),
        ([10.0, 100.0], [0, 0]),
        ([10.0, 10.0], [-1, 1]),
        ([10.0, 20.0, 30.0, 100.0], [-1, 1, -1, 0]),
        ([10.0, 100.0, 110.0, 200.0], [0, -1, 1, 0]),
    ],
)
def test_dots_that_would_touch_stand_above_and_below_in_turn(places: list[float], lanes: list[int]) -> None:
    assert pictures.lanes(places) == lanes
