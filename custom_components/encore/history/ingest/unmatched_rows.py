"""Rows of an export that match nothing else: each becomes a play as it is.

Who is found to be alone here is so by the merge's own criteria, or by stricter ones that are
quicker to apply; all the rest is left to the merge.
"""

from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ..database.bulk import batches
from ..database.key_tables import Registers
from ..merge.merge_rows import CROWD_MS, END_TOLERANCE_MS, LONGEST_MS
from ..model import HOUSEHOLD
from ..time_ranges.intervals import Span
from .export_columns import Numbers

_GAP_MS: Final = 4 * 86_400_000
"""Reading on is cheaper than asking again, up to this distance."""

_MOMENT_BITS: Final = 43
"""Moments that a row may end at, in UTC ms, are smaller than this power of two."""

_LAST: Final = (1 << _MOMENT_BITS) - 1

_STORED_BETWEEN: Final = (
    "SELECT o.listener, o.ended_at, o.track, o.source, o.ms_played, o.offline_at, o.started_at,"
    " t.song"
    " FROM observation o JOIN track t ON t.id = o.track"
    " WHERE o.listener = {} AND o.ended_at BETWEEN {} AND {}"
)

_READ_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one listener and source that arrive, in columns; listener, tracks and songs are row ids."""

    listener: int
    source: int
    ended_at: Numbers
    track: Numbers
    ms_played: Numbers
    offline_at: Numbers
    song: Numbers
    shown: Numbers
    """The tracks that plays of theirs show."""

    @property
    def started_at(self) -> Numbers:
        """When they started, as far as an export says: what it played without a pause."""
        return self.ended_at - self.ms_played

    @property
    def begins_at(self) -> Numbers:
        """When they begin, as far as the merge looks back."""
        return _begins_at(self.started_at, self.ended_at)


class Sorted(NamedTuple):
    """The places of rows that are alone, by their end, and of those that the merge must look at.

    The others are known already, or repeat one before them.
    """

    alone: Numbers
    in_company: Numbers


class _Stored(NamedTuple):
    """Observations of the songs of rows that are stored around them, in columns."""

    listener: Numbers
    ended_at: Numbers
    track: Numbers
    source: Numbers
    ms_played: Numbers
    offline_at: Numbers
    started_at: Numbers
    song: Numbers


def sorted_out(connection: Connection, registers: Registers, rows: Rows) -> Sorted:
    """Return who is alone among rows, one at least."""
    stored = _stored_around(connection, registers, rows)
    new = _new(rows, stored)
    met = _crowded(rows, new) | _meeting(rows, new, stored)
    alone = new[~met]
    by_end = np.argsort(rows.ended_at[alone], kind="stable")
    return Sorted(alone[by_end], new[met])


def _stored_around(connection: Connection, registers: Registers, rows: Rows) -> _Stored:
    """Read all stored observations that rows could repeat or be linked with: those of their songs."""
    keys = registers.listeners.keys()
    listener = keys[rows.listener]
    spans = _spans_around(rows)
    songs = np.unique(rows.song)
    width, song = len(_Stored._fields), _Stored._fields.index("song")
    parts = [np.empty((0, width), np.int64)]
    for number, key in keys.items():
        if key != listener and HOUSEHOLD not in {key, listener}:
            continue
        for span in spans:
            # Rows of many years, as those of videos are, have nearly all of the store around them.
            between = _STORED_BETWEEN.format(number, *span)
            for some in batches(connection, between, _READ_AT_ONCE):
                found = np.fromiter(
                    chain.from_iterable(some), np.int64, len(some) * width
                ).reshape(-1, width)
                parts.append(found[np.isin(found[:, song], songs)])
    return _Stored(*np.concatenate(parts).T)


def _new(rows: Rows, stored: _Stored) -> Numbers:
    """Return the places of rows that are not stored and do not repeat one before them."""
    same = (stored.listener == rows.listener) & (stored.source == rows.source)
    known = int(np.count_nonzero(same))
    order = _order_of(
        keys := [
            np.concatenate((stored.ended_at[same], rows.ended_at)),
            np.concatenate((stored.track[same], rows.track)),
            np.concatenate((stored.ms_played[same], rows.ms_played)),
            np.concatenate((stored.offline_at[same], rows.offline_at)),
        ]
    )
    repeats = np.logical_and.reduce([key[order][1:] == key[order][:-1] for key in keys])
    new = np.ones(len(order), np.bool_)
    new[order[1:][repeats]] = False
    return np.flatnonzero(new[known:])


def _crowded(rows: Rows, new: Numbers) -> NDArray[np.bool_]:
    """Return which rows start so close to another of their song that they are linked."""
    songs, begins = rows.song[new], rows.begins_at[new]
    order = _order_of([songs, begins])
    close = (songs[order][1:] == songs[order][:-1]) & (
        begins[order][1:] - begins[order][:-1] <= CROWD_MS
    )
    crowded = np.zeros(len(new), np.bool_)
    crowded[order[1:][close]] = crowded[order[:-1][close]] = True
    return crowded


def _meeting(rows: Rows, new: Numbers, stored: _Stored) -> NDArray[np.bool_]:
    """Return which rows may be linked with a stored observation of their song."""
    songs = rows.song[new]
    meeting = np.isin(songs, stored.song)
    if not meeting.any():
        return meeting
    some = np.flatnonzero(meeting)
    ends, begins = rows.ended_at[new][some], rows.begins_at[new][some]
    stored_begins = _begins_at(stored.started_at, stored.ended_at)
    longest = int((ends - begins).max())
    one, other = _pairs(
        (songs[some], ends),
        stored.song,
        stored_begins - END_TOLERANCE_MS,
        stored.ended_at + max(END_TOLERANCE_MS, longest + CROWD_MS),
    )
    begins, ends = begins[one], ends[one]
    other_begins, other_ends = stored_begins[other], stored.ended_at[other]
    crowded = abs(other_begins - begins) <= CROWD_MS
    ends_meet = (
        (abs(other_ends - ends) <= END_TOLERANCE_MS)
        | ((begins < other_ends) & (other_ends <= ends))
        | ((other_begins < ends) & (ends <= other_ends))
    )
    met = crowded | (ends_meet & (stored.source[other] != rows.source))
    meeting[:] = False
    meeting[some[one[met]]] = True
    return meeting


def _pairs(
    rows: tuple[Numbers, Numbers], songs: Numbers, earliest: Numbers, latest: Numbers
) -> tuple[Numbers, Numbers]:
    """Return, as places in both, which rows are of some songs and end between two moments of each.

    Rows are passed as their songs and ends.
    """
    known, rank = np.unique(rows[0], return_inverse=True)
    place = (rank << _MOMENT_BITS) + rows[1]
    order = np.argsort(place, kind="stable")
    place = place[order]
    of_known = np.flatnonzero(np.isin(songs, known))
    base = np.searchsorted(known, songs[of_known]) << _MOMENT_BITS
    first = np.searchsorted(place, base + np.maximum(earliest[of_known], 0), "left")
    end = np.searchsorted(place, base + np.minimum(latest[of_known], _LAST), "right")
    pairs = np.maximum(end - first, 0)
    other = np.repeat(of_known, pairs)
    nth = np.arange(len(other)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    return order[np.repeat(first, pairs) + nth], other


def _order_of(keys: list[Numbers]) -> Numbers:
    """Return the order of rows by some columns, the first one first; equals stay as they are."""
    order: Numbers = np.lexsort(keys[::-1])
    return order


def _begins_at(started_at: Numbers, ended_at: Numbers) -> Numbers:
    return np.maximum(started_at, ended_at - LONGEST_MS)


def _spans_around(rows: Rows) -> list[Span]:
    """Return the intervals that hold the ends of all observations that could be linked with some."""
    ends = np.sort(rows.ended_at)
    longest = min(LONGEST_MS, int(rows.ms_played.max()))
    before = max(END_TOLERANCE_MS, longest + CROWD_MS)
    after = LONGEST_MS + CROWD_MS
    gaps = np.flatnonzero(np.diff(ends) > _GAP_MS)
    firsts = ends[np.concatenate(([0], gaps + 1))].tolist()
    lasts = ends[np.concatenate((gaps, [-1]))].tolist()
    return [
        (first - before, last + after)
        for first, last in zip(firsts, lasts, strict=True)
    ]
