"""The command that adds items to a playlist."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ...questions.parameters import Described, Form
from ...spotify.api.playlists import Playlists
from .named_playlist import MOST_PLACES, ItemsParameters, async_at_a_place
from .playlist_change import PlaylistChange

PLACE: Final = Described(
    Form.COUNT,
    "Place",
    "At which place the first of them stands then, counted from 1; the end if left out.",
    1,
    most=MOST_PLACES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToPlaylistParameters(ItemsParameters):
    """Whose playlist, which, what to add, and where."""

    place: Annotated[int | None, PLACE] = None


class AddToPlaylist(PlaylistChange[AddToPlaylistParameters]):
    """More of it."""

    key = "add_to_playlist"
    title = "Add to a playlist"
    description = "Puts tracks and episodes into a playlist, at its end or at a place."
    icon = "mdi:playlist-plus"
    declares = AddToPlaylistParameters
    adds = True

    @override
    async def async_change(
        self,
        playlists: Playlists,
        playlist: str,
        items: list[str],
        asked: AddToPlaylistParameters,
    ) -> str | None:
        if asked.place is None:
            return await playlists.async_add(playlist, items)
        adding = playlists.async_add(playlist, items, asked.place - 1)
        return await async_at_a_place(playlists, playlist, [asked.place], adding)
