"""Writes tracks with their artists and albums, in batches.

Sources describe a track in different detail. A better source's words replace a lesser one's, and
what is missing is filled in, so that the order of arrival does not matter.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol
from weakref import WeakSet

import msgspec
from sqlalchemy import Connection

from ..database.bulk import insert_many, rows_where_in, run, write_many
from ..database.changes import Changes
from ..database.new_ids import NewIds
from ..merge.linking import DURATION_TOLERANCE_MS
from ..model import Item, Kind, Source
from .artists_and_albums import Names
from .export_columns import Description
from .songs import Songs
from .track_resolution import Shown

RANK: Final = {
    Source.LIVE: 3,
    Source.POLLED: 3,
    Source.SONOS: 2,
    Source.PLAYER: 2,
    Source.EXPORT: 1,
    Source.ACCOUNT_DATA: 0,
}
"""Who describes a track best: Spotify's API, then players, then exports."""

_REMEMBERED: Final = 15_000
"""How many tracks are remembered before all are dropped: with songs and names about 10 MB."""


_TRACKS: Final = (
    "SELECT t.uri, t.id, t.song, t.duration_ms, t.isrc, t.told_by, t.kind, s.id, s.uri"
    " FROM track t LEFT JOIN track s ON s.id = t.shown_as"
)


class Track(msgspec.Struct, gc=False):
    """A track of the store, as far as the writer remembers it."""

    id: int
    song: int
    duration_ms: int | None
    isrc: str | None
    source_rank: int
    """The rank of the source that described it."""
    spoken: bool
    """Whether it is an episode or a chapter."""
    shown_as: tuple[int, str] | None = None
    """The real track, with its URI, that its plays show."""

    @property
    def shown(self) -> int:
        """The row id of the track that its plays show."""
        return self.shown_as[0] if self.shown_as else self.id


class Follower(Protocol):
    """What is notified of tracks that were entered."""

    def altered(self, tracks: Iterable[int]) -> None:
        """Take note of tracks, by row id, that are of another song now, or show another track."""


