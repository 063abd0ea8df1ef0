"""The Web API's library: the profile, what is saved and followed, and the person's top."""

from collections.abc import Callable, Container, Mapping
from typing import Final

from aiohttp import web

from .api_call import ApiCall, Endpoint, Json, endpoint
from .api_errors import bad_request
from .shapes import timestamp
from .top import top_artists, top_tracks

_READ: Final = "user-library-read"
_MOST_URIS: Final = 40

# Which scope a URI of each kind needs, to change and to read the library. Playlists: one of two.
_MAY_CHANGE: Final = {
    "artist": ("user-follow-modify",),
    "user": ("user-follow-modify",),
    "playlist": ("playlist-modify-public", "playlist-modify-private"),
}
_MAY_READ: Final = {
    "artist": ("user-follow-read",),
    "user": ("user-follow-read",),
    "playlist": ("playlist-read-private",),
}


def endpoints() -> list[Endpoint]:
    """Return the endpoints of what is a person's own."""
    return [
        endpoint("GET", "/me", _me),
        endpoint("PUT", "/me/library", _save),
        endpoint("DELETE", "/me/library", _remove),
        endpoint("GET", "/me/library/contains", _contains),
        endpoint("GET", "/me/tracks", _tracks, _READ),
        endpoint("GET", "/me/albums", _albums, _READ),
        endpoint("GET", "/me/shows", _shows, _READ),
        endpoint(
            "GET", "/me/episodes", _episodes, _READ, "user-read-playback-position"
        ),
        endpoint("GET", "/me/audiobooks", _audiobooks, _READ),
        endpoint("GET", "/me/following", _following, "user-follow-read"),
        endpoint("GET", "/me/top/tracks", _top_tracks, "user-top-read"),
        endpoint("GET", "/me/top/artists", _top_artists, "user-top-read"),
    ]


async def _me(call: ApiCall) -> web.Response:
    return web.json_response(call.shapes.me(call.person))


# Saving and following.


def _uris(
    call: ApiCall, scopes: Mapping[str, tuple[str, ...]], other: str
) -> list[str]:
    """Return the URIs in the query, at most 40; raises ApiError 400, or 403 without the scope that one needs."""
    uris = call.text("uris").split(",")
    if len(uris) > _MOST_URIS:
        raise bad_request("Too many uris requested")
    for uri in uris:
        parts = uri.split(":")
        if len(parts) < 3 or parts[0] != "spotify":
            raise bad_request("Invalid uri")
        call.need_any(scopes.get(parts[1], (other,)))
    return uris


async def _save(call: ApiCall) -> web.Response:
    library = call.world.library(call.person.key)
    uris = _uris(call, _MAY_CHANGE, "user-library-modify")
    if not all(_exists(call, uri) for uri in uris):
        raise bad_request("Payload contains a non-existing ID")
    for uri in uris:
        library.save(uri, call.now_ms)
    return web.Response()


def _exists(call: ApiCall, uri: str) -> bool:
    """Whether the catalogue has what a URI names; people and their playlists are not in it."""
    catalogue = call.world.catalogue
    _, kind, thing_id = uri.split(":", maxsplit=2)
    there: dict[str, Container[str]] = {
        "track": catalogue.tracks,
        "album": catalogue.albums,
        "artist": catalogue.artists,
        "show": {*catalogue.shows, *catalogue.audiobooks},
        "audiobook": catalogue.audiobooks,
        "episode": catalogue.episodes,
    }
    return kind not in there or thing_id in there[kind]


async def _remove(call: ApiCall) -> web.Response:
    library = call.world.library(call.person.key)
    for uri in _uris(call, _MAY_CHANGE, "user-library-modify"):
        library.remove(uri)
    return web.Response()


async def _contains(call: ApiCall) -> web.Response:
    library = call.world.library(call.person.key)
    uris = _uris(call, _MAY_READ, _READ)
    return web.json_response([library.contains(uri) for uri in uris])


# Saved things.


def _saved[T](
    call: ApiCall,
    saved_items: Mapping[str, int],
    things: Mapping[str, T],
    name: str,
    shape: Callable[[T], Json],
) -> web.Response:
    """Return a page of saved things, each below `name` with the moment it was saved."""
    call.check_market()

    def entry(saved: tuple[str, int]) -> Json:
        thing_id, added_at = saved
        return {
            "added_at": timestamp(added_at, milliseconds=False),
            name: shape(things[thing_id]),
        }

    return web.json_response(call.page(list(saved_items.items()), entry))


async def _tracks(call: ApiCall) -> web.Response:
    saved_items = call.world.library(call.person.key).tracks
    return _saved(
        call, saved_items, call.world.catalogue.tracks, "track", call.shapes.track
    )


async def _albums(call: ApiCall) -> web.Response:
    saved_items = call.world.library(call.person.key).albums
    return _saved(
        call, saved_items, call.world.catalogue.albums, "album", call.shapes.album
    )


async def _shows(call: ApiCall) -> web.Response:
    saved_items = call.world.library(call.person.key).shows
    return _saved(
        call, saved_items, call.world.catalogue.shows, "show", call.shapes.simple_show
    )


async def _episodes(call: ApiCall) -> web.Response:
    saved_items = call.world.library(call.person.key).episodes
    return _saved(
        call, saved_items, call.world.catalogue.episodes, "episode", call.shapes.episode
    )


async def _audiobooks(call: ApiCall) -> web.Response:
    saved_items = call.world.library(call.person.key).audiobooks
    return _saved(
        call,
        saved_items,
        call.world.catalogue.audiobooks,
        "audiobook",
        call.shapes.audiobook,
    )


async def _following(call: ApiCall) -> web.Response:
    """Answer with followed artists; the cursor is the id of the last one seen."""
    if call.text("type") != "artist":
        raise bad_request("Invalid type")
    limit = call.number("limit", 20, least=1, most=50)
    followed = list(call.world.library(call.person.key).artists)
    after = call.request.query.get("after")
    start = followed.index(after) + 1 if after in followed else 0
    shown = followed[start : start + limit]
    path = f"/me/following?type=artist&limit={limit}"
    more = start + limit < len(followed)
    return web.json_response(
        {
            "artists": {
                "href": call.shapes.href(path),
                "limit": limit,
                "next": call.shapes.href(f"{path}&after={shown[-1]}") if more else None,
                "cursors": {"after": shown[-1] if more else None},
                "total": len(followed),
                "items": [
                    call.shapes.artist(call.world.catalogue.artists[artist_id])
                    for artist_id in shown
                ],
            }
        }
    )


# Top.


async def _top_tracks(call: ApiCall) -> web.Response:
    time_range = call.request.query.get("time_range", "medium_term")
    played = call.world.ledger.played(call.person.key)
    top = top_tracks(call.world.catalogue, played, call.now_ms, time_range)
    return web.json_response(call.page(top, call.shapes.track))


async def _top_artists(call: ApiCall) -> web.Response:
    time_range = call.request.query.get("time_range", "medium_term")
    played = call.world.ledger.played(call.person.key)
    top = top_artists(call.world.catalogue, played, call.now_ms, time_range)
    return web.json_response(call.page(top, call.shapes.artist))
