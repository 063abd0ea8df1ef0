"""Reads single tracks, episodes and artists: since 2026 there are no batches."""

from typing import TYPE_CHECKING, Final, final

from ...history.merge.same_song import normalized
from ...history.model import Item
from ..call_purpose import Purpose
from .catalog_search import MOST_OF_A_KIND
from .gateway import due
from .items import read_things
from .playback import read_item
from .response_fields import list_of, object_of
from .typed_calls import TypedCalls

if TYPE_CHECKING:
    import spotipy

LONGEST_QUERY: Final = 250
"""In characters; Spotify refuses longer ones with a 400."""


@final
class Metadata(TypedCalls):
    """Typed calls for what nobody waits for; each raises a SpotifyError when it fails."""

    purpose = Purpose.METADATA

    async def async_item(self, uri: str) -> Item | None:
        """Return a track or episode by its URI; None where what Spotify says of it cannot be read. Raises NotFound."""
        _, kind, item_id = uri.split(":")

        def call(client: spotipy.Spotify) -> object:
            return client.episode(item_id) if kind == "episode" else client.track(item_id)  # fmt: skip

        return read_item(due(await self._async_call(call, ("item", uri))))

    async def async_tracks_named(self, title: str, artist: str) -> tuple[Item, ...]:
        """Return the tracks that Spotify finds for a title and an artist, the best first."""
        text = f"{title} {artist}"[:LONGEST_QUERY]
        answer = due(
            await self._async_call(
                lambda client: client.search(text, limit=MOST_OF_A_KIND, type="track"),
                ("tracks named", text),
            )
        )
        rows = list_of(object_of(answer.get("tracks")).get("items"))
        return tuple(item for row in rows if (item := read_item(row)) is not None)

    async def async_picture_of(self, artist: str) -> str | None:
        """Return the address of the picture of an artist of exactly this name, None where Spotify finds none."""
        text = artist[:LONGEST_QUERY]
        answer = due(
            await self._async_call(
                lambda client: client.search(text, limit=MOST_OF_A_KIND, type="artist"),
                ("artist named", text),
            )
        )
        named = (
            thing.image_url
            for thing in read_things(object_of(answer.get("artists")))
            if normalized(thing.name) == normalized(artist)
        )
        return next((image_url for image_url in named if image_url), None)
