"""How many calls of an account's hour background work may use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, final

from ...history.records.api_calls import HOUR_MS
from ...settings.responsiveness import Responsiveness
from ..call_purpose import Purpose


class Made(NamedTuple):
    """A call to Spotify, with its repetitions."""

    at: int
    """UTC ms."""
    purpose: str
    calls: int


@final
@dataclass(frozen=True, slots=True)
class _Share:
    """Below which calls of an account one more may be made that nobody waits for."""

    hour: int
    """All calls of the last hour."""
    quarter: int
    """All calls of the last quarter of an hour: who skips has only begun to need many."""
    lookups: int
    """Calls of the last hour that looked something up, also for a person who browses."""


_PLAYING: Final = {
    Responsiveness.LIVE: _Share(hour=134, quarter=35, lookups=4),
    Responsiveness.BALANCED: _Share(hour=82, quarter=21, lookups=4),
    Responsiveness.SAVER: _Share(hour=30, quarter=8, lookups=4),
}
"""With *Saver*, out of 40 an hour: the collector takes about 20 for an album, and up to 39 for skips and jingles. With the
others looks leave that many of their limit."""
_IDLE: Final = {
    Responsiveness.LIVE: _Share(hour=134, quarter=35, lookups=1),
    Responsiveness.BALANCED: _Share(hour=7, quarter=7, lookups=1),
    Responsiveness.SAVER: _Share(hour=7, quarter=7, lookups=1),
}
"""Out of 10 an hour: the collector takes up to 9 in the first hour after music, and 5 to 6 later."""


def has_spare(
    made: Sequence[Made],
    now: int,
    *,
    playing: bool,
    responsiveness: Responsiveness = Responsiveness.SAVER,
) -> bool:
    """Whether an account that made these calls has one to spare `now` (UTC ms) for what nobody waits for."""
    share = (_PLAYING if playing else _IDLE)[responsiveness]
    hour = [each for each in made if each.at > now - HOUR_MS]
    quarter = sum(each.calls for each in hour if each.at > now - HOUR_MS // 4)
    lookups = sum(each.calls for each in hour if each.purpose == Purpose.METADATA)
    return (
        sum(each.calls for each in hour) < share.hour
        and quarter < share.quarter
        and lookups < share.lookups
    )
