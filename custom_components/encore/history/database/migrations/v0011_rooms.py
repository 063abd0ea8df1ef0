"""To version 11: what speakers play besides tracks has kinds of its own: radio, television and inputs."""

from sqlalchemy import Connection

from .tables import change_check


def hear_rooms(connection: Connection) -> None:
    """Let tracks be of the kinds that only speakers know."""
    change_check(
        connection, "track", "kind", "kind BETWEEN 1 AND 3", "kind BETWEEN 1 AND 6"
    )
