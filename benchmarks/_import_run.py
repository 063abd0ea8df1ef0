"""The measured part of `imports`: a process that holds the history and nothing else."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
import resource
import time

from benchmarks._exports import history
from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
)

LISTENER = Listener("spotify:bench", "Bench")
KITCHEN = Room("area:kitchen", "Kitchen")


def main(folder: str, rows: int, seed: int) -> None:
    """Import the export in a folder, into an empty store and beside what was seen live."""
    path = Path(folder, "export.zip")
    empty = _opened(folder, "empty")
    _import(empty, path, "import into an empty store", rows)
    _import(empty, path, "the same import again", rows)
    _timed("rebuild of all plays", rows, lambda: empty.rebuild().result())
    empty.close()
    seen = seen_live(rows, seed)
    lively = _opened(folder, "lively")
    name = "a tenth as seen live, appended at once"
    _timed(name, len(seen), lambda: lively.append(seen).result())
    _import(lively, path, "import beside them", rows)
    _timed("rebuild of all plays", rows, lambda: lively.rebuild().result())
    lively.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory {peak:,.0f} MiB, what was seen live included")


def seen_live(rows: int, seed: int) -> list[Observation]:
    """Return a tenth of the plays as a collector would have seen them, in a room."""
    observations = []
    for number, row in enumerate(history(rows, seed)):
        uri, ms = row["spotify_track_uri"], row["ms_played"]
        if number % 10 or not isinstance(uri, str) or not isinstance(ms, int):
            continue
        end = int(datetime.fromisoformat(str(row["ts"])).timestamp() * 1000)
        end += number % 8_000 - 4_000  # no two clocks agree
        item = Item(
            uri,
            Kind.TRACK,
            str(row["master_metadata_track_name"]),
            (str(row["master_metadata_album_artist_name"]),),
            str(row["master_metadata_album_album_name"]),
        )
        observations.append(
            Observation(
                Source.LIVE,
                LISTENER,
                item,
                end - ms,
                end,
                ms,
                rooms=(RoomSpan(KITCHEN, end - ms, end),),
            )
        )
    return observations


def _opened(folder: str, name: str) -> History:
    store = History(f"sqlite:///{folder}/{name}.db")
    store.open()
    return store


def _import(store: History, path: Path, name: str, rows: int) -> None:
    report = _timed(name, rows, lambda: store.import_export(path, LISTENER).result())
    print(
        f"    stored {report.stored:,}, merged {sum(report.merged.values()):,},"
        f" known {report.duplicates:,}, skipped {sum(report.skipped.values()):,}"
    )


def _timed[T](name: str, rows: int, work: Callable[[], T]) -> T:
    begun = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - begun
    print(f"  {name:<44} {rows / seconds:9,.0f} rows/s {seconds:8.2f} s", flush=True)
    return result
