"""Which plays some observations belong to."""

from collections.abc import Iterable

from sqlalchemy import Connection

from ..database.bulk import rows_of
from ..model import Observation


def resting_on(
    connection: Connection, observations: Iterable[Observation]
) -> list[int]:
    """Return the row ids of the plays that rest on observations, each once; what the store does not have is left out."""
    found: dict[int, None] = {}
    for one in observations:
        rows = rows_of(
            connection,
            "SELECT o.play FROM observation o JOIN listener l ON l.id = o.listener"
            " JOIN track t ON t.id = o.track"
            " WHERE l.key = ? AND o.ended_at = ? AND t.uri = ? AND o.source = ?",
            (one.listener.key, one.ended_at, one.item.uri, int(one.source)),
        )
        found.update((number, None) for (number,) in rows if number is not None)
    return [*found]
