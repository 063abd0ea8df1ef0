"""Removes deleted or expired plays for good, with their observations, in batches."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from ..database.bulk import column_of, delete_many, rows_of, run, write_many
from ..deletion_matching.hidden_plays import (
    PlayRow,
    hidden_and_due,
    observations_of,
    rooms_of,
)
from ..deletion_matching.reimport_blocks import Removed, needs_traces
from ..ingest.assumed_lengths import Changed
from ..ingest.ingest import Ingest
from ..merge.merge_rows import REPORTED_LATE_MS
from ..merge.same_song import NAMELESS
from ..model import HOUSEHOLD, Total
from ..records import recordings
from ..records.deletion_records import due, enter, note, record, took
from ..records.deletion_rules import Forgetting, Rule, Why
from ..records.stored_tracks import described
from ..time_ranges.intervals import Span

SLICE: Final = 2_000
"""Plays that one transaction removes, so that others get their turn."""


def purge_some(
    connection: Connection, ingest: Ingest, now: int, linked: Collection[str] = ()
) -> bool:
    """Remove some of what was forgotten and can no longer be brought back; whether there may be more.

    Listeners with a `linked` account, by their keys, stay, with what is stored beside their plays.
    """
    plays = hidden_and_due(connection, now, SLICE)
    if plays:
        ingest.forgotten.ready()
        numbers = {one.forgetting for one in plays}
        changed = _remove(
            connection,
            ingest,
            plays,
            {number: record(connection, number) for number in numbers},
        )
        delete_many(connection, "hidden_play", "play", (one.id for one in plays))
        ingest.clip_around(changed)
    if len(plays) == SLICE:
        return True
    done = due(connection, now)
    for one in done:
        note(connection, one.id, purged_at=now)
        if (rule := one.rule).is_about_time and rule.end is not None:
            recordings.remove(connection, rule.listener, rule.start or 0, rule.end)
    if plays or done:
        ingest.forgotten.forget()
        sweep(connection, ingest, linked)
    return False


class Old:
    """Removes the plays of a rule's kind that started before its end, the oldest first, and records it."""

    def __init__(self, rule: Rule, now: int, linked: Collection[str] = ()) -> None:
        """Take the rule, and the listeners (by key) with a linked account; nothing is removed yet."""
        self._rule = rule
        self._now = now
        self._linked = linked
        self._record: Forgetting | None = None

    @property
    def removed(self) -> Total:
        """What was removed so far."""
        return Total(0, 0) if self._record is None else self._record.taken

    def step(self, connection: Connection, ingest: Ingest) -> bool:
        """Remove the next slice; False when nothing is left."""
        rows = rows_of(
            connection,
            "SELECT p.id, p.listener, p.started_at, p.ended_at, p.sources, 0, p.ms_played"
            " FROM play p JOIN track t ON t.id = p.track"
            " WHERE p.listener IN (SELECT id FROM listener) AND p.started_at < ?"
            " AND t.kind = ? ORDER BY p.started_at LIMIT ?",
            (self._rule.end, self._rule.kind, SLICE),
        )
        plays = [PlayRow(*row) for row in rows]
        if not plays:
            if self._record is not None:
                sweep(connection, ingest, self._linked)
            return False
        changed = _remove(connection, ingest, plays, {})
        ids = [one.id for one in plays]
        delete_many(connection, "play", "id", ids)
        ingest.changes.plays.update(ids)
        ingest.clip_around(changed)
        if self._record is None:
            self._record = enter(
                connection,
                self._rule,
                Why.RETENTION,
                keep_away=False,
                asked_at=self._now,
                purge_at=self._now,
                purged_at=self._now,
            )
        taken = Total(len(plays), sum(one.ms_played for one in plays))
        self._record = took(connection, self._record.id, self._record.taken + taken)
        return True


def sweep(connection: Connection, ingest: Ingest, linked: Collection[str] = ()) -> None:
    """Remove what nothing refers to any more: names of what was played, on what, and by whom.

    With a listener, what is stored beside the plays is deleted: a library, marks, counts of calls. So those
    with a linked account, by their keys, stay.
    """
    _sweep_tracks(connection)
    for statement in _SWEEPS:
        run(connection, statement)
    _sweep_listeners(connection, {HOUSEHOLD, *linked})
    ingest.catalog.forget()
    ingest.registers.forget()
    # Row ids of tracks may be used again.
    ingest.changes.everything = True


