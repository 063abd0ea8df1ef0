"""How old a cached answer is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, Self

from ..dispatch.request_context import RequestContext
from ..questions.base.response import Moment
from ..spotify.budget.response_cache import Answered
from ..spotify.errors import RateLimited, Unavailable

_JUST_NOW_MS: Final = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheAge:
    """When what is answered was read from Spotify."""

    known_since: Moment | None
    """None for never."""
    minutes_old: int
    """How long ago that was."""
    from_cache: bool = False
    """Whether that was before the question."""

    @classmethod
    def since(cls, context: RequestContext, moment: int | None) -> Self:
        """Tell by the asker's clock when a moment (UTC ms) was."""
        clock = context.query_context.clock
        age = 0 if moment is None else max(clock.now - moment, 0)
        return cls(
            known_since=Moment.at(clock, moment),
            minutes_old=0 if age < _JUST_NOW_MS else round(age / 60_000),
            from_cache=age > 0,
        )

    @classmethod
    def answered(cls, context: RequestContext, answered: Answered[object]) -> Self:
        """Tell when Spotify gave an answer."""
        known = cls.since(context, answered.as_of)
        return replace(known, from_cache=answered.from_cache)

    @property
    def hours(self) -> int:
        """How many full hours ago that was."""
        return self.minutes_old // 60


@contextmanager
def cached_will_do(*, known: bool) -> Iterator[None]:
    """Read anew inside; where Spotify can not be asked, that passes if something is `known`, which says its age."""
    try:
        yield
    except RateLimited, Unavailable:
        if not known:
            raise
