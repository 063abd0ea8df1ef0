"""How often something was asked and commanded, by what came of it."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from .audit import Deed, Outcome
from .bulk import rows_of

HOUR_MS = 3_600_000


class AuditCount(NamedTuple):
    """How many records there are of a sort, wanted in the hour that begins at `hour` (UTC ms)."""

    hour: int
    deed: Deed
    outcome: Outcome
    records: int


def audit_counts(connection: Connection, since: int) -> Sequence[AuditCount]:
    """Return how many records there are of each hour from a moment (UTC ms) on, in the order of time."""
    rows = rows_of(
        connection,
        f"SELECT at / {HOUR_MS}, deed, outcome, count(*) FROM audited WHERE at >= ?"  # noqa: S608  our own number
        f" GROUP BY at / {HOUR_MS}, deed, outcome ORDER BY 1, 2, 3",
        (since,),
    )
    return [
        AuditCount(hour * HOUR_MS, Deed(deed), Outcome(outcome), records)
        for hour, deed, outcome, records in rows
    ]
