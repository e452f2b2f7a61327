"""Does every module keep the rules, and would a module that breaks one be found?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import rules

ROOT = Path(__file__).parents[2]

Rule = Callable[[Path], list[str]]


def imports_of_domain(root: Path) -> list[str]:
    # Days of a rule are reckoned by the library of RFC 5545, which does no input or output (docs/decisions/0014).
    return rules.imports_from_outside(root, "domain", "dateutil")


EVERY_RULE: list[Rule] = [
    rules.stray_commits,
    rules.clock_readings,
    rules.long_modules,
    rules.silent_modules,
    rules.unfinished,
    imports_of_domain,
]


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_the_tree_keeps_every_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


def test_every_package_is_installed_typed_and_layered() -> None:
    assert rules.unwatched_packages(ROOT) == {}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(rules.stray_commits, "async def f(session):\n    await session.commit()", id="commit"),
        pytest.param(rules.stray_commits, "def f(session):\n    session.rollback()", id="rollback"),
        pytest.param(rules.clock_readings, "from datetime import datetime\nnow = datetime.now()", id="datetime.now"),
        pytest.param(rules.clock_readings, "import datetime\nnow = datetime.datetime.now(zone)", id="qualified"),
        pytest.param(rules.clock_readings, "import datetime as dt\nnow = dt.datetime.utcnow()", id="module renamed"),
        pytest.param(rules.clock_readings, "from datetime import date as day\nnow = day.today()", id="class renamed"),
        pytest.param(rules.clock_readings, "from time import time\nnow = time()", id="bare function"),
        pytest.param(rules.clock_readings, "import time\nat = field(default_factory=time.time)", id="default of a value"),
        pytest.param(rules.clock_readings, "from sqlalchemy import func\nat = column(server_default=func.now())", id="database"),
        pytest.param(rules.long_modules, "\n" * 301, id="long"),
        pytest.param(rules.silent_modules, "x = 1", id="no docstring"),
        pytest.param(rules.unfinished, "x = 1  # TODO: two", id="unfinished"),
        pytest.param(imports_of_domain, "import sqlalchemy", id="library"),
        pytest.param(imports_of_domain, "def f():\n    from storage.session import transaction", id="other package"),
    ],
)
def test_a_module_that_breaks_a_rule_is_found(tmp_path: Path, rule: Rule, text: str) -> None:
    write(tmp_path, "domain/__init__.py", text)

    assert [place.partition(":")[0] for place in rule(tmp_path)] == ["domain/__init__.py"]


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        pytest.param(rules.stray_commits, "storage/session.py", "session.commit()", id="the committer"),
        pytest.param(rules.stray_commits, "storage/migrations/env.py", "connection.commit()", id="migrations"),
        pytest.param(rules.clock_readings, "schedules/clock.py", "import time\nnow = time.time()", id="the clock"),
        pytest.param(rules.clock_readings, "bot/app.py", "import time\nnow = time.time()", id="the application"),
        pytest.param(rules.clock_readings, "sandbox/twin.py", "import time\ndef f(clock=time.time): ...", id="a source of time"),
        pytest.param(rules.clock_readings, "channels/pace.py", "import time\nnow = time.monotonic()", id="pacing"),
        pytest.param(rules.clock_readings, "domain/task.py", "import datetime\ndef f(now): return now.date()", id="an argument"),
        pytest.param(rules.long_modules, "storage/migrations/versions/0001.py", "\n" * 301, id="a long migration"),
        pytest.param(rules.silent_modules, "domain/task.py", '"""What is a task?"""', id="docstring"),
        pytest.param(rules.unfinished, "domain/task.py", 'x = "TODO"', id="a word in a text"),
        pytest.param(imports_of_domain, "domain/task.py", "import datetime\nfrom domain import errors", id="own and standard"),
        pytest.param(imports_of_domain, "domain/rule.py", "from dateutil.rrule import rrulestr", id="days of rules"),
    ],
)
def test_what_the_rules_allow_is_not_found(tmp_path: Path, rule: Rule, name: str, text: str) -> None:
    write(tmp_path, f"{name.partition('/')[0]}/__init__.py", '"""What is it?"""')
    write(tmp_path, name, text)

    assert rule(tmp_path) == []


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
