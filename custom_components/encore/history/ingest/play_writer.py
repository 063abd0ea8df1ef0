"""Writes derived plays; those that did not change stay as they are."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from ..database.bulk import column_of, delete_many, highest, insert_many, rows_where_in
from ..merge.merge_rows import DerivedPlay

_INSERT: Final = (
    "INSERT INTO play (id, listener, started_at, track, ended_at, ms_played, sources,"
    " device, context_uri, skipped) VALUES"
)

INSERT_BARE_PLAYS: Final = (
    "INSERT INTO play (id, listener, started_at, track, ended_at, ms_played, sources,"
    " skipped) VALUES"
)
"""Of plays of which no device and no context is known."""

type Row = tuple[Any, ...]


class Written(NamedTuple):
    """The row ids of derived plays, in their order, and what that meant for the store."""

    ids: list[int]
    new: int
    changed: int
    touched: set[int]
    """Those that came, went or changed."""


def last_play(connection: Connection) -> int:
    """Return the highest row id of a play, hidden or not, 0 where there is none."""
    return max(highest(connection, "play"), highest(connection, "hidden_play", "play"))


class Plays:
    """The plays of the store; the row id of each stays as long as one of its observations stays with it."""

    def __init__(
        self,
        connection: Connection,
        listeners: Mapping[str, int],
        *,
        trusted: bool = True,
    ) -> None:
        """Take the row ids of listeners; if not `trusted`, some plays may rest on no observation, and be in the way of others."""
        self._connection = connection
        self._listeners = listeners
        self._trusted = trusted
        self._taken: set[int] = set()
        self._last_id = last_play(connection)

    def replace(
        self,
        stale: Collection[int],
        derived: Sequence[DerivedPlay],
        hidden: Mapping[int, int] | None = None,
    ) -> Written:
        """Replace the plays of some row ids with derived plays.

        Those whose places `hidden` has are hidden, each by the forgetting of the row id that it
        gives; None where nothing was ever forgotten.
        """
        ids = [self._id_of(one) for one in derived]
        shown = [
            (self._row(number, one), one.rooms)
            for place, (number, one) in enumerate(zip(ids, derived, strict=True))
            if hidden is None or place not in hidden
        ]
        if hidden is not None:
            self._hide(stale, [(ids[i], derived[i], by) for i, by in hidden.items()])
        before = self._stored(stale)
        rows = [row for row, _ in shown]
        now = {row[0]: (row, rooms) for row, rooms in shown}
        removed = [number for number in before if before[number] != now.get(number)]
        delete_many(self._connection, "play", "id", removed)
        fresh = [row for row in rows if before.get(row[0]) != now[row[0]]]
        evicted = [] if self._trusted else self._make_way(fresh)
        insert_many(self._connection, _INSERT, fresh)
        insert_many(
            self._connection,
            "INSERT INTO play_room (play, room, from_ms, to_ms) VALUES",
            [(row[0], *span) for row in fresh for span in now[row[0]][1]],
        )
        return Written(
            ids,
            sum(row[0] not in before for row in fresh),
            len(removed),
            {*removed, *evicted, *(row[0] for row in fresh)},
        )

    def _make_way(self, fresh: Sequence[Row]) -> list[int]:
        """Remove what is in the place of plays; nothing is, if the store is as it should be."""
        evicted = [
            number
            for row in fresh
            for number in column_of(
                self._connection,
                "SELECT id FROM play WHERE listener = ? AND started_at = ? AND track = ?",
                row[1:4],
            )
        ]
        delete_many(self._connection, "play", "id", evicted)
        return evicted

    def _hide(
        self, stale: Collection[int], hidden: Sequence[tuple[int, DerivedPlay, int]]
    ) -> None:
        """Hide plays under their row ids, and no longer those that were hidden and are stale."""
        delete_many(self._connection, "hidden_play", "play", stale)
        insert_many(
            self._connection,
            "INSERT INTO hidden_play (play, forgetting, listener, started_at, ended_at, ms_played,"
            " sources) VALUES",
            [
                (
                    number,
                    by,
                    self._listeners[one.listener],
                    one.started_at,
                    one.ended_at,
                    one.ms_played,
                    one.sources,
                )
                for number, one, by in hidden
            ],
        )

    def _id_of(self, derived: DerivedPlay) -> int:
        """Return the row id that most observations had, or a new one."""
        known = [w.play for w in derived.merge_rows if w.play is not None]
        for number in sorted(set(known), key=lambda one: (-known.count(one), one)):
            if number not in self._taken:
                self._taken.add(number)
                return number
        self._last_id += 1
        return self._last_id

    def _row(self, number: int, derived: DerivedPlay) -> Row:
        return (
            number,
            self._listeners[derived.listener],
            derived.started_at,
            derived.track,
            derived.ended_at,
            derived.ms_played,
            derived.sources,
            derived.device,
            derived.context_uri,
            derived.skipped,
        )

    def _stored(
        self, ids: Collection[int]
    ) -> dict[int, tuple[tuple[Any, ...], tuple[tuple[int, int, int], ...]]]:
        """Return stored plays, each as its row with its rooms."""
        rooms: dict[int, list[tuple[int, int, int]]] = {}
        for number, room, start, end in rows_where_in(
            self._connection,
            "SELECT play, room, from_ms, to_ms FROM play_room WHERE play IN",
            ids,
        ):
            rooms.setdefault(number, []).append((room, start, end))
        rows = rows_where_in(
            self._connection,
            "SELECT id, listener, started_at, track, ended_at, ms_played, sources, device,"
            " context_uri, skipped FROM play WHERE id IN",
            ids,
        )
        return {
            row[0]: (tuple(row), tuple(sorted(rooms.get(row[0], [])))) for row in rows
        }
