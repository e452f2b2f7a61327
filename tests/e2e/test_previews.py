"""Does an officer see, before publishing, what publishing will send?"""

from io import BytesIO

from PIL import Image

from tests.e2e.conftest import Cast
from tests.e2e.test_secretary import presses


async def test_the_draft_shows_what_it_would_send_as_a_list_and_as_a_picture(cast: Cast) -> None:
    draft = await cast.stage.loads(cast.hoa)
    await cast.hoa.presses("Xem trước lời nhắc", draft)

    text = await cast.hoa.waits_for("các đơn vị sẽ nhận được các tin sau")
    picture = await cast.hoa.wait_for(lambda message: message.document is not None)

    assert "08:00 thứ Ba, 02/02/2021" in text.text
    assert "mục 2.1" in text.text
    assert picture.document is not None
    assert picture.document.name == "lich-nhac-viec.png"
    assert Image.open(BytesIO(picture.document.content)).width == 1080


async def test_nothing_is_published_or_sent_by_looking(cast: Cast) -> None:
    draft = await cast.stage.loads(cast.hoa)
    before = len(cast.lan.chat)
    await cast.hoa.presses("Xem trước lời nhắc", draft)
    await cast.hoa.wait_for(lambda message: message.document is not None)
    await cast.stage.app.settle()

    assert len(cast.lan.chat) == before
    assert "Công bố" in draft.labels


async def test_the_preview_of_what_was_published_meanwhile_is_refused(cast: Cast) -> None:
    draft = await cast.stage.loads(cast.hoa)
    data = draft.data("Xem trước lời nhắc")
    await cast.stage.publishes(cast.hoa, name="thong-bao-52-1.txt")
    presses(cast.stage.twin, cast.hoa, data.replace("1", "2"), draft)

    await cast.hoa.waits_for("không còn là dự thảo")
