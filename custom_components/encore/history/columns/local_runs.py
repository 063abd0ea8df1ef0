"""Plays by the local hours or days that they began in: neighbours that share one are a run, and counted together.

Millions of plays make few runs, and the calendar is only asked about runs.
"""

from datetime import tzinfo
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..time_ranges.utc_offsets import offsets_of

_BIAS: Final = 86_400
"""Keeps local seconds above 0; no zone is further from UTC."""


class Runs(NamedTuple):
    """Some units of local time, from 1970-01-01 00:00 on, and what began in each.

    A unit may come again later, where clocks are put back by more than one.
    """

    units: NDArray[np.int64]
    plays: NDArray[np.int64]
    ms_played: NDArray[np.int64]


def runs(
    seconds: NDArray[np.uint32],
    ms_played: NDArray[Any],
    passing: NDArray[np.bool_] | None,
    zone: tzinfo,
    unit: int,
) -> Runs:
    """Return the runs of plays by units of local time (s, that divide a day), without empty ones.

    `seconds` are when plays started (UTC, ascending); only those that `passing` flags count.
    """
    if not len(seconds):
        nothing = np.zeros(0, np.int64)
        return Runs(nothing, nothing, nothing)
    units = _units(seconds, zone, unit)
    begins = np.flatnonzero(units[1:] != units[:-1])
    begins += 1
    begins = np.concatenate([[0], begins])
    if passing is None:
        plays = np.diff(begins, append=len(seconds))
    else:
        ms_played = np.multiply(ms_played, passing)
        plays = np.add.reduceat(passing, begins, dtype=np.int64)
    ms = np.add.reduceat(ms_played, begins, dtype=np.int64)
    having = np.flatnonzero(plays)
    numbers = units[begins[having]].astype(np.int64)
    return Runs(numbers - _BIAS // unit, plays[having], ms[having])


def _units(seconds: NDArray[np.uint32], zone: tzinfo, unit: int) -> NDArray[Any]:
    """Return the local unit of each moment, counted from a day before 1970."""
    since, ahead = offsets_of(zone)
    # The last day of 2106 does not fit into 32 bits with an offset and the bias added.
    wide = np.uint64 if int(seconds[-1]) > 0xFFFF_FFFF - 2 * _BIAS else np.uint32
    local: NDArray[Any] = np.empty(len(seconds), wide)
    bounds = [*np.searchsorted(seconds, since.astype(np.uint32)), len(seconds)]
    for number, offset in enumerate(ahead.tolist()):
        part = slice(bounds[number], bounds[number + 1])
        np.add(seconds[part], wide(offset + _BIAS), out=local[part])
    local //= wide(unit)
    return local
