"""When rows of an export ended and how long they sounded, where that can be."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..ingest.export_columns import ExportColumns, Named, Numbers
from ..records.import_report import Skipped

EARLIEST: Final = 1_136_073_600_000
"""2006-01-01: Spotify was founded that year."""

LATEST: Final = 4_102_444_800_000
"""2100-01-01."""

LONGEST_MS: Final = 86_400_000
"""No row lasts longer than a day."""

_UNKNOWN: Final = -1
"""Stands for a time that cannot be read, and for a length that cannot be."""

_PLAIN: Final = len("2024-03-31T01:59:59Z")
_MARKS: Final = ([4, 7, 10, 13, 16, 19], np.frombuffer(b"--T::Z", np.uint8))
"""Where something else than a digit stands in a time as Spotify writes it, and what."""

_ZERO, _NINE = b"09"


class ParsedRows(NamedTuple):
    """What rows amount to: what was played, and how many rows came to nothing and why."""

    columns: ExportColumns
    first_names: list[Named]
    """What they name that no row before them named."""
    skipped: dict[Skipped, int]


class Measured(NamedTuple):
    """When rows ended (UTC ms) and how long they sounded (ms), of those that are `fine`.

    The others are counted by the reason why they are skipped.
    """

    ended_at: Numbers
    ms_played: Numbers
    fine: list[bool]
    skipped: dict[Skipped, int]


def measured(
    items: Sequence[object | None],
    times: Sequence[str | None],
    lengths: Sequence[int | None],
) -> Measured:
    """Measure rows that say when they ended and how long they sounded (ms).

    `items` has None for a row that names nothing; that is its reason, whatever else it lacks.
    """
    ended_at = _moments(times)
    ms_played = np.array(
        [_UNKNOWN if ms is None or ms < 0 or ms > LONGEST_MS else ms for ms in lengths],
        np.int64,
    )
    fine = np.ones(len(ended_at), np.bool_)
    skipped: dict[Skipped, int] = {}
    for reason, wrong in (
        (Skipped.NO_ITEM, _missing(items)),
        (Skipped.NO_TIME, ended_at == _UNKNOWN),
        (Skipped.IMPOSSIBLE_TIME, (ended_at < EARLIEST) | (ended_at >= LATEST)),
        (Skipped.NO_LENGTH, ms_played == _UNKNOWN),
    ):
        if number := int(np.count_nonzero(wrong & fine)):
            skipped[reason] = number
            fine &= ~wrong
    return Measured(ended_at[fine], ms_played[fine], fine.tolist(), skipped)


def _missing(values: Sequence[object | None]) -> NDArray[np.bool_]:
    """Return which values are None."""
    if None not in values:  # much the quickest to ask
        return np.zeros(len(values), np.bool_)
    return np.array([value is None for value in values], np.bool_)


def _moments(times: Sequence[str | None]) -> Numbers:
    """Return times in UTC ms; quickly where all are written as Spotify does today."""
    written = [ts or "" for ts in times]
    if set(map(len, written)) == {_PLAIN}:
        try:
            return _plain_moments("".join(written))
        except ValueError:
            pass  # one of them is no time, or not ASCII
    return np.array([_moment_of(ts) for ts in times], np.int64)


def _plain_moments(times: str) -> Numbers:
    """Return times such as `2024-03-31T01:59:59Z`, without anything between them, in UTC ms."""
    text = np.frombuffer(bytearray(times, "ascii"), np.uint8).reshape(-1, _PLAIN)
    places, marks = _MARKS
    digits = np.count_nonzero((text >= _ZERO) & (text <= _NINE))
    if not (text[:, places] == marks).all() or digits != (_PLAIN - len(places)) * len(
        text
    ):
        raise ValueError("Not all of them are times")
    text[:, -1] = 0  # numpy knows no zones
    seconds = text.view(f"S{_PLAIN}").ravel().astype("datetime64[s]")
    return seconds.astype(np.int64) * 1000


def _moment_of(ts: str | None) -> int:
    """Return a time, such as `2024-03-31T01:59:59Z` or `2024-03-31 01:59`, in UTC ms."""
    if ts is None:
        return _UNKNOWN
    try:
        moment = datetime.fromisoformat(ts)
    except ValueError:
        return _UNKNOWN
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1000
