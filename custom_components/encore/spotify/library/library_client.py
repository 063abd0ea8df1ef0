"""Reads an account's library, page by page: saved items, playlists, followed artists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, final

from ...history.model import Kind
from ...history.records.podcast_progress import Episode, Show
from ...history.records.saved_library import LibrarySection, SavedItem
from ..api.call_purpose import Priority, Purpose
from ..api.gateway import SpotifyGateway, due
from ..api.pages import A_PAGE, Page
from ..api.playlists import read_playlist
from ..api.response_fields import (
    count_of,
    image_of,
    list_of,
    moment_of,
    object_of,
    text_of,
)
from ..api.shows import read_episode, read_show
from ..auth.scopes import FOLLOW_READ, LIBRARY_READ, PLAYLISTS_READ, POSITION_READ

if TYPE_CHECKING:
    import spotipy

NEEDS: Final[Mapping[LibrarySection, frozenset[str]]] = {
    LibrarySection.TRACKS: frozenset({LIBRARY_READ}),
    LibrarySection.ALBUMS: frozenset({LIBRARY_READ}),
    LibrarySection.ARTISTS: frozenset({FOLLOW_READ}),
    LibrarySection.PLAYLISTS: frozenset({PLAYLISTS_READ}),
    LibrarySection.SHOWS: frozenset({LIBRARY_READ}),
    LibrarySection.EPISODES: frozenset({LIBRARY_READ, POSITION_READ}),
    LibrarySection.AUDIOBOOKS: frozenset({LIBRARY_READ}),
}
"""The scopes without which a shelf cannot be read."""

_PURPOSES: Final = {
    LibrarySection.PLAYLISTS: Purpose.PLAYLISTS,
    LibrarySection.SHOWS: Purpose.PODCASTS,
    LibrarySection.EPISODES: Purpose.PODCASTS,
    LibrarySection.AUDIOBOOKS: Purpose.PODCASTS,
}


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One thing on a shelf; a saved episode comes with its show and its resume point."""

    item: SavedItem
    episode: tuple[Show, Episode] | None = None


@final
class LibraryClient:
    """Typed calls about one account's library; each raises a SpotifyError when it fails."""

    def __init__(self, gateway: SpotifyGateway, priority: Priority) -> None:
        """Call through an account's gateway, at a priority."""
        self._gateway = gateway
        self._priority = priority

    async def async_page(
        self, shelf: LibrarySection, offset: int = 0, after: str | None = None
    ) -> Page[ShelfRow]:
        """Return up to 50 things of a shelf, in Spotify's order, from a place on.

        Followed artists are not counted by places: they are those after an artist (by URI).
        """
        # Not in `_CALLS`, because only this one goes on after a thing.
        last = after.rpartition(":")[2] if after else None

        def call(client: spotipy.Spotify) -> object:
            if shelf is LibrarySection.ARTISTS:
                return client.current_user_followed_artists(limit=A_PAGE, after=last)
            return _CALLS[shelf](client, offset)

        answer = due(
            await self._gateway.async_call(
                call,
                purpose=_PURPOSES.get(shelf, Purpose.LIBRARY),
                priority=self._priority,
                key=("shelf", shelf, offset, last),
            )
        )
        return read_shelf(shelf, answer)


def _audiobooks(client: spotipy.Spotify, offset: int) -> object:
    # It has no method for these.
    return client._get("me/audiobooks", limit=A_PAGE, offset=offset)  # noqa: SLF001 - see above


_CALLS: Final[Mapping[LibrarySection, Callable[[Any, int], object]]] = {
    LibrarySection.TRACKS: lambda client, offset: client.current_user_saved_tracks(
        limit=A_PAGE, offset=offset
    ),
    LibrarySection.ALBUMS: lambda client, offset: client.current_user_saved_albums(
        limit=A_PAGE, offset=offset
    ),
    LibrarySection.PLAYLISTS: lambda client, offset: client.current_user_playlists(
        limit=A_PAGE, offset=offset
    ),
    LibrarySection.SHOWS: lambda client, offset: client.current_user_saved_shows(
        limit=A_PAGE, offset=offset
    ),
    LibrarySection.EPISODES: lambda client, offset: client.current_user_saved_episodes(
        limit=A_PAGE, offset=offset
    ),
    LibrarySection.AUDIOBOOKS: _audiobooks,
}


