"""The Web API's catalogue: single tracks, albums, artists, shows, episodes, audiobooks, chapters, and search."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from .api_call import ApiCall, Endpoint, Json, endpoint
from .api_errors import bad_request
from .errors import UnknownThing
from .music import Kind


def endpoints() -> list[Endpoint]:
    """Return the endpoints of things that anybody may look up, one by one: batches are gone."""
    return [
        endpoint("GET", "/tracks/{id}", _track),
        endpoint("GET", "/albums/{id}", _album),
        endpoint("GET", "/albums/{id}/tracks", _album_tracks),
        endpoint("GET", "/artists/{id}", _artist),
        endpoint("GET", "/artists/{id}/albums", _artist_albums),
        endpoint("GET", "/shows/{id}", _show),
        endpoint("GET", "/shows/{id}/episodes", _show_episodes),
        endpoint("GET", "/episodes/{id}", _episode),
        endpoint("GET", "/audiobooks/{id}", _audiobook),
        endpoint("GET", "/audiobooks/{id}/chapters", _chapters),
        endpoint("GET", "/chapters/{id}", _chapter),
        endpoint("GET", "/search", _search),
    ]


def _find[T](call: ApiCall, things: Mapping[str, T]) -> T:
    """Return the thing that the path names; raises UnknownThing or, for what is no id, ApiError 400."""
    call.check_market()
    thing_id = call.path_id()
    if thing_id not in things:
        raise UnknownThing(thing_id)
    return things[thing_id]


async def _track(call: ApiCall) -> web.Response:
    return web.json_response(
        call.shapes.track(_find(call, call.world.catalogue.tracks))
    )


async def _album(call: ApiCall) -> web.Response:
    return web.json_response(
        call.shapes.album(_find(call, call.world.catalogue.albums))
    )


async def _album_tracks(call: ApiCall) -> web.Response:
    album = _find(call, call.world.catalogue.albums)
    tracks = call.world.catalogue.tracks_of(album)
    return web.json_response(call.page(tracks, call.shapes.simple_track))


async def _artist(call: ApiCall) -> web.Response:
    return web.json_response(
        call.shapes.artist(_find(call, call.world.catalogue.artists))
    )


async def _artist_albums(call: ApiCall) -> web.Response:
    artist = _find(call, call.world.catalogue.artists)
    groups = call.request.query.get("include_groups")
    albums = [
        album
        for album in call.world.catalogue.albums_of(artist)
        if groups is None or album.album_type in groups.split(",")
    ]
    return web.json_response(
        call.page(albums, call.shapes.simple_album, default=5, most=10)
    )


async def _show(call: ApiCall) -> web.Response:
    return web.json_response(call.shapes.show(_find(call, call.world.catalogue.shows)))


async def _show_episodes(call: ApiCall) -> web.Response:
    show = _find(call, call.world.catalogue.shows)
    episodes = call.world.catalogue.episodes_of(show)
    return web.json_response(call.page(episodes, call.shapes.simple_episode))


async def _episode(call: ApiCall) -> web.Response:
    return web.json_response(
        call.shapes.episode(_find(call, call.world.catalogue.episodes))
    )


async def _audiobook(call: ApiCall) -> web.Response:
    return web.json_response(
        call.shapes.audiobook(_find(call, call.world.catalogue.audiobooks))
    )


async def _chapters(call: ApiCall) -> web.Response:
    book = _find(call, call.world.catalogue.audiobooks)
    chapters = call.world.catalogue.chapters_of(book)
    return web.json_response(call.page(chapters, call.shapes.simple_chapter))


async def _chapter(call: ApiCall) -> web.Response:
    return web.json_response(
        call.shapes.chapter(_find(call, call.world.catalogue.chapters))
    )


async def _search(call: ApiCall) -> web.Response:
    if not (query := call.request.query.get("q", "").strip()):
        raise bad_request("No search query")
    call.check_market()
    kinds = _searched(call.request.query.get("type", ""), call)
    found: Mapping[Kind, Sequence[Any]] = call.world.search(query, list(kinds))
    return web.json_response(
        {
            f"{kind}s": call.page(
                found.get(kind, []), shape, default=5, most=10, furthest=1000
            )
            for kind, shape in kinds.items()
        }
    )


def _searched(types: str, call: ApiCall) -> dict[Kind, Callable[[Any], Json]]:
    """Return the kinds that `type` asks for, each with its shape."""
    shapes = call.shapes
    searchable: dict[str, Callable[[Any], Json]] = {
        Kind.ALBUM: shapes.simple_album,
        Kind.ARTIST: shapes.artist,
        Kind.PLAYLIST: shapes.simple_playlist,
        Kind.TRACK: shapes.track,
        Kind.SHOW: shapes.simple_show,
        Kind.EPISODE: shapes.simple_episode,
        Kind.AUDIOBOOK: shapes.simple_audiobook,
    }
    if not types:
        raise bad_request("Missing parameter type")
    wanted = types.split(",")
    if unknown := [kind for kind in wanted if kind not in searchable]:
        raise bad_request(f"Bad search type field {unknown[0]}")
    return {Kind(kind): searchable[kind] for kind in wanted}
