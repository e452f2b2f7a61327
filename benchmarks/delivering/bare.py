"""What would a bot do that only uses its library? One that announces, answers and takes presses, and keeps one row of each."""

import argparse
import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import aiosqlite
import asyncpg
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, Application, CallbackQueryHandler, ContextTypes, MessageHandler
from telegram.request import HTTPXRequest

from benchmarks.delivering.offices import HOA, TEXT
from benchmarks.delivering.watch import READERS_FROM

RATE = 30
RETRIES = 5
AGAIN_SECONDS = 1.0
CONNECTIONS = 256
TABLE = "CREATE TABLE IF NOT EXISTS presses (query TEXT PRIMARY KEY)"
Context = ContextTypes.DEFAULT_TYPE
Bot = Application[Any, Any, Any, Any, Any, Any]  # As the library's builder types it.
Press = Callable[[Update, Context], Coroutine[Any, Any, None]]
Keep = Callable[[str], Awaitable[object]]
"""Keeps one row, and returns when it is committed."""


def keyboard(label: str, data: str) -> InlineKeyboardMarkup:
    """Give one button."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


async def tell(context: Context, chat: int) -> None:
    """Send one reader the announcement."""
    await context.bot.send_message(chat, TEXT, parse_mode=ParseMode.HTML, reply_markup=keyboard("Đã nhận", "seen:1"))


async def gathered(context: Context, chats: range) -> None:
    """Send to all at once, and leave the pace to whatever there is."""
    await asyncio.gather(*(tell(context, chat) for chat in chats), return_exceptions=True)


async def paced(context: Context, chats: range) -> None:
    """Send one after another, at the rate."""
    loop = asyncio.get_running_loop()
    begun, under_way = loop.time(), []
    for place, chat in enumerate(chats):
        await asyncio.sleep(begun + place / RATE - loop.time())
        under_way.append(asyncio.create_task(tell(context, chat)))
    await asyncio.gather(*under_way)


async def end(context: Context) -> None:
    """Say that the announcement is out, as soon as the platform takes it."""
    while True:
        try:
            await context.bot.send_message(HOA, "xong")
        except RetryAfter:
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            return


async def announce(send: Callable[[Context, range], Awaitable[None]], readers: int, update: Update, context: Context) -> None:
    """Announce when it is pressed, and say when that is done."""
    if update.callback_query is None:
        return
    await update.callback_query.answer()
    chats = range(READERS_FROM, READERS_FROM + readers)
    await send(context, chats)
    await end(context)


async def answer(update: Update, _context: Context) -> None:
    """Answer a message with one."""
    if update.effective_message:
        await update.effective_message.reply_text("Đơn vị không còn nhiệm vụ nào đang mở.", parse_mode=ParseMode.HTML)


async def submit(keep: Keep, update: Update, context: Context) -> None:
    """Take a press: the spinner, one row, the card in place, and the receipt."""
    query = update.callback_query
    if query is None or query.message is None:
        return
    await query.answer()
    await keep(query.id)
    await query.edit_message_text("<b>Đã nộp</b>", parse_mode=ParseMode.HTML, reply_markup=keyboard("Chi tiết", "details:1"))
    chat = query.message.chat.id
    await context.bot.send_message(
        chat, "✅ Đã ghi nhận.", parse_mode=ParseMode.HTML, reply_markup=keyboard("Hoàn tác", "undo:1")
    )


async def sqlite(path: str) -> Keep:
    """Keep rows in a file of SQLite that is as durable as the program's."""
    connection = await aiosqlite.connect(path, isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE):
        await connection.execute(statement)

    async def keep(query: str) -> None:
        await connection.execute("INSERT INTO presses VALUES (?)", (query,))

    return keep


async def postgresql(url: str) -> Keep:
    """Keep rows in PostgreSQL."""
    pool = await asyncpg.create_pool(url)
    await pool.execute(TABLE)
    return functools.partial(pool.execute, "INSERT INTO presses VALUES ($1)")


def client(told: argparse.Namespace) -> Bot:
    """Give the library's application, not yet told what to do."""
    request = HTTPXRequest(connection_pool_size=CONNECTIONS, httpx_kwargs={"trust_env": False})
    polls = HTTPXRequest(httpx_kwargs={"trust_env": False})
    built = Application.builder().token(told.token).base_url(f"{told.url}/bot").request(request).get_updates_request(polls)
    if told.way == "limiter":
        built = built.rate_limiter(AIORateLimiter(max_retries=RETRIES))  # type: ignore[arg-type] # PTB's own example
    return built.concurrent_updates(True).build()


async def pressed(told: argparse.Namespace) -> Press:
    """Give what a press does."""
    if told.way == "presses":
        return functools.partial(submit, await (postgresql if told.database.startswith("postgres") else sqlite)(told.database))
    return functools.partial(announce, paced if told.way == "paced" else gathered, told.readers)


async def main() -> None:
    """Run until killed."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("way", choices=["gather", "limiter", "paced", "presses"])
    for name in ("token", "url"):
        wanted.add_argument(name)
    wanted.add_argument("--readers", type=int, default=0)
    wanted.add_argument("--database", default="")
    told = wanted.parse_args()
    application = client(told)
    application.add_handler(CallbackQueryHandler(await pressed(told)))
    application.add_handler(MessageHandler(None, answer))
    async with application:
        await application.start()
        if application.updater:
            await application.updater.start_polling()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
