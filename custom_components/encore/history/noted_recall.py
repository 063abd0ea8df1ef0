"""The read side of what the history notes beside plays: long work, calls, look-ups, libraries, what was forgotten."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from sqlalchemy import Connection, exists, select

from .api_calls import ApiCalls, api_calls
from .artist_pictures import WantedPicture, pictures, pictures_wanted
from .audit import Audited, Deed, Outcome, Reads, audited, reads
from .audit_counts import AuditCount, audit_counts
from .columns import Columns
from .event_log import LoggedEvent, events
from .forgetting import Forgetting, Rule
from .forgetting_items import is_about
from .forgetting_jobs import would_take
from .forgetting_records import next_purge, records
from .heard import Numbers
from .imports.dropped import Known, was_imported
from .jobs import Job, JobKind, JobState, jobs
from .library import LibraryRecall
from .lookups import Lookups, Wanted, lookups, wanted
from .made_playlists import made_from
from .model import Play, Total
from .podcasts import PodcastRecall
from .schema import unsettled
from .size import store_bytes


class NotedRecall:
    """Answers from one connection what is noted beside the plays."""

    def __init__(self, connection: Connection, columns: Callable[[], Columns]) -> None:
        """Answer from a connection that sees one state of the store, and from columns of it."""
        self._connection = connection
        self._read_columns = columns

    def jobs(
        self,
        limit: int = 20,
        kind: JobKind | None = None,
        state: JobState | None = None,
    ) -> Sequence[Job]:
        """Return the records of long work, the newest first; of one kind or in one state only, where that is named."""
        return jobs(self._connection, limit, kind, state)

    def events(self, since: int) -> list[LoggedEvent]:
        """Return what happened to Encore itself from a moment (UTC ms) on, the newest first."""
        return events(self._connection, since)

    def audited(
        self,
        since: int,
        limit: int,
        *,
        deed: Deed | None = None,
        outcome: Outcome | None = None,
    ) -> list[Audited]:
        """Return who asked and commanded what from a moment (UTC ms) on, the newest first."""
        return audited(self._connection, since, limit, deed=deed, outcome=outcome)

    def reads(
        self,
        since: int,
        limit: int,
        *,
        deed: Deed | None = None,
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

    def pictures(self, names: Iterable[str]) -> dict[str, str]:
        """Return the addresses of the pictures of artists by their names; those unknown are left out."""
        return pictures(self._connection, names)

    def _plays_by_track(self) -> Numbers:
        return np.bincount(self._read_columns().plays.track)

    def lookups(self) -> Lookups:
        """Return how much Spotify was asked of, and how much is left."""
        return lookups(self._connection)

    @property
    def library(self) -> LibraryRecall:
        """What listeners have saved at Spotify, as it was last read."""
        return LibraryRecall(self._connection)

    @property
    def podcasts(self) -> PodcastRecall:
        """The podcasts and audiobooks of listeners, and how far they are."""
        return PodcastRecall(self._connection)

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

    def forgettable(self, rule: Rule) -> Total:
        """Return what forgetting by a rule would take.

        Raises ForgettingRefused for one about everything, or about an item that was never heard.
        """
        return would_take(self._connection, rule)

    def forgettings(self) -> list[Forgetting]:
        """Return all that was ever to be forgotten, the oldest first."""
        return records(self._connection)

    def next_purge(self) -> int | None:
        """Return when (UTC ms) something that is hidden is to be removed next, None for never."""
        return next_purge(self._connection)

    def not_forgotten(self, under_way: Sequence[Play]) -> list[Play]:
        """Return plays under way without those that were forgotten while they sounded."""
        if not under_way:
            return []
        rules = [one.rule for one in self.forgettings() if one.is_active]
        return [
            one for one in under_way if not any(is_about(rule, one) for rule in rules)
        ]
