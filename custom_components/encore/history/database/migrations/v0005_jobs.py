"""To version 5: records of long work."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def record_jobs(connection: Connection) -> None:
    """Make the table of jobs, with none in it."""
    run(
        connection,
        "CREATE TABLE job (id INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL,"
        " state TEXT NOT NULL, about TEXT NOT NULL,"
        " listener INTEGER REFERENCES listener(id) ON DELETE CASCADE,"
        " asked_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT, rows INTEGER NOT NULL,"
        " percent SMALLINT NOT NULL, retries INTEGER NOT NULL, counts TEXT NOT NULL, error TEXT)",
    )
