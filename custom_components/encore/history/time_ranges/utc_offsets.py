"""The intervals in which the offset of a time zone stays the same."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

type Seconds = NDArray[np.int64]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = 0xFFFF_FFFF
"""The last second that a play may start in, in the year 2106."""
_STEP: Final = 7 * 86_400
"""No zone changed its offset and changed it back within a week."""


class Offsets(NamedTuple):
    """From which second of UTC on (ascending, the first is 0) local time is ahead by how many seconds."""

    since: Seconds
    ahead: Seconds


@lru_cache(maxsize=16)
def offsets_of(zone: tzinfo) -> Offsets:
    """Return the offsets of a zone from 1970 to 2106, to the second."""
    since, ahead = [0], [_ahead(zone, 0)]
    for begin in range(0, _LAST, _STEP):
        end = min(begin + _STEP, _LAST)
        if _ahead(zone, end) == ahead[-1]:
            continue
        while end - begin > 1:
            middle = (begin + end) // 2
            if _ahead(zone, middle) == ahead[-1]:
                begin = middle
            else:
                end = middle
        since.append(end)
        ahead.append(_ahead(zone, end))
    return Offsets(np.array(since, np.int64), np.array(ahead, np.int64))


def _ahead(zone: tzinfo, second: int) -> int:
    offset = (_EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds())
