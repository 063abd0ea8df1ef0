"""Artists and albums of the store, entered many at a time."""

from collections.abc import Iterable

from sqlalchemy import Connection

from ..database.bulk import insert_many, rows_where_in
from ..database.new_ids import NewIds


class Names:
    """Row ids of artists by name, and of albums by artist and name."""

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing remembered."""
        self._connection = connection
        self._artists: dict[str, int] = {}
        self._albums: dict[tuple[int, str], int] = {}
        self._new_artists = NewIds(connection, "artist")
        self._new_albums = NewIds(connection, "album")

    def artist(self, name: str) -> int:
        """Return the row id of an artist that was entered."""
        return self._artists[name]

    def album(self, by: str, name: str) -> int:
        """Return the row id of an album that was entered."""
        return self._albums[self._artists[by], name]

    def enter_artists(self, names: Iterable[str]) -> None:
        """Make the artists that are not there yet."""
        unknown = {name: None for name in names if name not in self._artists}
        if not unknown:
            return
        if self._new_artists.beyond():
            self._artists.update(
                rows_where_in(
                    self._connection,
                    "SELECT name, id FROM artist WHERE name IN",
                    unknown,
                )
            )
        new = [name for name in unknown if name not in self._artists]
        rows = list(zip(self._new_artists.take(len(new)), new, strict=True))
        insert_many(self._connection, "INSERT INTO artist (id, name) VALUES", rows)
        self._artists.update((name, number) for number, name in rows)

    def enter_albums(self, albums: Iterable[tuple[str, str]]) -> None:
        """Make the albums, by artist and name, that are not there yet; artists are."""
        needed = {(self._artists[by], name): None for by, name in albums}
        unknown = {key: None for key in needed if key not in self._albums}
        if not unknown:
            return
        if self._new_albums.beyond():
            # Not all albums of their artists: of a batch, these may be nearly all that there are.
            self._albums.update(
                ((by, name), number)
                for number, by, name in rows_where_in(
                    self._connection,
                    "SELECT id, artist, name FROM album WHERE (artist, name) IN",
                    unknown,
                    width=2,
                )
            )
        new = [key for key in unknown if key not in self._albums]
        numbers = self._new_albums.take(len(new))
        rows = [(number, *key) for number, key in zip(numbers, new, strict=True)]
        insert_many(
            self._connection, "INSERT INTO album (id, artist, name) VALUES", rows
        )
        self._albums.update(((by, name), number) for number, by, name in rows)

    def forget(self) -> None:
        """Drop what is remembered."""
        self._artists.clear()
        self._albums.clear()
        self._new_artists.forget()
        self._new_albums.forget()
