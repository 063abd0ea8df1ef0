"""What can go wrong between a caller and Spotify, to order: an ordered list of faults that requests run into."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
import json
from math import ceil
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from . import api_errors
from .api_errors import ApiError


class FaultKind(StrEnum):
    """The ways to fail. At `/api/token` the errors are the accounts service's: only their status and headers remain."""

    RATE_LIMITED = "rate_limited"
    """429 with `Retry-After`."""
    QUOTA_EXCEEDED = "quota_exceeded"
    """429 with `Retry-After` and the reason `QUOTA_EXCEEDED`."""
    UNAUTHORIZED = "unauthorized"
    """401 of an expired token; at `/api/token` the refresh token is called revoked."""
    NOT_PREMIUM = "not_premium"
    NOT_ALLOWLISTED = "not_allowlisted"
    MISSING_SCOPE = "missing_scope"
    RESTRICTED_DEVICE = "restricted_device"
    NO_ACTIVE_DEVICE = "no_active_device"
    SERVER_ERROR = "server_error"
    """`status`, else 502, with Spotify's error object."""
    HTML_BODY = "html_body"
    """`status`, else 502, with a proxy's page."""
    TEXT_AS_JSON = "text_as_json"
    """`status`, else 403, with `text` for a body, though the header says that it is JSON."""
    STRING_ERROR = "string_error"
    """`status`, else 400, with an error that is a string where an object should be."""
    EMPTY_BODY = "empty_body"
    """`status`, else 200, with nothing in it."""
    OTHER_JSON = "other_json"
    """`status`, else 200, with JSON that is a list where an object was due."""
    CUT_JSON = "cut_json"
    """The true answer, but its body ends in the middle."""
    ALTERED = "altered"
    """The true answer, with other values in some fields."""
    CUT_CONNECTION = "cut_connection"
    """The true answer, but the connection ends in the middle of its body."""
    STALL = "stall"
    """Nothing for `seconds` (real ones), then the true answer if anybody still waits."""
    DROPPED = "dropped"
    """The connection is closed before anything is done or answered."""
    ANSWER_LOST = "answer_lost"
    """What was asked is done, tokens are rotated, and then the connection is closed without an answer."""
    IGNORED_TRANSFER = "ignored_transfer"
    """204, and then nothing happens."""


_HTML: Final = """<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>
<body><h1>Error: Server Error</h1><p>The server encountered a temporary error. Please try again in 30 seconds.</p></body>
</html>"""


@dataclass(slots=True)
class Fault:
    """A fault and the requests that run into it.

    `match` is a path as the caller writes it, without a trailing slash, or a pattern such as `/v1/me/player*`; without
    one it is the whole Web API (for an ignored transfer: the transfer). `times` counts down at each request that runs
    into it; None is for ever. `retry_after` and `seconds` are in seconds. With `until_ms` (simulated, UTC) it is over
    at that moment, and `Retry-After` is what is left until then; one that is a text is sent as it is. `fields` has the values of an altered answer by where
    they stand, such as `item.type`; what is above them and not there is made. Without `retry_after`, a 429 has no such header.
    """

    kind: FaultKind
    match: str | None = None
    method: str | None = None
    person: str | None = None
    times: int | None = 1
    retry_after: int | str | None = 30
    status: int | None = None
    seconds: float = 3600
    until_ms: int | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    text: str = "User not registered in the Developer Dashboard"

    def hits(self, method: str, path: str, person: str | None) -> bool:
        """Return whether a request runs into this fault."""
        match, only = self.match, self.method
        if self.kind is FaultKind.IGNORED_TRANSFER:
            match, only = match or "/v1/me/player", only or "PUT"
        return (
            fnmatchcase(path.rstrip("/"), match or "/v1/*")
            and only in (None, method)
            and self.person in (None, person)
        )


