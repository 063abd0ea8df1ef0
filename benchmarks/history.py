"""How the history bears a lifetime: import, questions, columns, appends, rebuild, callers beside an import, and peers.

Exports are made up (see `_exports`), everything else is the real thing, each part in a process that holds nothing but
the history. Windows and parameters of questions are fresh for each call.
"""

import argparse
import json
import os
from pathlib import Path
import platform
import statistics
import sys
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks._alone import called_alone
from benchmarks._exports import Household
from benchmarks._figures import printed

SEED: Final = 7
LIVE_PLAYS: Final = 100_000
MOST_IMPORTED_THRICE: Final = 1_000_000
PARTS: Final = ("import", "live", "questions", "store", "peers", "callers", "rebuild")

type Figures = dict[str, Any]


class Size:
    """The benchmark of one number of plays, in a folder of its own."""

    def __init__(self, plays: int, folder: Path, asks: int) -> None:
        """Prepare; nothing is written yet."""
        self._plays = plays
        self._folder = folder
        self._asks = asks
        self._home = Household(plays, SEED)
        self._made = (plays, SEED)

    def figures(self, parts: list[str]) -> Figures:
        """Write the exports, import them, and measure some parts of what can be done with that history."""
        figures: Figures = {}
        exports = self._exports(self._home)
        figures["import"] = self._imports(exports, thorough="import" in parts)
        if "import" in parts:
            figures["import_wide"] = self._imports_wide()
        store = str(self._store(0))
        if "live" in parts:
            figures["import_beside_live"] = self._beside_live(exports)
        if "store" in parts:
            figures["columns"] = self._alone("_store_run", "loaded", store)
            figures["columns_load_s"] = figures["columns"]["seconds"]
        if "questions" in parts:
            asked = self._alone(
                "_questions", "measured", store, *self._made, self._asks
            )
            figures["questions"] = asked
            figures["search_ms"] = asked.get("search", {}).get("median_ms")
        if "peers" in parts:
            figures["peers"] = self._alone(
                "_peers", "compared", store, *self._made, max(5, self._asks // 5)
            )
        if "store" in parts:
            figures["append"] = self._alone("_store_run", "appends", store)
            figures["append_50_ms"] = figures["append"]["new"]["stored_ms"]
            figures["merge_50_ms"] = figures["append"]["merging"]["stored_ms"]
        if "callers" in parts:
            export = self._folder / "more.zip"
            Household(min(self._plays, 1_000_000), SEED + 1).write(export, 0)
            figures["beside_import"] = beside = self._alone(
                "_callers", "beside_an_import", store, str(export), *self._made
            )
            figures["loop_max_ms"] = beside["loop_max_ms"]
            figures["loop_p999_ms"] = beside["loop_p999_ms"]
        if "rebuild" in parts:
            figures["rebuild"] = self._alone("_import_run", "rebuilt", store)
            figures["rebuild_s"] = figures["rebuild"]["seconds"]
        return figures

    def _exports(self, home: Household, name: str = "") -> list[str]:
        exports = []
        for listener, rows in enumerate(home.rows):
            _say(f"writing an export of {rows:,} rows")
            exports.append(str(self._folder / f"{name}{listener}.zip"))
            home.write(Path(exports[-1]), listener)
        return exports

    def _imports(self, exports: list[str], *, thorough: bool) -> Figures:
        """Import into an empty store, three times unless that takes too long; then again into the last."""
        times = 3 if thorough and self._plays <= MOST_IMPORTED_THRICE else 1
        runs = []
        for number in reversed(range(times)):
            store = str(self._store(number))
            runs.append(self._alone("_import_run", "imported", store, exports))
            if number:
                self._removed(number)
        figures: Figures = {
            "rows_per_s": round(statistics.median(run["rows_per_s"] for run in runs)),
            "peak_mib": max(run["peak_mib"] for run in runs),
            "runs": runs,
        }
        if thorough:
            figures["parse_only"] = self._alone("_import_run", "parsed", exports)
            again = self._alone("_import_run", "imported", str(self._store(0)), exports)
            if again["stored"] or again["merged"]:
                sys.exit(f"The second import of the same stored something: {again}")
            figures["again"] = again
        return figures

    def _imports_wide(self) -> Figures:
        """Import the exports of lives without favourites, which name more than twice as much, into an empty store."""
        exports = self._exports(Household(self._plays, SEED, wide=True), "wide")
        figures: Figures = self._alone(
            "_import_run", "imported", str(self._store(1)), exports
        )
        self._removed(1)
        figures["parse_only"] = self._alone("_import_run", "parsed", exports)
        for export in exports:
            Path(export).unlink()
        return figures

    def _beside_live(self, exports: list[str]) -> Figures:
        """Import where a tenth, up to 100,000 plays, was seen live."""
        seen, store = self._folder / "live", str(self._store(1))
        self._alone("_seen", "write_live", str(seen), *self._made, LIVE_PLAYS)
        live = self._alone("_import_run", "appended", store, str(seen))
        figures: Figures = self._alone("_import_run", "imported", store, exports)
        figures["live"] = live
        figures["plays"] = plays = self._alone("_import_run", "witnessed", store)
        if plays["by_both"] != live["observations"] or plays["live_alone"]:
            sys.exit(
                f"Of {live['observations']} live plays, not each merged once: {plays}"
            )
        self._removed(1)
        return figures

    def _alone(self, module: str, function: str, *arguments: Any) -> Any:
        _say(f"{self._plays:,} plays: {module.strip('_')} {function}")
        return called_alone(module, function, *arguments)

    def _store(self, number: int) -> Path:
        return self._folder / f"{number}.db"

    def _removed(self, number: int) -> None:
        for suffix in ("", "-wal", "-shm"):
            path = self._store(number)
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _say(text: str) -> None:
    """Tell who waits what is being done; the table is alone on stdout."""
    print(f"… {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Measure, print one table, and write the figures."""
    parser = argparse.ArgumentParser(prog="script/bench history", description=__doc__)
    parser.add_argument("--plays", type=int, nargs="+", default=[100_000])
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument(
        "--asks", type=int, default=60, help="how often each question is asked"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument(
        "--folder", type=Path, help="where there is room for exports and stores"
    )
    options, _ = parser.parse_known_args()  # script/bench hands all of its own on
    sizes: dict[int, Figures] = {}
    for plays in options.plays:
        folder = TemporaryDirectory(dir=options.folder)
        with folder as path:
            sizes[plays] = Size(plays, Path(path), options.asks).figures(options.only)
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    printed(sizes)
    if options.json:
        # Those of the last size are at the top.
        figures = {**sizes[options.plays[-1]], "plays": options.plays[-1]}
        figures["sizes"] = {str(plays): each for plays, each in sizes.items()}
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
