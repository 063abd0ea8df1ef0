"""The admin hook at `/__sim__`: people's own hands, the truth, the faults and the clock, as JSON over HTTP.

It is for the demo and the end-to-end tests, whose Home Assistant runs in another process. Errors: 400 with
`{"error": …}` for a body that makes no sense, 404 for an unknown person, 409 for what the world refuses.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
import json
from pathlib import Path
from typing import Any, Final, Protocol

from aiohttp import web
from aiohttp.typedefs import Handler

from ..clock import SimulatedClock
from .accounts import Accounts
from .errors import SpotifyRefusal
from .exports import write_account_data, write_extended_history
from .faults import Fault, FaultKind, Faults
from .manners import Manners
from .request_log import RequestLog
from .world import SpotifyWorld

type Json = dict[str, Any]

_ROOT: Final = "/__sim__"


class Simulated(Protocol):
    """The parts of a simulator that the hook changes and shows."""

    clock: SimulatedClock
    world: SpotifyWorld
    manners: Manners
    accounts: Accounts
    faults: Faults
    requests: RequestLog


class Admin:
    """The admin hook of one simulator."""

    def __init__(self, simulator: Simulated) -> None:
        """Act on `simulator`."""
        self._sim = simulator

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, from the root of the origin."""
        commands: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "play": self._play,
            "pause": self._pause,
            "resume": self._resume,
            "skip": self._skip,
            "private": self._private,
            "revoke": self._revoke,
            "expire": self._expire,
            "age": self._age,
            "lifetime": self._lifetime,
            "manners": self._change_manners,
            "faults": self._add_fault,
            "clock": self._advance,
            "export": self._export,
        }
        views: dict[str, Callable[[web.Request], Json]] = {
            "people": self._people,
            "state": self._state,
            "ledger": self._ledger,
            "tokens": self._tokens,
            "manners": self._manners,
            "faults": self._faults,
            "clock": self._clock,
            "requests": self._requests,
        }
        return [
            *(
                web.post(f"{_ROOT}/{name}", _command(act))
                for name, act in commands.items()
            ),
            *(web.get(f"{_ROOT}/{name}", _view(look)) for name, look in views.items()),
            web.delete(f"{_ROOT}/faults", self._clear_faults),
            web.delete(f"{_ROOT}/requests", self._clear_requests),
        ]

    def _key(self, person: object) -> str:
        """Return a known person's key; raises HTTPNotFound."""
        if not isinstance(person, str) or person not in self._sim.world.people:
            raise _error(web.HTTPNotFound, f"Nobody is called {person}")
        return person

    # People's own hands.

    async def _play(self, body: Json) -> Json:
        """Play `uris` or `context_uri`, at `device_id` (default: the active device), from `offset` and `position_ms`."""
        person = self._key(body.pop("person", None))
        self._sim.world.player(person).play(**body)
        return self._player_now(person)

    async def _pause(self, body: Json) -> Json:
        person = self._key(body.get("person"))
        self._sim.world.player(person).pause()
        return self._player_now(person)

    async def _resume(self, body: Json) -> Json:
        person = self._key(body.get("person"))
        self._sim.world.player(person).resume(body.get("device_id"))
        return self._player_now(person)

    async def _skip(self, body: Json) -> Json:
        person = self._key(body.get("person"))
        self._sim.world.player(person).next()
        return self._player_now(person)

    async def _private(self, body: Json) -> Json:
        """Begin (`on` true) or end a private session."""
        person = self._key(body.get("person"))
        self._sim.world.player(person).private_session(bool(body["on"]))
        return self._player_now(person)

    def _player_now(self, person: str) -> Json:
        state = self._sim.world.player(person).state
        if state is None:
            return {"person": person, "uri": None, "is_playing": False}
        return {
            "person": person,
            "uri": state.item.uri,
            "title": state.item.name,
            "artists": list(state.item.artist_names),
            "album": state.item.album_name,
            "is_playing": state.is_playing,
            "progress_ms": state.progress_ms,
            "duration_ms": state.item.duration_ms,
            "device_id": state.device.id,
            "device_name": state.device.name,
            "context_uri": state.context_uri,
            "at_ms": state.at_ms,
        }

    def _state(self, request: web.Request) -> Json:
        return self._player_now(self._key(request.query.get("person")))

    # The truth.

    def _people(self, request: web.Request) -> Json:
        return {
            "people": [
                {
                    "key": person.key,
                    "id": person.id,
                    "account_id": person.account_id,
                    "display_name": person.display_name,
                    "premium": person.premium,
                    "allowlisted": person.allowlisted,
                    "devices": [
                        asdict(device)
                        for device in self._sim.world.player(person.key).devices
                    ],
                }
                for person in self._sim.world.people.values()
            ]
        }

    def _ledger(self, request: web.Request) -> Json:
        """Show what a person heard: `person`, and bounds `start` and `end` (ms UTC) if wanted."""
        person = self._key(request.query.get("person"))
        bounds = {
            name: int(request.query[name])
            for name in ("start", "end")
            if name in request.query
        }
        played = self._sim.world.ledger.played(person, **bounds)
        return {"person": person, "heard": [asdict(one) for one in played]}

    async def _export(self, body: Json) -> Json:
        """Write `person`'s export ZIP to `path`: `kind` `extended` (default), `older` or `account`."""
        person, path = self._key(body.get("person")), Path(body["path"])
        world, kind = self._sim.world, body.get("kind", "extended")
        world.ledger.played(person)  # its past is made here, in the loop, if it was not
        if kind == "account":
            report = await asyncio.to_thread(write_account_data, world, person, path)
        else:
            report = await asyncio.to_thread(
                write_extended_history, world, person, path, older=kind == "older"
            )
        return {**asdict(report), "path": str(report.path)}

    # Accounts.

    def _tokens(self, request: web.Request) -> Json:
        return {"tokens": self._sim.accounts.issued}

    async def _revoke(self, body: Json) -> Json:
        return {"revoked": self._sim.accounts.revoke(self._key(body.get("person")))}

    async def _expire(self, body: Json) -> Json:
        person = self._key(body.get("person"))
        return {"expired": self._sim.accounts.expire_access(person)}

    async def _age(self, body: Json) -> Json:
        """Make a person's authorizations `days` older."""
        person = self._key(body.get("person"))
        self._sim.accounts.age_authorization(person, float(body["days"]))
        return {"person": person}

    async def _lifetime(self, body: Json) -> Json:
        """Let the access tokens that are issued from now on live for `seconds`."""
        self._sim.accounts.access_token_ms = int(float(body["seconds"]) * 1000)
        return {"seconds": self._sim.accounts.access_token_ms // 1000}

    # How Spotify answers, faults, the clock, and what was asked.

    async def _change_manners(self, body: Json) -> Json:
        """Change how Spotify answers: any field of `manners.Manners`."""
        self._sim.manners.change(**body)
        return asdict(self._sim.manners)

    def _manners(self, request: web.Request) -> Json:
        return asdict(self._sim.manners)

    async def _add_fault(self, body: Json) -> Json:
        """Add a fault: `kind`, and any other field of `faults.Fault`."""
        fault = Fault(**{**body, "kind": FaultKind(body["kind"])})
        return asdict(self._sim.faults.add(fault))

    def _faults(self, request: web.Request) -> Json:
        return {"faults": [asdict(fault) for fault in self._sim.faults.waiting]}

    async def _clear_faults(self, request: web.Request) -> web.Response:
        self._sim.faults.clear()
        return web.json_response({})

    def _clock(self, request: web.Request) -> Json:
        return {"now_ms": self._sim.clock.now_ms(), "speed": self._sim.clock.speed}

    async def _advance(self, body: Json) -> Json:
        self._sim.clock.advance(int(body["advance_ms"]))
        return {"now_ms": self._sim.clock.now_ms()}

    def _requests(self, request: web.Request) -> Json:
        """Show how often each endpoint was asked, and the newest `last` requests (default: none)."""
        newest = int(request.query.get("last", 0))
        asked = list(self._sim.requests.asked)
        return {
            "counts": [
                {"person": who, "method": how, "endpoint": what, "count": number}
                for (who, how, what), number in self._sim.requests.counts().items()
            ],
            "last": [asdict(one) for one in asked[len(asked) - newest :]],
        }

    async def _clear_requests(self, request: web.Request) -> web.Response:
        self._sim.requests.clear()
        return web.json_response({})


def _command(act: Callable[[Json], Awaitable[Json]]) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        try:
            body = json.loads(await request.text() or "{}")
            return web.json_response(await act(body))
        except SpotifyRefusal as refusal:
            text = f"{type(refusal).__name__}: {refusal}"
            raise _error(web.HTTPConflict, text) from refusal
        except (KeyError, TypeError, ValueError) as err:
            text = f"{type(err).__name__}: {err}"
            raise _error(web.HTTPBadRequest, text) from err

    return answer


def _view(look: Callable[[web.Request], Json]) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        try:
            return web.json_response(look(request))
        except ValueError as err:
            raise _error(web.HTTPBadRequest, str(err)) from err

    return answer


def _error(kind: type[web.HTTPError], message: str) -> web.HTTPError:
    return kind(text=json.dumps({"error": message}), content_type="application/json")
