"""Song keys: which releases of a recording belong together."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from ..database.bulk import column_of, highest, insert_many, rows_where_in, run


class Songs:
    """The songs by their keys. Songs that turn out to share a key become the older one of them."""

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing remembered."""
        self._connection = connection
        self._songs: dict[str, int] = {}
        self._new: list[str] = []
        self._became: dict[int, int] = {}
        self._last: int | None = None
        self._all = False
        """Whether all keys of the store are remembered, because it had none before."""

    def look_up(self, keys: Iterable[str]) -> None:
        """Read what the store knows of some keys, before they are joined."""
        if self._last is None:
            self._last = highest(self._connection, "track", "song")
            self._all = self._last == 0
        if self._all:
            return
        unknown = {key for key in keys if key not in self._songs}
        self._songs.update(
            rows_where_in(
                self._connection, "SELECT key, song FROM song_key WHERE key IN", unknown
            )
        )

    def join(self, keys: Sequence[str], song: int | None) -> int:
        """Return the one song that a song and some keys, which were looked up, belong to."""
        if song is None and len(keys) == 1:
            return self._joined(keys[0])
        found = {self.now(self._songs[key]) for key in keys if key in self._songs}
        if song is not None:
            found.add(self.now(song))
        merged_into = min(found) if found else self._next()
        self._became.update(
            (other, merged_into) for other in found if other != merged_into
        )
        for key in keys:
            if key not in self._songs:
                self._songs[key] = merged_into
                self._new.append(key)
        return merged_into

    def _joined(self, key: str) -> int:
        """Return the song of a key, a new one where there is none: what nearly all of an export comes to."""
        known = self._songs.get(key)
        if known is None:
            known = self._songs[key] = self._next()
            self._new.append(key)
        return self.now(known)

    def now(self, song: int) -> int:
        """Return what a song became."""
        while (became := self._became.get(song)) is not None:
            song = became
        return song

    def write(self) -> tuple[set[int], dict[int, int]]:
        """Store what was joined: the tracks that changed their song, and what songs became what."""
        insert_many(
            self._connection,
            "INSERT INTO song_key (key, song) VALUES",
            [(key, self.now(self._songs[key])) for key in self._new],
        )
        self._new.clear()
        became = {song: self.now(song) for song in self._became}
        moved: set[int] = set()
        for song, merged_into in became.items():
            moved.update(
                column_of(
                    self._connection, "SELECT id FROM track WHERE song = ?", (song,)
                )
            )
            both = (merged_into, song)
            run(self._connection, "UPDATE song_key SET song = ? WHERE song = ?", both)
            run(self._connection, "UPDATE track SET song = ? WHERE song = ?", both)
        if became:
            self._songs.clear()
            self._became.clear()
            self._all = False
        return moved, became

    def forget(self) -> None:
        """Drop what is remembered."""
        self._songs.clear()
        self._new.clear()
        self._became.clear()
        self._last = None
        self._all = False

    def _next(self) -> int:
        assert self._last is not None
        self._last += 1
        return self._last


def songs_of_tracks(connection: Connection, tracks: Collection[int]) -> set[int]:
    """Return the songs that some tracks, by their row ids, are of."""
    found = rows_where_in(connection, "SELECT song FROM track WHERE id IN", tracks)
    return {song for (song,) in found}
