"""Is every wrong setting told in one sentence, and no secret ever?"""

import pytest

from bot import settings
from bot.settings import WrongSettingsError


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
        ("DONDOC_TELEGRAM_PROXY", "ftp://geheim"),
        ("DONDOC_TIMEZONE", "geheim"),
        ("DONDOC_LOCALE", "geheim"),
        ("DONDOC_LOG_LEVEL", "geheim"),
    ],
)
def test_wrong_setting_is_named_and_its_value_is_not(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettingsError) as raised:
        settings.load()
    assert str(raised.value).startswith(f"{name} ")
    assert "geheim" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_empty_settings_count_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("DONDOC_TIMEZONE", "")
    assert settings.load().telegram_token is None


def test_token_is_not_in_what_the_settings_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "123456:AAgeheim")
    loaded = settings.load()
    assert loaded.telegram_token is not None
    assert "geheim" not in repr(loaded) + str(loaded)
