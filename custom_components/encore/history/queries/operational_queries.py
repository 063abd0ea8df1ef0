"""Queries about jobs, API calls, metadata look-ups, saved libraries and deletions.

They are for Encore's own work. What is shown to somebody of these says nothing of the listeners hidden from them: a method
that could takes `hidden`.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, ScalarSelect, exists, literal, select

from ..columns.columns import Columns
from ..database.schema import listener, observation, track, unsettled
from ..database.size import store_bytes
from ..deletion.deletion_jobs import would_take
from ..imports.watched_files import Known, was_imported
from ..ingest.export_columns import Numbers
from ..ingest.metadata_lookups import Lookups, Wanted, lookups, wanted
from ..model import Kind, Source, Total
from ..records.api_calls import ApiCalls, api_calls
from ..records.artist_pictures import WantedPicture, pictures_wanted
from ..records.audit_counts import AuditCount, audit_counts
from ..records.audit_log import Audited, Outcome, Reads, RequestType, audited, reads
from ..records.deletion_records import next_purge, records
from ..records.deletion_rules import Forgetting, Rule, Why
from ..records.job_records import Job, JobKind, JobState, jobs
from ..records.logged_events import LoggedEvent, events
from ..records.made_playlists import made_from
from ..records.podcast_progress import PodcastRecall
from ..records.recordings import coverage
from ..records.saved_library import LibraryQueries
from .visible_plays import NOBODY_HIDDEN


class OperationalQueries:
    """Answers what Encore itself needs to know, from one connection."""

    def __init__(self, connection: Connection, columns: Callable[[], Columns]) -> None:
        """Answer from a connection that sees one state of the store, and from columns of it."""
        self._connection = connection
        self._read_columns = columns

    def jobs(
        self,
        limit: int = 20,
        kind: JobKind | None = None,
        state: JobState | None = None,
        *,
        hidden: frozenset[str],
    ) -> Sequence[Job]:
        """Return the records of jobs, the newest first, of one kind or in one state where that is named; none of hidden listeners (by key)."""
        return jobs(self._connection, limit, kind, state, hidden)

    def events(self, since: int) -> list[LoggedEvent]:
        """Return what happened to Encore itself from a moment (UTC ms) on, the newest first."""
        return events(self._connection, since)

    def audited(
        self,
        since: int,
        limit: int,
        *,
        deed: RequestType | None = None,
        outcome: Outcome | None = None,
    ) -> list[Audited]:
        """Return who asked and commanded what from a moment (UTC ms) on, the newest first."""
        return audited(self._connection, since, limit, deed=deed, outcome=outcome)

    def reads(
        self,
        since: int,
        limit: int,
        *,
        deed: RequestType | None = None,
        outcome: Outcome | None = None,
    ) -> list[Reads]:
        """Return how often callers read what, by the hour, from that of a moment (UTC ms) on, the newest first."""
        return reads(self._connection, since, limit, deed=deed, outcome=outcome)

    def audit_counts(self, since: int) -> Sequence[AuditCount]:
        """Return how often something was asked and commanded in each hour from a moment (UTC ms) on."""
        return audit_counts(self._connection, since)

    def api_calls(self, since: int) -> Sequence[ApiCalls]:
        """Return how often accounts were called in hours that began at a moment (UTC ms) or later."""
        return api_calls(self._connection, since)

    def wanted(self, now: int, limit: int) -> list[Wanted]:
        """Return what Spotify is worth asking of at a moment (UTC ms), what was played most first."""
        plays = self._read_columns().plays
        counted = self._plays_by_track()
        heard_ms = np.zeros(len(counted), np.int64)
        np.maximum.at(heard_ms, plays.track, plays.ms_played)
        return wanted(self._connection, counted, heard_ms, now, limit)

    def pictures_wanted(self, now: int, limit: int) -> list[WantedPicture]:
        """Return of which artists Spotify is worth asking for a picture at a moment (UTC ms), who was played most first."""
        return pictures_wanted(self._connection, self._read_columns(), now, limit)

    def _plays_by_track(self) -> Numbers:
        return np.bincount(self._read_columns().plays.track)

    def lookups(self, *, hidden: frozenset[str]) -> Lookups:
        """Return how much Spotify was asked of, and how much is left, without what hidden listeners (by key) alone played."""
        return lookups(self._connection, hidden)

    @property
    def library(self) -> LibraryQueries:
        """What listeners have saved at Spotify, as it was last read."""
        return LibraryQueries(self._connection, NOBODY_HIDDEN)

    @property
    def podcasts(self) -> PodcastRecall:
        """The podcasts and audiobooks of listeners, and how far they are."""
        return PodcastRecall(self._connection, NOBODY_HIDDEN)

    def made_from(self, listener: str, asked: str) -> str | None:
        """Return the id of the playlist that was made from what was asked, for a listener (by key)."""
        return made_from(self._connection, listener, asked)

    def was_imported(self, listener: str, export: Known) -> bool:
        """Whether all files of an export were imported before for a listener (by key)."""
        return was_imported(self._connection, listener, export)

    def anything_waits(self) -> bool:
        """Whether observations wait to be merged again."""
        return self._connection.execute(select(exists(select(unsettled)))).scalar_one()

    def store_bytes(self) -> int:
        """Return how many bytes the store takes."""
        return store_bytes(self._connection)

    def forgettable(self, rule: Rule, *, hidden: frozenset[str]) -> Total:
        """Return what deleting by a rule would take, without what is of hidden listeners (by key).

        Raises ForgettingRefused for one about everything, or about an item that was never heard.
        """
        return would_take(self._connection, rule, hidden)

    def forgettings(self, *, hidden: frozenset[str]) -> list[Forgetting]:
        """Return all that was ever to be forgotten, the oldest first, without what is of hidden listeners (by key).

        What went with a removed account stays: that the account is gone is no secret.
        """
        return [
            one
            for one in records(self._connection)
            if one.rule.listener not in hidden or one.why is Why.ACCOUNT
        ]

    def next_purge(self) -> int | None:
        """Return when (UTC ms) something that is hidden is to be removed next, None for never."""
        return next_purge(self._connection)

    def newest(self, listener_key: str, source: Source) -> int | None:
        """Return the latest end (UTC ms) of music that a source reported for a listener.

        What is spoken does not count: recently played has none, and a resume point says nothing of music.
        """
        return self._connection.execute(
            select(observation.c.ended_at)
            .join(track, track.c.id == observation.c.track)
            .where(
                track.c.kind == int(Kind.TRACK),
                observation.c.listener == _id_of(listener_key),
                # Written out, because an index holds one source alone.
                observation.c.source == literal(int(source), literal_execute=True),
            )
            .order_by(observation.c.ended_at.desc())
            .limit(1)
        ).scalar_one_or_none()

    def seen_until(self, listener_key: str, source: Source) -> int | None:
        """Return up to when (UTC ms) a source is known to have watched a listener, or the household; None for never."""
        recorded = coverage(self._connection, [listener_key]).by_source().get(source)
        return recorded[-1][1] if recorded else None

    def listener_keys(self) -> frozenset[str]:
        """Return the keys of all listeners that the history has something of."""
        return frozenset(self._connection.execute(select(listener.c.key)).scalars())

    @property
    def generation(self) -> int:
        """How often plays were changed since the store was opened, as far as the columns follow."""
        return self._read_columns().generation


def _id_of(listener_key: str) -> ScalarSelect[Any]:
    return select(listener.c.id).where(listener.c.key == listener_key).scalar_subquery()
