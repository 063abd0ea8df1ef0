"""Spotify's own top list of an account, over three time ranges."""

from enum import StrEnum
from operator import methodcaller
from typing import Final

from ..budget.response_cache import Answered
from ..call_purpose import Priority, Purpose
from .gateway import due
from .items import SpotifyThing, read_things
from .player_calls import SpotifyGateway

MOST: Final = 50


class TopSpan(StrEnum):
    """Spotify's words for how far back a top list looks."""

    SHORT = "short_term"
    """About four weeks."""
    MEDIUM = "medium_term"
    """About half a year."""
    LONG = "long_term"
    """About a year."""


async def async_top(
    gateway: SpotifyGateway, what: str, span: TopSpan, limit: int
) -> Answered[tuple[SpotifyThing, ...]]:
    """Return the `tracks` or `artists` on top, up to 50, as of some hours ago at most. Raises SpotifyError."""
    answered = await gateway.async_read(
        methodcaller(
            f"current_user_top_{what}", limit=min(limit, MOST), time_range=str(span)
        ),
        purpose=Purpose.TOP,
        priority=Priority.PERSON,
        key=("top list", what, span, limit),
    )
    return answered.read(lambda answer: tuple(read_things(due(answer))))
