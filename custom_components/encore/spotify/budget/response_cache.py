"""Caches responses, and invalidates them after changes."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, final

from homeassistant.util import dt as dt_util

from ..call_purpose import Purpose
from .monotonic_clock import Clock, monotonic

MINUTE_S: Final = 60.0
HOUR_S: Final = 3600.0
CACHED_S: Final = {
    Purpose.PLAYER: 0.0,
    Purpose.COMMAND: 0.0,
    Purpose.QUEUE: 0.0,
    Purpose.RECENTLY_PLAYED: 0.0,
    Purpose.DEVICES: 30.0,
    Purpose.SEARCH: 10 * MINUTE_S,
    Purpose.PLAYLISTS: 15 * MINUTE_S,
    Purpose.LIBRARY: 15 * MINUTE_S,
    Purpose.PODCASTS: HOUR_S,
    Purpose.TOP: 6 * HOUR_S,
    Purpose.PROFILE: 24 * HOUR_S,
    Purpose.METADATA: 30 * 24 * HOUR_S,
}
"""For how long an answer is as good as a new one, in seconds; a change by us ends that at once."""

MOST: Final = 500
"""Cached answers of one account; the one used longest ago goes first."""

_PLAYER: Final = frozenset({Purpose.PLAYER, Purpose.DEVICES, Purpose.QUEUE})
_LIBRARY: Final = frozenset({Purpose.LIBRARY, Purpose.PLAYLISTS, Purpose.PODCASTS})
_PLAYLISTS: Final = frozenset({Purpose.PLAYLISTS})


@dataclass(frozen=True, slots=True)
class Answered[T]:
    """An answer, and whether it was cached: `as_of` (UTC ms) is when Spotify sent it."""

    value: T
    from_cache: bool
    as_of: int

    def read[R](self, read: Callable[[T], R]) -> Answered[R]:
        """Return what is read from the value, which is as old as that."""
        return Answered(read(self.value), self.from_cache, self.as_of)

    def stale_from(self, purpose: Purpose) -> int | None:
        """Return when Spotify sent it (UTC ms), where that is longer ago than suits its purpose; None where it is as good as new."""
        age_s = dt_util.utcnow().timestamp() - self.as_of / 1000
        return self.as_of if self.from_cache and age_s > CACHED_S[purpose] else None


def oldest[T](answers: Iterable[Answered[Any]], value: T) -> Answered[T]:
    """Return what was made of several answers, at least one: as old as the oldest."""
    first = min(answers, key=lambda answered: answered.as_of)
    return Answered(value, first.from_cache, first.as_of)


class _Cached(NamedTuple):
    purpose: Purpose
    value: Any
    at: float
    as_of: int


def changed_by(method: str, path: str) -> frozenset[Purpose]:
    """Return which answers a request makes old; `path` is below `/v1/`."""
    if method == "GET":
        return frozenset()
    if path.startswith("me/player"):
        return _PLAYER
    if path.startswith("me/library"):
        return _LIBRARY
    return _PLAYLISTS


@final
class Cache:
    """What one account was answered. Answers are shared: nobody may change them."""

    def __init__(self, clock: Clock = monotonic) -> None:
        """Begin empty; `clock` is in seconds."""
        self._clock = clock
        self._cached: OrderedDict[Hashable, _Cached] = OrderedDict()
        self._changes: Counter[Purpose] = Counter()

    def changes(self, purpose: Purpose) -> int:
        """Return how often what a purpose reads was changed: reads before and after a change are not equal."""
        return self._changes[purpose]

    def get(self, key: Hashable, max_age_s: float | None) -> Answered[Any] | None:
        """Return the cached answer for a key, if it is not older; None for whatever its age."""
        if (cached := self._cached.get(key)) is None:
            return None
        if max_age_s is not None and self._clock() - cached.at > max_age_s:
            return None
        self._cached.move_to_end(key)
        return Answered(cached.value, True, cached.as_of)

    def put(
        self, key: Hashable, purpose: Purpose, value: Any, as_of: int, changes: int
    ) -> None:
        """Cache an answer to a request that was sent after `changes` changes; an overtaken one is not cached."""
        if changes != self._changes[purpose]:
            return
        self._cached[key] = _Cached(purpose, value, self._clock(), as_of)
        self._cached.move_to_end(key)
        if len(self._cached) > MOST:
            self._cached.popitem(last=False)

    def invalidate(self, purposes: Iterable[Purpose]) -> None:
        """Forget the answers of some purposes, those in flight too."""
        old = set(purposes)
        self._changes.update(old)
        self._cached = OrderedDict(
            (key, cached)
            for key, cached in self._cached.items()
            if cached.purpose not in old
        )
