"""Is everything set and within reach? ``dondoc check`` says it in plain words, and never shows a secret."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.app import channels_of
from bot.settings import Settings
from channels import ChannelError, NotSent
from documents.readers import conversions, scans
from domain.people import STAFF
from storage import instances, migrations, people, units
from storage.session import Database, UnreachableError

_INSTALL, _TESSERACT, _OFFICE = "to change that, install", "tesseract-ocr and tesseract-ocr-vie", "libreoffice-writer-nogui"


@dataclass(frozen=True)
class Found:
    """One line of the check: whether it is well, and what is to be said."""

    well: bool
    text: str


def check(settings: Settings) -> list[Found]:
    """Look at settings, database and channels."""
    return asyncio.run(_check(settings))


async def _check(settings: Settings) -> list[Found]:
    database = await _database(settings)
    return [*_settings(settings), *database, *await _channels(settings)]


def _settings(settings: Settings) -> Iterator[Found]:
    yield Found(True, f"Time zone {settings.timezone}, language {settings.locale}.")
    yield _folder(settings.data_dir)
    yield from _readers()
    if settings.telegram_proxy:
        yield Found(True, "Telegram is reached through a proxy.")


def _readers() -> Iterator[Found]:
    """Say which kinds of papers can be read; what is missing is no fault, since every paper can be sent as .docx."""
    pictures, old = scans.is_ready(), conversions.is_ready()
    yield Found(True, "Scans and photos are read." if pictures else f"Scans and photos are not read: {_INSTALL} {_TESSERACT}.")
    yield Found(
        True, "Files of .doc, .odt and .rtf are read." if old else f".doc, .odt and .rtf are not read: {_INSTALL} {_OFFICE}."
    )


def _folder(folder: Path) -> Found:
    # The nearest folder that exists decides whether the rest can be made.
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Found(True, f"Files are kept in {folder}.")
    return Found(
        False, f"Files cannot be kept in {folder}: choose another DONDOC_DATA_DIR, or give this user the right to write."
    )


async def _database(settings: Settings) -> list[Found]:
    database = Database(settings.database_url)
    shown = database.shown
    try:
        step = await migrations.step_of(database)
        if step != migrations.newest():
            return [
                Found(False, f"Database {shown} is {'empty' if step is None else 'of an older version'}: run “dondoc migrate”.")
            ]
        async with database.transaction() as session:
            registered = len((await units.register(session)).units)
            staff = len(await people.staff(session, STAFF))
            is_paused = (await instances.standing(session)).paused_since is not None
    except UnreachableError as error:
        return [Found(False, f"Database {shown} cannot be reached: {error}.")]
    finally:
        await database.close()
    import_units = "" if registered else " Import them: dondoc units import FILE.csv"
    invite = "" if staff else " Invite the first: dondoc staff invite --name NAME --role admin"
    paused = [Found(False, "Paused, as after a restored backup: “dondoc resume” shows what would be sent, and lets it.")]
    return [
        Found(True, f"Database {shown} is up to date."),
        *(paused if is_paused else []),
        Found(registered > 0, f"{registered} units are registered.{import_units}"),
        Found(staff > 0, f"{staff} people of the office are registered.{invite}"),
    ]


async def _channels(settings: Settings) -> list[Found]:
    channels = channels_of(settings)
    if not channels:
        return [
            Found(
                False, "No channel is set. Put the bot's token into DONDOC_TELEGRAM_TOKEN; docs/settings.md says how to get one."
            )
        ]
    found = []
    for channel in channels.values():
        try:
            found.append(Found(True, f"Channel {channel.name} answers as @{await channel.identify()}."))
        except NotSent as error:
            found.append(Found(False, f"Channel {channel.name} is out of reach or refuses the token: {error}."))
        except ChannelError as error:
            found.append(Found(False, f"Channel {channel.name} does not answer as it should: {error}."))
        finally:
            await channel.close()
    return found
