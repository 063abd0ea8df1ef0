"""The command that removes items from a playlist."""

from typing import override

from ...spotify.api.playlists import Playlists
from .named_playlist import ItemsParameters
from .playlist_change import PlaylistChange


class RemoveFromPlaylist(PlaylistChange[ItemsParameters]):
    """Less of it."""

    key = "remove_from_playlist"
    title = "Remove from a playlist"
    description = (
        "Takes tracks and episodes out of a playlist, wherever they stand in it."
    )
    icon = "mdi:playlist-minus"
    declares = ItemsParameters
    repeatable = True

    @override
    async def async_change(
        self,
        playlists: Playlists,
        playlist: str,
        items: list[str],
        asked: ItemsParameters,
    ) -> str | None:
        return await playlists.async_remove(playlist, items)
