"""Finds the plays of assumed length that have to be clipped again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import Connection

from ..database.bulk import rows_of
from ..merge.clipping import Assumed, Measured, clip
from ..merge.field_resolution import play_of
from ..merge.merge_rows import (
    LONGEST_MS,
    REPORTED_LATE_MS,
    DerivedPlay,
    MergeRow,
    fixed_order,
)
from ..model import HOUSEHOLD, Source
from ..time_ranges.intervals import Span, merged, uncovered
from .neighborhood import Neighborhood

_GAP_MS: Final = 86_400_000
"""Reading on is cheaper than asking again, up to this distance."""

_AHEAD_MS: Final = LONGEST_MS + REPORTED_LATE_MS
"""So much later ends, at the most, a play of assumed length that what ended before can clip."""

_POLLED_ALONE: Final = 1 << Source.POLLED

_ANY_POLLED: Final = (
    f"SELECT 1 FROM observation WHERE source = {int(Source.POLLED)}"  # noqa: S608  our own number
    " AND listener = ? AND ended_at BETWEEN ? AND ? LIMIT 1"
)

_MEASURED: Final = (
    "SELECT id, started_at, ended_at, ms_played, track FROM play"  # noqa: S608  our own number
    " WHERE listener = ? AND started_at BETWEEN ? AND ? AND ended_at >= ?"
    f" AND sources <> {_POLLED_ALONE}"
)

_HIDDEN: Final = (
    "SELECT play, started_at, ended_at, ms_played, 0 FROM hidden_play"  # noqa: S608  our own number
    " WHERE forgetting IN (SELECT id FROM forgetting)"
    " AND listener = ? AND started_at BETWEEN ? AND ? AND ended_at >= ?"
    f" AND sources <> {_POLLED_ALONE}"
)

_TRACES: Final = (
    "SELECT 0, started_at, ended_at, ms_played, 0 FROM forgotten_observation"  # noqa: S608  our own number
    " WHERE listener = ? AND ended_at BETWEEN ? AND ? AND started_at <= ?"
    f" AND source <> {int(Source.POLLED)}"
)

type Changed = Mapping[str, Sequence[Span]]
"""Listeners by their keys, and when plays of theirs came, went or changed (UTC ms)."""


class _Taken(NamedTuple):
    """A measured play, with the row id of the track that it shows; 0 for one that is hidden, or of which a trace is left."""

    play: Measured
    track: int


def any_polled(connection: Connection, listener: int, span: Span) -> bool:
    """Whether a listener (row id) has plays from recently played that plays in an interval could clip. Costs a search."""
    bounds = (listener, span[0], span[1] + _AHEAD_MS)
    return bool(rows_of(connection, _ANY_POLLED, bounds))


def changed_by(plays: Iterable[DerivedPlay]) -> dict[str, list[Span]]:
    """Return when plays of which listeners may have changed, now that some were derived again."""
    changed: defaultdict[str, list[Span]] = defaultdict(list)
    for play in plays:
        changed[play.listener]
        for merge_row in play.merge_rows:
            span = (merge_row.begins_at, max(merge_row.ended_at, play.ended_at))
            changed[merge_row.listener].append(span)
    # A play that a speaker reported before may belong to any of them.
    households = changed.pop(HOUSEHOLD, [])
    for spans in changed.values():
        spans += households
    return changed


class AssumedPlays:
    """Clips the plays of assumed length around plays that were derived again."""

    def __init__(
        self,
        connection: Connection,
        around: Neighborhood,
        derived: Sequence[DerivedPlay],
        *,
        hiding: bool,
    ) -> None:
        """Take plays that were derived and are not written yet.

        `hiding` says whether anything was ever forgotten; what is hidden took its time all the same.
        """
        self._connection = connection
        self._around = around
        self._derived = list(derived)
        self._hiding = hiding
        self._stale = {w.play for one in derived for w in one.merge_rows}
        self._witnesses = {id(w) for one in derived for w in one.merge_rows}

    def clipped(self, changed: Changed) -> list[DerivedPlay]:
        """Return the derived plays in their order, and then stored ones that must be written again as they are now."""
        for listener, spans in changed.items():
            number = self._around.listeners.get(listener)
            if listener != HOUSEHOLD and number is not None and spans:
                self._clip(listener, number, spans)
        return self._derived

    def _clip(self, listener: str, number: int, changed: Sequence[Span]) -> None:
        places = [
            place
            for place, one in enumerate(self._derived)
            if one.listener == listener and one.assumed
        ]
        if not places and not any(
            any_polled(self._connection, number, span)
            for span in merged(changed, _GAP_MS)
        ):
            return
        own = {place: self._derived[place] for place in places}
        measured = [
            _Taken(Measured(one.started_at, one.ended_at, one.ms_played), one.track)
            for one in self._derived
            if one.listener == listener and one.sources != _POLLED_ALONE
        ]
        spans = merged(changed)
        while True:
            near = self._near(number, spans, own.values())
            around = merged([*spans, *(_reach(_row_of(play)) for play in near)])
            taken = measured + self._measured(number, around)
            # What sounds in the pauses of one play shares them.
            paused = [
                (one.started_at, one.ended_at)
                for one, _ in taken
                if one.ms_played < one.ended_at - one.started_at
                and _touches((one.started_at, one.ended_at), around)
            ]
            if (wider := merged([*spans, *paused])) == spans:
                break
            spans = wider
        places_of = {id(play): place for place, play in own.items()}
        for play, now in zip(near, _clipped(near, taken), strict=True):
            if (place := places_of.get(id(play))) is None:
                self._derived.append(now)
            else:
                self._derived[place] = now

    def _near(
        self, number: int, changed: Sequence[Span], own: Collection[DerivedPlay]
    ) -> list[DerivedPlay]:
        """Return the plays of assumed length that changes can clip, by their ends: `own`, which are derived, and stored ones."""
        spans = merged(changed)
        read: list[Span] = []
        stored: dict[int, list[MergeRow]] = {}
        while True:
            needed = merged(
                (start - LONGEST_MS, end + _AHEAD_MS) for start, end in spans
            )
            if not any(uncovered(span, read) for span in needed):
                break
            read = merged(
                ((start - LONGEST_MS, end + LONGEST_MS) for start, end in needed),
                _GAP_MS,
            )
            stored = {}
            for span in read:
                for merge_row in self._around.read_assumed(number, *span):
                    if (
                        id(merge_row) not in self._witnesses
                        and merge_row.play is not None
                        and merge_row.play not in self._stale
                    ):
                        stored.setdefault(merge_row.play, []).append(merge_row)
            reaches = [
                _reach(max(merge_rows, key=fixed_order))
                for merge_rows in stored.values()
            ]
            reaches += [_reach(_row_of(one)) for one in own]
            # What touches what changed, and what touches that.
            spans = [
                together
                for together in merged(chain(spans, reaches))
                if any(
                    start <= together[1] and together[0] <= end
                    for start, end in changed
                )
            ]
        near = [*own]
        near += [
            play_of(sorted(merge_rows, key=fixed_order))
            for merge_rows in stored.values()
            if _touches(_reach(max(merge_rows, key=fixed_order)), spans)
        ]
        return sorted(near, key=lambda play: fixed_order(_row_of(play)))

    def _measured(self, number: int, spans: Sequence[Span]) -> list[_Taken]:
        """Return the stored plays that may take time of others in some intervals, and are not derived again."""
        found: list[_Taken] = []
        for start, end in merged(spans, _GAP_MS):
            bounds = (number, start - LONGEST_MS, end, start)
            rows = list(rows_of(self._connection, _MEASURED, bounds))
            if self._hiding:
                rows += rows_of(self._connection, _HIDDEN, bounds)
                traced = (number, start, end + LONGEST_MS, end)
                rows += rows_of(self._connection, _TRACES, traced)
            found += [
                _Taken(Measured(*times), track)
                for play, *times, track in rows
                if play not in self._stale
            ]
        return found


def _clipped(
    plays: Sequence[DerivedPlay], taken: Sequence[_Taken]
) -> list[DerivedPlay]:
    """Return plays in the order of their ends as they are clipped; no two plays of a track have one start."""
    assumed = [
        Assumed(row.ended_at, row.ended_at - row.sounded_from)
        for row in map(_row_of, plays)
    ]
    starts = {(one.track, one.play.started_at) for one in taken}
    found = []
    for play, now in zip(
        plays, clip(assumed, [one.play for one in taken]), strict=True
    ):
        start = now.started_at
        while (play.track, start) in starts:
            start += 1
        starts.add((play.track, start))
        end = max(start, now.ended_at)
        found.append(
            msgspec.structs.replace(
                play,
                started_at=start,
                ended_at=end,
                ms_played=min(now.ms_played, end - start),
            )
        )
    return found


def _row_of(play: DerivedPlay) -> MergeRow:
    """Return the row that a play of assumed length goes by: the last, if it was repeated."""
    return max(play.merge_rows, key=fixed_order)


def _reach(merge_row: MergeRow) -> Span:
    """Return from when to when (UTC ms) something could clip a row, or it could clip another."""
    return merge_row.sounded_from - REPORTED_LATE_MS, merge_row.ended_at


def _touches(reach: Span, spans: Sequence[Span]) -> bool:
    return any(start <= reach[1] and reach[0] <= end for start, end in spans)
