"""Resolves plays of which only names are known to tracks."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from ..database.bulk import column_of, rows_where_in, write_many
from ..merge.same_song import LOCAL, NAMELESS, is_local
from ..model import Kind


class Known(NamedTuple):
    """A track of the store."""

    id: int
    uri: str
    song: int
    kind: int
    source_rank: int
    shown_as: int | None


class Reshown(NamedTuple):
    """A local track that is now shown as another one, or as itself again."""

    id: int
    uri: str
    shown_as: tuple[int, str] | None


class Shown:
    """The songs that have tracks of which only names are known."""

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing remembered."""
        self._connection = connection
        self._songs: set[int] | None = None

    def resolve(self, songs: Collection[int]) -> list[Reshown]:
        """Resolve songs again after one of their tracks was described; return what changed."""
        affected = self._local_songs().intersection(songs)
        if not affected:
            return []
        tracks: dict[int, list[Known]] = {}
        for row in rows_where_in(
            self._connection,
            "SELECT id, uri, song, kind, told_by, shown_as FROM track WHERE song IN",
            affected,
        ):
            one = Known(*row)
            tracks.setdefault(one.song, []).append(one)
        changed = []
        for some in tracks.values():
            for local in (one for one in some if is_local(one.uri)):
                real = real_track(local, some)
                if local.shown_as != (real and real.id):
                    shown_as = None if real is None else (real.id, real.uri)
                    changed.append(Reshown(local.id, local.uri, shown_as))
        write_many(
            self._connection,
            "UPDATE track SET shown_as = ? WHERE id = ?",
            [(one.shown_as and one.shown_as[0], one.id) for one in changed],
        )
        return changed

    def joined(self, song: int, uri: str) -> None:
        """Take note that a track, which may be local, is of a song now."""
        if self._songs is not None and is_local(uri):
            self._songs.add(song)

    def became(self, songs: dict[int, int]) -> None:
        """Take note of the songs that others became."""
        if self._songs is not None:
            self._songs.update(songs[old] for old in self._songs & songs.keys())

    def forget(self) -> None:
        """Drop what is remembered."""
        self._songs = None

    def _local_songs(self) -> set[int]:
        if self._songs is None:
            local = (f"{LOCAL}%",)
            self._songs = {
                *column_of(
                    self._connection, "SELECT song FROM track WHERE uri LIKE ?", local
                )
            }
        return self._songs


def real_track(local: Known, song: Sequence[Known]) -> Known | None:
    """Return the real track of a song that a local one is shown as, None where that is not sure.

    Of releases of music it is the best described. An episode must be the only one of its title.
    """
    real = [one for one in song if not one.uri.startswith((LOCAL, NAMELESS))]
    if local.kind == Kind.TRACK:
        music = [one for one in real if one.kind == Kind.TRACK]
        if music:
            return min(music, key=lambda one: (-one.source_rank, one.uri))
    spoken = [one for one in real if one.kind != Kind.TRACK]
    return spoken[0] if len(spoken) == 1 else None
