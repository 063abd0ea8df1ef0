"""The stored observations around some others: as many as decide about their plays, and no more."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from ..database.bulk import rows_of, rows_where_in
from ..database.key_tables import Registers
from ..merge.linking import components
from ..merge.merge import plays_of
from ..merge.merge_rows import DerivedPlay, Identity, MergeRow, identity
from ..model import HOUSEHOLD, Kind, Source
from ..time_ranges.intervals import Span, merged, uncovered

_GAP_MS: Final = 2 * 86_400_000
"""Reading on is cheaper than asking again, up to this distance."""

_FEW_SONGS: Final = 100
"""So few songs are picked by the database, more of them here."""

_SOURCES: Final = {int(source): source for source in Source}

_COLUMNS: Final = (
    "SELECT o.source, o.listener, t.uri, o.track, t.song, t.duration_ms, o.started_at,"
    " o.ended_at, o.ms_played, o.offline_at, o.device, o.context_uri, o.skipped,"
    " o.reason_end, o.play, t.kind, s.id, s.uri FROM observation o"
    " JOIN track t ON t.id = o.track LEFT JOIN track s ON s.id = t.shown_as"
)

_ROOM_COLUMNS: Final = (
    "SELECT r.listener, r.ended_at, t.uri, r.source, r.ms_played, r.offline_at, r.room,"
    " r.from_ms, r.to_ms FROM observation_room r JOIN track t ON t.id = r.track"
)

_ASSUMED: Final = (
    f"{_COLUMNS} WHERE o.source = {int(Source.POLLED)} AND o.listener = ?"  # noqa: S608  our own numbers
    f" AND o.ended_at BETWEEN ? AND ? AND t.kind = {int(Kind.TRACK)}"
    f" AND {1 << Source.POLLED} IN ((SELECT p.sources FROM play p WHERE p.id = o.play),"
    " (SELECT h.sources FROM hidden_play h WHERE h.play = o.play))"
)
"""Plays of assumed length, hidden or not: `DerivedPlay.assumed`."""


class Neighborhood:
    """Observations that arrive, and those stored around them that are of the same songs."""

    def __init__(
        self,
        connection: Connection,
        registers: Registers,
        songs: Collection[int] | None,
    ) -> None:
        """Look around some songs, None for all; a component never leaves its song."""
        self._connection = connection
        self._keys = registers.listeners.keys()
        self.listeners = {key: number for number, key in self._keys.items()}
        self._reasons = registers.reasons.names()
        self._songs = None if songs is None else frozenset(songs)
        self._known: dict[Identity, MergeRow] = {}
        self._covered: dict[int, list[Span]] = {}
        self.removed: dict[Identity, int] = {}
        """Those that are stored no more, each with what removed it."""

    def read_around(self, merge_rows: Iterable[MergeRow]) -> None:
        """Read all stored observations that could be linked with some others."""
        needed: dict[int, list[Span]] = {number: [] for number in self._keys}
        for merge_row in merge_rows:
            reach = merge_row.reach
            for number, key in self._keys.items():
                if HOUSEHOLD in {key, merge_row.listener} or key == merge_row.listener:
                    needed[number].append(reach)
        for number, spans in needed.items():
            covered = self._covered.get(number, [])
            for span in merged(spans, _GAP_MS):
                for start, end in uncovered(span, covered):
                    self.read_range(number, start, end)
            self._covered[number] = merged([*covered, *merged(spans, _GAP_MS)])

    def read_tracks(self, tracks: Collection[int]) -> list[MergeRow]:
        """Read and return all stored observations of some tracks: a scan of the whole store."""
        rows = rows_where_in(self._connection, f"{_COLUMNS} WHERE o.track IN", tracks)
        rooms = self._rooms(
            rows_where_in(self._connection, f"{_ROOM_COLUMNS} WHERE r.track IN", tracks)
        )
        return [self._enter(row, rooms) for row in rows]

    def read_plays(
        self, plays: Collection[int], ends: Iterable[tuple[int, int]]
    ) -> list[MergeRow]:
        """Read and return the observations of some plays, which end at moments of listeners; and around them."""
        spans: dict[int, list[Span]] = {}
        for listener, end in ends:
            spans.setdefault(listener, []).append((end, end))
        found = [
            merge_row
            for listener, its in spans.items()
            for span in merged(its, _GAP_MS)
            for merge_row in self.read_range(listener, *span)
            if merge_row.play in plays
        ]
        self.read_around(found)
        return found

    def admit(self, merge_row: MergeRow) -> bool:
        """Add an observation that arrives; False if it is known already."""
        return self._known.setdefault(identity(merge_row), merge_row) is merge_row

    def admit_removed(self, removed: Iterable[tuple[MergeRow, int]]) -> None:
        """Add observations that were removed, each with the row id of the forgetting that did so."""
        for merge_row, by in removed:
            self._known[identity(merge_row)] = merge_row
            self.removed[identity(merge_row)] = by

    def components_of(
        self, seeds: Sequence[MergeRow], *, links_may_be_removed: bool = False
    ) -> list[list[MergeRow]]:
        """Return the whole components that some observations, around which was read, are in.

        Where links may have been removed since plays were derived, the components that observations of
        those plays are in now belong to them.
        """
        touched = {id(seed) for seed in seeds}
        reached = set(touched)
        while True:
            found = [
                component
                for component in components(self._known.values())
                if any(id(merge_row) in touched for merge_row in component)
            ]
            members = [merge_row for component in found for merge_row in component]
            if links_may_be_removed:
                plays = {w.play for w in members if w.play is not None}
                members += [w for w in self._known.values() if w.play in plays]
            touched.update(id(merge_row) for merge_row in members)
            further = [
                merge_row for merge_row in members if id(merge_row) not in reached
            ]
            if not further:
                return found
            reached.update(id(merge_row) for merge_row in further)
            self.read_around(further)

    def plays_of(self, found: Iterable[list[MergeRow]]) -> list[DerivedPlay]:
        """Return the plays of components, without those of which nothing is stored any more."""
        derived = [one for component in found for one in plays_of(component)]
        if not self.removed:
            return derived
        return [
            one
            for one in derived
            if any(
                identity(merge_row) not in self.removed for merge_row in one.merge_rows
            )
        ]

    def read_range(self, listener: int, start: int, end: int) -> list[MergeRow]:
        """Read and return a listener's stored observations by their end, both bounds included."""
        where = "WHERE {0}.listener = ? AND {0}.ended_at BETWEEN ? AND ?"
        bounds: tuple[int, ...] = (listener, start, end)
        rooms = self._rooms(
            rows_of(self._connection, f"{_ROOM_COLUMNS} {where.format('r')}", bounds)
        )
        statement = f"{_COLUMNS} {where.format('o')}"
        songs = self._songs
        if songs is not None and len(songs) <= _FEW_SONGS:
            marks = ",".join("?" * len(songs))
            statement += f" AND t.song IN ({marks})"
            bounds = (*bounds, *songs)
        return [
            self._enter(row, rooms)
            for row in rows_of(self._connection, statement, bounds)
            if songs is None or row[4] in songs
        ]

    def read_assumed(self, listener: int, start: int, end: int) -> list[MergeRow]:
        """Read and return rows of recently played, by their end, that plays of a listener have no other source than.

        They are of any song, and both bounds are included.
        """
        bounds = (listener, start, end)
        rows = rows_of(self._connection, _ASSUMED, bounds)
        if not rows:
            return []
        where = f"{_ROOM_COLUMNS} WHERE r.listener = ? AND r.ended_at BETWEEN ? AND ?"
        rooms = self._rooms(rows_of(self._connection, where, bounds))
        return [self._enter(row, rooms) for row in rows]

    def _enter(
        self,
        row: Sequence[Any],
        rooms: dict[Identity, tuple[tuple[int, int, int], ...]],
    ) -> MergeRow:
        source, listener, *described, skipped, reason_end, play, kind, shown, uri = row
        shown_as = None if shown is None else (shown, uri)
        uri, _, _, _, _, ended_at, ms_played, offline_at, _, _ = described
        key = self._keys[listener]
        known = (key, ended_at, uri, source, ms_played, offline_at)
        if (merge_row := self._known.get(known)) is None:
            fields: tuple[Any, ...] = (
                _SOURCES[source],
                key,
                *described,
                None if skipped is None else bool(skipped),
                self._reasons.get(reason_end),
                rooms.get(known, ()),
                play,
                kind != Kind.TRACK,
                shown_as,
            )
            merge_row = self._known[known] = MergeRow(*fields)
        return merge_row

    def _rooms(
        self, rows: Iterable[Sequence[Any]]
    ) -> dict[Identity, tuple[tuple[int, int, int], ...]]:
        found: dict[Identity, list[tuple[int, int, int]]] = {}
        for listener, ended_at, uri, source, ms_played, offline_at, *span in rows:
            known = (self._keys[listener], ended_at, uri, source, ms_played, offline_at)
            found.setdefault(known, []).append((span[0], span[1], span[2]))
        return {known: tuple(sorted(spans)) for known, spans in found.items()}
