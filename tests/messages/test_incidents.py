"""Does an administrator read what happened, since when, what it means for people, and what to do?"""

from datetime import date, timedelta

import pytest

from domain.incidents import Cause, Incident
from domain.quotas import Quota
from messages import incidents
from tests.messages.samples import EN, NOW, VI

LATER = NOW + timedelta(minutes=40)


def test_an_incident_says_what_happened_since_when_what_it_means_and_what_to_do() -> None:
    told = incidents.told(VI, Incident(Cause.SET_ASIDE, NOW, LATER, count=3), until=None)

    assert told.text.splitlines() == [
        "⚠️ <b>Có thao tác của người dùng không xử lý được</b>",
        "Từ 09:00 thứ Hai, 01/02/2021; 3 trường hợp.",
        "",
        "Đã thử ba lần không được nên để riêng lại. Người thao tác đã được báo là chưa thực hiện được.",
        "👉 Trên máy chủ, lệnh “dondoc status” liệt kê các trường hợp này. "
        "Đề nghị giữ lại nhật ký và báo các dòng có action=handle cho người phát triển.",
    ]
    assert told.rows == ()


def test_of_messages_that_cannot_leave_their_number_is_told() -> None:
    told = incidents.told(EN, Incident(Cause.UNSENT, NOW, LATER, count=1), until=None, repeated=True)
    assert told.text.splitlines()[:3] == [
        "(sent again)",
        "⚠️ <b>Messages cannot leave</b>",
        "Since 09:00 Monday, 01/02/2021; 1 message waits.",
    ]


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (Cause.UNSENT, "Từ 09:00 thứ Hai, 01/02/2021 đến 09:40 thứ Hai, 01/02/2021. Các tin đang chờ nay lần lượt được gửi đi."),
        (
            Cause.UNKNOWN,
            "Từ 09:00 thứ Hai, 01/02/2021 đến 09:40 thứ Hai, 01/02/2021; 2 trường hợp. Từ đó đến nay không phát sinh thêm.",
        ),
    ],
)
def test_the_end_is_told_in_two_lines(cause: Cause, expected: str) -> None:
    told = incidents.told(VI, Incident(cause, NOW, LATER, count=2), until=LATER)
    assert told.text.startswith("✅ <b>Đã hết sự cố: ")
    assert told.text.splitlines()[1:] == [expected]


def test_a_database_that_was_away_is_told_with_what_to_do_since_it_was_not_told_before() -> None:
    told = incidents.told(EN, Incident(Cause.DATABASE, NOW, LATER, over_at=LATER), until=LATER)
    assert told.text.splitlines()[1] == "From 09:00 Monday, 01/02/2021 to 09:40 Monday, 01/02/2021."
    assert told.text.splitlines()[-1].startswith("👉 See whether there is room")


def test_of_a_quota_is_told_how_much_is_used_of_how_many() -> None:
    used = [Quota("telegram", date(2021, 2, 1), 3000, 2405), Quota("zalo", date(2021, 2, 1), 100, 81)]
    told = incidents.told(VI, Incident(Cause.QUOTA, NOW, LATER, count=81), until=None, quotas=used)
    assert told.text.splitlines() == [
        "⚠️ <b>Hạn mức tin của tháng sắp hết</b>",
        "Từ 09:00 thứ Hai, 01/02/2021 đã dùng từ 80% trở lên.",
        "Telegram: tháng này đã dùng 2.405/3.000 tin (80%).",
        "Zalo: tháng này đã dùng 81/100 tin (81%).",
        "",
        "Khi đã dùng 95%, thông báo phải chờ sang tháng. Nhắc việc và trả lời vẫn gửi bình thường.",
        "👉 Nếu nền tảng nhắn tin cho gửi nhiều hơn, đề nghị nâng hạn mức trong phần cài đặt và khởi động lại bot. "
        "Trên máy chủ, lệnh “dondoc status” cho biết đã dùng bao nhiêu tin.",
    ]


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (80, "From 95% on announcements wait until the month is over. Reminders and answers go on."),
        (94, "From 95% on announcements wait until the month is over. Reminders and answers go on."),
        (95, "Announcements wait until the month is over. What is left is kept for reminders and answers."),
        (100, "Announcements wait until the month is over. The platform may refuse reminders and answers, too."),
    ],
)
def test_what_a_used_quota_means_is_told_by_how_much_is_used(percent: int, expected: str) -> None:
    told = incidents.told(EN, Incident(Cause.QUOTA, NOW, LATER, count=percent), until=None)
    assert told.text.splitlines()[-2] == expected


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_its_words(cause: Cause) -> None:
    lines = incidents.told(EN, Incident(cause, NOW, NOW), until=None).text.splitlines()
    assert (len(lines), len(set(lines))) == (5, 5)
