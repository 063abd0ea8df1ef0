"""How old a cached answer is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Self

from ..spotify.budget.response_cache import Answered
from ..spotify.errors import RateLimited, Unavailable
from .command_context import CommandContext

_JUST_NOW_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class CacheAge:
    """When what is answered was read from Spotify, None for never."""

    at: str | None
    """In the home's time, as ISO 8601."""
    minutes: int
    """How long ago that was."""
    from_cache: bool = False
    """Whether that was before the question."""

    @classmethod
    def since(cls, command_context: CommandContext, moment: int | None) -> Self:
        """Tell by the asker's clock when a moment (UTC ms) was."""
        clock = command_context.query_context.clock
        if moment is None:
            return cls(None, 0)
        age = max(clock.now - moment, 0)
        told = clock.local(moment).isoformat(timespec="seconds")
        minutes = 0 if age < _JUST_NOW_MS else round(age / 60_000)
        return cls(told, minutes, age > 0)

    @classmethod
    def answered(
        cls, command_context: CommandContext, answered: Answered[object]
    ) -> Self:
        """Tell when Spotify gave an answer."""
        known = cls.since(command_context, answered.as_of)
        return cls(known.at, known.minutes, answered.from_cache)

    @property
    def hours(self) -> int:
        """How many full hours ago that was."""
        return self.minutes // 60

    def as_data(self) -> dict[str, object]:
        """Return it as JSON can carry it."""
        return {
            "known_since": self.at,
            "minutes_old": self.minutes,
            "from_cache": self.from_cache,
        }


@contextmanager
def cached_will_do(*, known: bool) -> Iterator[None]:
    """Read anew inside; where Spotify can not be asked, that passes if something is `known`, which says its age."""
    try:
        yield
    except RateLimited, Unavailable:
        if not known:
            raise
