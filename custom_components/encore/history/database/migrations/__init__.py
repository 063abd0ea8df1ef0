"""From one schema version to the next: numbered steps, forward only, a transaction each.

A new store is made at the newest version. A step is a function in a module of its own, named
after the version it leads to (`v0002_what_it_does.py`), that knows the tables as they were then
and not from `schema`; it is entered in STEPS when `schema.VERSION` is raised.

A step runs on both databases. On SQLite foreign keys rest while it runs, so that a table may be
made anew and the old one dropped (`tables.py`); they are checked before the step is committed.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
import logging
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, update

from custom_components.encore.history.database.schema import VERSION, meta, metadata
from custom_components.encore.history.errors import (
    HistoryError,
    MigrationFailed,
    StoreMissing,
    StoreTooNew,
)

from .v0002_recordings import keep_recordings
from .v0003_names_meet_their_tracks import meet_by_names
from .v0004_forgetting import forget_by_rule
from .v0005_jobs import record_jobs
from .v0006_checks import hold_rules
from .v0007_api_calls import count_api_calls
from .v0008_library import keep_library
from .v0009_lighter_imports import lighten_imports
from .v0010_looked_up import remember_lookups
from .v0011_rooms import hear_rooms
from .v0012_artist_pictures import keep_artist_pictures
from .v0013_volumes import keep_volumes
from .v0014_audit import keep_audit
from .v0015_reports_of_jobs import keep_reports
from .v0016_event_log import keep_events
from .v0017_counted_reads import count_reads
from .v0018_one_at_a_time import clip_assumed

type Step = Callable[[Connection], None]
type Transaction = Callable[[Connection, int], AbstractContextManager[object]]
"""Gives the transaction of the step to a version."""

_LOGGER: Final = logging.getLogger(__name__)

STEPS: Final[Mapping[int, Step]] = {
    2: keep_recordings,
    3: meet_by_names,
    4: forget_by_rule,
    5: record_jobs,
    6: hold_rules,
    7: count_api_calls,
    8: keep_library,
    9: lighten_imports,
    10: remember_lookups,
    11: hear_rooms,
    12: keep_artist_pictures,
    13: keep_volumes,
    14: keep_audit,
    15: keep_reports,
    16: keep_events,
    17: count_reads,
    18: clip_assumed,
}
"""The step that leads to each version."""

SCHEMA_VERSION: Final = "schema_version"


def migrate(
    connection: Connection,
    *,
    version: int = VERSION,
    steps: Mapping[int, Step] = STEPS,
    transaction: Transaction = lambda connection, _: connection.begin(),
    must_exist: bool = False,
) -> None:
    """Bring a store to a version; a step that fails leaves it as it was before that step.

    Raises StoreTooNew when the store is beyond that version, MigrationFailed, and StoreMissing for an
    empty database where the store `must_exist`.
    """
    found = _found(connection, version, must_exist=must_exist)
    if found > version:
        raise StoreTooNew(found, version)
    for number in range(found + 1, version + 1):
        _LOGGER.warning(
            "The history is brought to schema version %d; this may take some minutes",
            number,
        )
        try:
            with transaction(connection, number):
                steps[number](connection)
                connection.execute(
                    update(meta)
                    .where(meta.c.key == SCHEMA_VERSION)
                    .values(value=str(number))
                )
        except HistoryError:
            raise
        except Exception as err:
            raise MigrationFailed(number) from err


def _found(connection: Connection, version: int, *, must_exist: bool) -> int:
    """Return the version of a store, which is made first if there is none and none must be there."""
    with connection.begin():
        if not inspect(connection).has_table(meta.name):
            if must_exist:
                raise StoreMissing("The database is empty")
            metadata.create_all(connection)
            connection.execute(
                insert(meta).values(key=SCHEMA_VERSION, value=str(version))
            )
        return int(
            connection.execute(
                select(meta.c.value).where(meta.c.key == SCHEMA_VERSION)
            ).scalar_one()
        )
