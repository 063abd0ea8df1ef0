"""The endpoints that development mode no longer has: each answers 403 `Forbidden`, whoever asks.

Removed in February 2026 or, from the browse and recommendation ones on, in November 2024. What they answer was measured:
https://github.com/jjdenhertog/spotify-to-plex/pull/131 (batches), https://github.com/bjarneo/cliamp/issues/54 (playlist
tracks), https://github.com/bjarneo/cliamp/pull/315 (new releases), https://github.com/LargeModGames/spotatui/issues/517.
"""

from typing import Final

from aiohttp import web

from .api_call import ApiCall, Endpoint, endpoint
from .api_errors import removed

_REMOVED: Final = (
    "GET /albums",
    "GET /artists",
    "GET /artists/{id}/top-tracks",
    "GET /tracks",
    "GET /shows",
    "GET /episodes",
    "GET /audiobooks",
    "GET /chapters",
    "GET /markets",
    "PUT DELETE /me/tracks",
    "PUT DELETE /me/albums",
    "PUT DELETE /me/shows",
    "PUT DELETE /me/episodes",
    "PUT DELETE /me/audiobooks",
    "PUT DELETE /me/following",
    "GET /me/tracks/contains",
    "GET /me/albums/contains",
    "GET /me/shows/contains",
    "GET /me/episodes/contains",
    "GET /me/audiobooks/contains",
    "GET /me/following/contains",
    "GET POST PUT DELETE /playlists/{id}/tracks",
    "PUT DELETE /playlists/{id}/followers",
    "GET /playlists/{id}/followers/contains",
    "GET /users/{id}",
    "GET POST /users/{id}/playlists",
    "DELETE /users/{id}/playlists/{playlist_id}/tracks",
    "GET /browse/new-releases",
    "GET /browse/featured-playlists",
    "GET /browse/categories",
    "GET /browse/categories/{id}",
    "GET /browse/categories/{id}/playlists",
    "GET /artists/{id}/related-artists",
    "GET /recommendations",
    "GET /recommendations/available-genre-seeds",
    "GET /audio-features",
    "GET /audio-features/{id}",
    "GET /audio-analysis/{id}",
)


def endpoints() -> list[Endpoint]:
    """Return the endpoints that are gone."""
    found = []
    for line in _REMOVED:
        *methods, path = line.split()
        found += [endpoint(method, path, _removed) for method in methods]
    return found


async def _removed(call: ApiCall) -> web.Response:
    raise removed()
