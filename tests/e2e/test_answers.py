"""Does a secretary whose receipt was lost on the way find it, and does every press still count once?"""

import pytest

from sandbox.telegram import Message
from tests.e2e.conftest import Cast
from tests.e2e.test_secretary import PLAN, opens, presses

NUMBER = "2021-00001"


async def loses_the_receipt(cast: Cast, kind: str) -> tuple[Message, str]:
    """Let Lan hand in, and the receipt be lost; give the card and what its button sent."""
    card = await opens(cast.lan)
    data = card.data("Đã nộp")
    if kind == "5xx":
        cast.stage.twin.fails(502, method="sendMessage", chat=cast.lan.id)
    else:
        cast.stage.twin.cuts(accepted=False, method="sendMessage", chat=cast.lan.id)
    await cast.lan.presses("Đã nộp", card)
    await cast.hoa.wait_for(lambda message: "Xác nhận" in message.labels)
    await cast.stage.app.settle()
    return card, data


@pytest.mark.parametrize("kind", ["5xx", "reset"])
async def test_the_same_press_again_is_answered_with_the_receipt(published: Cast, kind: str) -> None:
    card, data = await loses_the_receipt(published, kind)
    assert not [message for message in published.lan.chat if NUMBER in message.text]
    presses(published.stage.twin, published.lan, data, card)
    receipt = await published.lan.waits_for(f"Biên nhận số {NUMBER}")
    assert receipt.text.startswith("Việc này đã nộp và đang chờ xác nhận.")
    await published.lan.presses("Hoàn tác", receipt)
    undone = await published.lan.wait_for(lambda message: "Đã nộp" in message.labels)
    assert (undone.id, NUMBER in undone.text) == (receipt.id, True)


async def test_the_list_tells_what_waits_for_the_office_until_it_has_decided(published: Cast) -> None:
    await loses_the_receipt(published, "reset")
    await published.lan.says("/viec")
    listing = await published.lan.waits_for("chờ xác nhận: ")
    (line,) = [line for line in listing.text.splitlines() if line.startswith("📥")]
    assert line == f"📥 Đã nộp – chờ xác nhận: 1 việc, biên nhận số {NUMBER}."
    await published.lan.presses(next(label for label in listing.labels if label.startswith("📥") and PLAN in label), listing)
    details = await published.lan.waits_for(f"Biên nhận số {NUMBER}")
    assert "Hoàn tác" in details.labels
    await published.hoa.presses("Xác nhận")
    await published.lan.waits_for("Văn phòng đã xác nhận")
    await published.lan.says("/viec")
    assert "📥" not in (await published.lan.waits_for("việc")).text


async def test_after_ten_minutes_the_receipt_offers_no_way_back(published: Cast) -> None:
    card, data = await loses_the_receipt(published, "5xx")
    await published.stage.passes(minutes=11)
    presses(published.stage.twin, published.lan, data, card)
    receipt = await published.lan.waits_for(f"Biên nhận số {NUMBER}")
    assert receipt.labels == ("Gửi tệp",)
    assert "10 phút" not in receipt.text


async def test_a_card_whose_edit_got_no_answer_is_edited_all_the_same(published: Cast) -> None:
    card = await opens(published.lan)
    published.stage.twin.cuts(accepted=False, method="editMessageText", chat=published.lan.id)
    await published.lan.presses("Đã nộp", card)
    changed = await published.lan.wait_for(lambda message: message.edited and message.id == card.id)
    assert "Đã nộp – chờ xác nhận" in changed.text
    await published.lan.wait_for(lambda message: "Hoàn tác" in message.labels)