def _sweep_tracks(connection: Connection) -> None:
    """Take their names from tracks that nobody played; to delete one would cost a look at all observations."""
    played = {*column_of(connection, "SELECT DISTINCT track FROM observation")}
    tracks = rows_of(
        connection,
        "SELECT id, shown_as FROM track WHERE uri NOT LIKE ?",
        (f"{NAMELESS}%",),
    )
    played |= {shown for track, shown in tracks if shown and track in played}
    unused = [track for track, _ in tracks if track not in played]
    write_many(
        connection,
        "UPDATE track SET uri = ?, title = '', album = NULL, duration_ms = NULL, isrc = NULL,"
        " image_url = NULL, shown_as = NULL WHERE id = ?",
        [(f"{NAMELESS}{track}", track) for track in unused],
    )
    for table in ("unsettled", "track_artist", "looked_up"):
        delete_many(connection, table, "track", unused)


def _sweep_listeners(connection: Connection, staying: Collection[str]) -> None:
    unheard = rows_of(connection, _UNHEARD)
    unused = (number for number, key in unheard if key not in staying)
    delete_many(connection, "listener", "id", unused)


def _remove(
    connection: Connection,
    ingest: Ingest,
    plays: Sequence[PlayRow],
    forgettings: Mapping[int, Forgetting],
) -> Changed:
    """Remove the observations of plays; traces are left where a rule wants to know them again.

    Returns the intervals that are free again, by listener.
    """
    stored = observations_of(connection, plays)
    traced = {
        one.id: one.forgetting
        for one in plays
        if one.forgetting in forgettings
        and needs_traces(forgettings[one.forgetting], one.started_at, one.ended_at)
    }
    left = [one for one in stored if one.play in traced]
    if left:
        tracks = {
            track.id: track
            for track in described(connection, {one.track for one in left})
        }
        rooms = rooms_of(connection, left)
        ingest.forgotten.leave(
            [
                Removed(
                    one,
                    tracks[one.track],
                    traced[one.play],
                    rooms.get(one[:6], ()),
                )
                for one in left
            ],
        )
    write_many(
        connection,
        "DELETE FROM observation WHERE listener = ? AND ended_at = ? AND track = ?"
        " AND source = ? AND ms_played = ? AND offline_at = ?",
        [one[:6] for one in stored],
    )
    keys = ingest.registers.listeners.keys()
    listener_of = {one.id: keys[one.listener] for one in plays}
    changed: dict[str, list[Span]] = {}
    for row in stored:
        # A row that was reported late had made way, by up to so much.
        span = (row.started_at - REPORTED_LATE_MS, row.ended_at)
        changed.setdefault(listener_of[row.play], []).append(span)
    return changed


_SWEEPS: Final = (
    f"DELETE FROM song_key WHERE song NOT IN (SELECT song FROM track WHERE uri NOT LIKE '{NAMELESS}%')",  # noqa: S608  our own words
    f"""UPDATE album SET name = '{NAMELESS}' || CAST(id AS TEXT)
        WHERE name NOT LIKE '{NAMELESS}%'
        AND id NOT IN (SELECT album FROM track WHERE album IS NOT NULL)""",  # noqa: S608  our own words
    f"""UPDATE artist SET name = '{NAMELESS}' || CAST(id AS TEXT)
        WHERE name NOT LIKE '{NAMELESS}%'
        AND id NOT IN (SELECT artist FROM track_artist)
        AND id NOT IN (SELECT artist FROM album WHERE name NOT LIKE '{NAMELESS}%')""",  # noqa: S608  our own words
    f"DELETE FROM artist_picture WHERE artist IN (SELECT id FROM artist WHERE name LIKE '{NAMELESS}%')",  # noqa: S608  our own words
    """DELETE FROM device WHERE id NOT IN
        (SELECT device FROM observation WHERE device IS NOT NULL)""",
    """DELETE FROM import_file WHERE import IN (SELECT id FROM import
        WHERE finished AND listener NOT IN (SELECT listener FROM observation))""",
    """DELETE FROM import
        WHERE finished AND listener NOT IN (SELECT listener FROM observation)""",
)
"""The order is that of the references."""

_UNHEARD: Final = """SELECT id, key FROM listener
    WHERE id NOT IN (SELECT listener FROM observation)
    AND id NOT IN (SELECT listener FROM forgotten_observation)
    AND id NOT IN (SELECT listener FROM recording)
    AND id NOT IN (SELECT listener FROM recording_gap)
    AND id NOT IN (SELECT listener FROM import)"""
