"""Do the logs say what happened, and blot out secrets?"""

import logging
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot import logs

BLOTTED = "123456:AAgeheim"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Put logging back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def test_line_holds_the_message_and_its_data(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO", None)
    logging.getLogger("x").info("a delivery was tried", extra={"action": "deliver", "delivery": 7})
    assert capsys.readouterr().err.strip().endswith("INFO a delivery was tried action=deliver delivery=7")


def fails() -> None:
    raise ValueError(f"https://api.example/bot{BLOTTED}/getMe")


def test_secret_is_blotted_out_even_in_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO", SecretStr(BLOTTED))
    try:
        fails()
    except ValueError:
        logging.getLogger("x").exception("failed", extra={"action": "x", "url": f"/bot{BLOTTED}"})
    printed = capsys.readouterr().err
    assert "geheim" not in printed
    assert "ValueError" in printed


def test_every_secret_is_blotted_out_whole_and_an_empty_one_blots_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO", SecretStr("geheim"), SecretStr("geheimer"), SecretStr(""), None)
    logging.getLogger("x").info("connected", extra={"url": "postgresql://office:geheimer@db/office"})
    assert capsys.readouterr().err.strip().endswith("INFO connected url=postgresql://office:…@db/office")


def test_libraries_that_write_addresses_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("DEBUG", None)
    for name in ("aiohttp.client", "telegram.ext"):
        logging.getLogger(name).info("POST /bot123:secret/getMe")
    assert capsys.readouterr().err == ""
