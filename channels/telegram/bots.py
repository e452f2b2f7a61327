"""How is a message handed to Telegram? As the fields of the Bot API, and of its answer only what is read is taken."""

from typing import Any

from telegram import Bot


class Sender(Bot):
    """PTB's bot, which also sends without making objects of what leaves and of the message that comes back."""

    async def tell(self, method: str, chat: str, **fields: Any) -> Any:  # JSON values and files go out, JSON comes back.
        """Call a method that sends or edits a message, and give its answer; raise PTB's errors."""
        return await self._post(method, {"chat_id": chat, **fields})
