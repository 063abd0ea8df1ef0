"""Totals of the plays that pass some filters in a time range."""

from collections.abc import Collection
from datetime import tzinfo
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..model import Kind, Source, TopOf, Total
from ..time_ranges.utc_offsets import offsets_of
from .columns import Flags, Ids, flagged
from .counts import Counts, counted_at, folded, summed_at
from .filtered_plays import ChosenPlays, counted_once, one_of
from .local_runs import Runs, runs
from .ranking import KINDS_RANKED
from .timelines import THURSDAY, Step, Timeline, begun

HOURS_OF_WEEK: Final = 168

_HOUR_S: Final = 3600
_DAY_S: Final = 86_400

_AT_ONCE: Final = 1 << 20
"""How many plays are counted at once: what they need for that stays in the processor's cache."""


class Selection(ChosenPlays):
    """Some plays, and how often and how long they sounded: in all, by time, by what and by where."""

    @counted_once
    def total(self) -> Total:
        """Return how many there are, and how long they sounded."""
        ms_played = self._window_ms
        if self._chosen is not None:
            ms_played = np.multiply(ms_played, self._chosen)
        return Total(len(self), int(ms_played.sum(dtype=np.int64)), self._assumed_ms())

    def _assumed_ms(self) -> int:
        """Return how much of their time (ms) is only assumed (`Play.is_assumed`)."""
        polled = np.uint8(1 << Source.POLLED)
        alone = self._column(self.columns.plays.sources) == polled
        if not alone.any():
            return 0
        music = self.columns.tracks.kind[self.track[alone]] == Kind.TRACK
        return int(self.ms_played[alone][music].sum(dtype=np.int64))

    def kinds(self) -> dict[Kind, int]:
        """Return how many there are of each kind; a kind that is missing is left out."""
        return {kind: total.plays for kind, total in self.by_kind().items()}

    @counted_once
    def by_kind(self) -> dict[Kind, Total]:
        """Return how many there are of each kind, and how long they sounded; without missing kinds."""
        found = folded(self.by_track, slice(None), self.columns.tracks.kind)
        totals = {kind: found.of(kind) for kind in Kind if kind < len(found.plays)}
        return {kind: total for kind, total in totals.items() if total.plays}

    @counted_once
    def skips(self) -> tuple[int, int]:
        """Return how many were skipped, and of how many that is known."""
        skipped = self._column(self.columns.plays.skipped)
        return int(np.count_nonzero(skipped == 2)), int(np.count_nonzero(skipped))

    @counted_once
    def devices(self) -> frozenset[int]:
        """Return the row ids of the devices that they sounded on."""
        counted = np.bincount(self._column(self.columns.plays.device))
        return frozenset(np.flatnonzero(counted).tolist()) - {0}

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
            begun(starts, step, first_weekday), return_inverse=True
        )
        return Timeline(
            starts, summed_at(places, found.plays, found.ms_played, len(starts))
        )

    def hours_of_week(self, zone: tzinfo) -> Counts:
        """Return the counts of each hour of a local week, which begins on Monday at midnight."""
        found = self._runs(zone, _HOUR_S)
        hours = (found.units + 24 * THURSDAY) % HOURS_OF_WEEK
        return summed_at(hours, found.plays, found.ms_played, HOURS_OF_WEEK)

    def in_rooms(self) -> tuple[Ids, Ids, Ids]:
        """Return the places of the plays among these, the rooms, and how long each sounded there (ms).

        There is a row for each play in a room. No time is longer than its play: of some silence nobody
        knows when it was.
        """
        rooms = self.columns.rooms
        highest = int(self.play.max(initial=0))
        # 0 stands for the plays that are not among these.
        place = np.zeros(highest + 1, np.int32)
        place[self.play] = np.arange(1, len(self) + 1, dtype=np.int32)
        known = rooms.play <= highest
        places = place[rooms.play[known]]
        among = places > 0
        places = places[among] - 1
        whole = self._column(self.columns.plays.ms_played)
        ms = np.minimum(rooms.ms[known][among], whole[places])
        return places, rooms.room[known][among], ms

    @counted_once
    def _runs(self, zone: tzinfo, unit: int) -> Runs:
        if self._dense:
            seconds = self.columns.plays.seconds[self._rows]
            return runs(seconds, self._window_ms, self._chosen, zone, unit)
        return runs(self.seconds, self.ms_played, None, zone, unit)

    @property
    @counted_once
    def by_track(self) -> Counts:
        """How often and how long each track was played."""
        size = len(self.columns.tracks)
        if not self._dense:
            return counted_at(self.track, self.ms_played, size)
        plays, (first, after) = self.columns.plays, (self._rows.start, self._rows.stop)
        counts, ms, window_ms = (
            np.zeros(size, np.int64),
            np.zeros(size),
            self._window_ms,
        )
        for begin in range(first, after, _AT_ONCE):
            part = slice(begin, min(begin + _AT_ONCE, after))
            within = slice(part.start - first, part.stop - first)
            tracks = plays.track[part].astype(np.int64)
            if self._chosen is not None:
                # What does not pass is counted as track 0, which is none.
                tracks *= self._chosen[within]
            counts += np.bincount(tracks, minlength=size)
            ms += np.bincount(tracks, weights=window_ms[within], minlength=size)
        counts[0] = ms[0] = 0
        return Counts(counts, ms.astype(np.int64))

    def few_by_track(self, kinds: Collection[Kind]) -> tuple[Ids, Counts]:
        """Return the tracks of some kinds and their counts, without those that were not played: for few plays."""
        of_kind = one_of(self.columns.tracks.kind[self.track], tuple(kinds))
        tracks, places = np.unique(self.track[of_kind], return_inverse=True)
        return tracks, counted_at(places, self.ms_played[of_kind], len(tracks))

    def by(self, of: TopOf, kinds: Collection[Kind] | None = None) -> Counts:
        """Return how often and how long each thing was played; of these kinds only, unless they are empty.

        A track counts for each of its artists, and a play for each room that it sounded in, there for
        as long as it did, and each source that reported it, of whatever kind.
        """
        return self._by(of, None if kinds is None else tuple(kinds))

    @counted_once
    def _by(self, of: TopOf, kinds: tuple[Kind, ...] | None) -> Counts:
        tracks = self.columns.tracks
        match of:
            case TopOf.ROOMS:
                return self._by_room()
            case TopOf.SOURCES:
                return self._by_source()
        by_track = self.by_track
        if kinds is not None:
            by_track = by_track.where(one_of(tracks.kind, kinds))
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

    def ranked_for(self, of: TopOf, kinds: Collection[Kind] | None) -> Counts:
        """Return what a top list counts; unless kinds are asked for, of those it ranks."""
        return self.by(of, KINDS_RANKED.get(of) if kinds is None else kinds)

    def by_song(self, kinds: Collection[Kind] | None = None) -> Counts:
        """Return how often and how long each song was played: all its releases together, at the one played most."""
        return self._by_song(None if kinds is None else tuple(kinds))

    @counted_once
    def _by_song(self, kinds: tuple[Kind, ...] | None) -> Counts:
        counts, song = self.by(TopOf.TRACKS, kinds), self.columns.tracks.song
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

    @counted_once
    def ends_by_track(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return when each track was first and last started (UTC ms), at its id; 0 where it was not."""
        rows, played = self.rows, np.flatnonzero(self.by_track.plays)
        size = len(self.columns.tracks)
        at = np.zeros(size, np.int64)
        first, last = np.zeros((2, size), np.int64)
        # Of several plays of one track, the last is kept.
        at[self.track] = rows
        last[played] = self.columns.plays.starts(at[played])
        at[self.track[::-1]] = rows[::-1]
        first[played] = self.columns.plays.starts(at[played])
        return first, last

    def songs_of(self, flags: Flags) -> Flags:
        """Return flags for all releases of the songs of which a release is flagged."""
        song = self.columns.tracks.song
        return flagged(song[flags], int(song.max(initial=0)) + 1)[song]

    def last_of(
        self,
        of: TopOf,
        numbers: Collection[int],
        kinds: Collection[Kind] | None = None,
    ) -> dict[int, int]:
        """Return when things that are played were last played (UTC ms), by their row ids; of these kinds only, unless they are empty.

        A track is played when another release of its song is.
        """
        match of:
            case TopOf.ROOMS:
                places, rooms, _ = self.in_rooms()
                last = [int(places[rooms == room].max()) for room in numbers]
            case TopOf.SOURCES:
                sources = self._column(self.columns.plays.sources)
                last = [
                    int(np.flatnonzero(sources & np.uint8(1 << source))[-1])
                    for source in numbers
                ]
            case _:
                return self._last_by_track(of, numbers, kinds)
        starts = self.columns.plays.starts(self.rows[np.array(last, np.int64)])
        return dict(zip(numbers, starts.tolist(), strict=True))

    def _last_by_track(
        self, of: TopOf, numbers: Collection[int], kinds: Collection[Kind] | None
    ) -> dict[int, int]:
        _, last = self.ends_by_track()
        if kinds is not None:
            last = last * one_of(self.columns.tracks.kind, tuple(kinds))
        return {
            number: int(last[self.columns.tracks.of(of, number)].max(initial=0))
            for number in numbers
        }

    def _by_room(self) -> Counts:
        places, rooms, ms = self.in_rooms()
        size = int(self.columns.rooms.room.max(initial=0)) + 1
        # A room that joined in mid-play has the rest of it.
        return counted_at(rooms, ms, size)

    def _by_source(self) -> Counts:
        sources = self._column(self.columns.plays.sources)
        size = max(Source) + 1
        counts = Counts(np.zeros(size, np.int64), np.zeros(size, np.int64))
        for source in Source:
            seen = (sources & np.uint8(1 << source)) != 0
            counts.plays[source] = np.count_nonzero(seen)
            counts.ms_played[source] = self.ms_played[seen].sum(dtype=np.int64)
        return counts
