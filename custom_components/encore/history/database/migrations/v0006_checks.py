"""To version 6: the tables themselves refuse rows that cannot be; those that are there go."""
# ruff: noqa: S608  all that is put into statements are the rules below

from collections.abc import Mapping
import logging
from typing import Final

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run

from .tables import add_checks

_LOGGER: Final = logging.getLogger(__name__)

_SOURCE: Final = "source BETWEEN 1 AND 6"
_SPAN: Final = "from_ms <= to_ms"
_REASON: Final = "reason BETWEEN 1 AND 9"

_CHECKS: Final[Mapping[str, Mapping[str, str]]] = {
    "track": {
        "kind": "kind BETWEEN 1 AND 3",
        "duration": "duration_ms >= 0",
        "told_by": "told_by BETWEEN -1 AND 3",
    },
    "observation": {"source": _SOURCE, "offline": "offline_at >= 0"},
    "observation_room": {"interval": _SPAN},
    "play": {"length": "ms_played >= 0", "sources": "sources BETWEEN 2 AND 126"},
    "play_room": {"interval": _SPAN},
    "recording": {"source": _SOURCE},
    "recording_gap": {"reason": _REASON},
}

_IMPOSSIBLE: Final = f"NOT ({_SOURCE} AND offline_at >= 0)"
"""What is true of an observation that cannot be."""

_KEY: Final = "listener, ended_at, track, source, ms_played, offline_at"

_WRONG_PLAYS: Final = (
    "SELECT id FROM play WHERE NOT (ms_played >= 0 AND sources BETWEEN 2 AND 126)"
    f" OR id IN (SELECT play FROM observation WHERE {_IMPOSSIBLE})"
)


def hold_rules(connection: Connection) -> None:
    """Add the checks; what breaks one is corrected or removed first, which is logged.

    Plays that are wrong are derived again from their observations when the store is opened.
    """
    _correct_tracks(connection)
    _remove_plays(connection)
    _remove_observations(connection)
    for table in ("observation_room", "play_room"):
        _change(connection, f"DELETE FROM {table} WHERE NOT ({_SPAN})")
    _change(connection, f"DELETE FROM recording WHERE NOT ({_SOURCE})")
    _change(connection, f"DELETE FROM recording_gap WHERE NOT ({_REASON})")
    for table, checks in _CHECKS.items():
        add_checks(connection, table, checks)


def _correct_tracks(connection: Connection) -> None:
    """Let tracks keep what can be: music, of unknown duration, described by nobody in particular."""
    for wrong, right in (
        ("NOT (kind BETWEEN 1 AND 3)", "kind = 1"),
        ("duration_ms < 0", "duration_ms = NULL"),
        ("NOT (told_by BETWEEN -1 AND 3)", "told_by = -1"),
    ):
        _change(connection, f"UPDATE track SET {right} WHERE {wrong}")


def _remove_plays(connection: Connection) -> None:
    """Take away plays that cannot be, or that impossible observations made what they are.

    Their observations belong to no play until they are merged again.
    """
    run(
        connection,
        "INSERT INTO unsettled (track) SELECT DISTINCT track FROM observation"
        f" WHERE play IN ({_WRONG_PLAYS}) ON CONFLICT DO NOTHING",
    )
    run(connection, f"DELETE FROM play_room WHERE play IN ({_WRONG_PLAYS})")
    if _change(connection, f"DELETE FROM play WHERE id IN ({_WRONG_PLAYS})"):
        run(
            connection,
            "UPDATE observation SET play = NULL WHERE play NOT IN (SELECT id FROM play)"
            " AND play NOT IN (SELECT play FROM hidden_play)",
        )


def _remove_observations(connection: Connection) -> None:
    # Where foreign keys rest, rooms do not go with their observation.
    run(
        connection,
        f"DELETE FROM observation_room WHERE ({_KEY}) IN"
        f" (SELECT {_KEY} FROM observation WHERE {_IMPOSSIBLE})",
    )
    _change(connection, f"DELETE FROM observation WHERE {_IMPOSSIBLE}")


def _change(connection: Connection, statement: str) -> int:
    """Run a statement that corrects or removes rows; returns how many, and logs it if any."""
    changed = connection.exec_driver_sql(statement).rowcount
    if changed:
        verb, _, rest = statement.partition(" ")
        table = rest.removeprefix("FROM ").partition(" ")[0]
        done = "removed" if verb == "DELETE" else "corrected"
        _LOGGER.warning("%d rows of %s that cannot be were %s", changed, table, done)
    return changed
