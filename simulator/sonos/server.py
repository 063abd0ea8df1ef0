"""The HTTP face of one speaker: control, events, descriptions, and the hooks of tests."""

import asyncio
from collections.abc import Awaitable, Callable
import re
from typing import TYPE_CHECKING, Final

import aiohttp
from aiohttp import web

from .admin import add_hooks
from .description import device_description, service_description
from .events import Deliveries, Subscription
from .services import SERVICE_PATHS
from .soap import UPnPFault, action_name, answer, fault, parse_request, perform

if TYPE_CHECKING:
    from .speaker import Speaker

SERVER_HEADER: Final = "Linux UPnP/1.0 Sonos/97.1-80312 (ZPS27)"
HOOKS_PATH: Final = "/__sim__"

_SMALLEST_JPEG: Final = bytes.fromhex("ffd8ffd9")

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def speaker_app(
    speaker: Speaker, http: aiohttp.ClientSession, deliveries: Deliveries
) -> web.Application:
    """Return the web application of a speaker."""
    face = _SpeakerFace(speaker, http, deliveries)
    app = web.Application(middlewares=[face.faults])
    for path in SERVICE_PATHS:
        app.router.add_post(f"{path}/Control", face.control)
        for method in ("SUBSCRIBE", "UNSUBSCRIBE"):
            app.router.add_route(method, f"{path}/Event", face.events)
    app.router.add_get("/xml/device_description.xml", face.device)
    app.router.add_get(r"/xml/{service:\w+?}1.xml", face.service)
    app.router.add_get("/status/batterystatus", face.battery)
    app.router.add_get("/getaa", face.album_art)
    add_hooks(app, HOOKS_PATH, speaker)
    return app


class _SpeakerFace:
    """The request handlers of one speaker."""

    def __init__(
        self, speaker: Speaker, http: aiohttp.ClientSession, deliveries: Deliveries
    ) -> None:
        self._speaker = speaker
        self._http = http
        self._deliveries = deliveries

    @web.middleware
    async def faults(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Be unreachable or locked when a test says so."""
        if not request.path.startswith(HOOKS_PATH):
            self._speaker.clock.catch_up()
            if self._speaker.is_down:
                if request.transport is not None:
                    request.transport.abort()
                raise web.HTTPServiceUnavailable
            if not self._speaker.upnp_enabled:
                raise web.HTTPForbidden(text="")
        return await handler(request)

    async def control(self, request: web.Request) -> web.Response:
        """Do an action."""
        speaker = self._speaker
        service = SERVICE_PATHS[request.path.removesuffix("/Control")]
        name = action_name(request.headers.get("SOAPACTION", ""))
        if speaker.answer_delay_s:
            await asyncio.sleep(speaker.answer_delay_s)
        try:
            arguments = parse_request(await request.read())
            self._meet_injected_fault(name)
            status, body = (
                200,
                answer(service, name, perform(speaker, service, name, arguments)),
            )
        except UPnPFault as err:
            status, body = 500, fault(err.code)
        return web.Response(
            status=status,
            text=body,
            content_type="text/xml",
            charset="utf-8",
            headers={"EXT": "", "Server": SERVER_HEADER},
        )

    def _meet_injected_fault(self, name: str) -> None:
        """Raise the fault that a test prepared for this action, if any is left."""
        for failure in self._speaker.failures:
            if failure.strikes(name):
                raise UPnPFault(failure.code)

    async def events(self, request: web.Request) -> web.Response:
        """Subscribe, renew (a SID is sent along) or unsubscribe; 412 for a subscription that is gone."""
        speaker = self._speaker
        service = SERVICE_PATHS[request.path.removesuffix("/Event")]
        sid = request.headers.get("SID")
        if request.method == "UNSUBSCRIBE":
            known = speaker.subscriptions.pop(sid or "", None)
            return web.Response(status=200 if known else 412)
        wanted = re.match(r"(?i)second-(\d+)", request.headers.get("TIMEOUT", ""))
        longest = speaker.household.longest_lease_s
        lease_s = min(int(wanted.group(1)), longest) if wanted else longest
        if sid:
            subscription = speaker.subscriptions.get(sid)
            if subscription is None or subscription.expired:
                speaker.subscriptions.pop(sid, None)
                return web.Response(status=412)
            subscription.renew(lease_s)
        else:
            callback = re.match(r"<(.+?)>", request.headers.get("CALLBACK", ""))
            if callback is None or request.headers.get("NT") != "upnp:event":
                return web.Response(status=412)
            subscription = Subscription(speaker, service, callback.group(1), lease_s)
            speaker.subscriptions[subscription.sid] = subscription
            subscription.send_state(speaker)
            # The answer leaves before the first event does.
            asyncio.get_running_loop().call_later(
                0.005, self._deliveries.start, subscription, self._http
            )
        return web.Response(
            headers={
                "SID": subscription.sid,
                "TIMEOUT": f"Second-{lease_s}",
                "Server": SERVER_HEADER,
            }
        )

    async def device(self, request: web.Request) -> web.Response:
        """Describe the speaker."""
        return web.Response(
            content_type="text/xml", text=device_description(self._speaker)
        )

    async def service(self, request: web.Request) -> web.Response:
        """Describe a service, which SoCo asks for before an action without arguments."""
        if (text := service_description(request.match_info["service"])) is None:
            raise web.HTTPNotFound
        return web.Response(content_type="text/xml", text=text)

    async def battery(self, request: web.Request) -> web.Response:
        """Report that the speaker has no battery."""
        return web.Response(
            content_type="text/xml", text="<ZPSupportInfo></ZPSupportInfo>"
        )

    async def album_art(self, request: web.Request) -> web.Response:
        """Serve a cover."""
        return web.Response(body=_SMALLEST_JPEG, content_type="image/jpeg")
