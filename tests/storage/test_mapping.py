"""Are the domain's classes laid onto their tables, whichever module of the package comes first?"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(module.stem for module in (ROOT / "storage").glob("*.py") if module.stem != "__init__")


@pytest.mark.parametrize("module", MODULES)
def test_every_module_can_be_imported_alone(module: str) -> None:
    command = [sys.executable, "-c", f"import storage.{module}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own modules
    assert done.stderr == ""
    assert done.returncode == 0
