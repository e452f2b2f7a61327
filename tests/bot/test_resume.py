"""Does ``dondoc resume`` show what a restored office would send, and let it go on only when that is wished?"""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import typer

from bot import settings
from bot.commands import database_of
from domain.deliveries import Kind, Lane
from schedules.clock import wall_clock
from storage import instances, marks, outbox
from tests.bot.conftest import Types, root_logger_kept
from tests.builders import the_cast

SINCE = wall_clock() - timedelta(days=40)


def with_a_paused_office(folder: str = "elsewhere") -> None:
    """Keep an office with two messages that wait, and start it without the folder that it was marked with."""

    async def pause() -> None:
        async with database_of(settings.load()) as database, database.transaction() as session:
            cast = await the_cast(session)
            await outbox.put(session, Kind.DECIDED, [cast.lan.id, cast.minh.id], lane=Lane.WORD, at=SINCE, subject=1)
            await instances.renew(session, Path(folder), SINCE)
            await instances.renew(session, Path("data"), SINCE)

    asyncio.run(pause())


def test_an_office_that_is_not_paused_is_told_so(types: Types) -> None:
    ran = types("resume")
    assert ran.code == 0
    assert ran.out.startswith("Nothing is paused.")


def test_what_would_be_sent_is_told_first_and_no_is_an_answer(types: Types, monkeypatch: pytest.MonkeyPatch) -> None:
    with_a_paused_office()
    monkeypatch.setattr(typer, "confirm", lambda question: False)
    since = SINCE.astimezone(settings.load().zone).strftime("%Y-%m-%d %H:%M")

    lines = types("resume").out.splitlines()

    assert lines[0].startswith(f"Paused since {since}: ")
    assert f"  messages that wait: 2 (decided 2), the oldest since {since}" in lines
    assert lines[-1] == "It stays paused."
    assert types("resume").out.startswith("Paused since ")


def test_yes_ends_the_pause(types: Types) -> None:
    with_a_paused_office()
    assert "The pause is over." in types("resume", "--yes").out
    assert types("resume").out.startswith("Nothing is paused.")
    assert (Path("data") / marks.NAME).exists()


def test_check_tells_of_the_pause(types: Types) -> None:
    with_a_paused_office()
    assert "✗ Paused, " in types("check").out
    types("resume", "--yes")
    assert "Paused" not in types("check").out


def test_a_folder_that_cannot_be_written_to_leaves_the_pause(types: Types) -> None:
    with_a_paused_office()
    (Path("data") / marks.NAME).mkdir()
    ran = types("resume", "--yes")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "data/instance cannot be written" in ran.err
    assert types("resume", "--yes").out.startswith("Paused since ")


def test_run_beside_a_mark_that_cannot_be_read_says_what_to_do(types: Types, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "123456789:geheim")
    types("migrate")
    (Path("data") / marks.NAME).mkdir()
    with root_logger_kept():
        ran = types("run")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert ran.err.startswith("dondoc: data/instance cannot be read: Is a directory.")
