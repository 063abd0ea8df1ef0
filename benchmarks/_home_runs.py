"""What benchmarks of a whole house share: so many plays are asked for, and the figures are printed and written."""

import argparse
import asyncio
from collections.abc import Callable, Coroutine
import json
import os
from pathlib import Path
import platform
from typing import Any, Final

from benchmarks._exports import ROWS_PER_LISTENER
from benchmarks._figures import printed

PEOPLE: Final = ("alva", "ben")
SEED: Final = 11


def print_figures(
    name: str,
    description: str | None,
    run: Callable[[int], Coroutine[Any, Any, dict[str, Any]]],
    about: str,
) -> dict[str, Any]:
    """Run a benchmark called `name` with as many plays as the command line says, print its figures, and return them.

    `about` says after the machine what is done; `{plays}` in it is their number.
    """
    parser = argparse.ArgumentParser(
        prog=f"script/bench {name}", description=description
    )
    parser.add_argument(
        "--plays", type=int, default=1_000_000, help="rows of listening"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    options = parser.parse_args()
    if not 0 < options.plays <= len(PEOPLE) * ROWS_PER_LISTENER:
        parser.error(f"--plays: up to {len(PEOPLE) * ROWS_PER_LISTENER}")
    print(
        f"{name}: Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()};"
        f" {about.format(plays=options.plays)}"
    )
    figures = asyncio.run(run(options.plays))
    printed({options.plays: figures})
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return figures
