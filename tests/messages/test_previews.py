"""Can an officer read what a draft would send, to whom, when and why?"""

from datetime import date, timedelta

import pytest

from channels.markup import plain
from domain.changes import Change, Effect
from domain.drafts import Draft, DraftTask
from domain.ladders import parse
from domain.previews import Foretold, Notice, Planned
from domain.readings import AmendmentKind
from domain.records import Record
from domain.units import Resolution
from messages import previews
from tests.messages.samples import EN, NOW, VI, a_deadline, a_duty
from tests.messages.test_timelines import CULTURE, LIBRARY, OFFICE, an_order, told

FIRST = date(2021, 2, 1)


def a_draft(*, unsure: tuple[str, ...] = ()) -> Draft:
    duty = a_duty()
    duty.task.unsure = unsure
    return Draft(duty.conclusion, (DraftTask(duty.task, Resolution((CULTURE, LIBRARY))),), ())


def text(*planned: Planned, unsure: tuple[str, ...] = ()) -> str:
    return plain(previews.told(VI, a_draft(unsure=unsure), Foretold(planned), OFFICE).text)


def test_a_line_tells_when_to_whom_and_why() -> None:
    planned = told(an_order(1), **{"published": FIRST, "0": date(2021, 2, 19)})

    assert previews.lines(VI, planned) == [
        "• <b>08:00 thứ Hai, 01/02/2021</b> – 2 đơn vị (2 người): mục 2.1 (khi công bố)",
        "• <b>08:00 thứ Sáu, 19/02/2021</b> – 2 đơn vị (2 người): mục 2.1 (ngày làm việc cuối)",
    ]


def test_one_unit_is_named_and_several_reasons_are_told_apart() -> None:
    planned = told(an_order(1, an_order().deadline, CULTURE), published=FIRST)
    mentions = (*planned[0].mentions, *told(an_order(2), **{"+1": FIRST})[0].mentions)

    (line,) = previews.lines(VI, [Planned(planned[0].when, CULTURE, frozenset({7, 8, 9}), mentions)])

    assert line.endswith("– Chi bộ Văn hóa (3 người): mục 2.1 (khi công bố); mục 2.2 (sau hạn 1 ngày làm việc)")


def test_twenty_lines_are_shown_and_the_messages_behind_them_counted() -> None:
    planned = told(an_order(), **{f"-{number}": FIRST + timedelta(days=number) for number in range(1, 24)})

    lines = previews.lines(VI, planned)

    assert len(lines) == 21
    assert lines[-1] == "… và 6 lượt nhắc sau đó."


def test_what_is_to_be_decided_is_told() -> None:
    planned = told(an_order(), published=FIRST)

    assert "2.1" in text(*planned, unsure=("deadline",)).splitlines()[-2]
    assert "❓" not in text(*planned)


def test_weeks_that_go_on_are_told_once() -> None:
    planned = told(an_order(), published=FIRST)

    assert "mỗi tuần một lần" not in text(*planned)
    assert "mỗi tuần một lần" in text(*planned, *told(an_order(), **{"+w1": date(2021, 3, 15)}))


@pytest.mark.parametrize("repeated", [False, True])
def test_the_picture_goes_along(repeated: bool) -> None:
    planned = told(an_order(), published=FIRST)

    outgoing = previews.told(EN, a_draft(), Foretold(tuple(planned)), OFFICE, repeated=repeated)

    assert outgoing.attachment is not None
    assert outgoing.attachment.name == "lich-nhac-viec.png"
    assert outgoing.attachment.content == previews.picture(EN, "No. 52-TB/ĐUK: KẾT LUẬN về <công tác> đảng", planned, OFFICE)
    assert outgoing.text.startswith("(sent again)") is repeated


def test_what_comes_by_a_later_decision_is_told_beside(other: tuple[Planned, ...]) -> None:
    late = (Record(CULTURE, 2, 3),)
    usual = tuple(told(an_order(), published=FIRST))

    at_once = plain(previews.told(VI, a_draft(), Foretold(usual, at_once=other), OFFICE).text)
    early = plain(previews.told(VI, a_draft(), Foretold(usual, early=other, often_late=late), OFFICE).text)

    line = plain(previews.lines(VI, other)[0])
    assert at_once.split("Nếu bấm “Gửi ngay” sau khi công bố")[1].splitlines()[1] == line
    assert "Có 1 đơn vị trước đây hay nộp muộn: Chi bộ Văn hóa." in early
    assert early.split("“Có, nhắc sớm hơn”")[1].splitlines()[1] == line
    assert "Gửi ngay" not in early


def test_what_changes_is_told_first_with_its_moment_and_its_readers() -> None:
    notice = Notice(NOW, (an_effect(AmendmentKind.MOVES), an_effect(AmendmentKind.ENDS)), (CULTURE, LIBRARY), frozenset({7}))

    outgoing = previews.told(VI, a_draft(), Foretold((), (notice,)), OFFICE)

    assert plain(outgoing.text).splitlines()[2] == (
        "• 09:00 thứ Hai, 01/02/2021 – 2 đơn vị (1 người): "
        "Việc 2.1 của Thông báo 52-TB/ĐUK: hạn mới 31/03/2021; Việc 2.1 của Thông báo 52-TB/ĐUK kết thúc"
    )
    assert outgoing.attachment is None


def test_a_moved_deadline_is_an_order_of_the_units_that_have_the_task() -> None:
    moves = an_effect(AmendmentKind.MOVES)
    assert moves.says is not None
    draft = a_draft()
    bound = DraftTask(moves.says, Resolution((moves.duties[0].unit,)))

    (order,) = previews.orders(Draft(draft.conclusion, (bound,), (), effects=(moves,)), parse("10"))[1:]

    assert (order.moved, order.ref, order.units) == (True, "2.7", (moves.duties[0].unit,))
    assert (order.deadline.last_day, order.ladder) == (date(2021, 3, 31), parse("10"))


@pytest.fixture
def other() -> tuple[Planned, ...]:
    """Give a message that comes by another decision."""
    return tuple(told(an_order(1, an_order().deadline, CULTURE), **{"-8": FIRST + timedelta(days=3)}))


def an_effect(kind: AmendmentKind) -> Effect:
    """Give a change of an older task by the paper's item 2.7."""
    duty, says = a_duty(), a_duty(7).task
    says.deadline = a_deadline(date(2021, 3, 31))
    change = Change(2, kind, duty.conclusion.id, "…", duty.task.id, task_id=says.id)
    return Effect(change, duty.conclusion, duty.conclusion, (duty.task,), says, (duty,))


def test_a_draft_that_reaches_nobody_says_so_without_a_picture() -> None:
    outgoing = previews.told(VI, a_draft(), Foretold(()), OFFICE)

    assert "không có ai được nhắc" in outgoing.text
    assert outgoing.attachment is None


def test_the_orders_are_those_that_are_kept_each_with_the_ladder_that_holds() -> None:
    draft = a_draft()
    dropped, own = a_duty(2).task, a_duty(3).task
    dropped.dropped, own.ladder = True, parse("3, 0")
    laid_out = [DraftTask(task, Resolution((LIBRARY,))) for task in (dropped, own)]

    orders = previews.orders(Draft(draft.conclusion, (*draft.tasks, *laid_out), ()), parse("10"))

    assert [(one.ref, one.name, one.units, str(one.ladder)) for one in orders] == [
        ("2.1", "Báo cáo khắc phục", (CULTURE, LIBRARY), "10"),
        ("2.3", "Báo cáo khắc phục", (LIBRARY,), "3, 0"),
    ]
