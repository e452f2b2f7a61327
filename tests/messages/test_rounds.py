"""Does the office read each morning what it has to do, in few lines, and is each of them pressable?"""

from dataclasses import replace
from datetime import timedelta

from channels import Outgoing
from domain.assignments import AssignmentState, Submission
from domain.conclusions import Conclusion
from domain.deadlines import Deadline, DeadlineKind
from domain.duties import Tally
from domain.reach import Silent, Unreached
from domain.records import Record
from domain.rounds import Escalated, LeaderRound, OfficeRound, Straggler
from messages import early, rounds
from tests.messages.samples import MOMENT, NOW, VI, a_duty

LATE = Straggler(a_duty().unit, (a_duty(),), days_late=6, ignored=4)
RELATIVE = Deadline(DeadlineKind.RELATIVE, "05 ngày sau hội nghị")


def pressed(outgoing: Outgoing) -> list[str]:
    return [button.data for row in outgoing.rows for button in row]


def a_submission() -> Submission:
    submission = Submission(1, 1, NOW - timedelta(days=4), AssignmentState.ASSIGNED)
    submission.id = 1
    return submission


def test_each_section_tells_what_is_to_be_done_and_has_its_buttons() -> None:
    draft = a_draft(7)
    found = OfficeRound(
        waiting=((a_duty(1), a_submission()),),
        dayless=(a_duty(2, deadline=RELATIVE),),
        unheard=(a_duty(3),),
        unstaffed=((Silent(a_duty().unit, (Unreached("Lan", "Forbidden: bot was blocked by the user", NOW),)), 2),),
        drafts=(draft,),
        stragglers=(LATE,),
    )

    told = rounds.for_officer(VI, found, MOMENT)

    assert told.text.splitlines() == [
        "<b>Việc của Văn phòng</b>, thứ Hai, 01/02/2021",
        "",
        "<b>📥 Báo cáo chờ xác nhận từ 2 ngày làm việc</b>",
        "• Chi bộ A – mục 2.1, nộp lúc 09:00 thứ Năm, 28/01/2021",
        "",
        "<b>🔴 Đơn vị quá hạn hoặc chưa phản hồi</b>",
        "• Chi bộ A – mục 2.1: quá hạn 6 ngày làm việc, 4 lần nhắc chưa phản hồi",
        "",
        "<b>⏳ Hạn chưa xác định được ngày</b>",
        "• Mục 2.2, 52-TB/ĐUK: 05 ngày sau hội nghị",
        "",
        "<b>🔇 Việc không có hạn, ba tháng chưa có thông tin</b>",
        "• Chi bộ A – mục 2.3, 52-TB/ĐUK",
        "",
        "<b>📵 Đơn vị còn việc nhưng chưa có người nhận tin</b>",
        "• Chi bộ A (📵 Lan đã chặn bot, từ 01/02/2021): 2 việc",
        "",
        "<b>📝 Dự thảo chưa công bố</b>",
        "• Số 52-TB/ĐUK: KẾT LUẬN về &lt;công tác&gt; đảng (có từ thứ Hai, 01/02/2021)",
    ]
    assert pressed(told) == ["details:1", "nudgeunit:1", "setday:2", "draft:7", "overview"]


def a_draft(number: int) -> Conclusion:
    draft = a_duty().conclusion
    draft.id = number
    return draft


def test_of_a_long_section_the_first_lines_are_shown_and_the_rest_is_counted() -> None:
    told = rounds.for_officer(VI, OfficeRound(unheard=tuple(a_duty(number) for number in range(1, 41))), MOMENT)

    assert len(told.text.splitlines()) == 12
    assert told.text.splitlines()[-1] == "… và 32 mục khác"


def test_the_leader_reads_the_share_and_who_was_told() -> None:
    found = LeaderRound((Escalated(LATE, ("Lan", "Nam"), ("Hoa",)), Escalated(LATE, (), ("Hoa",))), Tally(3, 1, 2, 2))

    told = rounds.for_leader(VI, found, MOMENT)

    assert told.text.splitlines() == [
        "<b>Tình hình thực hiện kết luận</b>, tính đến 09:00 thứ Hai, 01/02/2021",
        "Đã hoàn thành 4/8 việc giao (50%); quá hạn: 2.",
        "",
        "<b>🔴 Đơn vị quá hạn từ 5 ngày làm việc hoặc nhiều lần chưa phản hồi</b>",
        "• Chi bộ A – quá hạn 6 ngày làm việc, 4 lần nhắc chưa phản hồi; đã nhắc: Lan và Nam; chuyên viên: Hoa",
        "• Chi bộ A – quá hạn 6 ngày làm việc, 4 lần nhắc chưa phản hồi; chưa có người nhận tin; chuyên viên: Hoa",
    ]
    assert pressed(told) == ["overview"]


def test_a_round_that_is_sent_again_says_so() -> None:
    told = rounds.for_officer(VI, replace(OfficeRound(), stragglers=(LATE,)), MOMENT, repeated=True)
    assert told.text.startswith("(gửi lại)")


def test_reminding_earlier_is_proposed_with_the_record() -> None:
    told = early.proposed(VI, 7, [Record(a_duty().unit, 2, 3)])

    assert told.text.splitlines() == ["1 đơn vị từng trễ: nhắc sớm hơn một bậc?", "• Chi bộ A: trễ 2/3 việc trong một năm qua"]
    assert pressed(told) == ["early:7:yes", "early:7:no"]


def test_of_a_unit_that_is_late_with_many_tasks_the_number_is_told() -> None:
    late = replace(LATE, duties=tuple(a_duty(number) for number in range(1, 21)))
    told = rounds.for_officer(VI, OfficeRound(stragglers=(late,)), MOMENT)
    assert told.text.splitlines()[-1] == "• Chi bộ A – 20 việc: quá hạn 6 ngày làm việc, 4 lần nhắc chưa phản hồi"
