"""To version 13: how loud rooms were while something sounded there."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def keep_volumes(connection: Connection) -> None:
    """Make their table, with none in it."""
    clustered = "" if connection.dialect.name == "postgresql" else " WITHOUT ROWID"
    key = "listener, ended_at, track, source, ms_played, offline_at"
    run(
        connection,
        "CREATE TABLE observation_volume ("
        "listener INTEGER NOT NULL, ended_at BIGINT NOT NULL, track INTEGER NOT NULL,"
        " source SMALLINT NOT NULL, ms_played INTEGER NOT NULL, offline_at BIGINT NOT NULL,"
        " room INTEGER NOT NULL REFERENCES room(id), at_ms BIGINT NOT NULL,"
        " percent SMALLINT NOT NULL,"
        f" PRIMARY KEY ({key}, room, at_ms),"
        f" FOREIGN KEY ({key}) REFERENCES observation ({key}) ON DELETE CASCADE,"
        f" CONSTRAINT percent CHECK (percent BETWEEN 0 AND 100)){clustered}",
    )
    run(
        connection,
        "CREATE INDEX volume_in_room ON observation_volume (room, at_ms)",
    )
