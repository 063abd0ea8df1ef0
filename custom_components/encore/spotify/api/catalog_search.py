"""Search in Spotify's catalog, as of 2026: at most ten results of a kind; and its single tracks, episodes and artists."""

from collections.abc import Collection, Mapping
from operator import methodcaller
from typing import Any, Final, final

from ...history.merge.same_song import normalized
from ...history.model import Item
from ..budget.response_cache import Answered
from ..call_purpose import Purpose
from .gateway import due
from .items import SpotifyThing, read_things
from .playback import read_item
from .player_calls import TypedCalls
from .response_fields import list_of, object_of

MOST_OF_A_KIND: Final = 10
"""Since February 2026; more are refused with a 400."""
LONGEST_QUERY: Final = 250
"""In characters; Spotify refuses longer ones with a 400."""
SEARCHED: Final = ("track", "artist", "album", "playlist", "show", "episode")
"""What is looked for unless said otherwise. Audiobooks are left out: in most countries there are none."""


@final
class Searching(TypedCalls):
    """Typed calls about Spotify's catalogue; each raises a SpotifyError when it fails."""

    purpose = Purpose.SEARCH

    async def async_find(
        self, text: str, kinds: Collection[str] = SEARCHED, limit: int = MOST_OF_A_KIND
    ) -> Answered[tuple[SpotifyThing, ...]]:
        """Return what Spotify finds, up to `limit` of each kind, kind by kind in the order of `kinds`."""
        kinds, limit = tuple(kinds), min(limit, MOST_OF_A_KIND)
        answered = await self._async_read(
            lambda client: client.search(text, limit=limit, type=",".join(kinds)),
            ("search", text, kinds, limit),
        )
        return answered.read(
            lambda answer: tuple(
                thing
                for kind in kinds
                for thing in read_things(due(answer).get(f"{kind}s"))
            )
        )


@final
class Metadata(TypedCalls):
    """Typed calls for what nobody waits for; each raises a SpotifyError when it fails. Since 2026 there are no batches."""

    purpose = Purpose.METADATA

    async def async_item(self, uri: str) -> Item | None:
        """Return a track or episode by its URI; None where what Spotify says of it cannot be read. Raises NotFound."""
        _, kind, item_id = uri.split(":")
        call = methodcaller("episode" if kind == "episode" else "track", item_id)
        return read_item(due(await self._async_call(call, ("item", uri))))

    async def async_tracks_named(self, title: str, artist: str) -> tuple[Item, ...]:
        """Return the tracks that Spotify finds for a title and an artist, the best first."""
        found = await self._async_found("track", f"{title} {artist}")
        items = (read_item(row) for row in list_of(found.get("items")))
        return tuple(item for item in items if item is not None)

    async def async_picture_of(self, artist: str) -> str | None:
        """Return the address of the picture of an artist of exactly this name, None where Spotify finds none."""
        named = (
            thing.image_url
            for thing in read_things(await self._async_found("artist", artist))
            if normalized(thing.name) == normalized(artist)
        )
        return next((image_url for image_url in named if image_url), None)

    async def _async_found(self, kind: str, text: str) -> Mapping[str, Any]:
        """Return what Spotify finds of one kind."""
        text = text[:LONGEST_QUERY]
        answer = await self._async_call(
            lambda client: client.search(text, limit=MOST_OF_A_KIND, type=kind),
            ("found", kind, text),
        )
        return object_of(due(answer).get(f"{kind}s"))
