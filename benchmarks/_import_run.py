"""The measured part of `imports`: a process that holds the history and nothing else."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
import resource
import time

from benchmarks._exports import Household
from custom_components.encore.history.history import History
from custom_components.encore.history.imports.report import ImportReport
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
)

KITCHEN = Room("area:kitchen", "Kitchen")


def main(folder: str, rows: int, seed: int) -> None:
    """Import the exports in a folder, into an empty store and beside what was seen live."""
    house = Household(rows, seed)
    empty = _opened(folder, "empty")
    _import(empty, folder, house, "import into an empty store")
    _peak()
    _import(empty, folder, house, "the same import again")
    _timed("rebuild of all plays", rows, lambda: empty.rebuild().result())
    empty.close()
    lively = _opened(folder, "lively")
    for one in range(len(house.rows)):
        seen = seen_live(house, one)
        name = "a tenth as seen live, appended at once"
        _timed(name, len(seen), lambda: lively.append(seen).result())  # noqa: B023  it is done at once
    _import(lively, folder, house, "import beside them")
    _timed("rebuild of all plays", rows, lambda: lively.rebuild().result())
    lively.close()
    _peak()


def listener(number: int) -> Listener:
    """Return whom an export belongs to."""
    return Listener(f"spotify:bench{number}", f"Listener {number + 1}")


def seen_live(house: Household, number: int) -> list[Observation]:
    """Return a tenth of a listener's plays as a collector would have seen them, in a room."""
    observations = []
    for place, row in enumerate(house.history(number)):
        uri, ms = row["spotify_track_uri"], row["ms_played"]
        if place % 10 or not isinstance(uri, str) or not isinstance(ms, int):
            continue
        end = int(datetime.fromisoformat(str(row["ts"])).timestamp() * 1000)
        end += place % 8_000 - 4_000  # no two clocks agree
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
                listener(number),
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


def _import(store: History, folder: str, house: Household, name: str) -> None:
    def work() -> list[ImportReport]:
        return [
            store.import_export(Path(folder, f"{one}.zip"), listener(one)).result()
            for one in range(len(house.rows))
        ]

    reports = _timed(name, sum(house.rows), work)
    print(
        f"    stored {sum(one.stored for one in reports):,},"
        f" merged {sum(sum(one.merged.values()) for one in reports):,},"
        f" known {sum(one.duplicates for one in reports):,},"
        f" skipped {sum(sum(one.skipped.values()) for one in reports):,}"
    )


def _peak() -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory so far {peak:,.0f} MiB")


def _timed[T](name: str, rows: int, work: Callable[[], T]) -> T:
    begun, busy = time.perf_counter(), time.process_time()
    result = work()
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    print(
        f"  {name:<44} {rows / seconds:9,.0f} rows/s {seconds:8.2f} s,"
        f" {rows / busy:9,.0f} rows per second of processor",
        flush=True,
    )
    return result
