"""Does an announcement's author read who does not get it yet, why, and when they will?"""

from datetime import date, datetime, timedelta

import pytest

from domain.broadcasts import Broadcast, Results
from domain.quotas import Quota, Rest
from messages import broadcasts
from tests.messages.samples import EN, NOW, VI

USED = Quota("telegram", date(2021, 2, 1), 3000, 2850)
TURN = datetime.fromisoformat("2021-03-01T07:00+07:00")


def a_rest(count: int = 2, *, expires_at: datetime | None = None) -> Rest:
    return Rest(count, (USED,), TURN, expires_at)


def an_announcement() -> Broadcast:
    broadcast = Broadcast(1, "Họp.", NOW)
    broadcast.id = 1
    return broadcast


def test_the_card_tells_what_waits_for_the_month_and_when_it_leaves() -> None:
    card = broadcasts.progress(VI, an_announcement(), Results(5, 3, 0, (), ()), a_rest())
    assert card.text.splitlines()[1:5] == [
        "📣 Đang gửi: 3/5.",
        "⏸ 2 đồng chí chưa nhận được: số tin còn lại của tháng này dành cho nhắc việc và trả lời.",
        "Telegram: tháng này đã dùng 2.850/3.000 tin (95%).",
        "Thông báo sẽ được gửi tiếp từ 07:00 thứ Hai, 01/03/2021, hoặc ngay khi quản trị nâng hạn mức.",
    ]


@pytest.mark.parametrize(
    ("expires_at", "expected"),
    [
        (None, "It is sent to them from 07:00 Monday, 01/03/2021 on, or as soon as the administrator raises the quota."),
        (TURN, "It is sent to them only if the administrator raises the quota before 07:00 Monday, 01/03/2021."),
        (
            NOW + timedelta(days=3),
            "It is sent to them only if the administrator raises the quota before 09:00 Thursday, 04/02/2021.",
        ),
    ],
)
def test_what_has_had_its_day_before_the_month_is_over_is_not_promised(expires_at: datetime | None, expected: str) -> None:
    card = broadcasts.progress(EN, an_announcement(), Results(5, 3, 0, (), ()), a_rest(expires_at=expires_at))
    assert card.text.splitlines()[4] == expected


def test_the_preview_tells_for_how_many_the_month_does_not_suffice() -> None:
    shown = broadcasts.preview(EN, an_announcement(), ["A"], people=5, without=(), rest=a_rest(1))
    assert "⏸ 1 person would not get it yet: what is left of this month's messages" in shown.text
    assert "Telegram: 2,850 of 3,000 messages of this month (95%)." in shown.text
    assert [button.label for button in shown.rows[0]] == ["Send", "Cancel"]


def test_where_there_is_room_nothing_is_said_of_it() -> None:
    shown = broadcasts.preview(EN, an_announcement(), ["A"], people=5, without=())
    card = broadcasts.progress(EN, an_announcement(), Results(5, 3, 0, (), ()))
    assert "⏸" not in shown.text + card.text
