"""What can be typed after ``dondoc calendar``? Listing the office's days, and setting them once it is seen what that moves."""

from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.commands import calendars, console, print_json, say
from bot.commands.calendars import Wish
from documents.calendars import Row
from domain.office_days import FIRST_YEAR, LAST_YEAR, DayKind
from messages.i18n import Speech

calendar_app = typer.Typer(help="The office's days off and working days.", no_args_is_help=True)
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would move.")]
Yes = Annotated[bool, typer.Option("--yes", help="Apply without a question.")]


@calendar_app.command("list")
def calendar_list(
    year: Annotated[int | None, typer.Option(min=FIRST_YEAR, max=LAST_YEAR, help="Another year than this one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """List the days of a year that are not as their weekdays say; what no decision has announced yet is marked."""
    loaded = settings.load()
    days = calendars.listed(loaded, year)
    if as_json:
        print_json(calendars.as_json(days))
    else:
        console().print(calendars.table(days, Speech(loaded.locale, loaded.zone)))


@calendar_app.command("set")
def calendar_set(
    day: Annotated[str, typer.Argument(metavar="DAY", help="A day like 2026-01-02.")],
    kind: Annotated[DayKind, typer.Argument(help="off or working.")],
    *,
    name: Annotated[str, typer.Option(help="What the day is called.")],
    source: Annotated[str | None, typer.Option(help="The paper that says so.")] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Make a day off or a working day; first says which deadlines and reminders that moves, and asks."""
    _change(Wish([Row(1, calendars.the_day(day), kind, name, source)]), dry_run=dry_run, yes=yes)


@calendar_app.command("unset")
def calendar_unset(
    day: Annotated[str, typer.Argument(metavar="DAY", help="A day like 2026-01-02.")], dry_run: DryRun = False, yes: Yes = False
) -> None:
    """Let a day that the office had set be what the law says; first says what that moves, and asks."""
    _change(Wish(unsetting=[calendars.the_day(day)]), dry_run=dry_run, yes=yes)


@calendar_app.command("import")
def calendar_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with the columns day, kind, name, source; or ICS: days off.")],
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Set all days of a file, or none; first says what that moves, and asks."""
    _change(Wish(calendars.rows_in(settings.load(), file)), dry_run=dry_run, yes=yes)


def _change(wish: Wish, *, dry_run: bool, yes: bool) -> None:
    loaded = settings.load()
    effect = calendars.propose(loaded, wish)
    for line in calendars.told(effect, Speech("en", loaded.zone)):
        say(line)
    if dry_run:
        say("Nothing was changed (dry run).")
    elif yes or typer.confirm("Apply?"):
        calendars.apply(loaded, wish)
        say(f"Done: {len(wish.setting)} set, {len(wish.unsetting)} unset.")
    else:
        say("Nothing was changed.")
