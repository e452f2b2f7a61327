"""What do the tests of messages speak of? One conclusion with as many duties as wanted."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.assignments import Assignment, AssignmentState
from domain.calendar import Calendar
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.deadlines import Deadline, DeadlineKind
from domain.duties import Duty
from domain.readings import Audience, AudienceKind
from domain.units import Unit
from messages.i18n import Speech
from messages.tasks import Moment

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2021, 2, 1, 2, 0, tzinfo=UTC)
MOMENT = Moment(NOW, Calendar())
VI, EN = Speech("vi", ZONE), Speech("en", ZONE)


def a_deadline(last_day: date | None = date(2021, 2, 21)) -> Deadline:
    """Give a deadline, by default on a Sunday."""
    if last_day is None:
        return Deadline(basis="none")
    return Deadline(DeadlineKind.DATE, f"trước ngày {last_day + timedelta(days=1):%d/%m/%Y}", last_day, basis="exclusive")


def a_duty(number: int = 1, *, name: str = "báo cáo khắc phục", unit: str = "Chi bộ A", deadline: Deadline | None = None) -> Duty:
    """Give a duty of the one conclusion."""
    conclusion = Conclusion("KẾT LUẬN về <công tác> đảng", None, "52", "TB/ĐUK", None, (), (), 1, NOW)
    conclusion.id, conclusion.state, conclusion.published_at = 1, ConclusionState.PUBLISHED, NOW
    task = Task(
        1, number, f"2.{number}", f"Gửi {name} & ký", Audience(AudienceKind.ALL), deadline or a_deadline(), name, "Đảng ủy Khối"
    )
    task.id = number
    assignment = Assignment(number, 1, NOW, NOW, AssignmentState.ASSIGNED, deadline=task.deadline)
    assignment.id = number
    owner = Unit(unit)
    owner.id = 1
    return Duty(assignment, task, owner, conclusion)
