"""Does each command do what its help says, and fail in one sentence with exit code 2?"""

import json
import logging
import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from sandbox.story import UNITS
from storage import locks
from storage.session import Database
from tests.bot.conftest import Types, root_logger_kept

NOTICE = str(files("sandbox").joinpath("notices", "thong-bao-52.txt"))


def test_run_without_a_token_says_what_is_missing(types: Types) -> None:
    with root_logger_kept():
        ran = types("run")
    assert ran.code == 2
    assert ran.err.startswith("dondoc: DONDOC_TELEGRAM_TOKEN is missing.")
    assert len(ran.err.splitlines()) == 1


def test_wrong_setting_is_one_sentence(types: Types, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TIMEZONE", "Mars/Olympus")
    ran = types("check")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


def test_database_out_of_reach_is_one_sentence(types: Types, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://office:geheim@127.0.0.1:1/none")
    ran = types("migrate")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "geheim" not in ran.err


@pytest.mark.parametrize("command", ["migrate", "check"])
@pytest.mark.parametrize("url", ["postgresql://office:geheim@127.0.0.1:1/none?strange=1", "sqlite://data/dondoc.db"])
def test_database_address_that_is_wrong_is_one_sentence(
    types: Types, monkeypatch: pytest.MonkeyPatch, command: str, url: str
) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", url)
    ran = types(command)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert ran.err.startswith("dondoc: DONDOC_DATABASE_URL ")
    assert "geheim" not in ran.err


def test_a_hosted_database_out_of_reach_is_one_sentence(types: Types, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://office:geheim@127.0.0.1:1/none?sslmode=require")
    ran = types("migrate")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "cannot be reached" in ran.err


def test_run_logs_no_password(types: Types, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://office:geheim@127.0.0.1:1/none")
    monkeypatch.setenv("DONDOC_TELEGRAM_PROXY", "socks5://office:verborgen@127.0.0.1:1")
    with root_logger_kept():
        types("run")
        logging.getLogger("x").warning("tried", extra={"database": "geheim", "proxy": "verborgen"})
    assert capsys.readouterr().err.strip().endswith("tried database=… proxy=…")


def test_check_tells_what_is_missing_and_fails_until_it_is_there(types: Types) -> None:
    assert "dondoc migrate" in types("check").out
    types("migrate")
    ran = types("check")
    assert ran.code == 1
    assert "dondoc units import" in ran.out
    assert "dondoc staff invite" in ran.out
    assert "DONDOC_TELEGRAM_TOKEN" in ran.out


def test_staff_invite_prints_a_code_for_people_and_for_programs(types: Types) -> None:
    assert re.search(r"\b\d{8}\b", types("staff", "invite", "--name", "Hoa", "--role", "admin").out)
    made = json.loads(types("staff", "invite", "--name", "Hoa", "--role", "officer", "--json").out)
    assert (made["name"], made["role"], made["link"], len(made["code"])) == ("Hoa", "officer", None, 8)


@pytest.mark.parametrize("role", ["boss", "secretary"])
def test_staff_invite_knows_only_the_roles_of_the_office(types: Types, role: str) -> None:
    assert types("staff", "invite", "--name", "Hoa", "--role", role).code == 2


def test_units_import_says_what_is_new_changed_and_doubtful(types: Types, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("name,short_name,group\nChi bộ Thư viện tỉnh,TV,Khối A\nChi bộ Bảo tàng,,\n")
    second.write_text(
        "tên;tên tắt;nhóm\nChi bộ Thư viện tỉnh;TV;Khối B\nChi bộ Thư viện tĩnh;;\nĐảng ủy Sở Y tế;;\n", "utf-8-sig"
    )
    assert "2 new, 0 changed" in types("units", "import", str(first)).out
    dry = types("units", "import", str(second), "--dry-run").out
    assert "1 new, 1 changed, 0 as before, 1 doubtful" in dry
    assert [one["group"] for one in json.loads(types("units", "list", "--json").out)] == ["Khối A", None]
    types("units", "import", str(second))
    listed = json.loads(types("units", "list", "--json").out)
    assert [one["name"] for one in listed] == ["Chi bộ Thư viện tỉnh", "Chi bộ Bảo tàng", "Đảng ủy Sở Y tế"]
    assert listed[0]["group"] == "Khối B"


@pytest.mark.parametrize(("name", "content"), [("a.csv", "x,y\n1,2\n"), ("a.csv", ""), ("a.pdf", "x"), ("a.xlsx", "no workbook")])
def test_units_import_of_something_else_is_one_sentence(types: Types, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    ran = types("units", "import", name)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


def test_units_invite_gives_a_code_a_unit(types: Types, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,short_name,group\nChi bộ A,CBA,\nChi bộ B,,\n")
    types("units", "import", "a.csv")
    every = json.loads(types("units", "invite", "--all", "--json").out)
    assert [one["unit"] for one in every] == ["Chi bộ A", "Chi bộ B"]
    assert len({one["code"] for one in every}) == 2
    assert json.loads(types("units", "invite", "--unit", "cba", "--json").out)[0]["unit"] == "Chi bộ A"
    assert types("units", "invite", "--unit", "Chi bộ C").code == 2
    assert types("units", "invite").code == 2


def test_read_prints_for_people_and_for_programs(types: Types) -> None:
    assert "trước ngày 22/02/2021" in types("read", NOTICE).out
    form = json.loads(types("read", NOTICE, "--json").out)
    assert form["header"]["number"] == "52"
    assert [task["ref"] for task in form["tasks"]] == ["2.1", "2.2", "2.3.(1)", "2.3.(2)"]
    assert form["tasks"][0]["deadline"]["effective_workday"] == "2021-02-19"
    assert "deadline" in form["tasks"][1]["unsure"]


def test_read_of_something_else_is_one_sentence(types: Types, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Xin chào")
    for name in ("a.txt", "nothing.txt"):
        ran = types("read", name)
        assert (ran.code, len(ran.err.splitlines())) == (2, 1)


def test_preview_tells_who_would_get_what_and_when_and_never_on_a_day_off(types: Types) -> None:
    planned = json.loads(types("preview", NOTICE, "--now", "2021-02-01T09:00", "--json").out)
    moments = sorted({one["when"] for one in planned})
    assert moments[:4] == [
        "2021-02-01T09:00:00+07:00",
        "2021-02-02T08:00:00+07:00",
        "2021-02-05T08:00:00+07:00",
        "2021-02-09T08:00:00+07:00",
    ]
    assert not [moment for moment in moments if "2021-02-10" <= moment < "2021-02-17"]


def test_preview_uses_the_registered_units_and_stores_nothing_of_the_paper(types: Types, tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("name,short_name,group\n" + "".join(f"{name},,\n" for name in UNITS))
    types("units", "import", "u.csv")
    planned = json.loads(types("preview", NOTICE, "--now", "2021-02-01T09:00", "--json").out)
    assert {one["unit"] for one in planned} == set(UNITS)
    first = [one for one in planned if one["when"].startswith("2021-02-01")]
    assert sum(1 for one in first if any(task["ref"] == "2.1" for task in one["tasks"])) == 6


def test_preview_at_a_moment_that_is_none_is_one_sentence(types: Types) -> None:
    ran = types("preview", NOTICE, "--now", "tomorrow")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


def test_preview_writes_a_picture(types: Types, tmp_path: Path) -> None:
    ran = types("preview", NOTICE, "--now", "2021-02-01T09:00", "--picture", "out.png")
    assert (ran.code, ran.out) == (0, "The picture out.png is written.\n")
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("options", [("--picture", "nowhere/out.png"), ("--json", "--picture", "out.png")], ids=" ".join)
def test_preview_that_cannot_be_written_is_one_sentence(types: Types, options: tuple[str, ...]) -> None:
    ran = types("preview", NOTICE, *options)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


def test_run_beside_another_one_on_a_file_says_what_to_do_and_other_commands_go_on(
    types: Types, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "123456789:geheim")
    with root_logger_kept(), locks.alone(Database("sqlite:///data/dondoc.db")):
        ran = types("run")
        listed = types("units", "list")
    assert ran.code == 2
    assert (
        ran.err == "dondoc: Another “dondoc run” uses this database. Stop that one first; only on PostgreSQL may several run.\n"
    )
    assert (listed.code, listed.out) == (0, "0 units.\n")


def test_a_database_of_a_newer_version_is_one_sentence(types: Types) -> None:
    types("units", "list")
    with sqlite3.connect("data/dondoc.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    ran = types("units", "list")
    assert (ran.code, ran.err.splitlines()) == (
        2,
        ["dondoc: A newer dondoc has used this database (step 9999). Use that version, or restore the backup from before it."],
    )
