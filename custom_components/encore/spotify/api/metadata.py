"""Reads single tracks, episodes and artists: since 2026 there are no batches."""

from typing import TYPE_CHECKING, Final, final

from ...history.merge.same_song import normalized
from ...history.model import Item
from ..call_purpose import Priority, Purpose
from .catalog_search import MOST_OF_A_KIND
from .gateway import due
from .items import read_things
from .playback import read_item
from .player_calls import SpotifyGateway
from .response_fields import list_of, object_of

if TYPE_CHECKING:
    import spotipy

LONGEST_QUERY: Final = 250
"""In characters; Spotify refuses longer ones with a 400."""


@final
class Metadata:
    """Typed calls for what nobody waits for; each raises a SpotifyError when it fails."""

    def __init__(self, gateway: SpotifyGateway) -> None:
        """Ask through an account's gateway."""
        self._gateway = gateway

    async def async_item(self, uri: str) -> Item | None:
        """Return a track or episode by its URI; None where what Spotify says of it cannot be read. Raises NotFound."""
        _, kind, item_id = uri.split(":")

        def call(client: spotipy.Spotify) -> object:
            return client.episode(item_id) if kind == "episode" else client.track(item_id)  # fmt: skip

        answer = await self._gateway.async_call(
            call,
            purpose=Purpose.METADATA,
            priority=Priority.ENRICHMENT,
            key=("item", uri),
        )
        return read_item(due(answer))

    async def async_tracks_named(self, title: str, artist: str) -> tuple[Item, ...]:
        """Return the tracks that Spotify finds for a title and an artist, the best first."""
        text = f"{title} {artist}"[:LONGEST_QUERY]
        answer = due(
            await self._gateway.async_call(
                lambda client: client.search(text, limit=MOST_OF_A_KIND, type="track"),
                purpose=Purpose.METADATA,
                priority=Priority.ENRICHMENT,
                key=("tracks named", text),
            )
        )
        rows = list_of(object_of(answer.get("tracks")).get("items"))
        return tuple(item for row in rows if (item := read_item(row)) is not None)

    async def async_picture_of(self, artist: str) -> str | None:
        """Return the address of the picture of an artist of exactly this name, None where Spotify finds none."""
        text = artist[:LONGEST_QUERY]
        answer = due(
            await self._gateway.async_call(
                lambda client: client.search(text, limit=MOST_OF_A_KIND, type="artist"),
                purpose=Purpose.METADATA,
                priority=Priority.ENRICHMENT,
                key=("artist named", text),
            )
        )
        named = (
            thing.image_url
            for thing in read_things(object_of(answer.get("artists")))
            if normalized(thing.name) == normalized(artist)
        )
        return next((image_url for image_url in named if image_url), None)
