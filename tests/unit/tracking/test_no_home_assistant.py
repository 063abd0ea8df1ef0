"""What a witness concludes stands without Home Assistant and SoCo."""

import subprocess
import sys

import custom_components.encore
from custom_components.encore import tracking

ALONE = """
import sys, types
import custom_components
encore = types.ModuleType("custom_components.encore")
encore.__path__ = [sys.argv[1]]
sys.modules["custom_components.encore"] = encore
import custom_components.encore.tracking.group_tracker
print([name for name in sys.modules if name.split(".")[0] in ("homeassistant", "soco")])
"""


def test_importing_tracking_imports_neither() -> None:
    """In a process of its own."""
    (here,) = custom_components.encore.__path__
    assert tracking.__name__.endswith(".tracking")
    done = subprocess.run(
        [sys.executable, "-c", ALONE, here],
        cwd=f"{here}/../..",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
