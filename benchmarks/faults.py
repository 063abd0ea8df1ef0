"""A fault campaign: kills, disks and servers that fail, clocks that jump, hostile callers; nothing may be lost, doubled or leaked.

Seeds are fixed, so that each run tries the same; only the moments at which something is killed or cut depend on how fast
the machine is. It ends with exit code 1 where a trial was not survived, or a play was lost, doubled or leaked.
"""

import argparse
from collections.abc import Callable, Sequence
import json
import os
from pathlib import Path
import platform
import sys
from tempfile import TemporaryDirectory
import time
from typing import Final

from benchmarks._faults_clients import never_reading
from benchmarks._faults_clock import clock_jumps
from benchmarks._faults_exports import bad_exports, little_memory
from benchmarks._faults_home import hostile
from benchmarks._faults_kills import kills
from benchmarks._faults_server import servers
from benchmarks._faults_store import disks
from benchmarks._faults_trials import Row

type Part = Callable[[Path, float], Sequence[Row]]
"""Tries a part of the campaign in an empty folder, and so much of it."""


def share(trials: int, part: float) -> int:
    """Return how many of some trials are a part of them; at least one is."""
    return max(1, round(trials * part))


def _killed(folder: Path, part: float) -> Sequence[Row]:
    return kills(folder, share(50, part))


def _on_disks(folder: Path, part: float) -> Sequence[Row]:
    return disks(folder, share(50, part), share(20, part))


def _bad_exports(folder: Path, part: float) -> Sequence[Row]:
    return bad_exports(folder, share(220, part))


def _in_little_memory(folder: Path, part: float) -> Sequence[Row]:
    return little_memory(folder, share(1_000_000, part))


def _on_servers(_folder: Path, part: float) -> Sequence[Row]:
    return servers(share(20, part), share(50, part), share(5, part))


def _hostile(folder: Path, part: float) -> Sequence[Row]:
    return hostile(folder, share(3_000, part))


def _clock_jumps(folder: Path, part: float) -> Sequence[Row]:
    return clock_jumps(folder, share(100, part))


def _never_reading(folder: Path, part: float) -> Sequence[Row]:
    return never_reading(folder, share(12, part))


PARTS: Final[dict[str, Part]] = {
    "kills": _killed,
    "disks": _on_disks,
    "exports": _bad_exports,
    "memory": _in_little_memory,
    "postgresql": _on_servers,
    "clock": _clock_jumps,
    "hostile": _hostile,
    "clients": _never_reading,
}
"""By the names with which one alone is run."""

COLUMNS: Final = ("tried", "survived", "lost", "doubled", "leaked", "stall_ms")
TITLES: Final = ("tried", "survived", "plays lost", "doubled", "leaked", "longest stall (ms)")  # fmt: skip


def campaign(names: Sequence[str], part: float) -> list[Row]:
    """Run parts of the campaign, saying on stderr how long each took."""
    rows: list[Row] = []
    for name in names:
        begun = time.monotonic()
        with TemporaryDirectory(prefix="encore-faults-") as folder:
            rows += PARTS[name](Path(folder), part)
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return rows


def print_table(rows: Sequence[Row]) -> None:
    """Print a line for each row, and one for all of them."""
    width = max(len(row.fault) for row in rows)
    print(f"{'':{width}}  " + "  ".join(TITLES))
    for row in [*rows, total(rows)]:
        if row.skipped is not None:
            print(f"{row.fault:{width}}  skipped: {row.skipped}")
            continue
        values = (getattr(row, column) for column in COLUMNS)
        print(
            f"{row.fault:{width}}  "
            + "  ".join(
                f"{value:>{len(title)},}"
                for title, value in zip(TITLES, values, strict=True)
            )
        )


def total(rows: Sequence[Row]) -> Row:
    """Return the sum of some rows."""
    summed = {
        column: sum(getattr(row, column) for row in rows) for column in COLUMNS[:-1]
    }
    return Row("all", **summed, stall_ms=max(row.stall_ms for row in rows))


def main() -> None:
    """Run the campaign and print its table."""
    parser = argparse.ArgumentParser(prog="script/bench faults", description=__doc__)
    parser.add_argument("--part", type=float, default=1.0, help="how much of it, such as 0.1")  # fmt: skip
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    options = parser.parse_args()
    if not 0 < options.part <= 1:
        parser.error("--part: more than 0, and no more than 1")
    print(
        f"faults: Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()};"
        f" {options.part:.0%} of the campaign"
    )
    rows = campaign(options.only, options.part)
    print_table(rows)
    if options.json is not None:
        figures = [row.as_data() for row in rows]
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    failed = [row for row in rows if not row.holds]
    for row in failed:
        for failure in dict.fromkeys(row.failures):
            print(f"{row.fault}: {failure}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
