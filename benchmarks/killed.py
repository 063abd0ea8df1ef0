"""Whether an import that is killed at any moment, and taken up again, ends as one that was not."""

import argparse
from collections.abc import Sequence
from contextlib import closing
import hashlib
from pathlib import Path
import random
import sqlite3
import subprocess
import sys
from tempfile import TemporaryDirectory
import time
from typing import NamedTuple

from benchmarks._alone import ROOT, alone
from benchmarks._exports import write_export

SEED = 7

IMPORT = """
from pathlib import Path
from custom_components.encore.history.history import History
from custom_components.encore.history.imports import importer
from custom_components.encore.history.model import Listener
history = History(f"sqlite:///{sys.argv[1]}")
history.open()
importer.READ_HERE_BYTES = int(sys.argv[3])
print("begins", flush=True)
report = history.import_export(Path(sys.argv[2]), Listener("spotify:bench", "Bench")).result()
history.close()
fates = report.stored + report.duplicates + sum(report.merged.values()) + sum(report.skipped.values())
assert fates == report.rows, report
print(report.rows, flush=True)
"""

STATEMENTS = (
    """
    SELECT l.key, o.ended_at, t.uri, o.source, o.ms_played, o.offline_at, o.started_at, o.skipped,
      r.name, p.started_at, p.ended_at, p.ms_played, p.sources, p.skipped
    FROM observation o JOIN listener l ON l.id = o.listener JOIN track t ON t.id = o.track
      JOIN play p ON p.id = o.play LEFT JOIN reason r ON r.id = o.reason_end
    ORDER BY 1, 2, 3, 4, 5, 6
    """,
    """
    SELECT t.uri, t.title, a.name, c.name FROM track t LEFT JOIN album a ON a.id = t.album
      LEFT JOIN track_artist x ON x.track = t.id LEFT JOIN artist c ON c.id = x.artist
    ORDER BY 1, 4
    """,
    "SELECT count(*) FROM observation",
    "SELECT count(*) FROM play",
    "PRAGMA integrity_check",
    "PRAGMA foreign_key_check",
)
"""All that a store says, without the row ids that it gave."""


class Ended(NamedTuple):
    """What an import came to: how many rows it accounted for, and a hash of what the store says."""

    rows: int
    content: str


def uninterrupted(store: Path, export: Path, read_here: int = 0) -> tuple[Ended, float]:
    """Import an export; returns what came of it, and how long that took (s).

    What is smaller than `read_here` bytes is read in the process that is killed, all else in one of its own.
    """
    with _importing(store, export, read_here) as process:
        assert process.stdout is not None
        process.stdout.readline()
        begun = time.perf_counter()
        report = process.stdout.read()
        seconds = time.perf_counter() - begun
    assert process.returncode == 0, f"The import failed with {process.returncode}"
    return Ended(int(report), _content(store)), seconds


def killed(
    store: Path, export: Path, moments: Sequence[float], read_here: int = 0
) -> tuple[int, Ended]:
    """Import an export, killing it so many seconds after each beginning, then once to the end.

    Returns how often it was killed before it was done, and what came of it.
    """
    kills = 0
    for moment in moments:
        with _importing(store, export, read_here) as process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                process.kill()
                kills += 1
            else:
                break
    ended, _ = uninterrupted(store, export, read_here)
    return kills, ended


def _importing(store: Path, export: Path, read_here: int) -> subprocess.Popen[str]:
    arguments = [str(store), str(export), str(read_here)]
    command = [sys.executable, "-c", alone(IMPORT), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _content(store: Path) -> str:
    content = hashlib.sha256()
    with closing(sqlite3.connect(store)) as connection:
        for statement in STATEMENTS:
            for row in connection.execute(statement):
                content.update(repr(row).encode())
    return content.hexdigest()


def main() -> None:
    """Kill imports at random moments; fails at the first that does not end as it should."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=20_000)
    options, _ = parser.parse_known_args()
    chance = random.Random()
    with TemporaryDirectory() as folder:
        export = Path(folder, "export.zip")
        write_export(export, options.rows, SEED)
        expected, seconds = uninterrupted(Path(folder, "whole.db"), export)
        total = imports = 0
        while total < options.kills:
            store = Path(folder, f"{imports}.db")
            kills, ended = killed(store, export, [chance.uniform(0, seconds)])
            if ended != expected:
                sys.exit(f"After {total + kills} kills: {ended}, not {expected}")
            total += kills
            imports += 1
    print(
        f"  {total} kills in {imports} imports of {options.rows:,} rows: all ended alike"
    )


if __name__ == "__main__":
    main()
