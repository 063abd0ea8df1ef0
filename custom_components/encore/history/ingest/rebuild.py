"""Rebuilds all plays from their observations.

It goes through each listener's observations in slices, a transaction each. Every slice leaves plays
that are whole, so questions and recording go on in between, and it can be stopped anywhere.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from ..database.bulk import column_of, delete_many, rows_of
from ..merge.merge_rows import Identity, identity
from .ingest import Ingest
from .play_writer import last_play

_AT_ONCE: Final = 5_000
"""How many observations are looked at together."""

_PLAYS_AT_ONCE: Final = 50_000
"""How many plays are checked for an observation together."""

_BEFORE_ALL: Final = -(1 << 62)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild came to: the observations it went through, and the plays that are not as before."""

    observations: int
    changed: int
    """Plays that came, went or changed."""
    cancelled: bool = False


class Rebuild:
    """One rebuild, a step at a time."""

    def __init__(self) -> None:
        """Begin before all observations."""
        self._to_do: list[int] | None = None
        self._last = _BEFORE_ALL
        self._ahead: set[Identity] = set()
        self._seen = bytearray()
        self._checked = 0
        self.total = 0
        """How many observations there were at the start."""
        self.done = 0
        """How many were looked at so far."""
        self.changed = 0
        """How many plays came, went or changed."""

    def step(self, connection: Connection, ingest: Ingest) -> bool:
        """Derive the next slice; False when all is done."""
        if self._to_do is None:
            self._begin(connection)
        while self._to_do:
            if self._derive(connection, ingest, self._to_do[0]):
                return True
            self._to_do.pop(0)
            self._last = _BEFORE_ALL
        return self._remove_unfounded(connection, ingest)

    def _begin(self, connection: Connection) -> None:
        counts = rows_of(
            connection,
            "SELECT listener, count(*) FROM observation GROUP BY listener ORDER BY listener",
        )
        self._to_do = [listener for listener, _ in counts]
        self.total = sum(number for _, number in counts)
        self._seen = bytearray(last_play(connection) + 1)

    def _derive(self, connection: Connection, ingest: Ingest, listener: int) -> bool:
        """Derive the plays of components that begin in a listener's next observations, if there are any."""
        ((first, last),) = rows_of(
            connection,
            "SELECT min(ended_at), max(ended_at) FROM (SELECT ended_at FROM observation"
            " WHERE listener = ? AND ended_at > ? ORDER BY ended_at LIMIT ?) AS stretch",
            (listener, self._last, _AT_ONCE),
        )
        if first is None:
            return False
        self._last = last
        around = ingest.look_around(None)
        seeds = []
        for merge_row in around.read_range(listener, first, last):
            self.done += 1
            if (known := identity(merge_row)) in self._ahead:
                self._ahead.discard(known)
            else:
                seeds.append(merge_row)
        here = {id(seed) for seed in seeds}
        again = ingest.derive_again(around, seeds)
        self.changed += again.touched
        for number, play, _ in again.plays:
            if number < len(self._seen):
                self._seen[number] = True
            self._ahead.update(
                identity(merge_row)
                for merge_row in play.merge_rows
                if id(merge_row) not in here
            )
        return True

    def _remove_unfounded(self, connection: Connection, ingest: Ingest) -> bool:
        """Remove the next plays that rest on no observation; False when none is left to check."""
        ids = column_of(
            connection,
            "SELECT id FROM play WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
            (self._checked, len(self._seen), _PLAYS_AT_ONCE),
        )
        if not ids:
            return False
        self._checked = ids[-1]
        if suspects := [number for number in ids if not self._seen[number]]:
            founded = {*column_of(connection, "SELECT DISTINCT play FROM observation")}
            removed = [number for number in suspects if number not in founded]
            delete_many(connection, "play", "id", removed)
            ingest.changes.plays.update(removed)
            self.changed += len(removed)
        return True
