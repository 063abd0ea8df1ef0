"""Maps the tracks of an import to track ids."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Final

import numpy as np
from sqlalchemy import Connection

from ..database.bulk import highest, rows_where_in
from ..model import Source
from .catalog import Catalog, Track
from .export_columns import FirstNamed, Numbers

_FIRST_ROOM: Final = 1_024

_AT_ONCE: Final = 250
"""How many items are described at once.

A description is some six objects that the garbage collector follows. Those of a whole batch would live through a few of
its collections and count as long-lived; by so many it visits all objects of Home Assistant, which stands still meanwhile.
"""


class Entered:
    """Row ids of tracks, of their songs, and of the tracks that their plays show.

    They are stored in columns, which take a tenth of the memory of the tracks that a catalog remembers.
    """

    def __init__(self, catalog: Catalog) -> None:
        """Begin with nothing entered, and follow what a catalog changes of what will be."""
        self._catalogue = catalog
        catalog.followers.add(self)
        self._altered: set[int] = set()
        self._number = 0
        self._columns = np.zeros((3, _FIRST_ROOM), np.int64)

    @property
    def track(self) -> Numbers:
        """The row ids of the tracks, by number."""
        return self._columns[0, : self._number]

    @property
    def song(self) -> Numbers:
        """The row ids of their songs."""
        return self._columns[1, : self._number]

    @property
    def shown(self) -> Numbers:
        """The row ids of the tracks that plays of theirs show."""
        return self._columns[2, : self._number]

    def enter(
        self, connection: Connection, first_names: Sequence[FirstNamed], source: Source
    ) -> set[int]:
        """Take in what a source names for the first time, in the order of the numbers.

        Returns the row ids of tracks whose earlier observations must be merged again.
        """
        newest = highest(connection, "track")
        unsettled: set[int] = set()
        for some in batched(first_names, _AT_ONCE, strict=False):
            unsettled |= self._catalogue.enter(
                connection, [one.described(source) for one in some]
            )
            self._add([self._catalogue[one.uri] for one in some])
        self._follow(connection)
        # Of what is new nothing is stored that could be merged.
        return {track for track in unsettled if track <= newest}

    def _add(self, tracks: Sequence[Track]) -> None:
        """Give the next numbers to tracks."""
        before, self._number = self._number, self._number + len(tracks)
        while self._columns.shape[1] < self._number:
            self._columns = np.concatenate([self._columns, self._columns], axis=1)
        self.track[before:] = [track.id for track in tracks]
        self.song[before:] = [track.song for track in tracks]
        self.shown[before:] = [track.shown for track in tracks]

    def altered(self, tracks: Iterable[int]) -> None:
        """Take note of tracks, by row id, that are of another song now, or show another track."""
        self._altered.update(tracks)

    def _follow(self, connection: Connection) -> None:
        """Read again what came to be of another song, or to show another track."""
        if not self._altered:
            return
        altered = self._altered.intersection(self.track.tolist())
        self._altered.clear()
        for number, song, shown in rows_where_in(
            connection,
            "SELECT id, song, coalesce(shown_as, id) FROM track WHERE id IN",
            altered,
        ):
            places = np.flatnonzero(self.track == number)
            self.song[places] = song
            self.shown[places] = shown
