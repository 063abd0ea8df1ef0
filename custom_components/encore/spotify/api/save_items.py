"""Saves and follows: since February 2026 one endpoint for all kinds, 40 items at once."""

from collections.abc import Sequence
from itertools import batched
from operator import methodcaller
from typing import Final, final

from ..budget.response_cache import MINUTE_S, Answered, oldest
from ..call_purpose import Purpose
from ..errors import Unavailable
from .player_calls import TypedCalls

AT_ONCE: Final = 40
"""How many URIs Spotify takes in one request."""
CHECKED_S: Final = MINUTE_S
"""For how long it is known whether something is saved (seconds): people save by other apps, too."""
LIBRARY: Final = "me/library"


@final
class Saving(TypedCalls):
    """Typed calls that save, follow, remove, and ask; each raises a SpotifyError when it fails.

    What was done before a failure stays done; saving or removing twice does no harm.
    """

    purpose = Purpose.LIBRARY

    async def async_save(self, uris: Sequence[str]) -> None:
        """Save or follow things."""
        await self._async_send("_put", uris)

    async def async_remove(self, uris: Sequence[str]) -> None:
        """Remove or unfollow things."""
        await self._async_send("_delete", uris)

    async def _async_send(self, method: str, uris: Sequence[str]) -> None:
        # spotipy has a method for each kind of thing; all of them make these calls.
        for some in batched(uris, AT_ONCE, strict=False):
            call = methodcaller(method, LIBRARY, uris=",".join(some))
            await self._async_call(call)

    async def async_saved(self, uris: Sequence[str]) -> Answered[dict[str, bool]]:
        """Return by URI whether things are saved or followed; as old as the oldest of the answers."""
        saved: dict[str, bool] = {}
        answers = []
        for some in batched(uris, AT_ONCE, strict=False):
            answered = await self._async_read(
                methodcaller("current_user_saved_items", some),
                ("saved", some),
                CHECKED_S,
            )
            answer = answered.value
            if not isinstance(answer, list) or len(answer) != len(some):
                raise Unavailable("an answer without the list that was due")
            saved |= {uri: each is True for uri, each in zip(some, answer, strict=True)}
            answers.append(answered)
        return oldest(answers, saved)
