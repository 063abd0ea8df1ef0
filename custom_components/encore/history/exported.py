"""Rows of an export on their way in: most are alone and become plays as they are, the rest is merged."""

from collections.abc import Sequence

from sqlalchemy import Connection

from .heard import Heard
from .intake import ALONE, DUPLICATE, Intake, Taken
from .lone import begins_at, sorted_out
from .merge import Witness, told_skipped
from .model import Listener, Source
from .observations import (
    LISTENER,
    STARTED_AT,
    Arrival,
    ObservationRow,
    insert_observation_rows,
)
from .plays import insert_plays, last_play


def take_heard(
    connection: Connection,
    intake: Intake,
    listener: Listener,
    source: Source,
    heard: Sequence[Heard],
) -> Taken:
    """Store rows of a listener's export, with the plays that they are or join.

    The same comes of it as if they were appended as observations, only sooner.
    """
    if not heard:
        return Taken([], 0, 0)
    number = intake.registers.listeners.enter(connection, listener)
    intake.postpone(connection, intake.catalogue.enter_heard(connection, heard, source))
    rows, songs = _rows(connection, intake, (number, source), heard)
    alone, in_company = sorted_out(connection, intake.registers, rows, songs)
    arrivals = [
        _arrival(intake, listener, source, rows[place], heard[place])
        for place in in_company
    ]
    taken = intake.take(connection, arrivals, set())
    numbers = _store_alone(
        connection,
        source,
        [rows[place] for place in alone],
        [heard[place] for place in alone],
        [intake.catalogue[heard[place].uri].shown for place in alone],
    )
    intake.changes.plays.update(numbers)
    fates = [DUPLICATE] * len(heard)
    for place in alone:
        fates[place] = ALONE
    for place, fate in zip(in_company, taken.fates, strict=True):
        fates[place] = fate
    return Taken(fates, taken.plays_new + len(alone), taken.plays_changed)


def _rows(
    connection: Connection,
    intake: Intake,
    told_by: tuple[int, Source],
    heard: Sequence[Heard],
) -> tuple[list[ObservationRow], list[int]]:
    """Return what was heard as rows of observations, without their play; and the song of each."""
    listener, source = told_by[0], int(told_by[1])
    starts = {one.reason_start for one in heard}
    ends = {one.reason_end for one in heard}
    reasons = intake.registers.reasons.ids(connection, starts | ends)
    tracks = intake.catalogue.entered(heard)
    rows: list[ObservationRow] = [
        (
            listener,
            one.ended_at,
            track.id,
            source,
            one.ms_played,
            one.offline_at,
            one.ended_at - one.ms_played,
            None,
            None,
            one.skipped,
            one.shuffle,
            one.offline,
            one.incognito,
            reasons[one.reason_start],
            reasons[one.reason_end],
        )
        for one, track in zip(heard, tracks, strict=True)
    ]
    return rows, [track.song for track in tracks]


def _store_alone(
    connection: Connection,
    source: Source,
    rows: Sequence[ObservationRow],
    heard: Sequence[Heard],
    shown: Sequence[int],
) -> range:
    """Store observations, each with a play of its own that shows a track; returns the plays' row ids."""
    last = last_play(connection)
    numbers = range(last + 1, last + 1 + len(rows))
    bit = 1 << source
    insert_plays(
        connection,
        [
            (
                number,
                row[LISTENER],
                begins_at(row),
                track,
                one.ended_at,
                one.ms_played,
                bit,
                None,
                None,
                told_skipped(source, one.ended_at, one.skipped, one.reason_end),
            )
            for number, row, one, track in zip(numbers, rows, heard, shown, strict=True)
        ],
    )
    insert_observation_rows(
        connection,
        [(*row, number) for row, number in zip(rows, numbers, strict=True)],
    )
    return numbers


def _arrival(
    intake: Intake, listener: Listener, source: Source, row: ObservationRow, one: Heard
) -> Arrival:
    """Return a row as the merge looks at it."""
    track = intake.catalogue[one.uri]
    witness = Witness(
        source,
        listener.key,
        one.uri,
        track.id,
        track.song,
        track.duration_ms,
        row[STARTED_AT],
        one.ended_at,
        one.ms_played,
        one.offline_at,
        skipped=one.skipped,
        reason_end=one.reason_end,
        spoken=track.spoken,
        shown_as=track.shown_as,
    )
    return Arrival(witness, one.shuffle, one.offline, one.incognito, one.reason_start)
