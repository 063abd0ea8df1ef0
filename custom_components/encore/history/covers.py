"""The covers of what was heard, as far as a source has told them."""

from collections.abc import Iterable

from sqlalchemy import Connection

from .bulk import rows_where_in


def covers(connection: Connection, uris: Iterable[str]) -> dict[str, str]:
    """Return the addresses of the covers of tracks, episodes and chapters by their URIs; those unknown are left out."""
    found = rows_where_in(
        connection, "SELECT uri, image_url FROM track WHERE uri IN", uris
    )
    return {uri: image_url for uri, image_url in found if image_url}
