"""Playlists: the one part of the catalogue that people change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from random import Random
from typing import Any, ClassVar

from .catalogue import Catalog
from .errors import BadValue, NotOwner, UnknownThing
from .invention import new_id, new_image_id
from .music import Kind, Playable


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """One place in a playlist."""

    item: Playable
    added_at: int
    """UTC milliseconds."""
    added_by: str
    """A user id."""


@dataclass(slots=True)
class Playlist:
    """A playlist with its entries in order."""

    kind: ClassVar[Kind] = Kind.PLAYLIST

    id: str
    name: str
    owner_id: str
    owner_name: str
    description: str
    public: bool
    collaborative: bool
    image_id: str
    entries: list[PlaylistEntry] = field(default_factory=list)
    version: int = 1

    @property
    def uri(self) -> str:
        """`spotify:playlist:…`."""
        return f"spotify:playlist:{self.id}"

    @property
    def snapshot_id(self) -> str:
        """Changes with every change of the playlist."""
        return f"AAAA{self.version:04x}{sha256(f'{self.id} {self.version}'.encode()).hexdigest()[:24]}"


class Playlists:
    """All playlists by id. Changes raise `NotOwner`, `UnknownThing` or `BadValue`."""

    def __init__(self, catalogue: Catalog) -> None:
        """Start empty; the world adds the invented ones or the saved ones."""
        self._catalogue = catalogue
        self._playlists: dict[str, Playlist] = {}

    def __iter__(self) -> Iterator[Playlist]:
        """Go through all playlists in the order they were made."""
        return iter(list(self._playlists.values()))

    def add_existing(self, playlist: Playlist) -> None:
        """Add a playlist that was invented or saved."""
        self._playlists[playlist.id] = playlist

    def get(self, playlist_id: str) -> Playlist:
        """Return a playlist by id. Raises `UnknownThing`."""
        try:
            return self._playlists[playlist_id]
        except KeyError:
            raise UnknownThing(playlist_id) from None

    def create(
        self,
        user_id: str,
        user_name: str,
        name: str,
        *,
        description: str = "",
        public: bool = True,
        collaborative: bool = False,
    ) -> Playlist:
        """Make an empty playlist. Raises `BadValue` when the name is empty, or it is both public and collaborative."""
        if not name:
            raise BadValue("name")
        if public and collaborative:
            raise BadValue("collaborative")
        rng = Random(f"playlist {self._catalogue.seed} {len(self._playlists)}")
        playlist = Playlist(
            new_id(rng),
            name,
            user_id,
            user_name,
            description,
            public,
            collaborative,
            new_image_id(rng),
        )
        self.add_existing(playlist)
        return playlist

    def change(
        self,
        playlist_id: str,
        user_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        public: bool | None = None,
        collaborative: bool | None = None,
    ) -> Playlist:
        """Change details; what is None stays. Only the owner may."""
        playlist = self.get(playlist_id)
        if playlist.owner_id != user_id:
            raise NotOwner
        public = playlist.public if public is None else public
        collaborative = (
            playlist.collaborative if collaborative is None else collaborative
        )
        if public and collaborative:
            raise BadValue("collaborative")
        playlist.name = name or playlist.name
        playlist.description = (
            playlist.description if description is None else description
        )
        playlist.public, playlist.collaborative = public, collaborative
        playlist.version += 1
        return playlist

    def may_read_items(self, playlist: Playlist, user_id: str) -> bool:
        """Whether someone may read the items: in development mode the owner, and everyone where it is collaborative."""
        return playlist.collaborative or playlist.owner_id == user_id

    def add(
        self,
        playlist_id: str,
        user_id: str,
        uris: Sequence[str],
        *,
        position: int | None = None,
        now_ms: int,
    ) -> str:
        """Insert items (at the end by default) and return the new snapshot id."""
        playlist = self._writable(playlist_id, user_id)
        if position is not None and not 0 <= position <= len(playlist.entries):
            raise BadValue("position")
        place = len(playlist.entries) if position is None else position
        playlist.entries[place:place] = self._entries(uris, user_id, now_ms)
        return self._changed(playlist)

    def remove(self, playlist_id: str, user_id: str, uris: Sequence[str]) -> str:
        """Remove every entry of these items and return the new snapshot id."""
        playlist = self._writable(playlist_id, user_id)
        unwanted = set(uris)
        playlist.entries[:] = [
            entry for entry in playlist.entries if entry.item.uri not in unwanted
        ]
        return self._changed(playlist)

    def replace(
        self, playlist_id: str, user_id: str, uris: Sequence[str], *, now_ms: int
    ) -> str:
        """Make these items the whole playlist and return the new snapshot id."""
        playlist = self._writable(playlist_id, user_id)
        playlist.entries[:] = self._entries(uris, user_id, now_ms)
        return self._changed(playlist)

    def reorder(
        self,
        playlist_id: str,
        user_id: str,
        *,
        range_start: int,
        insert_before: int,
        range_length: int = 1,
    ) -> str:
        """Move a range of entries before a place of the old order and return the new snapshot id."""
        playlist = self._writable(playlist_id, user_id)
        entries = playlist.entries
        if not (
            0 <= range_start < len(entries)
            and 1 <= range_length <= len(entries) - range_start
        ):
            raise BadValue("range_start")
        if not 0 <= insert_before <= len(entries):
            raise BadValue("insert_before")
        moved = entries[range_start : range_start + range_length]
        del entries[range_start : range_start + range_length]
        # A place inside or after the range slid forward when the range was taken out.
        place = (
            insert_before
            if insert_before <= range_start
            else max(range_start, insert_before - range_length)
        )
        entries[place:place] = moved
        return self._changed(playlist)

    def as_json(self) -> list[dict[str, Any]]:
        """Return them for the state dir."""
        plain = (
            "id",
            "name",
            "owner_id",
            "owner_name",
            "description",
            "public",
            "collaborative",
            "image_id",
            "version",
        )
        return [
            {name: getattr(playlist, name) for name in plain}
            | {
                "entries": [
                    [entry.item.uri, entry.added_at, entry.added_by]
                    for entry in playlist.entries
                ]
            }
            for playlist in self
        ]

    def load_json(self, data: list[dict[str, Any]]) -> None:
        """Add what `as_json` gave."""
        for row in data:
            entries = [
                PlaylistEntry(self._catalogue.playable(uri), added_at, added_by)
                for uri, added_at, added_by in row.pop("entries")
            ]
            self.add_existing(replace(Playlist(**row), entries=entries))

    def _writable(self, playlist_id: str, user_id: str) -> Playlist:
        playlist = self.get(playlist_id)
        if not self.may_read_items(playlist, user_id):
            raise NotOwner
        return playlist

    def _entries(
        self, uris: Sequence[str], user_id: str, now_ms: int
    ) -> list[PlaylistEntry]:
        return [
            PlaylistEntry(self._catalogue.playable(uri), now_ms, user_id)
            for uri in uris
        ]

    def _changed(self, playlist: Playlist) -> str:
        playlist.version += 1
        return playlist.snapshot_id
