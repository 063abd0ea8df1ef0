"""How fast an export becomes plays: first, again, and where a tenth was seen live; and a rebuild."""

import argparse
from pathlib import Path
import subprocess
import sys
from tempfile import TemporaryDirectory

from benchmarks._exports import Household

ROOT = Path(__file__).parent.parent
SEED = 7

ALONE = """
import sys, types
around = types.ModuleType("custom_components.encore")
around.__path__ = ["custom_components/encore"]
sys.modules["custom_components.encore"] = around
"""
"""Imports the history without the package around it, which needs Home Assistant."""


IMPORT = """
from benchmarks._import_run import main
main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
"""


def alone(code: str) -> str:
    """Return code that can import the history, and nothing of the integration around it."""
    return ALONE + code


def main() -> None:
    """Write an export, and import it in a process that holds nothing but the history."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plays", type=int, default=100_000)
    options, _ = parser.parse_known_args()  # script/bench hands all of its own on
    with TemporaryDirectory() as folder:
        house = Household(options.plays, SEED)
        for listener in range(len(house.rows)):
            house.write(Path(folder, f"{listener}.zip"), listener)
        print(
            f"Import of {len(house.rows)} exports of {options.plays:,} rows", flush=True
        )
        command = [
            sys.executable,
            "-c",
            alone(IMPORT),
            folder,
            str(options.plays),
            str(SEED),
        ]
        subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
