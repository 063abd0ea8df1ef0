"""To version 14: who asked and commanded what."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def keep_audit(connection: Connection) -> None:
    """Make its table, with nothing in it."""
    run(
        connection,
        "CREATE TABLE audited (id INTEGER NOT NULL PRIMARY KEY, at BIGINT NOT NULL,"
        " took_ms INTEGER NOT NULL, caller TEXT NOT NULL, who TEXT, model TEXT,"
        " door TEXT NOT NULL, deed TEXT NOT NULL, what TEXT NOT NULL, given TEXT,"
        " outcome TEXT NOT NULL, reason TEXT)",
    )
    run(connection, "CREATE INDEX audited_at ON audited (at)")
