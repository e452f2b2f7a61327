"""Do the documents tell the truth? Settings, commands, targets, links, and the two readmes side by side."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "README.vi.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


class Named(NamedTuple):
    """What a document names, and which document it is."""

    document: str
    name: str


def test_the_table_of_settings_holds_every_setting_once() -> None:
    prefix = Settings.model_config["env_prefix"]

    tabled = re.findall(r"^\| *`([A-Z][A-Z0-9_]*)`", text_of(ROOT / "docs" / "settings.md"), re.MULTILINE)

    assert sorted(tabled) == sorted(f"{prefix}{field}".upper() for field in Settings.model_fields)


def test_the_readme_names_every_command() -> None:
    readme = text_of(ROOT / "README.md")

    assert [command for command in commands() if not re.search(rf"dondoc {re.escape(command)}\b", readme)] == []


def test_every_command_a_document_names_exists() -> None:
    known = set(commands()) | {command.split()[0] for command in commands()}

    assert [named for named in in_code(r"\bdondoc ([a-z][a-z-]*)") if named.name not in known] == []


def test_every_target_a_document_names_exists() -> None:
    targets = re.findall(r"^([.a-z][.a-z-]*):(?!=)", text_of(ROOT / "Makefile"), re.MULTILINE)

    assert [named for named in in_code(r"\bmake (?:[A-Z]+=\S+ )*([.a-z][.a-z-]*)") if named.name not in targets] == []


def test_every_relative_link_leads_to_a_file() -> None:
    assert [named for named in links() if not (ROOT / named.document).parent.joinpath(named.name).exists()] == []


def test_both_readmes_have_the_same_headings() -> None:
    assert heading_levels("README.vi.md") == heading_levels("README.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_a_document_begins_with_its_title(document: Path) -> None:
    assert text_of(document).startswith("# ")


def commands() -> list[str]:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    return list(commands_below(root))


def commands_below(group: TyperGroup, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands_below(command, f"{before}{name} ")
        elif isinstance(command, TyperCommand) and not command.hidden:
            yield f"{before}{name}"


def in_code(pattern: str) -> Iterator[Named]:
    """Find a pattern's first group in the code of the documents: fenced blocks, and spans between backticks."""
    for document in DOCUMENTS:
        text = text_of(document)
        code = [*FENCE.findall(text), *re.findall(r"`([^`\n]+)`", FENCE.sub("", text))]
        for name in re.findall(pattern, "\n".join(code)):
            yield Named(document.relative_to(ROOT).as_posix(), name)


def links() -> Iterator[Named]:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text_of(document))):
            path = target.partition("#")[0]
            if path and not re.match(r"[a-z]+:", path):
                yield Named(document.relative_to(ROOT).as_posix(), path)


def heading_levels(name: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", FENCE.sub("", text_of(ROOT / name)), re.MULTILINE)]


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")
