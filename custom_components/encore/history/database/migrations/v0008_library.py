"""To version 8: a listener's library, podcasts with resume points and marks, and playlists made from answers."""

from typing import Final

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run

_WHOSE: Final = "listener INTEGER NOT NULL REFERENCES listener(id) ON DELETE CASCADE"

_MADE: Final = (
    (
        f"CREATE TABLE library_shelf ({_WHOSE}, shelf TEXT NOT NULL, total INTEGER NOT NULL,"
        " known INTEGER NOT NULL, checked_at BIGINT NOT NULL, PRIMARY KEY (listener, shelf))"
    ),
    (
        f"CREATE TABLE library_item ({_WHOSE}, shelf TEXT NOT NULL, uri TEXT NOT NULL,"
        " place INTEGER NOT NULL, name TEXT NOT NULL, by_whom TEXT NOT NULL, words TEXT NOT NULL,"
        " added_at BIGINT, image_url TEXT, parts INTEGER, PRIMARY KEY (listener, shelf, uri))"
    ),
    (
        f"CREATE TABLE podcast_show ({_WHOSE}, uri TEXT NOT NULL, name TEXT NOT NULL,"
        " kind SMALLINT NOT NULL, image_url TEXT, total INTEGER NOT NULL,"
        " checked_at BIGINT NOT NULL, PRIMARY KEY (listener, uri))"
    ),
    (
        f"CREATE TABLE podcast_episode ({_WHOSE}, uri TEXT NOT NULL, show TEXT NOT NULL,"
        " place INTEGER NOT NULL, title TEXT NOT NULL, duration_ms INTEGER, released TEXT,"
        " image_url TEXT, position_ms INTEGER, finished BOOLEAN, moved_at BIGINT,"
        " seen_at BIGINT NOT NULL, first_seen_at BIGINT NOT NULL, PRIMARY KEY (listener, uri))"
    ),
    "CREATE INDEX episode_of_show ON podcast_episode (listener, show, place)",
    (
        f"CREATE TABLE episode_mark ({_WHOSE}, uri TEXT NOT NULL, finished BOOLEAN NOT NULL,"
        " marked_at BIGINT NOT NULL, PRIMARY KEY (listener, uri))"
    ),
    (
        f"CREATE TABLE made_playlist ({_WHOSE}, asked TEXT NOT NULL, playlist TEXT NOT NULL,"
        " made_at BIGINT NOT NULL, PRIMARY KEY (listener, asked))"
    ),
)


def keep_library(connection: Connection) -> None:
    """Make the tables, with nothing in them."""
    for table in _MADE:
        if connection.dialect.name == "postgresql":
            table = table.replace(" TEXT", ' TEXT COLLATE "C"')
        run(connection, table)
