"""One call of the Web API: who asks, with which scopes, and its checked parameters; and what an endpoint is."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
import json
import re
from typing import Any, Final

from aiohttp import web

from .api_errors import bad_request, missing_scope
from .covers import Covers
from .grants import Bearer
from .people import Person
from .shapes import Shapes
from .world import SpotifyWorld

_ID: Final = re.compile(r"[0-9A-Za-z]{22}")
_MARKET: Final = re.compile(r"[A-Za-z]{2}|from_token")

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ApiCall:
    """An authenticated call of the Web API."""

    request: web.Request
    bearer: Bearer
    person: Person
    world: SpotifyWorld
    shapes: Shapes
    covers: Covers

    @property
    def now_ms(self) -> int:
        """Return the simulated time in ms UTC."""
        return self.world.clock.now_ms()

    def text(self, name: str) -> str:
        """Return a query parameter that the endpoint cannot do without; raises ApiError 400."""
        if not (value := self.request.query.get(name)):
            raise bad_request(f"Missing required field: {name}")
        return value

    def number(
        self,
        name: str,
        default: int | None = None,
        *,
        least: int = 0,
        most: int | None = None,
    ) -> int:
        """Return a query parameter that is a whole number in `least` to `most`; raises ApiError 400."""
        text = self.request.query.get(name)
        if text is None and default is not None:
            return default
        try:
            value = int(text or "")
        except ValueError:
            raise bad_request(f"Invalid {name}") from None
        if value < least or (most is not None and value > most):
            raise bad_request(f"Invalid {name}")
        return value

    def moment(self, name: str) -> int | None:
        """Return a query parameter that is a time in ms UTC, or None; raises ApiError 400."""
        return self.number(name) if name in self.request.query else None

    def truth(self, name: str) -> bool:
        """Return a query parameter that is `true` or `false`; raises ApiError 400."""
        if (value := self.text(name).lower()) not in ("true", "false"):
            raise bad_request(f"Invalid {name}")
        return value == "true"

    def check_market(self) -> None:
        """Raise ApiError 400 for a market that is no country."""
        market = self.request.query.get("market")
        if market is not None and not _MARKET.fullmatch(market):
            raise bad_request("Invalid market code")

    def path_id(self, name: str = "id") -> str:
        """Return the id in the path; raises ApiError 400 when it cannot be one."""
        value = self.request.match_info[name]
        if not _ID.fullmatch(value):
            raise bad_request("Invalid base62 id")
        return value

    def wants_episodes(self) -> bool:
        """Return whether `additional_types` says that the caller understands episodes."""
        types = self.request.query.get("additional_types", "")
        return "episode" in types.split(",")

    def need_any(self, scopes: Collection[str]) -> None:
        """Raise ApiError 403 unless one of `scopes` was granted."""
        if not self.bearer.may_any(scopes):
            raise missing_scope()

    async def body(self) -> Json:
        """Return the JSON object in the body, empty when there is none; raises ApiError 400."""
        if not (text := await self.request.text()):
            return {}
        try:
            body = json.loads(text)
        except ValueError:
            raise bad_request("Error parsing JSON.") from None
        if not isinstance(body, dict):
            # spotipy's playlist_add_items sends a bare array, which Spotify's description does not allow.
            raise bad_request("Error parsing JSON.")
        return body

    def page[T](
        self,
        things: Sequence[T],
        shape: Callable[[T], Json],
        *,
        default: int = 20,
        most: int = 50,
        furthest: int | None = None,
    ) -> Json:
        """Return the page of `things` that `limit` and `offset` ask for, each shaped; raises ApiError 400."""
        limit = self.number("limit", default, least=1, most=most)
        offset = self.number("offset", 0, most=furthest)
        return self.shapes.page(
            self.request.rel_url, things, shape, limit=limit, offset=offset
        )


type Answer = Callable[[ApiCall], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of the Web API, below `/v1`, and the scopes without which it refuses, all of them."""

    method: str
    path: str
    answer: Answer
    scopes: frozenset[str] = frozenset()


def endpoint(method: str, path: str, answer: Answer, *scopes: str) -> Endpoint:
    """Return an endpoint that needs all of `scopes`."""
    return Endpoint(method, path, answer, frozenset(scopes))


def done() -> web.Response:
    """Return the empty answer of a command that was carried out."""
    return web.Response(status=204)
