"""Rows of an export on their way in: most are alone and become plays as they are, the rest is merged."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection

from .forgetting_judge import Judged
from .heard import Description, Heard, Numbers
from .intake import ALONE, DUPLICATE, Intake, Taken
from .lone import Rows, Sorted, sorted_out
from .merge import Witness, told_skipped
from .model import Listener, Source
from .observations import Arrival, insert_observation_columns
from .plays import insert_play_columns, last_play


def take_heard(
    connection: Connection,
    intake: Intake,
    listener: Listener,
    source: Source,
    heard: Heard,
    *,
    first_told: Sequence[Description],
) -> Taken:
    """Store rows of a listener's export, with the plays that they are or join.

    `first_told` is what of the items that they name no rows before them named in these words.

    The same comes of it as if they were appended as observations, only sooner.
    """
    if not len(heard):
        return Taken([], 0, 0)
    number = intake.registers.listeners.enter(connection, listener)
    intake.forgotten.ready(connection)
    unsettled = intake.catalogue.enter(connection, first_told)
    intake.postpone(connection, unsettled | intake.to_settle(connection, unsettled))
    tracks = intake.catalogue.tracks_of(connection, heard.told, source)
    rows = Rows(
        number,
        int(source),
        heard.ended_at,
        np.array([track.id for track in tracks], np.int64)[heard.which],
        heard.ms_played,
        heard.offline_at,
        np.array([track.song for track in tracks], np.int64)[heard.which],
        np.array([track.shown for track in tracks], np.int64)[heard.which],
    )
    sorting = sorted_out(connection, intake.registers, rows)
    alone, in_company = _of_no_concern(intake, listener, rows, sorting)
    taken = intake.take(
        connection, _arrivals(intake, listener, source, heard, in_company), set()
    )
    numbers = _store_alone(connection, intake, rows, heard, alone)
    intake.changes.plays.update(numbers)
    intake.catalogue.trim()
    fates = np.full(len(heard), DUPLICATE)
    fates[alone] = ALONE
    fates[in_company] = taken.fates
    return Taken(fates.tolist(), taken.plays_new + len(alone), taken.plays_changed)


def _of_no_concern(
    intake: Intake, listener: Listener, rows: Rows, sorting: Sorted
) -> Sorted:
    """Return rows sorted out, with those that may be kept away in company."""
    forgotten, alone = intake.forgotten, sorting.alone
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
    intake: Intake,
    rows: Rows,
    heard: Heard,
    alone: Numbers,
) -> range:
    """Store rows, each with a play of its own that shows a track; returns the plays' row ids."""
    if not len(alone):
        return range(0)
    last = last_play(connection)
    numbers = range(last + 1, last + 1 + len(alone))
    places = alone.tolist()

    def those[T](column: Sequence[T]) -> list[T]:
        return list(map(column.__getitem__, places))

    def same[T](value: T) -> list[T]:
        return [value] * len(places)

    listener = same(rows.listener)
    ended_at = rows.ended_at[alone].tolist()
    ms_played = rows.ms_played[alone].tolist()
    skipped = those(heard.skipped)
    reason_end = those(heard.reason_end)
    source = Source(rows.source)
    insert_play_columns(
        connection,
        (
            numbers,
            listener,
            rows.begins_at[alone].tolist(),
            rows.shown[alone].tolist(),
            ended_at,
            ms_played,
            same(1 << source),
            list(map(told_skipped, same(source), ended_at, skipped, reason_end)),
        ),
    )
    reasons = intake.registers.reasons.ids(
        connection, {*heard.reason_start, *heard.reason_end}
    )
    insert_observation_columns(
        connection,
        (
            listener,
            ended_at,
            rows.track[alone].tolist(),
            same(rows.source),
            ms_played,
            rows.offline_at[alone].tolist(),
            rows.started_at[alone].tolist(),
            skipped,
            those(heard.shuffle),
            those(heard.offline),
            those(heard.incognito),
            list(map(reasons.__getitem__, those(heard.reason_start))),
            list(map(reasons.__getitem__, reason_end)),
            numbers,
        ),
    )
    return numbers


def _arrivals(
    intake: Intake, listener: Listener, source: Source, heard: Heard, places: Numbers
) -> list[Arrival]:
    """Return rows as the merge looks at them."""
    arrivals = []
    for place in places.tolist():
        uri = heard.told[heard.which[place]].uri
        track = intake.catalogue[uri]
        ended_at = int(heard.ended_at[place])
        ms_played = int(heard.ms_played[place])
        witness = Witness(
            source,
            listener.key,
            uri,
            track.id,
            track.song,
            track.duration_ms,
            ended_at - ms_played,
            ended_at,
            ms_played,
            int(heard.offline_at[place]),
            skipped=heard.skipped[place],
            reason_end=heard.reason_end[place],
            spoken=track.spoken,
            shown_as=track.shown_as,
        )
        arrivals.append(
            Arrival(
                witness,
                heard.shuffle[place],
                heard.offline[place],
                heard.incognito[place],
                heard.reason_start[place],
            )
        )
    return arrivals
