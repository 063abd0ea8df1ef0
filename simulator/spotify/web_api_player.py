"""The Web API's player: what plays where, the commands, the queue, and recently played."""

from typing import Final

from aiohttp import web

from . import playback_shapes as shaped
from .api_call import ApiCall, Endpoint, Json, done, endpoint
from .api_errors import bad_request
from .errors import BadValue
from .recent import recently_played

_READ: Final = "user-read-playback-state"
_READ_CURRENT: Final = "user-read-currently-playing"
_CONTROL: Final = "user-modify-playback-state"


def endpoints() -> list[Endpoint]:
    """Return the endpoints below `/me/player`."""
    return [
        endpoint("GET", "/me/player", _playback, _READ),
        endpoint("PUT", "/me/player", _transfer, _CONTROL),
        endpoint("GET", "/me/player/devices", _devices, _READ),
        endpoint("GET", "/me/player/currently-playing", _current, _READ_CURRENT),
        endpoint("PUT", "/me/player/play", _play, _CONTROL),
        endpoint("PUT", "/me/player/pause", _pause, _CONTROL),
        endpoint("POST", "/me/player/next", _next, _CONTROL),
        endpoint("POST", "/me/player/previous", _previous, _CONTROL),
        endpoint("PUT", "/me/player/seek", _seek, _CONTROL),
        endpoint("PUT", "/me/player/repeat", _repeat, _CONTROL),
        endpoint("PUT", "/me/player/volume", _volume, _CONTROL),
        endpoint("PUT", "/me/player/shuffle", _shuffle, _CONTROL),
        endpoint("GET", "/me/player/queue", _queue, _READ, _READ_CURRENT),
        endpoint("POST", "/me/player/queue", _enqueue, _CONTROL),
        endpoint(
            "GET", "/me/player/recently-played", _recent, "user-read-recently-played"
        ),
    ]


async def _playback(call: ApiCall) -> web.Response:
    call.check_market()
    player = call.world.player(call.person.key)
    if (state := player.state) is None:
        return done()
    episodes = call.wants_episodes()
    return web.json_response(
        shaped.playback(call.shapes, state, player, episodes=episodes)
    )


async def _current(call: ApiCall) -> web.Response:
    call.check_market()
    if (state := call.world.player(call.person.key).state) is None:
        return done()
    episodes = call.wants_episodes()
    return web.json_response(
        shaped.currently_playing(call.shapes, state, episodes=episodes)
    )


async def _devices(call: ApiCall) -> web.Response:
    player = call.world.player(call.person.key)
    return web.json_response(
        {"devices": [shaped.device(one, player) for one in player.devices]}
    )


async def _transfer(call: ApiCall) -> web.Response:
    body = await call.body()
    match body.get("device_ids"):
        case [str(device_id)]:
            pass
        case [_, _, *_]:
            raise bad_request("Only one device can be specified")
        case _:
            raise bad_request("Missing required field: device_ids")
    play = body.get("play")
    if not isinstance(play, bool | None):
        raise bad_request("Malformed json")
    # `play` false keeps the present state, as the description says; only true makes it sound.
    call.world.remote(call.person.key).transfer(device_id, play=play or None)
    return done()


async def _play(call: ApiCall) -> web.Response:
    body = await call.body()
    uris, context_uri = body.get("uris"), body.get("context_uri")
    if uris is not None and context_uri is not None:
        raise bad_request("Can't have both context_uri and uris")
    if uris is not None and not (
        isinstance(uris, list) and uris and all(isinstance(uri, str) for uri in uris)
    ):
        raise bad_request("Malformed json")
    if not isinstance(context_uri, str | None):
        raise bad_request("Malformed json")
    call.world.remote(call.person.key).play(
        uris=uris,
        context_uri=context_uri,
        offset=_offset(body.get("offset")),
        position_ms=_position(body),
        device_id=_device(call),
    )
    return done()


def _offset(offset: object) -> int | str | None:
    """Return where to start: `{"position": 5}` or `{"uri": "spotify:track:…"}`."""
    match offset:
        case None:
            return None
        case {"position": int(place)}:
            return place
        case {"uri": str(uri)}:
            return uri
        case _:
            raise bad_request("Malformed json")


def _position(body: Json) -> int:
    position = body.get("position_ms", 0)
    if not isinstance(position, int) or position < 0:
        raise BadValue("position_ms")
    return position


def _device(call: ApiCall) -> str | None:
    return call.request.query.get("device_id")


async def _pause(call: ApiCall) -> web.Response:
    call.world.remote(call.person.key).pause(_device(call))
    return done()


async def _next(call: ApiCall) -> web.Response:
    call.world.remote(call.person.key).next(_device(call))
    return done()


async def _previous(call: ApiCall) -> web.Response:
    call.world.remote(call.person.key).previous(_device(call))
    return done()


async def _seek(call: ApiCall) -> web.Response:
    position = call.number("position_ms")
    call.world.remote(call.person.key).seek(position, _device(call))
    return done()


async def _repeat(call: ApiCall) -> web.Response:
    call.world.remote(call.person.key).repeat(call.text("state"), _device(call))
    return done()


async def _volume(call: ApiCall) -> web.Response:
    percent = call.number("volume_percent", most=100)
    call.world.remote(call.person.key).volume(percent, _device(call))
    return done()


async def _shuffle(call: ApiCall) -> web.Response:
    call.world.remote(call.person.key).shuffle(call.truth("state"), _device(call))
    return done()


async def _queue(call: ApiCall) -> web.Response:
    player = call.world.player(call.person.key)
    return web.json_response(shaped.queue(call.shapes, player.state, player.coming()))


async def _enqueue(call: ApiCall) -> web.Response:
    call.world.remote(call.person.key).queue(call.text("uri"), _device(call))
    return done()


async def _recent(call: ApiCall) -> web.Response:
    limit = call.number("limit", 20, least=1, most=50)
    after, before = call.moment("after"), call.moment("before")
    page = recently_played(
        call.world.ledger.played(call.person.key),
        call.now_ms,
        limit=limit,
        after=after,
        before=before,
        places=call.world.recent_places,
        manners=call.shapes.manners,
    )
    return web.json_response(
        shaped.recently_played(call.shapes, call.world, page, limit, after)
    )
