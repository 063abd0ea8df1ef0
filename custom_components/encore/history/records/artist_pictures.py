"""Artist images: which to look up at Spotify, and what it returned."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy import Connection

from ..columns.columns import Columns, Flags, is_flagged
from ..database.bulk import rows_of, rows_where_in, run, upsert
from ..model import Kind

AGAIN_AFTER_MS: Final = 90 * 86_400_000
"""What was not found is not asked for again before."""


@dataclass(frozen=True, slots=True)
class MissingPicture:
    """An artist who was played, and has no picture yet."""

    artist: int
    """Row id."""
    name: str
    plays: int

    @property
    def key(self) -> str:
        """What distinguishes it from all else that is wanted."""
        return f"artist:{self.artist}"


def missing_pictures(
    connection: Connection, columns: Columns, now: int, limit: int
) -> list[MissingPicture]:
    """Return the artists worth asking for at a moment (UTC ms), who was played most first.

    Who was not found is asked for again after AGAIN_AFTER_MS. Guests on a track count as little as in any answer about
    artists. It is asked before every call, so what is counted comes from the columns: to read the artists of 100,000
    tracks from the store takes a tenth of a second.
    """
    tracks = columns.tracks
    plays = np.bincount(columns.plays.track, minlength=len(tracks.kind))
    music = tracks.kind == Kind.TRACK
    counted = np.bincount(tracks.artist[music], plays[music], 1).astype(np.int64)
    settled = rows_of(
        connection,
        "SELECT artist FROM artist_picture"
        " WHERE image_url IS NOT NULL OR looked_up_at >= ?",
        (now - AGAIN_AFTER_MS,),
    )
    known = np.array([artist for (artist,) in settled], np.int64)
    counted[known[known < len(counted)]] = 0
    counted[0] = 0
    most = np.argsort(-counted, kind="stable")[: np.count_nonzero(counted)][:limit]
    found = rows_where_in(
        connection, "SELECT id, name FROM artist WHERE id IN", most.tolist()
    )
    names = dict(found)
    return [
        MissingPicture(number, names[number], int(counted[number]))
        for number in most.tolist()
        if number in names
    ]


def learn_picture(
    connection: Connection, missing: MissingPicture, image_url: str | None, at: int
) -> None:
    """Store the address of a picture that Spotify returned at a moment (UTC ms), None where it has none.

    Nothing is stored of an artist who was deleted meanwhile.
    """
    here = rows_of(
        connection, "SELECT name FROM artist WHERE id = ?", (missing.artist,)
    )
    if [name for (name,) in here] != [missing.name]:
        return
    run(
        connection,
        upsert("artist_picture", "artist", "looked_up_at, image_url"),
        (missing.artist, at, image_url),
    )


def pictures(
    connection: Connection, names: Iterable[str], visible: Flags
) -> dict[str, str]:
    """Return the addresses of the pictures of visible artists by their names; those unknown are left out."""
    found = rows_where_in(
        connection,
        "SELECT a.id, a.name, p.image_url FROM artist a JOIN artist_picture p ON p.artist = a.id"
        " WHERE p.image_url IS NOT NULL AND a.name IN",
        names,
    )
    return {
        name: image_url
        for number, name, image_url in found
        if is_flagged(visible, number)
    }
