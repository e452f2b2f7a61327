"""What can be typed after ``dondoc``? The commands, and one place where what goes wrong becomes a sentence."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import logs, settings
from bot.app import Application, channels_of
from bot.calendar_cli import calendar_app
from bot.commands import (
    CannotError,
    check,
    console,
    demo,
    offices,
    pages,
    papers,
    pauses,
    previews,
    print_json,
    readings,
    say,
    staff,
    status,
    statuses,
    units,
    updated,
)
from bot.settings import Settings, WrongSettingsError
from documents.form import to_form
from domain.people import RoleKind
from messages.i18n import Speech
from schedules.clock import wall_clock
from storage.locks import InUseError
from storage.marks import MarkUnreadableError
from storage.migrations import NewerError
from storage.session import UnreachableError

app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc follows up the tasks of conclusion notices over Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
staff_app = typer.Typer(help="The office's people.", no_args_is_help=True)
units_app = typer.Typer(help="The units that are followed up.", no_args_is_help=True)
app.add_typer(staff_app, name="staff")
app.add_typer(units_app, name="units")
app.add_typer(calendar_app, name="calendar")


class StaffRole(StrEnum):
    """The roles that the office gives its own people; secretaries come in through their units."""

    ADMIN = RoleKind.ADMIN.value
    OFFICER = RoleKind.OFFICER.value
    LEADER = RoleKind.LEADER.value


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Paper = Annotated[Path, typer.Argument(metavar="FILE", help="A notice: .docx, .txt or .md.")]


def main() -> None:
    """Run the command; a wrong setting or a request that cannot be met is one sentence and exit code 2."""
    try:
        app()
    except (WrongSettingsError, CannotError) as error:
        _fail(str(error))
    except UnreachableError as error:
        _fail(f"The database cannot be reached: {error}. Look at DONDOC_DATABASE_URL.")
    except NewerError as error:
        _fail(f"A newer dondoc has used this database (step {error}). Use that version, or restore the backup from before it.")
    except MarkUnreadableError as error:
        _fail(f"{error}. It tells whether the database is the one that ran here last: let the user who runs dondoc read it.")
    except InUseError:
        _fail("Another “dondoc run” uses this database. Stop that one first; only on PostgreSQL may several run.")


def _fail(text: str) -> None:
    typer.echo(f"dondoc: {text}", err=True)
    sys.exit(2)


@app.command()
def run() -> None:
    """Start the bot: channels, scheduler, delivery; SIGTERM or Ctrl-C stops it."""
    loaded = settings.load()
    logs.set_up(loaded.log_level, *loaded.secrets)
    if loaded.telegram_token is None:
        raise CannotError("DONDOC_TELEGRAM_TOKEN is missing. Get one from BotFather; README.md says how, step by step.")
    asyncio.run(_run(loaded))


async def _run(loaded: Settings) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    say("Đôn Đốc starts. Ctrl-C stops it.")
    # An office that is paused while the program runs makes it begin anew, which waits until the pause ends.
    while not stopped.is_set():
        await Application(loaded, channels_of(loaded)).run(stopped)


@app.command()
def resume(yes: Annotated[bool, typer.Option("--yes", help="Go on without a question.")] = False) -> None:
    """Let an office go on that is paused since its database was put back; first says what would be sent, and asks."""
    loaded = settings.load()
    found = pauses.pause(loaded)
    if found is None:
        say("Nothing is paused. A database that was put back is paused when “dondoc run” starts with it.")
        return
    for line in pauses.told(found, loaded.zone):
        say(line)
    if yes or typer.confirm("Let it go on?"):
        pauses.resume(loaded)
        say("The pause is over. A running “dondoc run” goes on by itself within seconds.")
    else:
        say("It stays paused.")


@app.command()
def migrate() -> None:
    """Create or update the database."""
    say(asyncio.run(updated(settings.load())))


@app.command(name="check")
def check_all() -> None:
    """Say what is set, what is missing, and whether each channel answers; exit code 1 when something is missing."""
    found = check.check(settings.load())
    for one in found:
        say(f"{'✓' if one.well else '✗'} {one.text}")
    raise typer.Exit(0 if all(one.well for one in found) else 1)


@app.command(name="status")
def show_status(as_json: AsJson = False) -> None:
    """Say how the program does: what waits, who leads, what is unknown or missing; exit code 1 when something is wrong."""
    loaded = settings.load()
    found = status.status(loaded)
    if as_json:
        print_json(status.as_json(found, loaded.zone))
    else:
        console().print(statuses.shown(found, loaded.zone))
    raise typer.Exit(1 if found.wrong else 0)


@staff_app.command("invite")
def staff_invite(
    name: Annotated[str, typer.Option(help="The person's name, as it is shown to others.")],
    role: Annotated[StaffRole, typer.Option(help="admin, officer or leader.")],
    as_json: AsJson = False,
) -> None:
    """Print a one-time code that gives a role in the office, and the link that opens the chat with it."""
    if not name.strip():
        raise CannotError("Please give the person's name: --name NAME")
    made = staff.invite_staff(settings.load(), name.strip(), RoleKind(role.value))
    if as_json:
        print_json({"name": name.strip(), "role": role.value, "code": made.code, "link": made.link})
        return
    say(f"Code for {name.strip()} ({role.value}), good once and for 14 days: {made.code}")
    say(made.link or f"In the chat with the bot: /start {made.code}")


@staff_app.command("list")
def staff_list(as_json: AsJson = False) -> None:
    """List the people of the office with their roles, and whom no message reaches and why."""
    listed = staff.listed(settings.load())
    if as_json:
        print_json([asdict(one) for one in listed])
        return
    for one in listed:
        say(f"{one.name}  {one.role}{_noted([one.unreached] if one.unreached else [])}")
    say(f"{len(listed)} roles.")


@units_app.command("import")
def units_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or Excel with the columns name, short_name, group, also.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    accept_doubtful: Annotated[bool, typer.Option("--accept-doubtful", help="Take names that come near another, too.")] = False,
) -> None:
    """Register units from a list; says what is new, changed or doubtful."""
    found = units.import_file(settings.load(), file, dry_run=dry_run, accept_doubtful=accept_doubtful)
    for one in found:
        say(units.told(one))
    say(units.summary(found, dry_run=dry_run, accept_doubtful=accept_doubtful))


@units_app.command("list")
def units_list(as_json: AsJson = False) -> None:
    """List the units, with the number of people who receive messages for each, and who does not and why."""
    listed = units.listed(settings.load())
    if as_json:
        print_json([asdict(one) for one in listed])
        return
    for one in listed:
        say(f"{one.name}  [{one.group or '–'}]  people: {one.people}{_noted(one.unreached)}")
    say(f"{len(listed)} units.")


def _noted(remarks: Sequence[str]) -> str:
    return "".join(f"; {remark}" for remark in remarks)


@units_app.command("invite")
def units_invite(
    unit: Annotated[str | None, typer.Option(help="One unit, by its name or short name.")] = None,
    all_units: Annotated[bool, typer.Option("--all", help="Every unit.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print a one-time code for a unit's secretary, or one for each unit."""
    if (unit is None) != all_units:
        raise CannotError("Say which: --unit NAME, or --all.")
    made = staff.invite_units(settings.load(), unit)
    if as_json:
        print_json([{"unit": name, "code": code.code, "link": code.link} for name, code in made])
        return
    for name, code in made:
        say(f"{code.code}  {name}  {code.link or ''}".rstrip())


