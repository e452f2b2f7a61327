"""Do imports go only where they may? import-linter's contracts, kept by the tree and broken by samples of what they forbid."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import rules

ROOT = Path(__file__).parents[2]


def test_the_tree_keeps_every_contract() -> None:
    linted = lint(ROOT)

    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(
    ("module", "text", "contract"),
    [
        ("handlers/stray.py", "import telegram", "Telegram's library stays in channels.telegram"),
        ("channels/stray.py", "from telegram.ext import Application", "Telegram's library stays in channels.telegram"),
        ("bot/stray.py", "import sqlalchemy.orm", "SQL stays in storage"),
        ("domain/stray.py", "import os.path", "Rules and texts do no input or output"),
        ("messages/stray.py", "from channels import telegram", "Rules and texts do no input or output"),
        ("messages/stray.py", "import storage", "Messages are made from domain values, not from storage or papers"),
        ("sandbox/stray.py", "import storage", "The sandbox knows only channels and domain"),
        ("handlers/stray.py", "import schedules", "Imports go down the layers"),
        ("storage/stray.py", "import documents", "Imports go down the layers"),
        ("domain/stray.py", "import channels", "Imports go down the layers"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(tmp_path: Path, module: str, text: str, contract: str) -> None:
    copy_packages(tmp_path)
    (tmp_path / module).write_text(f"{text}\n", encoding="utf-8")

    linted = lint(tmp_path)

    assert linted.returncode == 1
    assert f"{contract} BROKEN" in linted.stdout


def test_a_clock_read_in_a_copy_of_the_tree_is_found(tmp_path: Path) -> None:
    copy_packages(tmp_path)
    (tmp_path / "domain" / "stray.py").write_text("from datetime import datetime\n\nNOW = datetime.now()\n", encoding="utf-8")

    assert rules.clock_readings(tmp_path) == ["domain/stray.py:3"]


def copy_packages(target: Path) -> None:
    for package in rules.packages(ROOT):
        shutil.copytree(ROOT / package, target / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", target)


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own tool and tree