class Faults:
    """The faults that are waiting for their requests; the one added first strikes first."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        """Begin without a fault; `now_ms` tells the simulated time."""
        self.waiting: list[Fault] = []
        self._now_ms = now_ms
        self._released = asyncio.Event()

    def add(self, fault: Fault) -> Fault:
        """Let the next matching requests run into `fault`; returned so that a test can look at its `times`."""
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Take back every fault and end every stall."""
        self.waiting.clear()
        self._released.set()
        self._released = asyncio.Event()

    def take(self, method: str, path: str, person: str | None) -> Fault | None:
        """Return the fault that a request runs into, counted down, or None."""
        now = self._now_ms()
        self.waiting = [
            fault
            for fault in self.waiting
            if fault.until_ms is None or now < fault.until_ms
        ]
        for fault in self.waiting:
            if fault.hits(method, path, person):
                if fault.until_ms is not None:
                    fault.retry_after = ceil((fault.until_ms - now) / 1000)
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.waiting.remove(fault)
                return fault
        return None

    async def strike(
        self, fault: Fault, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Answer a request the way `fault` wants it."""
        match fault.kind:
            case FaultKind.STALL:
                await self._stall(fault.seconds)
                return await handler(request)
            case FaultKind.DROPPED:
                return _close(request)
            case FaultKind.ANSWER_LOST:
                await handler(request)
                return _close(request)
            case FaultKind.CUT_JSON | FaultKind.CUT_CONNECTION:
                return await _cut(request, await handler(request), fault.kind)
            case FaultKind.ALTERED:
                return _altered(await handler(request), fault.fields)
            case FaultKind.IGNORED_TRANSFER:
                return web.Response(status=204)
            case FaultKind.HTML_BODY:
                return web.Response(
                    text=_HTML, status=fault.status or 502, content_type="text/html"
                )
            case FaultKind.EMPTY_BODY:
                return web.Response(status=fault.status or 200)
            case FaultKind.OTHER_JSON:
                return web.json_response([], status=fault.status or 200)
            case FaultKind.STRING_ERROR:
                return web.json_response(
                    {"error": "Something went wrong"}, status=fault.status or 400
                )
            case _:
                return _refuse(fault, request.path)

    async def _stall(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._released.wait()
        except TimeoutError:
            return


_REFUSALS: Final[dict[FaultKind, Callable[[Fault], ApiError]]] = {
    FaultKind.RATE_LIMITED: lambda fault: api_errors.rate_limited(fault.retry_after),
    FaultKind.QUOTA_EXCEEDED: lambda fault: api_errors.quota_exceeded(
        fault.retry_after
    ),
    FaultKind.UNAUTHORIZED: lambda _: api_errors.unauthorized(
        "The access token expired"
    ),
    FaultKind.NOT_PREMIUM: lambda _: api_errors.not_premium(),
    FaultKind.NOT_ALLOWLISTED: lambda _: api_errors.not_allowlisted(),
    FaultKind.MISSING_SCOPE: lambda _: api_errors.missing_scope(),
    FaultKind.RESTRICTED_DEVICE: lambda _: api_errors.restricted_device(),
    FaultKind.NO_ACTIVE_DEVICE: lambda _: api_errors.no_active_device(),
    FaultKind.TEXT_AS_JSON: lambda fault: ApiError(
        fault.status or 403, fault.text, as_text=True
    ),
    FaultKind.SERVER_ERROR: lambda fault: ApiError(fault.status or 502, "Bad gateway."),
}


def _altered(
    answer: web.StreamResponse, fields: Mapping[str, object]
) -> web.StreamResponse:
    """Return an answer with other values in some fields; one without a JSON object stays as it is."""
    body = answer.body if isinstance(answer, web.Response) else None
    answer_data = json.loads(body) if isinstance(body, bytes) and body else None
    if not isinstance(answer_data, dict):
        return answer
    for where, value in fields.items():
        *above, name = where.split(".")
        holder = answer_data
        for part in above:
            if not isinstance(holder.get(part), dict):
                holder[part] = {}
            holder = holder[part]
        holder[name] = value
    return web.json_response(answer_data, status=answer.status)


def _refuse(fault: Fault, path: str) -> web.Response:
    """Return the refusal of the Web API, or of the accounts service for its own address."""
    error = _REFUSALS[fault.kind](fault)
    if path != "/api/token":
        return error.answer()
    if fault.kind is FaultKind.UNAUTHORIZED:
        body = {
            "error": "invalid_grant",
            "error_description": "Refresh token revoked",
        }
        return web.json_response(body, status=400)
    body = {"error": "server_error", "error_description": error.message}
    return web.json_response(body, status=error.status, headers=error.headers)


async def _cut(
    request: web.Request, answer: web.StreamResponse, kind: FaultKind
) -> web.StreamResponse:
    """Send the first half of an answer: as if it were all of it, or until the connection breaks."""
    body = answer.body if isinstance(answer, web.Response) else b""
    whole = body if isinstance(body, bytes) else b""
    half = whole[: len(whole) // 2]
    if kind is FaultKind.CUT_JSON:
        return web.Response(
            body=half, status=answer.status, content_type=answer.content_type
        )
    stream = web.StreamResponse(status=answer.status)
    stream.content_type = answer.content_type
    stream.content_length = len(whole)
    await stream.prepare(request)
    await stream.write(half)
    _close(request)
    return stream


def _close(request: web.Request) -> web.Response:
    """Close the connection; what is returned has nobody left to be sent to."""
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=499, reason="Connection closed")