class Catalog:
    """The tracks of the store; used by the writer alone, inside its transactions."""

    def __init__(self, connection: Connection, changes: Changes | None = None) -> None:
        """Begin with nothing remembered; tracks that are described again are added to `changes`."""
        self._connection = connection
        self._changes = Changes() if changes is None else changes
        self._tracks: dict[str, Track] = {}
        self._names = Names(connection)
        self._songs = Songs(connection)
        self._shown = Shown(connection)
        self._new_tracks = NewIds(connection, "track")
        self.followers: WeakSet[Follower] = WeakSet()

    def __getitem__(self, uri: str) -> Track:
        """Return a track that was entered."""
        return self._tracks[uri]

    def recalled(self, numbers: Iterable[int]) -> dict[int, tuple[str, Track]]:
        """Return tracks with their URIs by their row ids, as the store has them."""
        return {
            track.id: (uri, track)
            for uri, track in _tracks(self._connection, "t.id", numbers)
        }

    def enter(self, descriptions: Iterable[Description]) -> set[int]:
        """Take in descriptions of items.

        Returns the row ids of tracks whose earlier observations must be merged again: they came
        to share a song with others, their duration became known, or they are shown as another.
        """
        # The best described first, so that most tracks are written once.
        ranked = sorted(descriptions, key=_rank, reverse=True)
        self._recall({one.item.uri for one in ranked})
        self._songs.look_up({key for one in ranked for key in one.keys})
        new: list[tuple[Track, Item]] = []
        again: list[tuple[Track, Item]] = []
        filled: list[tuple[Track, Item]] = []
        timed: dict[int, int | None] = {}
        for one in ranked:
            rank, item = _rank(one), one.item
            track = self._tracks.get(item.uri)
            if track is None:
                song = self._songs.join(one.keys, None)
                spoken = item.kind is not Kind.TRACK
                track = Track(0, song, item.duration_ms, item.isrc, rank, spoken)
                self._tracks[item.uri] = track
                new.append((track, item))
            else:
                track.song = self._songs.join(one.keys, track.song)
                better = rank > track.source_rank
                if _learns_duration(track, item, better):
                    timed.setdefault(track.id, track.duration_ms)
                    track.duration_ms = item.duration_ms
                track.isrc = track.isrc or item.isrc
                track.source_rank = max(rank, track.source_rank)
                (again if better else filled).append((track, item))
        moved = self._settle()
        self._write(new, again, filled)
        unsettled = moved | self._durations_apart(timed)
        unsettled |= self._reshown([one.item.uri for one in ranked])
        return unsettled - {track.id for track, _ in new}

    def trim(self) -> None:
        """Drop what is remembered if it is too much; not while a batch still asks for its tracks."""
        if len(self._tracks) > _REMEMBERED:
            self.forget()

    def forget(self) -> None:
        """Drop what is remembered: after a rollback, or when an import is over."""
        self._tracks.clear()
        self._names.forget()
        self._songs.forget()
        self._shown.forget()
        self._new_tracks.forget()

    def _recall(self, uris: set[str]) -> None:
        """Read what the store knows of some URIs."""
        if not self._new_tracks.beyond():
            return
        unknown = [uri for uri in uris if uri not in self._tracks]
        self._tracks.update(_tracks(self._connection, "t.uri", unknown))

    def _settle(self) -> set[int]:
        """Store the songs that were joined; returns the stored tracks that changed theirs."""
        moved, became = self._songs.write()
        self._changes.tracks |= moved
        self._notify_followers(moved)
        if became:
            for track in self._tracks.values():
                track.song = became.get(track.song, track.song)
            self._shown.became(became)
        return moved

    def _durations_apart(self, before: Mapping[int, int | None]) -> set[int]:
        """Return those of some tracks of whom a duration distinguishes other releases, or did so.

        `before` has their durations until now; a track that is new with this batch is 0.
        """
        apart = set()
        for number, duration_ms, other, other_ms in rows_where_in(
            self._connection,
            "SELECT t.id, t.duration_ms, o.id, o.duration_ms FROM track t"
            " JOIN track o ON o.song = t.song AND o.id <> t.id AND o.kind = t.kind"
            " WHERE t.kind = 1 AND t.id IN",
            before.keys() - {0},
        ):
            theirs = {other_ms, before.get(other, other_ms)} - {None}
            ours = {duration_ms, before[number]} - {None}
            if any(
                abs(one - another) > DURATION_TOLERANCE_MS
                for one in ours
                for another in theirs
            ):
                apart.add(number)
        return apart

    def _reshown(self, uris: Iterable[str]) -> set[int]:
        """Choose again which real tracks local ones are shown as; returns those that changed."""
        songs = {uri: self._tracks[uri].song for uri in uris}
        for uri, song in songs.items():
            self._shown.joined(song, uri)
        changed = self._shown.resolve(set(songs.values()))
        for one in changed:
            if (track := self._tracks.get(one.uri)) is not None:
                track.shown_as = one.shown_as
        numbers = {one.id for one in changed}
        self._notify_followers(numbers)
        return numbers

    def _notify_followers(self, tracks: Collection[int]) -> None:
        if tracks:
            for follower in self.followers:
                follower.altered(tracks)

    def _write(
        self,
        new: Sequence[tuple[Track, Item]],
        again: Sequence[tuple[Track, Item]],
        filled: Sequence[tuple[Track, Item]],
    ) -> None:
        named = [item for _, item in (*new, *again)]
        self._names.enter_artists(name for item in named for name in item.artists)
        self._names.enter_albums(
            by_and_name for item in named if (by_and_name := _album(item))
        )
        if new:
            self._insert(new)
        for track, item in again:
            self._describe_again(track, item)
        write_many(
            self._connection,
            "UPDATE track SET duration_ms = ?, isrc = ?, image_url = coalesce(image_url, ?)"
            " WHERE id = ?",
            [(t.duration_ms, t.isrc, item.image_url, t.id) for t, item in filled],
        )

    def _insert(self, new: Sequence[tuple[Track, Item]]) -> None:
        numbers = self._new_tracks.take(len(new))
        for number, (track, _) in zip(numbers, new, strict=True):
            track.id = number
        insert_many(
            self._connection,
            "INSERT INTO track (id, uri, kind, title, album, song, duration_ms, isrc, image_url,"
            " told_by) VALUES",
            [
                (
                    track.id,
                    item.uri,
                    int(item.kind),
                    item.title,
                    self._album_id(item),
                    track.song,
                    track.duration_ms,
                    track.isrc,
                    item.image_url,
                    track.source_rank,
                )
                for track, item in new
            ],
        )
        self._credit(new)

    def _describe_again(self, track: Track, item: Item) -> None:
        self._changes.tracks.add(track.id)
        run(
            self._connection,
            "UPDATE track SET kind = ?, title = ?, album = ?, duration_ms = ?, isrc = ?,"
            " image_url = coalesce(?, image_url), told_by = ? WHERE id = ?",
            (
                int(item.kind),
                item.title,
                self._album_id(item),
                track.duration_ms,
                track.isrc,
                item.image_url,
                track.source_rank,
                track.id,
            ),
        )
        run(self._connection, "DELETE FROM track_artist WHERE track = ?", (track.id,))
        self._credit([(track, item)])

    def _credit(self, described: Sequence[tuple[Track, Item]]) -> None:
        insert_many(
            self._connection,
            "INSERT INTO track_artist (track, position, artist) VALUES",
            [
                (track.id, position, self._names.artist(name))
                for track, item in described
                for position, name in enumerate(item.artists)
            ],
        )

    def _album_id(self, item: Item) -> int | None:
        return self._names.album(*named) if (named := _album(item)) else None


def _tracks(
    connection: Connection, column: str, values: Iterable[Any]
) -> Iterator[tuple[str, Track]]:
    """Yield the stored tracks that have one of some values in a column, with their URIs."""
    for uri, number, song, duration, isrc, source_rank, kind, *shown in rows_where_in(
        connection, f"{_TRACKS} WHERE {column} IN", values
    ):
        shown_as = None if shown[0] is None else (shown[0], shown[1])
        spoken = kind != Kind.TRACK
        yield uri, Track(number, song, duration, isrc, source_rank, spoken, shown_as)


def _rank(one: Description) -> int:
    """Return how well an item is described: one without a title says the least."""
    return RANK[one.source] if one.item.title else -1


def _album(item: Item) -> tuple[str, str] | None:
    """Return the artist and name of an item's album, None where it has none."""
    return (item.artists[0], item.album) if item.album and item.artists else None


def _learns_duration(track: Track, item: Item, better: bool) -> bool:
    return item.duration_ms is not None and (
        track.duration_ms is None or (better and track.duration_ms != item.duration_ms)
    )
