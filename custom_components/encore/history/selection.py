"""The plays of a window that pass some filters, as columns, and what they come to together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from .columns import Columns, Flags, Ids, TrackColumns, flagged
from .counts import Counts, counted_at, folded, summed_at
from .local_time import offsets_of
from .model import Kind, Source, TopOf, Total, Window
from .narrowing import Narrowing, one_of, passing, sounded_in
from .runs import Runs, runs

HOURS_OF_WEEK: Final = 168
_THURSDAY: Final = 3
"""The weekday of 1970-01-01; Monday is 0."""

_HOUR_S: Final = 3600
_DAY_S: Final = 86_400

_AT_ONCE: Final = 1 << 20
"""How many plays are counted at once: what they need for that stays in the processor's cache."""
_DENSE: Final = 3
"""Where more than one in so many plays pass, counting all and leaving out is quicker than picking them."""


class Step(StrEnum):
    """What a timeline counts by."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Timeline:
    """When each step with plays begins by the wall clock (ascending), and its counts."""

    starts: NDArray[np.datetime64]
    counts: Counts


class Selection:
    """Some plays, in the order of their start."""

    def __init__(
        self,
        columns: Columns,
        rows: slice,
        chosen: Flags | None,
        heard: Ids | None = None,
    ) -> None:
        """Take the rows of a window, or those that are flagged among them.

        `heard` is how long (ms) each row of the window counts, if not as long as its play sounded.
        """
        self._columns = columns
        self._rows = rows
        self._chosen = chosen
        self._heard = heard
        self._size: int = (
            rows.stop - rows.start if chosen is None else int(np.count_nonzero(chosen))
        )

    @classmethod
    def of_window(cls, columns: Columns, window: Window, narrowing: Narrowing) -> Self:
        """Select the plays that started in a window; of some rooms, each counts as long as it sounded there."""
        rows = columns.plays.rows(window)
        heard = (
            None
            if narrowing.rooms is None
            else sounded_in(columns, rows, narrowing.rooms)
        )
        return cls(columns, rows, passing(columns, rows, narrowing), heard)

    def only(self, tracks: Flags) -> Selection:
        """Return those plays that are of flagged tracks."""
        theirs: Flags
        if self._chosen is not None and not self._dense:
            theirs = np.zeros(len(self._chosen), np.bool_)
            theirs[self._places[tracks.take(self.track)]] = True
            return Selection(self._columns, self._rows, theirs, self._heard)
        theirs = tracks.take(self._columns.plays.track[self._rows])
        if self._chosen is not None:
            theirs &= self._chosen
        return Selection(self._columns, self._rows, theirs, self._heard)

    def __len__(self) -> int:
        """Return how many plays there are."""
        return self._size

    @property
    def tracks(self) -> TrackColumns:
        """What all tracks are, at their ids."""
        return self._columns.tracks

    @cached_property
    def seconds(self) -> NDArray[np.uint32]:
        """When each started, in seconds of UTC."""
        return self._column(self._columns.plays.seconds)

    @cached_property
    def track(self) -> Ids:
        """What each was of."""
        return self._column(self._columns.plays.track)

    @cached_property
    def ms_played(self) -> Ids:
        """How long each sounded, in the rooms that were asked for if any were."""
        ms = self._window_ms
        return ms if self._chosen is None else ms.take(self._places)

    @property
    def _window_ms(self) -> Ids:
        """The same for each row of the window."""
        if self._heard is not None:
            return self._heard
        return self._columns.plays.ms_played[self._rows]

    @cached_property
    def play(self) -> Ids:
        """The row id of each."""
        return self._column(self._columns.plays.play)

    @property
    def columns(self) -> Columns:
        """What they are selected from."""
        return self._columns

    @property
    def rows(self) -> NDArray[np.int64]:
        """Where each is in the columns."""
        if self._chosen is None:
            return np.arange(self._rows.start, self._rows.stop)
        rows: NDArray[np.int64] = self._places + self._rows.start
        return rows

    def rows_of(self, listener: int) -> NDArray[np.int64]:
        """Return where those of a listener are in the columns."""
        flags = self._columns.plays.listener[self._rows] == listener
        if self._chosen is not None:
            flags &= self._chosen
        rows = np.flatnonzero(flags)
        rows += self._rows.start
        return rows

    def ms_at(self, rows: NDArray[np.int64]) -> Ids:
        """Return how long each of some rows of the columns sounded, which lie in the window."""
        ms: Ids = self._window_ms[rows - self._rows.start]
        return ms

    @property
    def starts(self) -> NDArray[np.int64]:
        """When each started, in milliseconds of UTC."""
        starts = self.seconds * np.int64(1000)
        starts += self._column(self._columns.plays.millis)
        return starts

    def ends(self, limit: int, *, newest_first: bool = True) -> Ids:
        """Return the row ids of the newest or the oldest plays, with all that began with the last of them.

        `limit` is at least 1.
        """
        plays, (first, after) = self._columns.plays, (self._rows.start, self._rows.stop)
        size = 4 * limit + 64
        while True:
            size = min(size, after - first)
            begin = after - size if newest_first else first
            rows = self._passing_rows(slice(begin, begin + size))
            if newest_first:
                rows = rows[::-1]
            starts = plays.starts(rows)
            beyond = np.zeros(0, np.bool_)
            if len(rows) > limit:
                last = starts[limit - 1]
                beyond = starts < last if newest_first else starts > last
            if size == after - first or beyond.any():
                found: Ids = plays.play[rows[~beyond] if len(beyond) else rows]
                return found
            size *= 8

    def _passing_rows(self, rows: slice) -> NDArray[np.int64]:
        """Return the numbers of the rows, of some of the window's, that pass."""
        passing = np.arange(rows.start, rows.stop)
        if self._chosen is None:
            return passing
        first = self._rows.start
        return passing[self._chosen[rows.start - first : rows.stop - first]]

    @cached_property
    def _total(self) -> Total:
        ms_played = self._window_ms
        if self._chosen is not None:
            ms_played = np.multiply(ms_played, self._chosen)
        return Total(len(self), int(ms_played.sum(dtype=np.int64)))

    def total(self) -> Total:
        """Return how many there are, and how long they sounded."""
        return self._total

    def kinds(self) -> dict[Kind, int]:
        """Return how many there are of each kind; a kind that is missing is left out."""
        return {kind: total.plays for kind, total in self.by_kind().items()}

    def by_kind(self) -> dict[Kind, Total]:
        """Return how many there are of each kind, and how long they sounded; without missing kinds."""
        counts, kinds = self.by_track, self._columns.tracks.kind
        totals = {
            kind: Total(
                int(counts.plays[kinds == kind].sum()),
                int(counts.ms_played[kinds == kind].sum()),
            )
            for kind in Kind
        }
        return {kind: total for kind, total in totals.items() if total.plays}

    def skips(self) -> tuple[int, int]:
        """Return how many were skipped, and of how many that is known."""
        skipped = self._column(self._columns.plays.skipped)
        return int(np.count_nonzero(skipped == 2)), int(np.count_nonzero(skipped))

    def days(self, zone: tzinfo) -> NDArray[np.int64]:
        """Return the local day on which each began, counted from 1970-01-01."""
        since, ahead = offsets_of(zone)
        ahead = ahead[np.searchsorted(since, self.seconds, "right") - 1]
        return (self.seconds + ahead) // _DAY_S

    def by_day(self, zone: tzinfo) -> Timeline:
        """Return the counts of each local day that has any."""
        return self.by_step(Step.DAY, zone)

    def by_step(self, step: Step, zone: tzinfo, first_weekday: int = 0) -> Timeline:
        """Return the counts of each local hour, day, week, month or year that has any.

        Weeks begin on a weekday, of which Monday is 0.
        """
        unit = _HOUR_S if step is Step.HOUR else _DAY_S
        found = self._runs(zone, unit)
        # First few runs in the place of many plays, then the calendar.
        starts = (found.units * unit).astype("M8[s]")
        starts, places = np.unique(
            _begun(starts, step, first_weekday), return_inverse=True
        )
        return Timeline(
            starts, summed_at(places, found.plays, found.ms_played, len(starts))
        )

    def hours_of_week(self, zone: tzinfo) -> Counts:
        """Return the counts of each hour of a local week, which begins on Monday at midnight."""
        found = self._runs(zone, _HOUR_S)
        hours = (found.units + 24 * _THURSDAY) % HOURS_OF_WEEK
        return summed_at(hours, found.plays, found.ms_played, HOURS_OF_WEEK)

    def in_rooms(self) -> tuple[Ids, Ids, Ids]:
        """Return the places of the plays among these, the rooms, and how long each sounded there (ms).

        There is a row for each play in a room. No time is longer than its play: of some silence nobody
        knows when it was.
        """
        rooms = self._columns.rooms
        highest = int(self.play.max(initial=0))
        # 0 stands for the plays that are not among these.
        place = np.zeros(highest + 1, np.int32)
        place[self.play] = np.arange(1, len(self) + 1, dtype=np.int32)
        known = rooms.play <= highest
        places = place[rooms.play[known]]
        among = places > 0
        places = places[among] - 1
        whole = self._column(self._columns.plays.ms_played)
        ms = np.minimum(rooms.ms[known][among], whole[places])
        return places, rooms.room[known][among], ms

    def _runs(self, zone: tzinfo, unit: int) -> Runs:
        if self._dense:
            seconds = self._columns.plays.seconds[self._rows]
            return runs(seconds, self._window_ms, self._chosen, zone, unit)
        return runs(self.seconds, self.ms_played, None, zone, unit)

    @cached_property
    def by_track(self) -> Counts:
        """How often and how long each track was played."""
        size = len(self._columns.tracks)
        if not self._dense:
            return self._counted(self.track, size)
        plays, (first, after) = self._columns.plays, (self._rows.start, self._rows.stop)
        counts, ms, heard = np.zeros(size, np.int64), np.zeros(size), self._window_ms
        for begin in range(first, after, _AT_ONCE):
            part = slice(begin, min(begin + _AT_ONCE, after))
            within = slice(part.start - first, part.stop - first)
            tracks = plays.track[part].astype(np.int64)
            if self._chosen is not None:
                # What does not pass is counted as track 0, which is none.
                tracks *= self._chosen[within]
            counts += np.bincount(tracks, minlength=size)
            ms += np.bincount(tracks, weights=heard[within], minlength=size)
        counts[0] = ms[0] = 0
        return Counts(counts, ms.astype(np.int64))

    def few_by_track(self, kinds: Collection[Kind]) -> tuple[Ids, Counts]:
        """Return the tracks of some kinds and their counts, without those that were not played: for few plays."""
        of_kind = one_of(self._columns.tracks.kind[self.track], tuple(kinds))
        tracks, places = np.unique(self.track[of_kind], return_inverse=True)
        return tracks, counted_at(places, self.ms_played[of_kind], len(tracks))

    def by(self, of: TopOf, kinds: Collection[Kind] | None = None) -> Counts:
        """Return how often and how long each thing was played; of some kinds alone, if any are given.

        A track counts for each of its artists, and a play for each room that it sounded in, there for
        as long as it did, and each source that witnessed it, of whatever kind.
        """
        tracks = self._columns.tracks
        match of:
            case TopOf.ROOMS:
                return self._by_room()
            case TopOf.SOURCES:
                return self._by_source()
        by_track = self.by_track
        if kinds is not None:
            by_track = by_track.where(one_of(tracks.kind, tuple(kinds)))
        match of:
            case TopOf.TRACKS:
                return by_track
            case TopOf.ARTISTS:
                return folded(by_track, tracks.credited_track, tracks.credited_artist)
            case TopOf.ALBUMS:
                column = tracks.album
            case TopOf.SHOWS:
                column = tracks.artist
        having = np.flatnonzero(column)
        return folded(by_track, having, column[having])

    def by_song(self, kinds: Collection[Kind] | None = None) -> Counts:
        """Return how often and how long each song was played: all its releases together, at the one played most."""
        counts, song = self.by(TopOf.TRACKS, kinds), self._columns.tracks.song
        played = np.flatnonzero(counts.plays)
        songs = song[played]
        size = int(song.max(initial=0)) + 1
        release = np.zeros(size, np.int64)
        release[songs] = played
        # Few songs have several. Of several numbers for one place, the last is kept.
        several = played[np.bincount(songs, minlength=size)[songs] > 1]
        several = several[np.argsort(counts.plays[several], kind="stable")]
        release[song[several]] = several
        return summed_at(
            release[songs],
            counts.plays[played],
            counts.ms_played[played],
            len(counts.plays),
        )

    def ends_by_track(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return when each track was first and last started (UTC ms), at its id; 0 where it was not."""
        starts, first, last = (
            self.starts,
            *np.zeros((2, len(self._columns.tracks)), np.int64),
        )
        # Of several plays of one track, the last is kept.
        first[self.track[::-1]] = starts[::-1]
        last[self.track] = starts
        return first, last

    def songs_of(self, flags: Flags) -> Flags:
        """Return flags for all releases of the songs of which a release is flagged."""
        song = self._columns.tracks.song
        return flagged(song[flags], int(song.max(initial=0)) + 1)[song]

    def last_of(
        self,
        of: TopOf,
        numbers: Collection[int],
        kinds: Collection[Kind] | None = None,
    ) -> dict[int, int]:
        """Return when things that are played were last played (UTC ms), by their row ids; of some kinds alone, if any are given.

        A track is played when another release of its song is.
        """
        match of:
            case TopOf.ROOMS:
                places, rooms, _ = self.in_rooms()
                last = [int(places[rooms == room].max()) for room in numbers]
            case TopOf.SOURCES:
                sources = self._column(self._columns.plays.sources)
                last = [
                    int(np.flatnonzero(sources & np.uint8(1 << source))[-1])
                    for source in numbers
                ]
            case _:
                return self._last_by_track(of, numbers, kinds)
        starts = self._columns.plays.starts(self.rows[np.array(last, np.int64)])
        return dict(zip(numbers, starts.tolist(), strict=True))

    def _last_by_track(
        self, of: TopOf, numbers: Collection[int], kinds: Collection[Kind] | None
    ) -> dict[int, int]:
        flags = {number: self._columns.tracks.of(of, number) for number in numbers}
        some = np.zeros(len(self._columns.tracks), np.bool_)
        for each in flags.values():
            some |= each
        if kinds is not None:
            some &= one_of(self._columns.tracks.kind, tuple(kinds))
        _, last = self.only(some).ends_by_track()
        return {number: int(last[each].max()) for number, each in flags.items()}

    @property
    def _dense(self) -> bool:
        """Whether most plays of the window pass."""
        return self._size * _DENSE > len(self._columns.plays.play[self._rows])

    def _column(self, column: NDArray[Any]) -> NDArray[Any]:
        rows = column[self._rows]
        return rows if self._chosen is None else rows.take(self._places)

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        """Where the chosen rows are among those of the window; quicker to take than flags are."""
        assert self._chosen is not None
        return np.flatnonzero(self._chosen)

    def _counted(self, numbers: NDArray[Any], size: int) -> Counts:
        return counted_at(numbers, self.ms_played, size)

    def _by_room(self) -> Counts:
        places, rooms, ms = self.in_rooms()
        size = int(self._columns.rooms.room.max(initial=0)) + 1
        # A room that joined in mid-play heard the rest of it.
        return counted_at(rooms, ms, size)

    def _by_source(self) -> Counts:
        sources = self._column(self._columns.plays.sources)
        size = max(Source) + 1
        counts = Counts(np.zeros(size, np.int64), np.zeros(size, np.int64))
        for source in Source:
            seen = (sources & np.uint8(1 << source)) != 0
            counts.plays[source] = np.count_nonzero(seen)
            counts.ms_played[source] = self.ms_played[seen].sum(dtype=np.int64)
        return counts


def _begun(
    moments: NDArray[np.datetime64], step: Step, first_weekday: int
) -> NDArray[np.datetime64]:
    """Return when the steps began that local moments lie in."""
    match step:
        case Step.MONTH | Step.YEAR:
            unit = "M8[M]" if step is Step.MONTH else "M8[Y]"
            return moments.astype(unit).astype("M8[s]")
        case Step.WEEK:
            days = moments.astype("M8[D]")
            weekdays = (days.astype(np.int64) + _THURSDAY - first_weekday) % 7
            return (days - weekdays).astype("M8[s]")
        case _:
            return moments
