"""Rows of an export on their way in: most are alone and become plays as they are, the rest is merged."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Final

import numpy as np
from sqlalchemy import Connection

from ..database.bulk import highest, insert_columns, rows_where_in, stored_flags
from ..deletion_matching.rule_matching import Judged
from ..merge.field_resolution import SKIPPED_MEANINGLESS, reported_skipped
from ..merge.merge_rows import MergeRow
from ..model import Listener, Source
from .assumed_lengths import any_polled
from .catalog import Catalog, Track
from .export_columns import ExportColumns, FirstNamed, Flags, Numbers, flag_value, flags
from .ingest import ALONE, DUPLICATE, Ingest, Taken
from .observation_writer import INSERT_BARE_OBSERVATIONS, Arrival
from .play_writer import INSERT_BARE_PLAYS, last_play
from .unmatched_rows import Rows, Sorted, sorted_out


def store_export_rows(
    connection: Connection,
    ingest: Ingest,
    listener: Listener,
    source: Source,
    columns: ExportColumns,
    *,
    entered: Entered,
    first_names: Sequence[FirstNamed],
) -> Taken:
    """Store rows of a listener's export, with the plays that they are or join.

    `first_names` is what of the items that they name no rows before them named in these words, in
    the order of their numbers; it is `entered` with what those before them named.

    The same comes of it as if they were appended as observations, only sooner.
    """
    if not len(columns):
        return Taken([], 0, 0)
    number = ingest.registers.listeners.enter(listener)
    ingest.forgotten.ready()
    unsettled = entered.enter(connection, first_names, source)
    ingest.postpone(unsettled | ingest.to_settle(unsettled))
    rows = Rows(
        number,
        int(source),
        columns.ended_at,
        entered.track[columns.named],
        columns.ms_played,
        columns.offline_at,
        entered.song[columns.named],
        entered.shown[columns.named],
    )
    sorting = sorted_out(connection, ingest.registers, rows)
    alone, in_company = _of_no_concern(ingest, listener, rows, sorting)
    tracks = ingest.catalog.recalled(set(rows.track[in_company].tolist()))
    arriving = [
        _arrival(listener, rows, columns, place, tracks[rows.track[place]])
        for place in in_company.tolist()
    ]
    taken = ingest.take(arriving, set())
    numbers = _store_alone(connection, ingest, rows, columns, alone)
    ingest.changes.plays.update(numbers)
    _clip_around(connection, ingest, listener, rows, alone)
    ingest.catalog.trim()
    fates = np.full(len(columns), DUPLICATE)
    fates[alone] = ALONE
    fates[in_company] = taken.fates
    return Taken(fates.tolist(), taken.plays_new + len(alone), taken.plays_changed)


def _clip_around(
    connection: Connection,
    ingest: Ingest,
    listener: Listener,
    rows: Rows,
    alone: Numbers,
) -> None:
    """Clip plays of assumed length again around rows that became plays as they are."""
    if not len(alone):
        return
    begins, ends = rows.begins_at[alone], rows.ended_at[alone]
    whole = (int(begins.min()), int(ends.max()))
    if any_polled(connection, rows.listener, whole):
        spans = list(zip(begins.tolist(), ends.tolist(), strict=True))
        ingest.clip_around({listener.key: spans})


def _of_no_concern(
    ingest: Ingest, listener: Listener, rows: Rows, sorting: Sorted
) -> Sorted:
    """Return rows sorted out, with those that a deletion may block together with others."""
    forgotten, alone = ingest.forgotten, sorting.alone
    if not forgotten.anything:
        return sorting
    concerned = np.array(
        [
            forgotten.concerns(Judged(listener.key, *row))
            for row in zip(
                rows.begins_at[alone].tolist(),
                rows.shown[alone].tolist(),
                rows.song[alone].tolist(),
                strict=True,
            )
        ],
        np.bool_,
    )
    in_company = np.concatenate([sorting.in_company, alone[concerned]])
    return Sorted(alone[~concerned], in_company)


def _store_alone(
    connection: Connection,
    ingest: Ingest,
    rows: Rows,
    columns: ExportColumns,
    alone: Numbers,
) -> range:
    """Store rows, each with a play of its own that shows a track; returns the plays' row ids."""
    if not len(alone):
        return range(0)
    last = last_play(connection)
    numbers = range(last + 1, last + 1 + len(alone))
    source = Source(rows.source)
    ended_at = rows.ended_at[alone].tolist()
    ms_played = rows.ms_played[alone].tolist()
    insert_columns(
        connection,
        INSERT_BARE_PLAYS,
        (
            numbers,
            rows.listener,
            rows.begins_at[alone].tolist(),
            rows.shown[alone].tolist(),
            ended_at,
            ms_played,
            1 << source,
            stored_flags(connection, _skipped(source, columns)[alone]),
        ),
    )
    reasons = np.array([*map(ingest.registers.reasons.enter, columns.words)], object)
    insert_columns(
        connection,
        INSERT_BARE_OBSERVATIONS,
        (
            rows.listener,
            ended_at,
            rows.track[alone].tolist(),
            rows.source,
            ms_played,
            rows.offline_at[alone].tolist(),
            rows.started_at[alone].tolist(),
            *(
                stored_flags(connection, rows_so[alone])
                for rows_so in (
                    columns.skipped,
                    columns.shuffle,
                    columns.offline,
                    columns.incognito,
                )
            ),
            reasons[columns.reason_start[alone]].tolist(),
            reasons[columns.reason_end[alone]].tolist(),
            numbers,
        ),
    )
    return numbers


