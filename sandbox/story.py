"""What happens in three weeks of an office? Played by people on the twin; it fails when anything in it does not happen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from importlib.resources import files
from typing import Protocol

from sandbox.telegram import BotApi, Message, Person

NOTICE = "thong-bao-52.txt"
CULTURE, LIBRARY, MUSEUM = "Đảng ủy Sở Văn hóa và Thể thao", "Chi bộ Thư viện tỉnh", "Chi bộ Bảo tàng tỉnh"
UNITS = (
    CULTURE,
    "Đảng ủy Sở Giáo dục và Đào tạo",
    "Đảng ủy Bệnh viện Đa khoa tỉnh",
    LIBRARY,
    "Chi bộ Trung tâm Khuyến nông",
    "Chi bộ Quỹ Đầu tư phát triển tỉnh",
    MUSEUM,
    "Đảng ủy Sở Thông tin và Truyền thông",
)
PLAN, MENDING, REVIEW = "Kế hoạch công tác", "Báo cáo khắc phục", "Báo cáo tự rà soát"
FIRST, LAST = date(2021, 2, 1), date(2021, 2, 23)
TET = tuple(date(2021, 2, day) for day in range(10, 17))
REMINDED = {
    # The plan is due on 9 February: five working days before, two before, that day; then the first working day after
    # Tết and every second one. The reports are due on 19 February (Friday): 5, 17 and 19 February, then 22 February.
    "Lan": (1, 5),
    "Minh": (1, 2, 5, 17),
    "Sơn": (1, 2, 5, 9, 17, 19, 23),
}


class StoryBrokenError(Exception):
    """Something that the story tells did not happen; the text says what."""


class Office(Protocol):
    """What the story needs of the program, which plays it without knowing how it is built."""

    zone: tzinfo

    def label(self, text: str) -> str:
        """Give a text of the program in the language of the story."""

    async def moves(self, moment: datetime) -> None:
        """Set the clock, and wait until all that is due then is done."""

    async def registers(self, units: Sequence[str]) -> None:
        """Register units."""

    async def code(self, role: str, *, name: str, unit: str | None = None) -> str:
        """Make an invitation code."""

    def tells(self, text: str) -> None:
        """Tell the audience what comes."""


@dataclass
class Story:
    """The people and what they do, day by day."""

    office: Office
    twin: BotApi
    said: dict[str, list[date]] = field(default_factory=dict)
    moment: datetime = field(init=False)

    async def play(self) -> None:
        """Play it all; raise ``StoryBrokenError`` or ``TimeoutError`` when something does not happen."""
        self.hoa = self.twin.person(101, "Hoa")
        self.lan, self.minh, self.son = (
            self.twin.person(number, name) for number, name in ((102, "Lan"), (103, "Minh"), (104, "Sơn"))
        )
        await self._registration()
        await self._draft()
        await self._first_submission()
        await self._days()
        await self._table()
        self._check_reminders()

    async def _registration(self) -> None:
        await self._day(FIRST, time(9))
        await self.office.registers(UNITS)
        await self._enters(self.hoa, "admin")
        for person, unit in ((self.lan, CULTURE), (self.minh, LIBRARY), (self.son, MUSEUM)):
            await self._enters(person, "secretary", unit)

    async def _enters(self, person: Person, role: str, unit: str | None = None) -> None:
        await person.starts(await self.office.code(role, name=person.name, unit=unit))
        await person.waits_for(person.name)

    async def _draft(self) -> None:
        """The office loads the notice, and decides what reading was not sure of: a Friday that is a Saturday."""
        self.office.tells("1")
        await self.hoa.sends_file(NOTICE, files("sandbox").joinpath("notices", NOTICE).read_bytes())
        await self._shown(self.hoa, "Publish")
        await self.hoa.presses(self._label("Publish"))
        decide = self.office.label("Decide item {ref}").format(ref="2.2")
        await self.hoa.wait_for(lambda message: decide in message.labels)
        await self.hoa.presses(decide)
        await self._shown(self.hoa, "Edit")
        await self.hoa.presses(self._label("Edit"))
        await self._shown(self.hoa, "Deadline")
        await self.hoa.presses(self._label("Deadline"))
        await self._shown(self.hoa, "Cancel")
        await self.hoa.says("19/02/2021")
        await self.hoa.waits_for("19/02/2021")
        await self.hoa.presses(self._label("Publish"))
        await self.hoa.waits_for("52-TB/ĐUK")
        for person in (self.lan, self.minh, self.son):
            await self._digest(person)
        await self._passes()

    async def _first_submission(self) -> None:
        self.office.tells("2")
        await self._submits(self.lan, PLAN, file=("ke-hoach-2021.docx", b"Lan's plan"))
        await self._accepts(PLAN)

    async def _days(self) -> None:
        """Every morning and afternoon of three weeks, with what people do on some of them."""
        acts = {
            date(2021, 2, 3): self._returned,
            date(2021, 2, 4): self._again,
            date(2021, 2, 5): self._mended,
            date(2021, 2, 8): self._broadcast,
            date(2021, 2, 18): self._after_tet,
        }
        while self.today < LAST:
            await self._day(self.today + timedelta(days=1), time(8))
            await self._collect()
            if self.today in acts:
                await acts[self.today]()
            await self._day(self.today, time(15))

    async def _returned(self) -> None:
        await self._submits(self.minh, PLAN)
        await self.hoa.presses(self._label("Return"), on=LIBRARY)
        await self._shown(self.hoa, "Cancel")
        await self.hoa.says("Đề nghị bổ sung chỉ tiêu phát triển đảng viên và chữ ký của bí thư.")
        await self.minh.waits_for("chỉ tiêu phát triển đảng viên")

    async def _again(self) -> None:
        await self._submits(self.minh, PLAN, file=("ke-hoach-2021-bo-sung.docx", b"Minh's second plan"))
        await self._accepts(PLAN)

    async def _mended(self) -> None:
        await self._submits(self.lan, MENDING)
        await self._accepts(MENDING)

    async def _broadcast(self) -> None:
        self.office.tells("3")
        await self.hoa.says("/thongbao")
        await self._shown(self.hoa, "Cancel")
        await self.hoa.says(
            "Văn phòng Đảng ủy Khối nghỉ Tết từ 10/02 đến hết 16/02/2021. Kính chúc các đồng chí năm mới an khang!"
        )
        await self._shown(self.hoa, "All units")
        await self.hoa.presses(self._label("All units"))
        await self._shown(self.hoa, "Send")
        await self.hoa.presses(self._label("Send"))
        for person in (self.lan, self.minh, self.son):
            await self._shown(person, "Received")
        for person in (self.lan, self.minh):
            await person.presses(self._label("Received"))
            await person.waits_for("✅")
        await self._passes()

    async def _after_tet(self) -> None:
        await self._submits(self.minh, MENDING)
        await self._accepts(MENDING)
        await self._submits(self.son, REVIEW)
        await self._accepts(REVIEW)

    async def _table(self) -> None:
        """The leader's table: 24 assignments, of which five are fulfilled, eight have no date and eleven are overdue."""
        self.office.tells("4")
        await self.hoa.says("/tinhhinh")
        table = await self.hoa.waits_for("52-TB/ĐUK")
        for count in (5, 19, 11):
            if f"{count}" not in table.text:
                raise StoryBrokenError(f"the table does not count {count}: {table.text}")
        if MUSEUM not in table.text:
            raise StoryBrokenError("the table does not say who is late")

    async def _submits(self, person: Person, task: str, file: tuple[str, bytes] | None = None) -> None:
        """Open a task from the list, hand it in, and perhaps add a file."""
        await person.says("/viec")
        listing = await self._shown(person, "Submitted")
        entry = next((label for label in listing.labels if task in label), None)
        if entry is not None:
            await person.presses(entry, listing)
            await self._shown(person, "Send a file")
        await person.presses(self._label("Submitted"))
        await self._shown(person, "Undo")
        if file is not None:
            await person.sends_file(*file)
            await person.waits_for(file[0])
        await self._passes()

    async def _accepts(self, task: str) -> None:
        await self.hoa.presses(self._label("Accept"), on=task)
        await self.hoa.wait_for(lambda message: message.edited and task in message.text)
        await self._passes()

    @property
    def today(self) -> date:
        """The story's date."""
        return self.moment.date()

    async def _day(self, day: date, clock: time) -> None:
        self.moment = self._at(day, clock)
        await self.office.moves(self.moment)

    async def _passes(self) -> None:
        """Let a few minutes pass."""
        self.moment += timedelta(minutes=12)
        await self.office.moves(self.moment)

    async def _collect(self) -> None:
        """Note who was reminded this morning; nobody may be at Tết."""
        for person in (self.lan, self.minh, self.son):
            morning = self._at(self.today, time(8)).timestamp()
            if any(message.from_bot and message.date >= morning for message in person.chat):
                self.said.setdefault(person.name, []).append(self.today)
                await self._digest(person)

    async def _digest(self, person: Person) -> None:
        await self._shown(person, "Submitted")
        if self.today == FIRST:
            self.said.setdefault(person.name, []).append(self.today)

    def _check_reminders(self) -> None:
        for name, days in REMINDED.items():
            wanted = [date(2021, 2, day) for day in days]
            if self.said.get(name, []) != wanted:
                raise StoryBrokenError(f"{name} was reminded on {self.said.get(name)}, and not on {wanted}")
        if any(day in TET for days in self.said.values() for day in days):
            raise StoryBrokenError("somebody was reminded at Tết")

    async def _shown(self, person: Person, label: str) -> Message:
        wanted = self._label(label)
        return await person.wait_for(lambda message: wanted in message.labels)

    def _label(self, text: str) -> str:
        return self.office.label(text)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.office.zone)
