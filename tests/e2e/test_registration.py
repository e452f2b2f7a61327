"""Do people come in by one-time codes, and does nobody else learn anything?"""

from domain.people import RoleKind
from sandbox.story import CULTURE
from tests.e2e.conftest import Cast
from tests.stage import Stage

ASKED = "mã mời"


async def test_first_code_of_an_admin_binds_the_administrator(empty: Stage) -> None:
    hoa = empty.twin.person(1, "Hoa")
    await hoa.starts(await empty.code(RoleKind.ADMIN, name="Hoa"))
    assert "quản trị" in (await hoa.waits_for("Hoa")).text


async def test_code_is_taken_as_a_plain_message_with_spaces(cast: Cast) -> None:
    tam = cast.stage.twin.person(105, "Tâm")
    code = await cast.stage.code(RoleKind.SECRETARY, unit=CULTURE)
    await tam.says(f"{code[:4]} {code[4:]}")
    assert CULTURE in (await tam.waits_for("Tâm")).text
    assert CULTURE in (await cast.hoa.waits_for("Tâm")).text


async def test_code_works_only_once(cast: Cast) -> None:
    code = await cast.stage.code(RoleKind.SECRETARY, unit=CULTURE)
    first, second = cast.stage.twin.person(105, "Tâm"), cast.stage.twin.person(106, "Nga")
    await first.starts(code)
    await first.waits_for(CULTURE)
    await second.starts(code)
    assert CULTURE not in (await second.wait_for(lambda _: True)).text


async def test_code_expires_after_two_weeks(cast: Cast) -> None:
    code = await cast.stage.code(RoleKind.SECRETARY, unit=CULTURE)
    await cast.stage.moves("2021-02-15", "09:01")
    tam = cast.stage.twin.person(105, "Tâm")
    await tam.starts(code)
    assert "hết hạn" in (await tam.wait_for(lambda _: True)).text


async def test_five_wrong_codes_pause_the_account_even_for_a_right_one(cast: Cast) -> None:
    tam = cast.stage.twin.person(105, "Tâm")
    for _ in range(5):
        await tam.says("00000000")
        await tam.wait_for(lambda _: True)
    right = await cast.stage.code(RoleKind.SECRETARY, unit=CULTURE)
    await tam.says(right)
    assert CULTURE not in (await tam.wait_for(lambda _: True)).text
    await cast.stage.passes(minutes=16)
    await tam.says(right)
    assert CULTURE in (await tam.wait_for(lambda _: True)).text


async def test_stranger_is_only_asked_for_a_code(published: Cast) -> None:
    stranger = published.stage.twin.person(999, "Người lạ")
    for text in ("/start", "/viec", "/tinhhinh", "/trogiup", "Xin chào"):
        await stranger.says(text)
        answer = await stranger.wait_for(lambda _: True)
        assert ASKED in answer.text
        assert not answer.rows
        assert CULTURE not in answer.text
    await stranger.sends_file("x.txt", b"x")
    assert ASKED in (await stranger.wait_for(lambda _: True)).text


async def test_welcome_of_a_late_comer_shows_the_tasks_that_wait(published: Cast) -> None:
    tam = published.stage.twin.person(105, "Tâm")
    await tam.starts(await published.stage.code(RoleKind.SECRETARY, unit="Chi bộ Trung tâm Khuyến nông"))
    listing = await tam.wait_for(lambda message: "Đã nộp" in message.labels)
    assert "Kế hoạch công tác năm 2021" in listing.text


async def test_commands_fit_the_role(cast: Cast) -> None:
    def names(chat: int) -> list[str]:
        return [command["command"] for command in cast.stage.twin.commands(chat)]

    assert names(cast.lan.id) == ["viec", "caidat", "ngonngu", "trogiup"]
    assert names(cast.hoa.id) == [
        "tinhhinh",
        "ketluan",
        "donvi",
        "lich",
        "thongbao",
        "thangnhac",
        "caidat",
        "ngonngu",
        "trogiup",
    ]


async def test_language_changes_texts_and_commands(published: Cast) -> None:
    lan = published.lan
    await lan.says("/ngonngu")
    await lan.wait_for(lambda message: "English" in message.labels)
    await lan.presses("English")
    await lan.waits_for("in English")
    await lan.waits_for("What you can do here")
    await lan.says("/viec")
    assert "Submitted" in (await lan.waits_for("await your unit")).labels
    assert published.stage.twin.commands(lan.id)[0]["description"] == "My tasks"


async def test_help_speaks_to_the_role(cast: Cast) -> None:
    await cast.lan.says("/trogiup")
    of_secretary = await cast.lan.waits_for("/viec")
    assert "/thongbao" not in of_secretary.text
    await cast.hoa.says("/trogiup")
    assert "/thongbao" in (await cast.hoa.waits_for("/tinhhinh")).text


async def test_secretary_cannot_use_what_is_the_office_s(published: Cast) -> None:
    for command in ("/tinhhinh", "/thongbao", "/ketluan", "/donvi"):
        await published.lan.says(command)
        assert "vai trò" in (await published.lan.wait_for(lambda _: True)).text
