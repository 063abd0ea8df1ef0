"""The Web API's playlists: reading, making and changing them, their items and covers."""

from base64 import b64decode
from binascii import Error as BadBase64
from typing import Final

from aiohttp import web

from .api_call import ApiCall, Endpoint, Json, endpoint
from .api_errors import ApiError, bad_request, removed
from .playlist_fields import only_fields
from .playlists import Playlist

_MOST_ITEMS: Final = 100
_MOST_COVER_BYTES: Final = 256 * 1024


def endpoints() -> list[Endpoint]:
    """Return the endpoints of playlists; their items are at `/items`, no longer at `/tracks`."""
    return [
        endpoint("GET", "/me/playlists", _mine, "playlist-read-private"),
        endpoint("POST", "/me/playlists", _create),
        endpoint("GET", "/playlists/{id}", _playlist),
        endpoint("PUT", "/playlists/{id}", _change),
        endpoint("GET", "/playlists/{id}/items", _items, "playlist-read-private"),
        endpoint("POST", "/playlists/{id}/items", _add),
        endpoint("PUT", "/playlists/{id}/items", _replace_or_reorder),
        endpoint("DELETE", "/playlists/{id}/items", _remove),
        endpoint("GET", "/playlists/{id}/images", _cover),
        endpoint("PUT", "/playlists/{id}/images", _set_cover, "ugc-image-upload"),
    ]


def _named(call: ApiCall) -> Playlist:
    return call.world.playlists.get(call.path_id())


def _mine_to_change(call: ApiCall) -> Playlist:
    """Return the playlist of the path, once the token may change playlists of its kind."""
    playlist = _named(call)
    _need_modify(call, public=playlist.public)
    return playlist


def _need_modify(call: ApiCall, *, public: bool) -> None:
    kind = "public" if public else "private"
    call.need_any([f"playlist-modify-{kind}"])


async def _mine(call: ApiCall) -> web.Response:
    playlists = call.world.playlists_of(call.person.key)
    return web.json_response(call.page(playlists, call.shapes.simple_playlist))


async def _create(call: ApiCall) -> web.Response:
    body = await call.body()
    details = _details(body)
    name = details.pop("name", None)
    if not isinstance(name, str) or not name:
        raise bad_request("Missing required field: name")
    _need_modify(call, public=bool(details.get("public", True)))
    playlist = call.world.playlists.create(
        call.person.id, call.person.display_name, name, **details
    )
    call.world.library(call.person.key).save(playlist.uri, call.now_ms)
    return web.json_response(
        call.shapes.playlist(playlist, with_items=True), status=201
    )


def _details(body: Json) -> Json:
    """Return name, description, public and collaborative as far as the body gives them; raises ApiError 400."""
    kinds = {"name": str, "description": str, "public": bool, "collaborative": bool}
    details = {name: body[name] for name in kinds if body.get(name) is not None}
    if any(not isinstance(value, kinds[name]) for name, value in details.items()):
        raise bad_request("Error parsing JSON.")
    return details


async def _playlist(call: ApiCall) -> web.Response:
    call.check_market()
    playlist = _named(call)
    # Whoever may not read the items still gets the rest.
    with_items = call.world.playlists.may_read_items(playlist, call.person.id)
    shape = call.shapes.playlist(playlist, with_items=with_items)
    return web.json_response(only_fields(shape, call.request.query.get("fields")))


async def _change(call: ApiCall) -> web.Response:
    details = _details(await call.body())
    playlist = _mine_to_change(call)
    call.world.playlists.change(playlist.id, call.person.id, **details)
    return web.Response()


async def _items(call: ApiCall) -> web.Response:
    call.check_market()
    playlist = _named(call)
    if not call.world.playlists.may_read_items(playlist, call.person.id):
        raise removed()
    page = call.page(playlist.entries, call.shapes.playlist_entry)
    return web.json_response(only_fields(page, call.request.query.get("fields")))


def _checked(uris: object) -> list[str]:
    """Return a list of at most 100 URIs; raises ApiError 400."""
    if not isinstance(uris, list) or not all(isinstance(uri, str) for uri in uris):
        raise bad_request("Error parsing JSON.")
    if len(uris) > _MOST_ITEMS:
        raise bad_request("You can add a maximum of 100 tracks per request.")
    return uris


async def _uris(call: ApiCall, body: Json) -> list[str]:
    """Return the URIs of the query or the body."""
    if (text := call.request.query.get("uris")) is not None:
        return _checked([uri for uri in text.split(",") if uri])
    if "uris" not in body:
        raise bad_request("No uris provided")
    return _checked(body["uris"])


def _snapshot(snapshot_id: str, status: int = 200) -> web.Response:
    return web.json_response({"snapshot_id": snapshot_id}, status=status)


async def _add(call: ApiCall) -> web.Response:
    body = await call.body()
    uris = await _uris(call, body)
    playlist = _mine_to_change(call)
    position = body.get("position", call.request.query.get("position"))
    try:
        place = None if position is None else int(position)
    except TypeError, ValueError:
        raise bad_request("Invalid position") from None
    snapshot_id = call.world.playlists.add(
        playlist.id, call.person.id, uris, position=place, now_ms=call.now_ms
    )
    return _snapshot(snapshot_id, 201)


async def _replace_or_reorder(call: ApiCall) -> web.Response:
    body = await call.body()
    playlist = _mine_to_change(call)
    if "range_start" not in body:
        uris = await _uris(call, body)
        return _snapshot(
            call.world.playlists.replace(
                playlist.id, call.person.id, uris, now_ms=call.now_ms
            )
        )
    if "uris" in body:
        raise bad_request("Replace and reorder cannot be done in one request")
    numbers = {"range_length": 1, **body}
    places = {
        name: numbers.get(name)
        for name in ("range_start", "insert_before", "range_length")
    }
    if not all(type(place) is int for place in places.values()):
        raise bad_request("Error parsing JSON.")
    return _snapshot(
        call.world.playlists.reorder(
            playlist.id,
            call.person.id,
            range_start=numbers["range_start"],
            insert_before=numbers["insert_before"],
            range_length=numbers["range_length"],
        )
    )


async def _remove(call: ApiCall) -> web.Response:
    """Remove every entry of the named items; `positions` is no part of the endpoint any more and is ignored."""
    body = await call.body()
    items = body.get("items")
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise bad_request("Error parsing JSON.")
    uris = _checked([one.get("uri") for one in items])
    playlist = _mine_to_change(call)
    return _snapshot(call.world.playlists.remove(playlist.id, call.person.id, uris))


async def _cover(call: ApiCall) -> web.Response:
    return web.json_response(call.shapes.images(_named(call).image_id))


async def _set_cover(call: ApiCall) -> web.Response:
    """Take a JPEG in base64, at most 256 KB."""
    playlist = _mine_to_change(call)
    if playlist.owner_id != call.person.id:
        raise removed()
    text = await call.request.read()
    if len(text) > _MOST_COVER_BYTES:
        raise ApiError(413, "Payload Too Large")
    try:
        image = b64decode(text, validate=True)
    except BadBase64:
        image = b""
    if not image.startswith(b"\xff\xd8"):
        raise bad_request("Invalid base64 encoded image")
    playlist.image_id = call.covers.store(image)
    return web.Response(status=202)
