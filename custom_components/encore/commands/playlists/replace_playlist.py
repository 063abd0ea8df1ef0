"""The command that replaces the items of a playlist."""

from typing import override

from ...spotify.api.playlists import Playlists
from .named_playlist import ItemsParameters
from .playlist_change import PlaylistChange


class ReplacePlaylist(PlaylistChange[ItemsParameters]):
    """All of it anew."""

    key = "replace_playlist"
    title = "Replace a playlist"
    description = "Lets a playlist hold these tracks and episodes in this order, and nothing else."
    icon = "mdi:playlist-check"
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
        return await playlists.async_replace(playlist, items)
