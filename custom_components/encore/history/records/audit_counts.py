"""Counts of the audit log by outcome."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from ..database.bulk import rows_of
from .audit_log import HOUR_MS, Outcome, RequestType


class AuditCount(NamedTuple):
    """How many records there are of a sort, kept or only counted, wanted in the hour that begins at `hour` (UTC ms)."""

    hour: int
    deed: RequestType
    outcome: Outcome
    records: int


def audit_counts(connection: Connection, since: int) -> Sequence[AuditCount]:
    """Return how many records there are of each hour from a moment (UTC ms) on, in the order of time.

    What is only counted is counted by the hour: an hour that the moment is in counts whole. What entities read, of
    which nobody asked, is left out.
    """
    rows = rows_of(
        connection,
        f"SELECT at / {HOUR_MS}, deed, outcome, sum(times) FROM"  # noqa: S608  our own number
        " (SELECT at, deed, outcome, 1 AS times FROM audited WHERE at >= ?"
        " UNION ALL SELECT hour, deed, outcome, times FROM counted_read WHERE hour > ? AND door <> 'entity') AS each_one"
        f" GROUP BY at / {HOUR_MS}, deed, outcome ORDER BY 1, 2, 3",
        (since, since - HOUR_MS),
    )
    return [
        AuditCount(hour * HOUR_MS, RequestType(deed), Outcome(outcome), int(records))
        for hour, deed, outcome, records in rows
    ]