def read_shelf(shelf: LibrarySection, answer: Mapping[str, Any]) -> Page[ShelfRow]:
    """Read a page of a shelf; what cannot be read is left out."""
    if shelf is LibrarySection.ARTISTS:
        answer = object_of(answer.get("artists"))
    rows = list_of(answer.get("items"))
    read = (_READERS[shelf](object_of(row)) for row in rows)
    return Page(
        tuple(row for row in read if row is not None),
        len(rows),
        count_of(answer.get("total")),
    )


def _music(name: str, row: Mapping[str, Any]) -> ShelfRow | None:
    thing = object_of(row.get(name))
    uri, title = text_of(thing.get("uri")), text_of(thing.get("name"))
    if uri is None or title is None:
        return None
    artists = (object_of(artist) for artist in list_of(thing.get("artists")))
    tracks = count_of(thing.get("total_tracks"))
    return ShelfRow(
        SavedItem(
            uri,
            title,
            ", ".join(n for artist in artists if (n := text_of(artist.get("name")))),
            moment_of(row.get("added_at")),
            image_of(thing) or image_of(object_of(thing.get("album"))),
            tracks if name == "album" else None,
        )
    )


def _artist(row: Mapping[str, Any]) -> ShelfRow | None:
    uri, name = text_of(row.get("uri")), text_of(row.get("name"))
    if uri is None or name is None:
        return None
    return ShelfRow(SavedItem(uri, name, image_url=image_of(row)))


def _playlist(row: Mapping[str, Any]) -> ShelfRow | None:
    if (playlist := read_playlist(row)) is None:
        return None
    return ShelfRow(
        SavedItem(
            playlist.uri,
            playlist.name,
            playlist.owner or "",
            image_url=playlist.image_url,
            parts=playlist.items,
        )
    )


def _show(name: str, kind: Kind, row: Mapping[str, Any]) -> ShelfRow | None:
    """Read a saved show or audiobook; Spotify tells audiobooks also without what wraps them."""
    thing = object_of(row.get(name)) or row
    if (show := read_show(thing, kind)) is None:
        return None
    authors = (object_of(author) for author in list_of(thing.get("authors")))
    by = ", ".join(n for author in authors if (n := text_of(author.get("name"))))
    return ShelfRow(
        SavedItem(
            show.uri,
            show.name,
            by or text_of(thing.get("publisher")) or "",
            moment_of(row.get("added_at")),
            show.image_url,
            show.total,
        )
    )


def _episode(row: Mapping[str, Any]) -> ShelfRow | None:
    answer = object_of(row.get("episode"))
    if (episode := read_episode(answer)) is None:
        return None
    show = read_show(object_of(answer.get("show")))
    item = SavedItem(
        episode.uri,
        episode.title,
        show.name if show else "",
        moment_of(row.get("added_at")),
        episode.image_url,
    )
    return ShelfRow(item, (show, episode) if show else None)


_READERS: Final[
    Mapping[LibrarySection, Callable[[Mapping[str, Any]], ShelfRow | None]]
] = {
    LibrarySection.TRACKS: lambda row: _music("track", row),
    LibrarySection.ALBUMS: lambda row: _music("album", row),
    LibrarySection.ARTISTS: _artist,
    LibrarySection.PLAYLISTS: _playlist,
    LibrarySection.SHOWS: lambda row: _show("show", Kind.EPISODE, row),
    LibrarySection.EPISODES: _episode,
    LibrarySection.AUDIOBOOKS: lambda row: _show("audiobook", Kind.CHAPTER, row),
}
