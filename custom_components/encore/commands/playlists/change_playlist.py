"""The commands that change a playlist: its items and their order, its name and description, and whether it is in the library."""

from abc import abstractmethod
from dataclasses import dataclass, replace
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...dispatch.command import Command
from ...dispatch.request_context import RequestContext
from ...history.records.saved_library import note_removed, note_renamed
from ...questions.base.errors import BadParameter
from ...questions.base.parameters import Described, Form
from ...runtime.store.history_service import DATA_HISTORY
from ...spotify.account import SpotifyAccount
from ...spotify.api.playlists import Playlists
from ..accounts import account_of
from .create_playlist import DESCRIPTION
from .named_playlist import (
    ITEMS,
    MOST_PLACES,
    NamedPlaylist,
    PlaylistParameters,
    PlaylistResult,
    async_at_a_place,
    async_named,
    items_of,
)

ADDED_AT: Final = Described(
    Form.COUNT,
    "The position of the first new item. The first is 1. Default: the end.",
    1,
    most=MOST_PLACES,
)
PLACE: Final = Described(
    Form.COUNT,
    "The position of the item to move, or of the first of several. The first is 1.",
    3,
    most=MOST_PLACES,
)
TO: Final = Described(Form.COUNT, "The new position.", 1, most=MOST_PLACES)
MANY: Final = Described(
    Form.COUNT, "Number of items to move. Default: 1.", 1, most=MOST_PLACES
)
NEW_ITEMS: Final = replace(
    ITEMS,
    title="New items",
    description="Replaces everything in the playlist: Spotify URIs or links of tracks and episodes.",
)
NEW_NAME: Final = Described(
    Form.TEXT, "The new name of the playlist.", "Sunday", longest=100
)


class ItemsParameters(PlaylistParameters):
    """Whose playlist, which, and what of it or for it."""

    items: Annotated[tuple[str, ...], ITEMS]


class AddToPlaylistParameters(ItemsParameters):
    """Whose playlist, which, what to add, and where."""

    place: Annotated[int | None, ADDED_AT] = None


class UpdatePlaylistParameters(PlaylistParameters):
    """Whose playlist, which, and what changes: its name, its description, its items, or their order."""

    new_name: Annotated[str | None, NEW_NAME] = None
    description: Annotated[str | None, DESCRIPTION] = None
    items: Annotated[tuple[str, ...], NEW_ITEMS] = ()
    place: Annotated[int | None, PLACE] = None
    to: Annotated[int | None, TO] = None
    count: Annotated[int, MANY] = 1


@dataclass(frozen=True, slots=True)
class Change:
    """A playlist that is about to be changed."""

    context: RequestContext
    account: SpotifyAccount
    playlist: NamedPlaylist
    items: list[str]
    """The URIs of the items that it is about."""

    @property
    def playlists(self) -> Playlists:
        """The calls to change it by."""
        return Playlists(self.account.gateway)

    def result(
        self, snapshot: str | None = None, items: int | None = None
    ) -> PlaylistResult:
        """Return the result, with how many items it was about."""
        name, uri = self.playlist.name, self.playlist.uri
        return PlaylistResult(self.account.listener.name, name, uri, snapshot, items)


class PlaylistChange[P: PlaylistParameters](Command[P, PlaylistResult]):
    """A change of one playlist."""

    access_level = AccessLevel.AUTONOMOUS

    def items_in(self, asked: P) -> list[str]:
        """Return the URIs of the items that it is about. Raises NotALink and NotAnItem."""
        return []

    @abstractmethod
    async def async_change(self, change: Change, asked: P) -> PlaylistResult:
        """Change the playlist. Raises SpotifyError and HistoryError."""

    @override
    async def async_run(self, asked: P, context: RequestContext) -> PlaylistResult:
        account = account_of(context, asked.listener)
        items = self.items_in(asked)
        playlist = await async_named(context, account, asked.playlist)
        change = Change(context, account, playlist, items)
        return await self.async_change(change, asked)


