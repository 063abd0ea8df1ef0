"""Finds the playlist that a command names."""

from collections.abc import Awaitable, Collection
from dataclasses import dataclass
from typing import Annotated, Final

from ...dispatch.command import Result
from ...dispatch.request_context import RequestContext
from ...history.records.saved_library import LibrarySection, SavedItem
from ...history.search.normalization import words_of
from ...questions.base.parameters import Described, Form
from ...spotify.account import SpotifyAccount
from ...spotify.api.playlists import Playlists
from ...spotify.api.share_links import link_of
from ...spotify.errors import CommandRefused
from ..errors import NoSuchPlace, NotAnItem, UnknownPlaylist, WhichPlaylist
from ..parameters import AccountParameters
from ..stored_library import async_sections
from ..things import link_meant

PLAYLIST: Final = Described(
    Form.TEXT, "The playlist: its name, URI or link.", "Kitchen"
)
MOST_ITEMS: Final = 1_000
ITEMS: Final = Described(
    Form.LINK,
    "Tracks and episodes, by their URIs or share links.",
    "spotify:track:4iV5W9uYEdYUVa79Axb7Rh",
    most=MOST_ITEMS,
)
MOST_PLACES: Final = 10_000
"""Spotify takes no longer playlists."""
_SUGGESTED: Final = 10


class PlaylistParameters(AccountParameters):
    """Whose playlist, and which."""

    playlist: Annotated[str, PLAYLIST]


class PlaylistResult(Result):
    """The playlist that was changed."""

    listener: str
    playlist: str
    uri: str
    snapshot_id: str | None = None
    """What it is called at Spotify as it is now."""
    items: int | None = None
    """How many items the command was about."""


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
    context: RequestContext, account: SpotifyAccount, name: str
) -> NamedPlaylist:
    """Return the playlist that a URI, a share link or a name of the person's library stands for.

    Names are looked for in the stored library, and then in the library read again. Raises
    UnknownPlaylist, WhichPlaylist, and NotALink.
    """
    if (link := link_meant(name)) is not None:
        if link.kind != "playlist":
            raise UnknownPlaylist(name=name, known="–")
        stored = await async_stored_playlists(context, account)
        names = {item.uri: item.name for item in stored}
        return NamedPlaylist(link.id, names.get(link.uri, link.uri))
    found = _called(name, await async_stored_playlists(context, account))
    if not found:
        await account.library.async_read(LibrarySection.PLAYLISTS)
        stored = await async_stored_playlists(context, account)
        if not (found := _called(name, stored)):
            others = sorted({item.name for item in stored}, key=str.casefold)
            raise UnknownPlaylist(
                name=name, known=", ".join(others[:_SUGGESTED]) or "–"
            )
    if len(found) > 1:
        raise WhichPlaylist(
            name=name, known=", ".join(f"{each.name} ({each.uri})" for each in found)
        )
    return NamedPlaylist(found[0].uri.rpartition(":")[2], found[0].name)


async def async_stored_playlists(
    context: RequestContext, account: SpotifyAccount
) -> list[SavedItem]:
    """Return the playlists of the person's library as they are stored. Raises HistoryError."""
    section = LibrarySection.PLAYLISTS
    stored = await async_sections(context, account, section)
    return [item for _, item in stored.items]


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
