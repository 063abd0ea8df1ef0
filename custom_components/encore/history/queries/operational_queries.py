"""Queries about jobs, API calls, metadata look-ups, saved libraries and deletions.

They are for Encore's own work. What is shown to somebody of these says nothing of the listeners hidden from them: a method
that could takes `hidden`.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate

from sqlalchemy import Connection

from ..columns.columns import Columns
from ..database.key_tables import listener_keys
from ..database.size import store_bytes
from ..deletion.deletion_jobs import would_take
from ..deletion.room_pauses import room_pauses
from ..ingest.ingest import anything_waits
from ..ingest.metadata_lookups import MissingMetadata, lookups, missing_metadata
from ..records.api_calls import api_calls
from ..records.artist_pictures import MissingPicture, missing_pictures
from ..records.audit_log import audit_counts, audited, reads
from ..records.deletion_records import forgettings, next_purge
from ..records.import_progress import was_imported
from ..records.job_records import jobs
from ..records.logged_events import events
from ..records.made_playlists import made_from
from ..records.podcast_progress import PodcastQueries
from ..records.recordings import newest, seen_until
from ..records.saved_library import LibraryQueries
from .visible_plays import NOBODY_HIDDEN


def _reading[**P, T](
    function: Callable[Concatenate[Connection, P], T],
) -> Callable[Concatenate[OperationalQueries, P], T]:
    """Return a function of a connection as a method of these queries."""

    def method(queries: OperationalQueries, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return function(queries._connection, *args, **kwargs)  # noqa: SLF001  a method of theirs

    return update_wrapper(method, function)


class OperationalQueries:
    """Answers what Encore itself needs to know, from one connection."""

    def __init__(self, connection: Connection, columns: Callable[[], Columns]) -> None:
        """Answer from a connection that sees one state of the store, and from columns of it."""
        self._connection = connection
        self._read_columns = columns

    jobs = _reading(jobs)
    events = _reading(events)
    audited = _reading(audited)
    reads = _reading(reads)
    audit_counts = _reading(audit_counts)
    api_calls = _reading(api_calls)
    lookups = _reading(lookups)
    made_from = _reading(made_from)
    was_imported = _reading(was_imported)
    anything_waits = _reading(anything_waits)
    store_bytes = _reading(store_bytes)
    forgettable = _reading(would_take)
    forgettings = _reading(forgettings)
    next_purge = _reading(next_purge)
    room_pauses = _reading(room_pauses)
    newest = _reading(newest)
    seen_until = _reading(seen_until)
    listener_keys = _reading(listener_keys)

    def missing_metadata(self, now: int, limit: int) -> list[MissingMetadata]:
        """Return which tracks and episodes to ask Spotify about at a moment (UTC ms), those played most first."""
        return missing_metadata(
            self._connection, self._read_columns().plays, now, limit
        )

    def missing_pictures(self, now: int, limit: int) -> list[MissingPicture]:
        """Return which artists to ask Spotify about for a picture at a moment (UTC ms), those played most first."""
        return missing_pictures(self._connection, self._read_columns(), now, limit)

    @property
    def library(self) -> LibraryQueries:
        """What listeners have saved at Spotify, as it was last read."""
        return LibraryQueries(self._connection, NOBODY_HIDDEN)

    @property
    def podcasts(self) -> PodcastQueries:
        """The podcasts and audiobooks of listeners, and how far they are."""
        return PodcastQueries(self._connection, NOBODY_HIDDEN)

    @property
    def generation(self) -> int:
        """How often plays were changed since the store was opened, as far as the columns follow."""
        return self._read_columns().generation
