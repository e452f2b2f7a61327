"""How does the bot reach a person on Telegram? The only package that knows python-telegram-bot."""

from channels.telegram.channel import Telegram

__all__ = ["Telegram"]
