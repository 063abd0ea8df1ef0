"""To version 16: what happened to Encore itself."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def keep_events(connection: Connection) -> None:
    """Make its table, with nothing in it."""
    run(
        connection,
        "CREATE TABLE logged_event (id INTEGER NOT NULL PRIMARY KEY, at BIGINT NOT NULL,"
        " kind TEXT NOT NULL, what TEXT NOT NULL, about TEXT, detail TEXT)",
    )
    run(connection, "CREATE INDEX logged_event_at ON logged_event (at)")
