"""To version 15: what became of each file of an import, with the record of its job."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def keep_reports(connection: Connection) -> None:
    """Give jobs a place for it; those before tell of no files."""
    run(connection, "ALTER TABLE job ADD COLUMN files TEXT")
