"""Migrations of the store from one schema version to the next: numbered steps, forward only, a transaction each.

A new store is created at the newest version. A step is a function in a module of its own, named after the version it leads to
(`v0002_what_it_does.py`). It knows the tables as they were then, and imports nothing of `schema`. It is entered in STEPS when
`schema.VERSION` is raised.

A step runs on both databases. On SQLite foreign keys are off while it runs, so that a table can be created again and the old one
dropped; they are checked before the step is committed.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
import logging
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, update

from ..errors import HistoryError, MigrationFailed, StoreMissing, StoreTooNew
from .record_tables import meta
from .schema import VERSION, metadata

type Step = Callable[[Connection], None]
type Transaction = Callable[[Connection, int], AbstractContextManager[object]]
"""Gives the transaction of the step to a version."""

_LOGGER: Final = logging.getLogger(__name__)

STEPS: Final[Mapping[int, Step]] = {}
"""The step that leads to each version; the first release has version 1."""

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
