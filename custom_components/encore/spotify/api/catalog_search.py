"""Search in Spotify's catalog, as of 2026: at most ten results of a kind."""

from collections.abc import Collection
from typing import Final, final

from ..budget.response_cache import Answered
from ..call_purpose import Purpose
from .gateway import due
from .items import SpotifyThing, read_things
from .typed_calls import TypedCalls

MOST_OF_A_KIND: Final = 10
"""Since February 2026; more are refused with a 400."""
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
