"""What was the program told by its surroundings? The only reader of the environment and the ``.env`` file."""

import re
from datetime import time, tzinfo
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from documents.confinement import SECONDS
from domain.offices import AFTERNOON, DAWN, EVENING, ROUND
from domain.paces import Rates
from storage.session import database_url

LONGEST_READING = 3600
FASTEST = 10_000
MOST_A_MONTH = 100_000_000
RATES = Rates()
RATE = re.compile(r"\d{1,5}(\.\d{1,3})?", re.ASCII)
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class WrongSettingsError(Exception):
    """A setting is wrong or missing; the text is one sentence for the administrator and holds no secret."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("is no time zone; write one like Asia/Ho_Chi_Minh") from None
    return name


def _is_address(text: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or a host in brackets that is none
        return False


def _api_address(address: str) -> str:
    if not _is_address(address, "http", "https"):
        raise ValueError("is no address; write one like https://api.telegram.org")
    return address


def _proxy(address: str | None) -> str | None:
    if address and not _is_address(address, "http", "https", "socks5"):
        raise ValueError("is no proxy; write one like socks5://127.0.0.1:1080")
    return address


def _one_of(*known: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"is none of {', '.join(known)}")
        return value

    return AfterValidator(check)


def _seconds(number: object) -> int:
    text = str(number)
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= LONGEST_READING):
        raise ValueError(f"is no number of seconds up to {LONGEST_READING}; write one like {SECONDS}")
    return int(text)


def _rate(number: object) -> float:
    text = str(number)
    if not (RATE.fullmatch(text) and 0 < float(text) <= FASTEST):
        raise ValueError(f"is no number of messages a second up to {FASTEST}; write one like 30 or 0.5")
    return float(text)


def _quota(number: object) -> int | None:
    if number is None:
        return None
    text = str(number)
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= MOST_A_MONTH):
        raise ValueError(f"is no number of messages a month up to {MOST_A_MONTH}; write one like 3000")
    return int(text)


def _clock(value: object) -> time:
    if isinstance(value, time):
        return value
    text = str(value).strip()
    if not CLOCK.fullmatch(text):
        raise ValueError("is no time of the day; write one like 08:00")
    return time.fromisoformat(text)


def _round(clock: time, info: ValidationInfo) -> time:
    quiet_from, quiet_until = info.data.get("quiet_from"), info.data.get("quiet_until")
    if quiet_from is None or quiet_until is None:  # one of them is wrong, which is told instead
        return clock
    inside = clock >= quiet_from or clock < quiet_until
    if inside if quiet_from > quiet_until else quiet_from <= clock < quiet_until:
        raise ValueError("lies within the quiet hours; set DONDOC_QUIET_FROM and DONDOC_QUIET_UNTIL around it")
    return clock


def _later_round(clock: time, info: ValidationInfo) -> time:
    morning = info.data.get("morning_round")
    if morning is not None and clock <= morning:
        raise ValueError("is not later than DONDOC_MORNING_ROUND; write one like 14:00")
    return _round(clock, info)


def _yes_or_no(value: object) -> bool:
    text = str(value).strip().lower()
    if text not in {"true", "false"}:
        raise ValueError("is neither true nor false")
    return text == "true"


def _token(token: SecretStr | None) -> SecretStr | None:
    text = token.get_secret_value().strip() if token else ""
    if not text:
        return None
    number, _, secret = text.partition(":")
    if not (number.isdigit() and secret and secret.isascii() and "/" not in secret):
        raise ValueError("is no bot token; copy it from BotFather, it looks like 123456789:AA…")
    return SecretStr(text)


def _database(url: str) -> str:
    database_url(url)
    return url


def _password(url: str | None) -> str:
    """Give a URL's password as it is written there, the empty text when there is none."""
    login, at, _ = (url or "").partition("://")[2].partition("@")
    return login.partition(":")[2] if at else ""


class Settings(BaseSettings):
    """Every setting; each is described in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", env_file=".env", env_ignore_empty=True, extra="ignore")

    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///data/dondoc.db"
    telegram_token: Annotated[SecretStr | None, AfterValidator(_token)] = None
    telegram_api_url: Annotated[str, AfterValidator(_api_address)] = "https://api.telegram.org"
    telegram_proxy: Annotated[str | None, AfterValidator(_proxy)] = None
    telegram_rate: Annotated[float, BeforeValidator(_rate)] = RATES.overall
    telegram_chat_rate: Annotated[float, BeforeValidator(_rate)] = RATES.chat
    telegram_quota: Annotated[int | None, BeforeValidator(_quota)] = None
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Ho_Chi_Minh"
    quiet_from: Annotated[time, BeforeValidator(_clock)] = EVENING
    quiet_until: Annotated[time, BeforeValidator(_clock)] = DAWN
    morning_round: Annotated[time, BeforeValidator(_clock), AfterValidator(_round)] = ROUND
    afternoon_round: Annotated[time, BeforeValidator(_clock), AfterValidator(_later_round)] = AFTERNOON
    urgent_at_night: Annotated[bool, BeforeValidator(_yes_or_no)] = False
    locale: Annotated[str, _one_of("vi", "en")] = "vi"
    data_dir: Path = Path("data")
    read_seconds: Annotated[int, BeforeValidator(_seconds)] = SECONDS
    log_level: Annotated[str, BeforeValidator(str.upper), _one_of("DEBUG", "INFO", "WARNING", "ERROR")] = "INFO"

    @property
    def zone(self) -> tzinfo:
        """The office's zone."""
        return ZoneInfo(self.timezone)

    @property
    def rates(self) -> Rates:
        """How fast the platform lets the bot send."""
        return Rates(self.telegram_rate, self.telegram_chat_rate)

    @property
    def bots(self) -> frozenset[str]:
        """The bots that have a token, by the names of their channels."""
        return frozenset({"telegram"}) if self.telegram_token else frozenset()

    @property
    def quotas(self) -> dict[str, int]:
        """How many messages a month each bot may send, of those that have a quota."""
        return {"telegram": self.telegram_quota} if self.telegram_quota else {}

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """What no log may hold: the token, and passwords as they are written in a URL and as they are meant."""
        token = self.telegram_token.get_secret_value() if self.telegram_token else ""
        written = [_password(url) for url in (self.database_url, self.telegram_proxy)]
        return tuple(SecretStr(text) for text in dict.fromkeys((token, *written, *map(unquote, written))) if text)


def load() -> Settings:
    """Read the settings; raise ``WrongSettingsError`` that names the first wrong one and never its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        name = f"DONDOC_{first['loc'][0]}".upper()
        raise WrongSettingsError(f"{name} {first['msg'].removeprefix('Value error, ')}") from None
