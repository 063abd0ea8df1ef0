"""The base of typed calls, which share a purpose and a priority."""

from collections.abc import Hashable
from typing import Any, ClassVar

from ..budget.response_cache import Answered
from ..call_purpose import Priority, Purpose
from .gateway import Call
from .player_calls import SpotifyGateway


class TypedCalls:
    """Calls through an account's gateway; each raises a SpotifyError when it fails."""

    purpose: ClassVar[Purpose]
    """What the calls are counted as."""

    def __init__(
        self, gateway: SpotifyGateway, priority: Priority = Priority.PERSON
    ) -> None:
        """Call through an account's gateway, at a priority."""
        self._gateway = gateway
        self._priority = priority

    async def _async_call(
        self, call: Call[object], key: Hashable | None = None
    ) -> object:
        """Make one call. Equal keys in flight at once share one answer."""
        return await self._gateway.async_call(
            call, purpose=self.purpose, priority=self._priority, key=key
        )

    async def _async_read(
        self, call: Call[Any], key: Hashable, max_age_s: float | None = None
    ) -> Answered[Any]:
        """Read what seldom changes, from the cache where it is not older than `max_age_s` or than suits the purpose."""
        return await self._gateway.async_read(
            call,
            purpose=self.purpose,
            priority=self._priority,
            key=key,
            max_age_s=max_age_s,
        )