class ItemsChange[P: ItemsParameters](PlaylistChange[P]):
    """A change of which items are in a playlist."""

    @override
    def items_in(self, asked: P) -> list[str]:
        return items_of(asked.items)

    @override
    async def async_change(self, change: Change, asked: P) -> PlaylistResult:
        return change.result(
            await self.async_change_items(change, asked), len(change.items)
        )

    @abstractmethod
    async def async_change_items(self, change: Change, asked: P) -> str | None:
        """Change the items, and return the playlist's snapshot. Raises SpotifyError."""


class AddToPlaylist(ItemsChange[AddToPlaylistParameters]):
    """More of it."""

    description = "Adds tracks and episodes to a playlist, at the end or at a position."
    adds = True

    @override
    async def async_change_items(
        self, change: Change, asked: AddToPlaylistParameters
    ) -> str | None:
        playlists, playlist_id = change.playlists, change.playlist.id
        if asked.place is None:
            return await playlists.async_add(playlist_id, change.items)
        adding = playlists.async_add(playlist_id, change.items, asked.place - 1)
        return await async_at_a_place(playlists, playlist_id, [asked.place], adding)


class RemoveFromPlaylist(ItemsChange[ItemsParameters]):
    """Less of it."""

    description = "Removes tracks and episodes from a playlist, at all positions."
    repeatable = True

    @override
    async def async_change_items(
        self, change: Change, asked: ItemsParameters
    ) -> str | None:
        return await change.playlists.async_remove(change.playlist.id, change.items)


class UpdatePlaylist(PlaylistChange[UpdatePlaylistParameters]):
    """Another name or description, other items, or another order."""

    description = "Renames a playlist, changes its description, replaces its items, or moves items within it."

    @override
    def items_in(self, asked: UpdatePlaylistParameters) -> list[str]:
        if (asked.place is None) != (asked.to is None):
            raise BadParameter("place" if asked.place is None else "to")
        if not (asked.new_name or asked.description or asked.items or asked.place):
            raise BadParameter("new_name")
        return items_of(asked.items)

    @override
    async def async_change(
        self, change: Change, asked: UpdatePlaylistParameters
    ) -> PlaylistResult:
        playlists, playlist = change.playlists, change.playlist
        listener, snapshot = change.account.listener, None
        if asked.new_name or asked.description:
            await playlists.async_change(
                playlist.id, name=asked.new_name, description=asked.description
            )
        if asked.new_name:
            await change.context.hass.data[DATA_HISTORY].async_store(
                note_renamed, listener, playlist.uri, asked.new_name
            )
        if change.items:
            snapshot = await playlists.async_replace(playlist.id, change.items)
        if asked.place is not None and asked.to is not None:
            snapshot = await _async_move(change, asked.place, asked.to, asked.count)
        name = asked.new_name or playlist.name
        return PlaylistResult(listener.name, name, playlist.uri, snapshot)


async def _async_move(change: Change, place: int, to: int, length: int) -> str | None:
    """Move items from a place to another, both counted from 1, and return the snapshot. Raises NoSuchPlace and SpotifyError."""
    start, end = place - 1, to - 1
    # Spotify counts places of the order before the move.
    before = end if end <= start else end + length
    playlists, playlist_id = change.playlists, change.playlist.id
    moving = playlists.async_reorder(
        playlist_id, start=start, before=before, length=length
    )
    places = (start + length, before)
    return await async_at_a_place(playlists, playlist_id, places, moving)


class UnfollowPlaylist(PlaylistChange[PlaylistParameters]):
    """Out of the library."""

    action = "delete_playlist"
    description = (
        "Removes a playlist from a Spotify library. Your own playlist is deleted."
    )
    repeatable = True

    @override
    async def async_change(
        self, change: Change, asked: PlaylistParameters
    ) -> PlaylistResult:
        await change.playlists.async_unfollow(change.playlist.id)
        listener, uri = change.account.listener, change.playlist.uri
        await change.context.hass.data[DATA_HISTORY].async_store(
            note_removed, listener, uri
        )
        return change.result()
