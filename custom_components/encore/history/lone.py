"""Rows that nothing can be linked with: nearly all of an export, each a play as it is.

Who is found to be alone here is so by the merge's own criteria, or by stricter ones that are
quicker to apply; all the rest is left to the merge.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from .bulk import rows_of
from .merge import CROWD_MS, END_TOLERANCE_MS, LONGEST_MS, ends_meet
from .model import HOUSEHOLD
from .observations import ENDED_AT, KEY, LISTENER, SOURCE, STARTED_AT, ObservationRow
from .registers import Registers
from .spans import Span

_GAP_MS: Final = 4 * 86_400_000
"""Reading on is cheaper than asking again, up to this distance."""

_STORED_BETWEEN: Final = (
    "SELECT o.listener, o.ended_at, o.track, o.source, o.ms_played, o.offline_at, o.started_at,"
    " t.song"
    " FROM observation o JOIN track t ON t.id = o.track"
    " WHERE o.listener = ? AND o.ended_at BETWEEN ? AND ?"
)

_SONG: Final = 7


class Sorted(NamedTuple):
    """The places of rows that are alone, and of those that the merge must look at.

    The others are known already, or repeat one before them.
    """

    alone: list[int]
    in_company: list[int]


def sorted_out(
    connection: Connection,
    registers: Registers,
    rows: Sequence[ObservationRow],
    songs: Sequence[int],
) -> Sorted:
    """Tell who is alone among rows, one at least, of one listener and source; each has its song."""
    keys = registers.listeners.keys(connection)
    listener = keys[rows[0][LISTENER]]
    spans = _spans_around(rows)
    stored = [
        row
        for number, key in keys.items()
        if key == listener or HOUSEHOLD in {key, listener}
        for span in spans
        for row in rows_of(connection, _STORED_BETWEEN, (number, *span))
    ]
    new = _new_by_song(rows, songs, {row[KEY] for row in stored})
    near: dict[int, list[ObservationRow]] = {}
    for row in stored:
        if (song := row[_SONG]) in new:
            near.setdefault(song, []).append(row)
    sorting = Sorted([], [])
    for song, places in new.items():
        around = near.get(song)
        if around is None and len(places) == 1:
            sorting.alone.append(places[0])
            continue
        crowded = _crowded(rows, places) if len(places) > 1 else ()
        for place in places:
            met = place in crowded or (around and _meets(rows[place], around))
            (sorting.in_company if met else sorting.alone).append(place)
    return sorting


def _new_by_song(
    rows: Sequence[ObservationRow], songs: Sequence[int], known: set[Any]
) -> dict[int, list[int]]:
    """Return the places of rows that are not known, by their song."""
    new: dict[int, list[int]] = {}
    for place, (row, song) in enumerate(zip(rows, songs, strict=True)):
        key = row[KEY]
        if key not in known:
            known.add(key)
            if song in new:
                new[song].append(place)
            else:
                new[song] = [place]
    return new


def begins_at(row: ObservationRow) -> int:
    """Return when a row begins (UTC ms), as far as the merge looks back."""
    started_at: int = row[STARTED_AT]
    earliest: int = row[ENDED_AT] - LONGEST_MS
    return max(earliest, started_at)


def _crowded(rows: Sequence[ObservationRow], places: Sequence[int]) -> Collection[int]:
    """Return the places of rows of one song that start so close to another that they are linked."""
    starts = sorted((begins_at(rows[place]), place) for place in places)
    crowded: set[int] = set()
    for (earlier, one), (later, other) in pairwise(starts):
        if later - earlier <= CROWD_MS:
            crowded.update((one, other))
    return crowded


def _meets(row: ObservationRow, around: Sequence[ObservationRow]) -> bool:
    """Whether a row may be linked with a stored observation of its song."""
    begins, ends = begins_at(row), row[ENDED_AT]
    for other in around:
        other_begins = begins_at(other)
        if abs(other_begins - begins) <= CROWD_MS or (
            other[SOURCE] != row[SOURCE]
            and ends_meet(other_begins, other[ENDED_AT], begins, ends)
        ):
            return True
    return False


def _spans_around(rows: Sequence[ObservationRow]) -> Sequence[Span]:
    """Return the stretches that hold the ends of all observations that could be linked with some."""
    ends = sorted([row[ENDED_AT] for row in rows])
    longest = min(LONGEST_MS, max([row[ENDED_AT] - row[STARTED_AT] for row in rows]))
    before = max(END_TOLERANCE_MS, longest + CROWD_MS)
    after = LONGEST_MS + CROWD_MS
    spans = []
    first = last = ends[0]
    for end in ends:
        if end - last > _GAP_MS:
            spans.append((first - before, last + after))
            first = end
        last = end
    spans.append((first - before, last + after))
    return spans
