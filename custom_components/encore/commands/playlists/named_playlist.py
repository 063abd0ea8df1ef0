"""Finds the playlist that a command names."""

from collections.abc import Awaitable, Collection
from dataclasses import dataclass
from typing import Annotated, Final, override

from ...history.queries.history_queries import HistoryQueries
from ...history.records.saved_library import LibrarySection, SavedItem, ShelfState
from ...history.search.normalization import words_of
from ...questions.parameters import Described, Form
from ...runtime.store.history_service import DATA_HISTORY
from ...spotify.account import SpotifyAccount
from ...spotify.api.playlists import Playlists
from ...spotify.api.share_links import link_of
from ...spotify.errors import CommandRefused
from ..command_context import CommandContext
from ..errors import NoSuchPlace, NotAnItem, UnknownPlaylist, WhichPlaylist
from ..parameters import AccountParameters
from ..registry import Result
from ..things import link_meant

PLAYLIST: Final = Described(
    Form.TEXT,
    "Playlist",
    "Which playlist: its name, URI or share link.",
    "Kitchen",
)
MOST_ITEMS: Final = 1_000
ITEMS: Final = Described(
    Form.LINK,
    "Items",
    "Tracks and episodes, by their URIs or share links.",
    "spotify:track:4iV5W9uYEdYUVa79Axb7Rh",
    most=MOST_ITEMS,
)
MOST_PLACES: Final = 10_000
"""Spotify takes no longer playlists."""
_SUGGESTED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaylistParameters(AccountParameters):
    """Whose playlist, and which."""

    playlist: Annotated[str, PLAYLIST]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsParameters(PlaylistParameters):
    """Whose playlist, which, and what of it or for it."""

    items: Annotated[tuple[str, ...], ITEMS]


@dataclass(frozen=True, slots=True)
class PlaylistResult(Result):
    """The playlist that was changed."""

    listener: str
    name: str
    uri: str
    snapshot_id: str | None = None
    """What it is called at Spotify as it is now."""
    items: int | None = None
    """How many items the command was about."""

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "playlist": self.name,
            "uri": self.uri,
            "snapshot_id": self.snapshot_id,
            "items": self.items,
        }


@dataclass(frozen=True, slots=True)
class NamedPlaylist:
    """A playlist by its id, and what it is called as far as that is known."""

    id: str
    name: str

    @property
    def uri(self) -> str:
        """`spotify:playlist:…`."""
        return f"spotify:playlist:{self.id}"


async def async_named(
    command_context: CommandContext, account: SpotifyAccount, name: str
) -> NamedPlaylist:
    """Return the playlist that a URI, a share link or a name of the person's library stands for.

    Names are looked for in what is known of the library, and then in the library anew. Raises
    UnknownPlaylist, WhichPlaylist, and NotALink.
    """
    if (link := link_meant(name)) is not None:
        if link.kind != "playlist":
            raise UnknownPlaylist(name=name, known="–")
        known = {
            item.uri: item.name for item in await async_known(command_context, account)
        }
        return NamedPlaylist(link.id, known.get(link.uri, link.uri))
    found = _called(name, await async_known(command_context, account))
    if not found:
        await account.library.async_read(LibrarySection.PLAYLISTS)
        found = _called(name, playlists := await async_known(command_context, account))
        if not found:
            names = sorted({item.name for item in playlists}, key=str.casefold)
            raise UnknownPlaylist(name=name, known=", ".join(names[:_SUGGESTED]) or "–")
    if len(found) > 1:
        raise WhichPlaylist(
            name=name, known=", ".join(f"{each.name} ({each.uri})" for each in found)
        )
    return NamedPlaylist(found[0].uri.rpartition(":")[2], found[0].name)


async def async_known(
    command_context: CommandContext, account: SpotifyAccount
) -> list[SavedItem]:
    """Return the playlists of the person's library as they are known."""
    items, _ = await async_known_since(command_context, account)
    return items


async def async_known_since(
    command_context: CommandContext, account: SpotifyAccount
) -> tuple[list[SavedItem], ShelfState | None]:
    """Return the playlists of the person's library as they are known, and since when."""
    key = account.listener.key

    def known(queries: HistoryQueries) -> tuple[list[SavedItem], ShelfState | None]:
        library = queries.library
        return library.shelf(key, LibrarySection.PLAYLISTS), library.states(key).get(
            LibrarySection.PLAYLISTS
        )

    return await command_context.hass.data[DATA_HISTORY].async_ask(
        known, hidden=command_context.query_context.withheld
    )


async def async_at_a_place(
    playlists: Playlists,
    playlist_id: str,
    places: Collection[int],
    change: Awaitable[str | None],
) -> str | None:
    """Await a change of a playlist at `places`, counted from 1, and return its snapshot.

    Raises NoSuchPlace where Spotify refuses it because the playlist is shorter, and SpotifyError.
    """
    try:
        return await change
    except CommandRefused:
        playlist = await playlists.async_get(playlist_id)
        if playlist.items is None or max(places) <= playlist.items:
            raise
        raise NoSuchPlace(name=playlist.name, last=str(playlist.items)) from None


def items_of(texts: tuple[str, ...]) -> list[str]:
    """Return the URIs of tracks and episodes by their URIs or share links. Raises NotALink and NotAnItem."""
    links = [link_of(text) for text in texts]
    for text, link in zip(texts, links, strict=True):
        if not link.is_single:
            raise NotAnItem(item=text)
    return [link.uri for link in links]


def _called(name: str, playlists: list[SavedItem]) -> list[SavedItem]:
    """Return the playlists of exactly this name, else those of the same words."""
    wanted = words_of(name)
    return [item for item in playlists if item.name == name] or [
        item for item in playlists if wanted and words_of(item.name) == wanted
    ]
