"""To version 10: of which tracks Spotify was asked for what no source told."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def remember_lookups(connection: Connection) -> None:
    """Make the table of what was looked up, with nothing in it."""
    run(
        connection,
        "CREATE TABLE looked_up ("
        "track INTEGER NOT NULL PRIMARY KEY REFERENCES track(id),"
        " looked_up_at BIGINT NOT NULL, found BOOLEAN NOT NULL)",
    )
