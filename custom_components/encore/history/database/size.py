"""How much room a store takes."""

from typing import Final

from sqlalchemy import Connection

MEGABYTE: Final = 1_000_000


def store_bytes(connection: Connection) -> int:
    """Return how many bytes the database of a store has; SQLite's log of what was written last is not in it."""
    if connection.dialect.name == "postgresql":
        sized = "SELECT pg_database_size(current_database())"
        return int(connection.exec_driver_sql(sized).scalar_one())
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def in_whole_megabytes(size: int) -> int:
    """Return a size in bytes, rounded up to whole megabytes: a step that reveals no single play."""
    return -(-size // MEGABYTE) * MEGABYTE
