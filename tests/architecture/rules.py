"""What must hold for every module? Each rule takes a tree and names, as path:line, where it is broken."""

import ast
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

LONGEST_MODULE = 300
COMMITTERS = ("storage/session.py", "storage/sqlite.py", "storage/migrations/env.py")  # the second is a driver, and is told to
CLOCK_READERS = ("bot/", "schedules/clock.py")
MIGRATIONS = "storage/migrations/versions/"
CLOCKS = frozenset(
    {
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "sqlalchemy.func.current_timestamp",
        "sqlalchemy.func.now",
        "time.ctime",
        "time.gmtime",
        "time.localtime",
        "time.strftime",
        "time.time",
        "time.time_ns",
    }
)
# A clock handed to one of these is read when a row or a value is made, as if it were called there.
CALLED_LATER = frozenset({"default", "default_factory", "insert_default", "onupdate", "server_default", "server_onupdate"})
UNFINISHED = ("TODO", "FIXME", "XXX")


def packages(root: Path) -> set[str]:
    """Name the packages at the top of the tree, but for the tests."""
    return {module.parent.name for module in root.glob("*/__init__.py")} - {"tests", "benchmarks"}


def modules(root: Path) -> list[Path]:
    """List the modules of the packages."""
    return sorted(module for package in packages(root) for module in (root / package).rglob("*.py"))


def stray_commits(root: Path) -> list[str]:
    """Find who ends a transaction beside the one place that does."""
    return [
        _place(root, module, node)
        for module in modules(root)
        if _name(root, module) not in COMMITTERS
        for node in _nodes(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"commit", "rollback"}
    ]


def clock_readings(root: Path) -> list[str]:
    """Find who reads the wall clock beside the few that may; a clock as a parameter's default is only a source of time."""
    return [
        _place(root, module, node)
        for module in modules(root)
        if not _name(root, module).startswith(CLOCK_READERS)
        for node in _read_clocks(ast.parse(module.read_bytes()))
    ]


def long_modules(root: Path) -> list[str]:
    """Find the modules that are too long to keep in mind; a migration is a record and may be."""
    return [
        f"{_name(root, module)}: {lines} lines"
        for module in modules(root)
        if not _name(root, module).startswith(MIGRATIONS)
        if (lines := len(module.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    ]


def silent_modules(root: Path) -> list[str]:
    """Find the modules that do not say what question they answer."""
    tests = sorted((root / "tests").rglob("*.py"))
    return [_name(root, module) for module in [*modules(root), *tests] if not ast.get_docstring(ast.parse(module.read_bytes()))]


def unfinished(root: Path) -> list[str]:
    """Find the comments that leave work to a later day."""
    found = []
    for module in [*modules(root), *sorted((root / "tests").rglob("*.py"))]:
        with module.open("rb") as file:
            comments = [token for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT]
        found += [
            f"{_name(root, module)}:{token.start[0]}" for token in comments if any(mark in token.string for mark in UNFINISHED)
        ]
    return found


def imports_from_outside(root: Path, package: str, *libraries: str) -> list[str]:
    """Find what a package imports that is neither its own nor the standard library's, nor of the libraries that it may use."""
    known = sys.stdlib_module_names | {package, *libraries}
    return [
        f"{_place(root, module, node)} {name}"
        for module in modules(root)
        if module.is_relative_to(root / package)
        for node in _nodes(module)
        for name in _imported(node)
        if name.partition(".")[0] not in known
    ]


def unwatched_packages(root: Path) -> dict[str, set[str]]:
    """Tell, for each tool that lists the packages in pyproject.toml, which of them it misses or invents."""
    with (root / "pyproject.toml").open("rb") as file:
        tool = tomllib.load(file)["tool"]
    listed = {
        "setuptools": {name.rstrip("*") for name in tool["setuptools"]["packages"]["find"]["include"]},
        "mypy": set(tool["mypy"]["packages"]) - {"benchmarks", "tests"},
        "importlinter": set(tool["importlinter"]["root_packages"]),
    }
    differing = {name: watched ^ packages(root) for name, watched in listed.items()}
    return {name: packages_ for name, packages_ in differing.items() if packages_}


def _read_clocks(tree: ast.Module) -> Iterator[ast.expr]:
    origins = {
        alias.asname or alias.name.partition(".")[0]: _origin(node, alias)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            handed = [keyword.value for keyword in node.keywords if keyword.arg in CALLED_LATER]
            yield from (read for read in [node.func, *handed] if _dotted(read, origins) in CLOCKS)


def _origin(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    if isinstance(node, ast.ImportFrom):
        return f"{node.module}.{alias.name}"
    return alias.name if alias.asname else alias.name.partition(".")[0]


def _dotted(node: ast.expr, origins: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return origins.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, origins)}.{node.attr}"
    return ""


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def _nodes(module: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(module.read_bytes()))


def _name(root: Path, module: Path) -> str:
    return module.relative_to(root).as_posix()


def _place(root: Path, module: Path, node: ast.AST) -> str:
    return f"{_name(root, module)}:{getattr(node, 'lineno', 1)}"
