"""The Web API in development mode as of late 2026: its routes, and what every call must pass first.

In this order: a good bearer token (401), an app whose owner has Premium (403), a user on its allowlist (403), the
endpoint's scopes (403).
"""

from typing import Final

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from . import (
    web_api_catalogue,
    web_api_library,
    web_api_player,
    web_api_playlists,
    web_api_removed,
)
from .accounts import Accounts, BearerRefused
from .api_call import ApiCall, Endpoint
from .api_errors import (
    ApiError,
    bad_request,
    from_refusal,
    missing_scope,
    not_allowlisted,
    owner_not_premium,
    unauthorized,
)
from .covers import Covers
from .errors import SpotifyRefusal
from .grants import Bearer
from .manners import Manners
from .shapes import Shapes
from .world import SpotifyWorld

_ROOT: Final = "/v1"


class WebApi:
    """The endpoints of one simulated Spotify."""

    def __init__(
        self,
        world: SpotifyWorld,
        accounts: Accounts,
        covers: Covers,
        manners: Manners,
    ) -> None:
        """Answer about `world` to whom `accounts` let in."""
        self._manners = manners
        self._world = world
        self._accounts = accounts
        self._covers = covers

    def endpoints(self) -> list[Endpoint]:
        """Return every endpoint, the removed ones last."""
        return [
            *web_api_player.endpoints(),
            *web_api_library.endpoints(),
            *web_api_playlists.endpoints(),
            *web_api_catalogue.endpoints(),
            *web_api_removed.endpoints(),
        ]

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, from the root of the origin; each answers with and without a trailing slash."""
        return [
            web.route(one.method, f"{_ROOT}{one.path}{slash}", self._guarded(one))
            for one in self.endpoints()
            for slash in ("", "/")
        ]

    def _guarded(self, one: Endpoint) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            call = self._call(request)
            if not one.scopes <= call.bearer.scopes:
                raise missing_scope()
            return await one.answer(call)

        return answer

    def _call(self, request: web.Request) -> ApiCall:
        bearer = self._bearer(request)
        person = self._world.people[bearer.person]
        if not self._manners.owner_premium:
            raise owner_not_premium()
        if not person.allowlisted:
            raise not_allowlisted()
        sees_positions = "user-read-playback-position" in bearer.scopes
        library = self._world.library(person.key)
        shapes = Shapes(
            request.url.origin(),
            self._world.catalogue,
            library.resume_points if sees_positions else None,
            self._manners,
        )
        return ApiCall(request, bearer, person, self._world, shapes, self._covers)

    def _bearer(self, request: web.Request) -> Bearer:
        if hdrs.AUTHORIZATION not in request.headers:
            raise unauthorized("No token provided")
        if not (token := bearer_token(request)):
            raise bad_request("Only valid bearer authentication supported")
        return self._accounts.bearer(token)


def bearer_token(request: web.Request) -> str:
    """Return the bearer token that a request carries, or an empty string."""
    scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


@web.middleware
async def answer_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer in Spotify's error object whenever something below `/v1` refuses."""
    try:
        return await handler(request)
    except ApiError as error:
        return error.answer()
    except BearerRefused as refused:
        return unauthorized(refused.message).answer()
    except SpotifyRefusal as refusal:
        return from_refusal(refusal).answer()
    except web.HTTPNotFound:
        if not request.path.startswith(f"{_ROOT}/"):
            raise
        return ApiError(404, "Service not found").answer()
    except web.HTTPMethodNotAllowed:
        if not request.path.startswith(f"{_ROOT}/"):
            raise
        return ApiError(405, "Method not allowed").answer()
