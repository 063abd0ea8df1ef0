"""Addresses of covers, by what they are of."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from ..columns.columns import Flags, is_flagged
from ..columns.ranking import KINDS_RANKED
from ..database.bulk import rows_of, rows_where_in
from ..model import TopOf
from ..records.artist_pictures import pictures
from .top_with_active_plays import IDS
from .visible_plays import VisiblePlays

_LOOKED_AT: Final = 100
"""Of so many releases of a show or an album, the latest that were played first, covers are looked for."""


class PictureQueries(VisiblePlays):
    """Answers with addresses of covers and pictures, of what a viewer may see."""

    def covers(self, uris: Iterable[str]) -> dict[str, str]:
        """Return the addresses of covers by the URIs of what was played; those that nobody reported are left out."""
        visible = self._visible_things(TopOf.TRACKS)
        found = rows_where_in(
            self._connection, "SELECT id, uri, image_url FROM track WHERE uri IN", uris
        )
        return {
            uri: image_url
            for number, uri, image_url in found
            if image_url and is_flagged(visible, number)
        }

    def with_covers(self, of: TopOf, name: str, artist: str = "") -> list[str]:
        """Return the URIs of tracks on an album (by its artist), of tracks of an artist, or of episodes of a show, of which a cover is known; the latest first."""
        visible = self._visible_things(TopOf.TRACKS)
        names = (name, artist) if of is TopOf.ALBUMS else (name,)
        numbers = [
            track
            for (row,) in rows_of(self._connection, IDS[of], names)
            for track in _visible_tracks(
                self._read_columns().tracks.of(of, row), visible
            )
        ]
        found = rows_where_in(
            self._connection,
            f"SELECT id, uri FROM track WHERE kind = {KINDS_RANKED[of][0]:d} AND image_url IS NOT NULL AND id IN",  # noqa: S608  our own words
            numbers,
        )
        return [uri for _, uri in sorted(found, reverse=True)]

    def pictures(self, names: Iterable[str]) -> dict[str, str]:
        """Return the addresses of the pictures of artists who were played by their names; those unknown are left out."""
        visible = self._visible_things(TopOf.ARTISTS)
        return pictures(self._connection, names, visible)


def _visible_tracks(theirs: Flags, visible: Flags) -> list[int]:
    size = min(len(theirs), len(visible))
    tracks: list[int] = np.flatnonzero(theirs[:size] & visible[:size]).tolist()
    return tracks[-_LOOKED_AT:]
