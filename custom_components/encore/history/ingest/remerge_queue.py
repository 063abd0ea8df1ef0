"""Tracks with observations that have to be merged again.

An import would else look through all observations again and again. Whatever it is that waits, and
whenever it is settled, the plays are those that all observations amount to.
"""

from collections.abc import Iterator
from itertools import batched
from typing import Final

from sqlalchemy import Connection

from ..database.bulk import column_of, delete_many, rows_of
from .ingest import Ingest

_AT_ONCE: Final = 2_000
"""How many moments of observations are looked at together."""

type Moment = tuple[int, int]
"""A listener's row id, and when observations of theirs ended (UTC ms)."""


class RemergeQueue:
    """Settles what waits when it begins, a slice at a time; each step is a transaction of its own."""

    def __init__(self) -> None:
        """Begin with nothing looked at."""
        self._tracks: frozenset[int] = frozenset()
        self._slices: Iterator[tuple[Moment, ...]] | None = None

    def step(self, connection: Connection, ingest: Ingest) -> bool:
        """Settle the next slice; False when nothing waits any more."""
        if self._slices is None:
            self._begin(connection)
        if (some := next(self._slices or iter(()), None)) is not None:
            around = ingest.look_around(None)
            seeds = [
                merge_row
                for listener, ended_at in some
                for merge_row in around.read_range(listener, ended_at, ended_at)
                if merge_row.track in self._tracks
            ]
            ingest.derive_again(around, seeds)
            return True
        delete_many(connection, "unsettled", "track", self._tracks)
        ingest.settled()
        return False

    def _begin(self, connection: Connection) -> None:
        self._tracks = frozenset(column_of(connection, "SELECT track FROM unsettled"))
        moments = rows_of(
            connection,
            "SELECT DISTINCT o.listener, o.ended_at FROM observation o"
            " JOIN unsettled u ON u.track = o.track ORDER BY o.listener, o.ended_at",
        )
        self._slices = iter(batched([(one, end) for one, end in moments], _AT_ONCE))
