"""To version 12: pictures of artists."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def keep_artist_pictures(connection: Connection) -> None:
    """Make their table, with nothing in it."""
    text = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    run(
        connection,
        "CREATE TABLE artist_picture ("
        "artist INTEGER NOT NULL PRIMARY KEY REFERENCES artist(id),"
        f" looked_up_at BIGINT NOT NULL, image_url {text})",
    )
