"""Does the main job go the same way on SQLite and on PostgreSQL?"""

from pathlib import Path

from domain.people import RoleKind
from domain.units import Unit
from sandbox.story import CULTURE, UNITS
from storage.session import Database
from tests.stage import at, stage


async def test_main_job_on_either_database(tmp_path: Path, database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    async with stage(tmp_path, at("2021-02-01"), database_url=url) as scene:
        hoa, lan = scene.twin.person(1, "Hoa"), scene.twin.person(2, "Lan")
        await scene.enrols(hoa, RoleKind.ADMIN)
        await scene.registers(*(Unit(name) for name in UNITS))
        await scene.enrols(lan, RoleKind.SECRETARY, CULTURE)
        await scene.publishes(hoa)
        await lan.presses("Đã nộp", await lan.wait_for(lambda message: "Đã nộp" in message.labels))
        await lan.wait_for(lambda message: "Hoàn tác" in message.labels)
        await lan.sends_file("ke-hoach.docx", b"the plan")
        await lan.waits_for("ke-hoach.docx")
        await hoa.presses("Xác nhận", await hoa.wait_for(lambda message: "Xác nhận" in message.labels))
        await lan.waits_for("Văn phòng đã xác nhận")
        await scene.moves("2021-02-05")
        assert "Báo cáo khắc phục" in (await lan.waits_for("Kính gửi")).text
        await hoa.says("/tinhhinh")
        assert "Đã hoàn thành: 1" in (await hoa.waits_for("tính đến")).text