def _skipped(source: Source, columns: ExportColumns) -> Flags:
    """Return what `reported_skipped` says of each row, which is asked once for all rows that say the same."""
    first, end = SKIPPED_MEANINGLESS
    reported_by = flags(
        reported_skipped(source, moment, skipped, word)
        for moment in (end, first)
        for word in columns.words
        for skipped in (False, True, None)
    ).reshape(2, len(columns.words), 3)
    then = (first <= columns.ended_at) & (columns.ended_at < end)
    # What is not said is -1, and so the last.
    reported: Flags = reported_by[
        then.astype(np.int8), columns.reason_end, columns.skipped
    ]
    return reported


def _arrival(
    listener: Listener,
    rows: Rows,
    columns: ExportColumns,
    place: int,
    known: tuple[str, Track],
) -> Arrival:
    """Return a row as the merge looks at it."""
    uri, track = known
    ended_at = int(columns.ended_at[place])
    ms_played = int(columns.ms_played[place])
    merge_row = MergeRow(
        Source(rows.source),
        listener.key,
        uri,
        track.id,
        track.song,
        track.duration_ms,
        ended_at - ms_played,
        ended_at,
        ms_played,
        int(columns.offline_at[place]),
        skipped=flag_value(columns.skipped[place]),
        reason_end=columns.words[columns.reason_end[place]],
        spoken=track.spoken,
        shown_as=track.shown_as,
    )
    return Arrival(
        merge_row,
        flag_value(columns.shuffle[place]),
        flag_value(columns.offline[place]),
        flag_value(columns.incognito[place]),
        columns.words[columns.reason_start[place]],
    )


_FIRST_ROOM: Final = 1_024

_AT_ONCE: Final = 250
"""How many items are described at once.

A description is some six objects that the garbage collector follows. Those of a whole batch would live through a few of
its collections and count as long-lived; by so many it visits all objects of Home Assistant, which stands still meanwhile.
"""


class Entered:
    """Row ids of tracks, of their songs, and of the tracks that their plays show.

    They are stored in columns, which take a tenth of the memory of the tracks that a catalog remembers.
    """

    def __init__(self, catalog: Catalog) -> None:
        """Begin with nothing entered, and follow what a catalog changes of what will be."""
        self._catalogue = catalog
        catalog.followers.add(self)
        self._altered: set[int] = set()
        self._number = 0
        self._columns = np.zeros((3, _FIRST_ROOM), np.int64)

    @property
    def track(self) -> Numbers:
        """The row ids of the tracks, by number."""
        return self._columns[0, : self._number]

    @property
    def song(self) -> Numbers:
        """The row ids of their songs."""
        return self._columns[1, : self._number]

    @property
    def shown(self) -> Numbers:
        """The row ids of the tracks that plays of theirs show."""
        return self._columns[2, : self._number]

    def enter(
        self, connection: Connection, first_names: Sequence[FirstNamed], source: Source
    ) -> set[int]:
        """Take in what a source names for the first time, in the order of the numbers.

        Returns the row ids of tracks whose earlier observations must be merged again.
        """
        newest = highest(connection, "track")
        unsettled: set[int] = set()
        for some in batched(first_names, _AT_ONCE, strict=False):
            unsettled |= self._catalogue.enter([one.described(source) for one in some])
            self._add([self._catalogue[one.uri] for one in some])
        self._follow(connection)
        # Of what is new nothing is stored that could be merged.
        return {track for track in unsettled if track <= newest}

    def _add(self, tracks: Sequence[Track]) -> None:
        """Give the next numbers to tracks."""
        before, self._number = self._number, self._number + len(tracks)
        while self._columns.shape[1] < self._number:
            self._columns = np.concatenate([self._columns, self._columns], axis=1)
        self.track[before:] = [track.id for track in tracks]
        self.song[before:] = [track.song for track in tracks]
        self.shown[before:] = [track.shown for track in tracks]

    def altered(self, tracks: Iterable[int]) -> None:
        """Take note of tracks, by row id, that are of another song now, or show another track."""
        self._altered.update(tracks)

    def _follow(self, connection: Connection) -> None:
        """Read again what came to be of another song, or to show another track."""
        if not self._altered:
            return
        altered = self._altered.intersection(self.track.tolist())
        self._altered.clear()
        for number, song, shown in rows_where_in(
            connection,
            "SELECT id, song, coalesce(shown_as, id) FROM track WHERE id IN",
            altered,
        ):
            places = np.flatnonzero(self.track == number)
            self.song[places] = song
            self.shown[places] = shown
