"""The history stands without Home Assistant, and the linter sees to it."""

from pathlib import Path
import subprocess
import sys
import tomllib

import custom_components
from custom_components.encore import history

FOLDER = Path(history.__file__).parent

ALONE = """
import sys, types
import custom_components
encore = types.ModuleType("custom_components.encore")
encore.__path__ = [sys.argv[1]]
sys.modules["custom_components.encore"] = encore
import custom_components.encore.history.history
print([name for name in sys.modules if name.split(".")[0] == "homeassistant"])
"""


def test_importing_the_history_imports_no_home_assistant() -> None:
    """In a process of its own, with nothing of Encore but the history."""
    root = Path(custom_components.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(FOLDER.parent)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_the_linter_bans_home_assistant_and_still_what_home_assistant_bans() -> None:
    """The nested table replaces the outer one, so it must hold its names as well."""
    inner = tomllib.loads((FOLDER / "ruff.toml").read_text())
    outer = tomllib.loads((FOLDER.parents[2] / "pyproject.toml").read_text())
    banned = inner["lint"]["flake8-tidy-imports"]["banned-api"]
    before = outer["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    assert set(banned) == {"homeassistant", *before} - {
        name for name in before if name.startswith("homeassistant.")
    }
