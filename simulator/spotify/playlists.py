"""Playlists: the one part of the catalogue that people change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from .catalogue import Catalogue
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
    snapshot_id: str
    """Changes with every change of the playlist."""
    entries: list[PlaylistEntry] = field(default_factory=list)

    @property
    def uri(self) -> str:
        """`spotify:playlist:…`."""
        return f"spotify:playlist:{self.id}"


class Playlists:
    """All playlists by id. Changing commands raise `NotOwner`, `UnknownThing` or `BadValue`."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Start empty; `world` adds the invented ones or the saved ones."""
        raise NotImplementedError

    def __iter__(self) -> Iterable[Playlist]:
        """All playlists, in the order they were made."""
        raise NotImplementedError

    def get(self, playlist_id: str) -> Playlist:
        """Return a playlist by id. Raises `UnknownThing`."""
        raise NotImplementedError

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
        """Make an empty playlist. `BadValue("collaborative")` when it is both public and collaborative."""
        raise NotImplementedError

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
        """Change details. Only the owner may."""
        raise NotImplementedError

    def may_read_items(self, playlist: Playlist, user_id: str) -> bool:
        """In development mode items are read only by the owner, or when collaborative."""
        raise NotImplementedError

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
        raise NotImplementedError

    def remove(self, playlist_id: str, user_id: str, uris: Sequence[str]) -> str:
        """Remove every entry of these items and return the new snapshot id."""
        raise NotImplementedError

    def replace(
        self, playlist_id: str, user_id: str, uris: Sequence[str], *, now_ms: int
    ) -> str:
        """Make these items the whole playlist and return the new snapshot id."""
        raise NotImplementedError

    def reorder(
        self,
        playlist_id: str,
        user_id: str,
        *,
        range_start: int,
        insert_before: int,
        range_length: int = 1,
    ) -> str:
        """Move a range of entries and return the new snapshot id."""
        raise NotImplementedError

    def as_json(self) -> list[dict[str, Any]]:
        """For the state dir."""
        raise NotImplementedError
