"""The measured parts of an import, each called in a process that holds the history and nothing else."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
import os
from pathlib import Path
import pickle
import sqlite3
import time
from typing import Any

from benchmarks._memory import Memory
from benchmarks._seen import listener
from custom_components.encore.history.history import History
from custom_components.encore.history.imports.limits import Limits
from custom_components.encore.history.imports.package import opened as opened_export
from custom_components.encore.history.imports.slices import slices
from custom_components.encore.history.ingest.export_columns import Numbered
from custom_components.encore.history.model import Source

type Figures = dict[str, Any]


@contextmanager
def opened(store: str) -> Iterator[History]:
    """Open the store in a file for the length of a block."""
    history = History(f"sqlite:///{store}")
    history.open()
    try:
        yield history
    finally:
        history.close()


def imported(store: str, exports: list[str]) -> Figures:
    """Import the exports of listeners, in turn, from their ZIPs to merged, indexed plays."""
    with opened(store) as history, _timed() as took:
        reports = [
            history.import_export(Path(path), listener(number)).result()
            for number, path in enumerate(exports)
        ]
    rows = sum(report.rows for report in reports)
    return {
        "rows": rows,
        "rows_per_s": round(rows / took["seconds"]),
        "rows_per_processor_s": round(rows / took["processor_s"]),
        "peak_mib": took["peak_mib"],
        "stored": sum(report.stored for report in reports),
        "merged": sum(sum(report.merged.values()) for report in reports),
        "duplicates": sum(report.duplicates for report in reports),
        "skipped": sum(sum(report.skipped.values()) for report in reports),
    }


def parsed(exports: list[str]) -> Figures:
    """Read and validate the rows of exports, and store none."""
    rows = 0
    with _timed() as took:
        for path in exports:
            numbered = Numbered()
            with opened_export(Path(path), Limits()) as export:
                for file in export.files:
                    assert file.form.understood is not None
                    for some in slices(file):
                        rows += len(some.rows)
                        readable = [row for row in some.rows if row is not None]
                        file.form.understood(readable, numbered)
    return {
        "rows_per_s": round(rows / took["seconds"]),
        "rows_per_processor_s": round(rows / took["processor_s"]),
    }


def appended(store: str, seen: str) -> Figures:
    """Append pickled lists of observations, each at once; only this project's own are ever read."""
    observations = 0
    with opened(store) as history, _timed() as took, Path(seen).open("rb") as file:
        for _ in range(pickle.load(file)):
            some = pickle.load(file)
            history.append(some).result()
            observations += len(some)
    return {
        "observations": observations,
        "rows_per_s": round(observations / took["seconds"]),
        "rows_per_processor_s": round(observations / took["processor_s"]),
    }


def witnessed(store: str) -> Figures:
    """Count the plays that were seen live, with and without a row of an export."""
    live, export = 1 << Source.LIVE, 1 << Source.EXPORT
    with closing(sqlite3.connect(store)) as connection:
        counted = dict(
            connection.execute(
                "SELECT sources & ?, count(*) FROM play GROUP BY 1", (live | export,)
            ).fetchall()
        )
    return {
        "by_both": counted.get(live | export, 0),
        "live_alone": counted.get(live, 0),
        "export_alone": counted.get(export, 0),
    }


def rebuilt(store: str) -> Figures:
    """Derive all plays anew."""
    with opened(store) as history, _timed() as took:
        done = history.rebuild().result()
    return {**asdict(done), **took}


@contextmanager
def _timed() -> Iterator[dict[str, float]]:
    """Give how long a block takes (s), also of the processor, and how much memory there is in use at most.

    The process that reads an export counts.
    """
    took: dict[str, float] = {}
    begun, busy = time.perf_counter(), _processor_s()
    with Memory() as memory:
        yield took
    took["seconds"] = round(time.perf_counter() - begun, 3)
    took["processor_s"] = round(_processor_s() - busy, 3)
    took["peak_mib"] = memory.peak_mib


def _processor_s() -> float:
    """Return how long this process and those that it began and that ended were at work."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
