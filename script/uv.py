"""The uv that came with Home Assistant, and what it is told."""

import os
from pathlib import Path
import subprocess
import sys

PYTHON = Path(sys.executable)
PYTHON_VERSION = "3.14.2"


class UvError(Exception):
    """uv said no; the message is what it printed."""


def uv(*arguments: str | Path) -> str:
    """Run uv with `arguments` and return what it prints; raise `UvError` when it fails."""
    command = [str(PYTHON.with_name("uv")), "--no-config", "--no-progress", *arguments]
    # As in script/setup: trust whom this machine trusts.
    environment = {"UV_SYSTEM_CERTS": "true", **os.environ}
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment
    )
    if result.returncode:
        raise UvError(result.stderr.strip())
    return result.stdout


def make_environment(folder: Path) -> Path:
    """Make an empty virtual environment at `folder` and return its Python."""
    uv("venv", "--quiet", "--clear", "--no-project", "--python", PYTHON, folder)
    return folder / "bin" / "python"


def constraints(python: Path) -> Path:
    """Return Home Assistant's own constraints, as installed in the environment of `python`."""
    pattern = "lib/python3*/site-packages/homeassistant/package_constraints.txt"
    return next(python.parent.parent.glob(pattern))
