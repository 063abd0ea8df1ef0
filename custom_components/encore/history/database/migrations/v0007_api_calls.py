"""To version 7: how often accounts were called, hour by hour."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def count_api_calls(connection: Connection) -> None:
    """Make the table of calls, with none in it."""
    run(
        connection,
        "CREATE TABLE api_call ("
        "listener INTEGER NOT NULL REFERENCES listener(id) ON DELETE CASCADE,"
        " hour BIGINT NOT NULL, purpose TEXT NOT NULL, calls INTEGER NOT NULL,"
        " PRIMARY KEY (listener, hour, purpose))",
    )
