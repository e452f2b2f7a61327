"""How is a message handed to Telegram? As the fields of the Bot API, and of its answer only what is read is taken."""

import sys
from importlib.util import find_spec
from typing import Any

from telegram import Bot

if find_spec("sniffio") is None:
    # httpcore looks for it at each lock that it makes, four a message, and every look goes through all folders of packages.
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # so an import fails at once, as its documentation says


class Sender(Bot):
    """PTB's bot, which also sends without making objects of what leaves and of the message that comes back."""

    async def tell(self, method: str, chat: str, **fields: Any) -> Any:  # JSON values and files go out, JSON comes back.
        """Call a method that sends or edits a message, and give its answer; raise PTB's errors."""
        return await self._post(method, {"chat_id": chat, **fields})
