"""What does the program tell its administrator while it runs? Lines of a constant message and its data, without secrets."""

import logging
from typing import Any

from pydantic import SecretStr

PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# These libraries write addresses that hold the token, or a line for every tick.
QUIET = ("aiohttp", "telegram", "alembic", "aiosqlite", "asyncio", "uvicorn")


class _Line(logging.Formatter):
    """One line a record: time, level, message, then every ``extra`` as name=value; secrets blotted out."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        # The longest first, since one may begin like another; an empty one would be found between all letters.
        self.secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        extra: dict[str, Any] = {key: value for key, value in vars(record).items() if key not in PLAIN}
        data = "".join(f" {key}={value}" for key, value in extra.items())
        head, newline, trace = super().format(record).partition("\n")
        line = f"{head}{data}{newline}{trace}"
        for secret in self.secrets:
            line = line.replace(secret, "…")
        return line


def set_up(level: str, *secrets: SecretStr | None) -> None:
    """Send all logging to standard error from a level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Line(tuple(secret.get_secret_value() for secret in secrets if secret)))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A tick that is still running when the next is due is no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
