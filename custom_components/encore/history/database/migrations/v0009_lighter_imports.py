"""To version 9: what cost an import most of its time for little is gone."""

from sqlalchemy import Connection

from .tables import drop_references, drop_row_ids


def lighten_imports(connection: Connection) -> None:
    """Keep keys of songs once, and look no reason up for each observation."""
    drop_row_ids(connection, "song_key")
    drop_references(connection, "observation", ("reason_start", "reason_end"))
