"""What was heard: tracks with their artists and albums, entered a batch at a time.

Sources describe a track in different detail. A better source's words replace a lesser one's, and
what is missing is filled in, so that the order of arrival does not matter.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from .bulk import insert_many, rows_where_in, run, write_many
from .changes import Changes
from .heard import Heard, description
from .model import Item, Source
from .names import Names
from .sameness import song_keys
from .schema import track as track_table
from .songs import Songs

_RANK: Final = {
    Source.LIVE: 3,
    Source.POLLED: 3,
    Source.SONOS: 2,
    Source.PLAYER: 2,
    Source.EXPORT: 1,
    Source.ACCOUNT_DATA: 0,
}
"""Who describes a track best: Spotify's API, then players, then exports."""

_REMEMBERED: Final = 500_000
"""How many tracks are remembered before all are dropped: about 100 MB."""


class Track(msgspec.Struct, gc=False):
    """A track of the store, as far as the writer remembers it."""

    id: int
    song: int
    duration_ms: int | None
    isrc: str | None
    told_by: int
    """The rank of the source whose words it has."""
    taken_in: int = 0
    """The description that was taken in last."""


class Catalogue:
    """The tracks of the store; used by the writer alone, inside its transactions."""

    def __init__(self, changes: Changes | None = None) -> None:
        """Begin with nothing remembered; tracks that are described anew are added to `changes`."""
        self._changes = Changes() if changes is None else changes
        self._tracks: dict[str, Track] = {}
        self._names = Names()
        self._songs = Songs()

    def __getitem__(self, uri: str) -> Track:
        """Return a track that was entered."""
        return self._tracks[uri]

    def entered(self, heard: Sequence[Heard]) -> list[Track]:
        """Return the tracks of rows whose items were entered."""
        tracks = self._tracks
        return [tracks[one.uri] for one in heard]

    def enter_heard(
        self, connection: Connection, heard: Sequence[Heard], source: Source
    ) -> set[int]:
        """Do as `enter` with the items of rows of an export, most of which were taken in last."""
        known = self._tracks.get
        unknown = {
            (one.uri, one.told): one
            for one in heard
            if (track := known(one.uri)) is None or track.taken_in != one.told
        }
        return self.enter(connection, [(one.item, source) for one in unknown.values()])

    def enter(
        self, connection: Connection, told: Iterable[tuple[Item, Source]]
    ) -> set[int]:
        """Take in descriptions of items.

        Returns the row ids of tracks whose earlier observations must be merged again: they came
        to share a song with others, or their duration became known.
        """
        # The best described first, so that most tracks are written once.
        told = sorted(dict.fromkeys(told), key=lambda entry: -_rank(*entry))
        keys = [song_keys(item) for item, _ in told]
        self._recall(connection, {item.uri for item, _ in told})
        self._songs.look_up(connection, {key for some in keys for key in some})
        new: list[tuple[Track, Item]] = []
        again: list[tuple[Track, Item]] = []
        filled: list[tuple[Track, Item]] = []
        timed: set[int] = set()
        for (item, source), its_keys in zip(told, keys, strict=True):
            rank = _rank(item, source)
            track = self._tracks.get(item.uri)
            if track is None:
                song = self._songs.join(its_keys, None)
                track = Track(0, song, item.duration_ms, item.isrc, rank)
                self._tracks[item.uri] = track
                new.append((track, item))
            else:
                track.song = self._songs.join(its_keys, track.song)
                better = rank > track.told_by
                if _learns_duration(track, item, better):
                    track.duration_ms = item.duration_ms
                    timed.add(track.id)
                track.isrc = track.isrc or item.isrc
                track.told_by = max(rank, track.told_by)
                (again if better else filled).append((track, item))
            track.taken_in = description(
                item.title, item.artists[0] if item.artists else "", source
            )
        moved = self._settle(connection)
        self._write(connection, new, again, filled)
        return moved | self._shared(connection, timed - {0})

    def trim(self) -> None:
        """Drop what is remembered if it is too much; not while a batch still asks for its tracks."""
        if len(self._tracks) > _REMEMBERED:
            self.forget()

    def forget(self) -> None:
        """Drop what is remembered: after a rollback, or when an import is over."""
        self._tracks.clear()
        self._names.forget()
        self._songs.forget()

    def _recall(self, connection: Connection, uris: set[str]) -> None:
        """Read what the store knows of some URIs."""
        unknown = [uri for uri in uris if uri not in self._tracks]
        for uri, *columns in rows_where_in(
            connection,
            "SELECT uri, id, song, duration_ms, isrc, told_by FROM track WHERE uri IN",
            unknown,
        ):
            self._tracks[uri] = Track(*columns)

    def _settle(self, connection: Connection) -> set[int]:
        """Store the songs that were joined; returns the stored tracks that changed theirs."""
        moved, became = self._songs.write(connection)
        self._changes.tracks |= moved
        if became:
            for track in self._tracks.values():
                track.song = became.get(track.song, track.song)
        return moved

    def _shared(self, connection: Connection, tracks: set[int]) -> set[int]:
        """Return those of some tracks that share their song: only for them a duration matters."""
        return {
            number
            for number, shared in rows_where_in(
                connection,
                "SELECT id, EXISTS (SELECT 1 FROM track AS other WHERE other.song = track.song"
                " AND other.id <> track.id) FROM track WHERE id IN",
                tracks,
            )
            if shared
        }

    def _write(
        self,
        connection: Connection,
        new: Sequence[tuple[Track, Item]],
        again: Sequence[tuple[Track, Item]],
        filled: Sequence[tuple[Track, Item]],
    ) -> None:
        named = [item for _, item in (*new, *again)]
        self._names.enter_artists(
            connection, (name for item in named for name in item.artists)
        )
        self._names.enter_albums(
            connection, (by_and_name for item in named if (by_and_name := _album(item)))
        )
        if new:
            self._insert(connection, new)
        for track, item in again:
            self._describe_again(connection, track, item)
        write_many(
            connection,
            "UPDATE track SET duration_ms = ?, isrc = ?, image_url = coalesce(image_url, ?)"
            " WHERE id = ?",
            [(t.duration_ms, t.isrc, item.image_url, t.id) for t, item in filled],
        )

    def _insert(
        self, connection: Connection, new: Sequence[tuple[Track, Item]]
    ) -> None:
        last = connection.execute(select(func.max(track_table.c.id))).scalar_one() or 0
        for number, (track, _) in enumerate(new, last + 1):
            track.id = number
        insert_many(
            connection,
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
                    track.told_by,
                )
                for track, item in new
            ],
        )
        self._credit(connection, new)

    def _describe_again(self, connection: Connection, track: Track, item: Item) -> None:
        self._changes.tracks.add(track.id)
        run(
            connection,
            "UPDATE track SET kind = ?, title = ?, album = ?, duration_ms = ?, isrc = ?,"
            " image_url = coalesce(?, image_url), told_by = ? WHERE id = ?",
            (
                int(item.kind),
                item.title,
                self._album_id(item),
                track.duration_ms,
                track.isrc,
                item.image_url,
                track.told_by,
                track.id,
            ),
        )
        run(connection, "DELETE FROM track_artist WHERE track = ?", (track.id,))
        self._credit(connection, [(track, item)])

    def _credit(
        self, connection: Connection, told: Sequence[tuple[Track, Item]]
    ) -> None:
        insert_many(
            connection,
            "INSERT INTO track_artist (track, position, artist) VALUES",
            [
                (track.id, position, self._names.artist(name))
                for track, item in told
                for position, name in enumerate(item.artists)
            ],
        )

    def _album_id(self, item: Item) -> int | None:
        return self._names.album(*named) if (named := _album(item)) else None


def _rank(item: Item, source: Source) -> int:
    """Return how well an item is described: one without a title says the least."""
    return _RANK[source] if item.title else -1


def _album(item: Item) -> tuple[str, str] | None:
    """Return the artist and name of an item's album, None where it has none."""
    return (item.artists[0], item.album) if item.album and item.artists else None


def _learns_duration(track: Track, item: Item, better: bool) -> bool:
    return item.duration_ms is not None and (
        track.duration_ms is None or (better and track.duration_ms != item.duration_ms)
    )
