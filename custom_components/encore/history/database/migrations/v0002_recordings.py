"""Keep when sources were recording, and why not. What was stored before counts from the first to the last of each source."""

from sqlalchemy import Connection, text

_TABLES = (
    """
    CREATE TABLE recording (
        listener INTEGER NOT NULL REFERENCES listener (id) ON DELETE CASCADE,
        source SMALLINT NOT NULL,
        from_ms BIGINT NOT NULL,
        to_ms BIGINT NOT NULL,
        PRIMARY KEY (listener, source, from_ms),
        CONSTRAINT recording_interval CHECK (from_ms < to_ms)
    )
    """,
    """
    CREATE TABLE recording_gap (
        listener INTEGER NOT NULL REFERENCES listener (id) ON DELETE CASCADE,
        reason SMALLINT NOT NULL,
        from_ms BIGINT NOT NULL,
        to_ms BIGINT NOT NULL,
        PRIMARY KEY (listener, reason, from_ms),
        CONSTRAINT recording_gap_interval CHECK (from_ms < to_ms)
    )
    """,
)
_FILL = """
    INSERT INTO recording (listener, source, from_ms, to_ms)
    SELECT listener, source, MIN(started_at), MAX(ended_at) FROM observation
    GROUP BY listener, source HAVING MIN(started_at) < MAX(ended_at)
"""


def keep_recordings(connection: Connection) -> None:
    """Make the tables, and fill them from the observations as far as those can tell."""
    without_rowid = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    for table in _TABLES:
        connection.execute(text(table.rstrip() + without_rowid))
    connection.execute(text(_FILL))
