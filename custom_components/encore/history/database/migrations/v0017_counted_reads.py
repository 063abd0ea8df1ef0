"""To version 17: how often pages, cards and entities asked, hour by hour."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def count_reads(connection: Connection) -> None:
    """Make the table of reads, with none in it."""
    run(
        connection,
        "CREATE TABLE counted_read (hour BIGINT NOT NULL, caller TEXT NOT NULL,"
        " who TEXT NOT NULL, door TEXT NOT NULL, deed TEXT NOT NULL, what TEXT NOT NULL,"
        " outcome TEXT NOT NULL, times INTEGER NOT NULL,"
        " PRIMARY KEY (hour, caller, who, door, deed, what, outcome))",
    )
