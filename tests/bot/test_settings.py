"""Is every wrong setting told in one sentence, and no secret ever?"""

from datetime import UTC, datetime, time

import pytest

from bot import settings
from bot.app import office_of
from bot.settings import WrongSettingsError
from domain.paces import Rates


def test_defaults_need_no_environment() -> None:
    loaded = settings.load()
    assert (loaded.timezone, loaded.locale, loaded.telegram_token) == ("Asia/Ho_Chi_Minh", "vi", None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DONDOC_DATABASE_URL", "mysql://root:geheim@db/x"),
        ("DONDOC_TELEGRAM_TOKEN", "geheim"),
        ("DONDOC_TELEGRAM_TOKEN", "123:ge/heim"),
        ("DONDOC_TELEGRAM_API_URL", "geheim"),
        ("DONDOC_TELEGRAM_API_URL", "http://bot.example:geheim"),
        ("DONDOC_TELEGRAM_API_URL", "http://bot.example:65536"),
        ("DONDOC_TELEGRAM_API_URL", "http://bot.example:0"),
        ("DONDOC_TELEGRAM_API_URL", "http://[geheim]"),
        ("DONDOC_TELEGRAM_PROXY", "ftp://geheim"),
        ("DONDOC_TELEGRAM_PROXY", "socks5://office:pass@proxy.example:geheim"),
        ("DONDOC_TELEGRAM_PROXY", "socks5://proxy.example:99999"),
        ("DONDOC_TELEGRAM_PROXY", "http://[geheim"),
        ("DONDOC_DATABASE_URL", "postgresql://root@db:geheim/x"),
        ("DONDOC_DATABASE_URL", "postgresql://root@db/x?geheim=1"),
        ("DONDOC_TIMEZONE", "geheim"),
        ("DONDOC_LOCALE", "geheim"),
        ("DONDOC_LOG_LEVEL", "geheim"),
        ("DONDOC_MORNING_ROUND", "geheim"),
        ("DONDOC_MORNING_ROUND", "25:00"),
        ("DONDOC_MORNING_ROUND", "8"),
        ("DONDOC_MORNING_ROUND", "06:59"),
        ("DONDOC_AFTERNOON_ROUND", "20:00"),
        ("DONDOC_AFTERNOON_ROUND", "07:30"),
        ("DONDOC_QUIET_FROM", "geheim"),
        ("DONDOC_QUIET_UNTIL", "24:00"),
        ("DONDOC_URGENT_AT_NIGHT", "geheim"),
    ],
)
def test_wrong_setting_is_named_and_its_value_is_not(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettingsError) as raised:
        settings.load()
    assert str(raised.value).startswith(f"{name} ")
    assert "geheim" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_the_office_s_hours_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "MORNING_ROUND": "07:30",
        "AFTERNOON_ROUND": "13:30",
        "QUIET_FROM": "18:30",
        "QUIET_UNTIL": "06:30",
        "URGENT_AT_NIGHT": "True",
    }.items():
        monkeypatch.setenv(f"DONDOC_{name}", value)
    office = office_of(settings.load(), datetime(2026, 3, 3, tzinfo=UTC))
    assert (office.morning, office.afternoon) == (time(7, 30), time(13, 30))
    assert (office.quiet_from, office.quiet_until, office.urgent_at_night) == (time(18, 30), time(6, 30), True)


def test_a_round_that_quiet_hours_reach_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_QUIET_UNTIL", "09:00")
    with pytest.raises(WrongSettingsError, match=r"^DONDOC_MORNING_ROUND lies within the quiet hours"):
        settings.load()


def test_quiet_hours_that_end_when_they_begin_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_QUIET_FROM", "07:00")
    assert settings.load().morning_round == time(8)


def test_empty_settings_count_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("DONDOC_TIMEZONE", "")
    assert settings.load().telegram_token is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DONDOC_TELEGRAM_API_URL", "http://127.0.0.1:8081"),
        ("DONDOC_TELEGRAM_API_URL", "https://[::1]:8443/bots"),
        ("DONDOC_TELEGRAM_PROXY", "socks5://office:geheim@proxy.example:1080"),
        ("DONDOC_TELEGRAM_PROXY", "http://proxy.example"),
        ("DONDOC_DATABASE_URL", "postgresql://office:geheim@db.example:5432/office?sslmode=require&channel_binding=require"),
    ],
)
def test_right_address_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert settings.load().model_dump()[name.removeprefix("DONDOC_").lower()] == value


def test_secrets_are_the_token_and_the_passwords_as_they_are_written_and_as_they_are_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "123456:AAgeheim")
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://office:d%40ta/base@db/office")
    monkeypatch.setenv("DONDOC_TELEGRAM_PROXY", "socks5://office:pro%3Axy@proxy.example:1080")
    told = {secret.get_secret_value() for secret in settings.load().secrets}
    assert told == {"123456:AAgeheim", "d%40ta/base", "d@ta/base", "pro%3Axy", "pro:xy"}


def test_without_passwords_there_are_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://office@db/office")
    monkeypatch.setenv("DONDOC_TELEGRAM_PROXY", "socks5://office:@proxy.example:1080")
    assert settings.load().secrets == ()


def test_token_is_not_in_what_the_settings_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "123456:AAgeheim")
    loaded = settings.load()
    assert loaded.telegram_token is not None
    assert "geheim" not in repr(loaded) + str(loaded)


def test_rates_are_what_telegram_allows_unless_they_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = settings.load().rates
    monkeypatch.setenv("DONDOC_TELEGRAM_RATE", "1000")
    monkeypatch.setenv("DONDOC_TELEGRAM_CHAT_RATE", "0.5")
    assert (usual, settings.load().rates) == (Rates(30, 1), Rates(1000, 0.5))


@pytest.mark.parametrize("value", ["0", "-1", "10001", "many", "1e3", "nan", "3,5", "0.0001"])
def test_a_rate_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_RATE", value)
    with pytest.raises(settings.WrongSettingsError, match="DONDOC_TELEGRAM_RATE is no number of messages a second"):
        settings.load()


def test_there_is_no_quota_unless_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = settings.load().quotas
    monkeypatch.setenv("DONDOC_TELEGRAM_QUOTA", "3000")
    assert (usual, settings.load().quotas) == ({}, {"telegram": 3000})


@pytest.mark.parametrize("value", ["0", "-1", "100000001", "many", "1e3", "3.000", "٣"])
def test_a_quota_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_QUOTA", value)
    with pytest.raises(settings.WrongSettingsError, match="DONDOC_TELEGRAM_QUOTA is no number of messages a month"):
        settings.load()