@app.command()
def read(
    file: Paper,
    as_json: AsJson = False,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write a page: the paper with its tasks beside it.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Tell which rule took which words of the paper.")] = False,
) -> None:
    """Read a notice and print its tasks, deadlines and findings; nothing is stored."""
    if as_json + explain + (html is not None) > 1:
        raise CannotError("Choose one of --json, --html and --explain.")
    loaded = settings.load()
    found = offices.basis(loaded, wall_clock())
    office = found.office
    reading, speech = papers.read_file(loaded, file, office), Speech(loaded.locale, loaded.zone)
    if as_json:
        print_json(to_form(reading, office.calendar))
    elif html:
        pages.write(pages.page(reading, speech, office.calendar, file=file.name), html, file)
        say(f"The page {html} is written; open it in a browser.")
    elif explain:
        console().print(readings.explained(reading, speech))
    else:
        console().print(readings.shown(reading, speech, office.calendar))
    typer.echo(found.told, err=True)


@app.command()
def preview(
    file: Paper,
    now: Annotated[str | None, typer.Option(help="The moment of publishing, ISO 8601; without a zone, the office's.")] = None,
    as_json: AsJson = False,
    picture: Annotated[Path | None, typer.Option(metavar="OUT", help="Write the timeline of the messages as a PNG file.")] = None,
    *,
    at_once: Annotated[bool, typer.Option("--at-once", help="As if the office told the units on a day off, too.")] = False,
    early: Annotated[bool, typer.Option("--early", help="As if who was late before were reminded one step earlier.")] = False,
) -> None:
    """Print what publishing a notice would send to whom and when; nothing is sent."""
    if as_json and picture:
        raise CannotError("Choose one of --json and --picture.")
    loaded = settings.load()
    wish = previews.Wish(_moment(now, loaded) if now else None, at_once, early)
    shown, speech = previews.preview(loaded, file, wish), Speech(loaded.locale, loaded.zone)
    if as_json:
        print_json(previews.as_json(shown))
    elif picture:
        previews.write_picture(shown, speech, picture)
        say(f"The picture {picture} is written.")
    else:
        console().print(previews.table(shown, speech))
    for line in shown.remarks:
        typer.echo(line, err=True)


def _moment(text: str, loaded: Settings) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CannotError(f"“{text}” is no moment; write it like 2021-02-01T09:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=loaded.zone)


@app.command(name="demo")
def run_demo(lang: Annotated[str, typer.Option(help="vi or en.")] = "vi") -> None:
    """Play three weeks of an office in the terminal: the real program against a loopback twin of Telegram."""
    raise typer.Exit(demo.play(lang))
