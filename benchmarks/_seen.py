"""The household of the benchmarks as it was watched: who listens, where, on what, and what was seen live."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
import pickle
from typing import Final

from benchmarks._exports import Household
from custom_components.encore.history.model import (
    Device,
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
)

ROOMS: Final = (
    Room("area:kitchen", "Kitchen"),
    Room("area:living_room", "Living room"),
    Room("area:study", "Study"),
)
DEVICES: Final = (
    Device("RINCON_7828CA0A11E401400", "Kitchen speaker"),
    Device("RINCON_5CAAFD0B3C7A01400", "Living room speaker"),
    Device("5fbb3ba6aa454b5534c4ba43a8c7e8e45a63ad0e", "Phone"),
)
"""One for each room."""


def listener(number: int) -> Listener:
    """Return whom an export belongs to."""
    return Listener(f"spotify:bench{number}", f"Listener {number + 1}")


def seen_live(home: Household, number: int) -> Iterator[Observation]:
    """Yield every tenth track of a listener's export as a collector would have seen it, in a room."""
    before: object = None
    for place, row in enumerate(home.history(number)):
        uri, ms = row["spotify_track_uri"], row["ms_played"]
        written_twice, before = row == before, row
        if place % 10 or written_twice or not isinstance(uri, str):
            continue
        assert isinstance(ms, int)
        end = int(datetime.fromisoformat(str(row["ts"])).timestamp() * 1000)
        end += place % 8_000 - 4_000  # no two clocks agree
        where = place // 300 % len(ROOMS)
        item = Item(
            uri,
            Kind.TRACK,
            str(row["master_metadata_track_name"]),
            (str(row["master_metadata_album_artist_name"]),),
            str(row["master_metadata_album_album_name"]),
        )
        yield Observation(
            Source.LIVE,
            listener(number),
            item,
            end - ms,
            end,
            ms,
            device=DEVICES[where],
            rooms=(RoomSpan(ROOMS[where], end - ms, end),),
        )


def write_live(path: str, rows: int, seed: int, most: int) -> int:
    """Pickle what was seen live of a household's exports, a list for each listener; return how many lists."""
    home = Household(rows, seed)
    each = -(-most // len(home.rows))
    with Path(path).open("wb") as file:
        pickle.dump(len(home.rows), file)
        for number in range(len(home.rows)):
            pickle.dump(list(islice(seen_live(home, number), each)), file)
    return len(home.rows)
