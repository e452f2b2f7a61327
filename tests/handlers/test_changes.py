"""Is an earlier task proposed only where the words leave little doubt, and are the likeliest offered else?"""

import pytest

from domain.conclusions import Task
from handlers.changes import meant
from tests.builders import a_task

TEXTS = (
    "Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo khắc phục hạn chế sau kiểm tra về Đảng ủy Khối trước ngày 22/02/2021.",
    "Giao các chi, đảng bộ cơ sở xây dựng, gửi kế hoạch công tác năm 2021 về Văn phòng Đảng ủy Khối trước ngày 10/02/2021.",
    "Các chi, đảng bộ rà soát, gửi danh sách đề nghị tặng Huy hiệu Đảng về Ban Tổ chức Đảng ủy Khối trước ngày 05/3/2021.",
    "Giao các đơn vị kiểm kê tài sản công, gửi kết quả về Văn phòng Đảng ủy Khối trước ngày 28/02/2021.",
    "Yêu cầu các chi, đảng bộ nộp báo cáo giấy tình hình thu đảng phí quý I về Đảng ủy Khối.",
)
OLDER = "Thông báo số 41-TB/ĐUK ngày 15/01/2021"


def tasks() -> list[Task]:
    made = [a_task(text, position=number) for number, text in enumerate(TEXTS, 1)]
    for task in made:
        task.id = task.position
    return made


@pytest.mark.parametrize(
    ("words", "proposed", "among"),
    [
        (f"Yêu cầu 100% chi, đảng bộ cơ sở gửi báo cáo khắc phục trước ngày 01/4/2021, thay cho thời hạn tại {OLDER}", 1, 1),
        (f"Gia hạn thời gian gửi danh sách đề nghị tặng Huy hiệu Đảng nêu tại {OLDER} đến hết ngày 15/3/2021", 3, 3),
        (f"Lùi thời hạn gửi kế hoạch công tác năm theo {OLDER} đến ngày 28/02/2021", 2, 2),
        (f"Bỏ yêu cầu nộp báo cáo giấy tại {OLDER}", None, 5),
        (f"Việc kiểm kê tài sản: rút ngắn thời hạn (ghi tại {OLDER}) xuống trước ngày 22/3/2021", None, 4),
        (f"Thu hồi {OLDER}", None, None),
        (f"Chấm dứt việc tổ chức sinh hoạt chuyên đề theo {OLDER}", None, None),
    ],
)
def test_words_propose_a_task_only_where_they_are_like_one_and_unlike_the_others(
    words: str, proposed: int | None, among: int | None
) -> None:
    found, likely = meant(None, words, tasks())
    assert found == proposed
    assert len(likely) == 3
    assert among is None or among in likely


def test_an_item_that_the_words_name_needs_no_likeness() -> None:
    assert meant("4", "Thu hồi nhiệm vụ", tasks())[0] == 4
    assert meant("9", "Thu hồi nhiệm vụ", tasks())[0] is None


def test_a_conclusion_without_tasks_has_none_to_mean() -> None:
    assert meant("1", "Thu hồi nhiệm vụ", []) == (None, ())
