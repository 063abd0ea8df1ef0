"""The HTTP face of a household: each speaker's control, events, descriptions, and the hooks of tests."""

import asyncio
from collections.abc import Awaitable, Callable
import re
from typing import TYPE_CHECKING, Final

from aiohttp import web

from ..closing import stop_listening
from .actions import perform
from .admin import add_hooks
from .battery import battery_status
from .clips import CLIPS_PORT, ClipSocket, own_certificate
from .description import device_description, service_description
from .events import Subscription
from .reports import properties
from .services import SERVICE_PATHS
from .soap import UPnPFault, action_name, answer, fault, parse_request

if TYPE_CHECKING:
    from .household import Household
    from .speaker import Speaker

SERVER_HEADER: Final = "Linux UPnP/1.0 Sonos/97.1-80312 (ZPS27)"
HOOKS_PATH: Final = "/__sim__"

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class HouseholdServer:
    """One web application on every speaker's address: whoever was connected to is meant."""

    def __init__(self, household: Household[Speaker]) -> None:
        """Prepare to serve a household."""
        self._household = household
        self._speakers: dict[str, Speaker] = {}
        self._sites: dict[str, list[web.TCPSite]] = {}
        self._stopping = asyncio.Event()
        self._clips = ClipSocket(household, self._meant)
        self._runner = web.AppRunner(
            self._application(), access_log=None, handler_cancellation=True
        )

    async def start(self) -> None:
        """Listen on each speaker's address; OSError if one is taken."""
        await self._runner.setup()
        for speaker in self._household.speakers:
            await self.open(speaker)

    async def open(self, speaker: Speaker) -> None:
        """Listen on a speaker's address; OSError if it is taken."""
        sites = self._sites.setdefault(speaker.address, [])
        for port, certificate in (
            (self._household.port, None),
            (CLIPS_PORT, own_certificate()),
        ):
            site = web.TCPSite(
                self._runner, speaker.address, port, ssl_context=certificate
            )
            await site.start()
            sites.append(site)
        self._speakers[speaker.address] = speaker

    async def close(self, address: str) -> None:
        """Listen on an address no longer; connections to it are dropped at their next request."""
        self._speakers.pop(address, None)
        sites = self._sites.pop(address, [])
        await stop_listening(sites)
        for site in sites:
            await site.stop()

    async def move(self, speaker: Speaker, address: str) -> None:
        """Give a speaker another address, as a router may at its next start; OSError if it is taken."""
        old, speaker.address = speaker.address, address
        try:
            await self.open(speaker)
        except OSError:
            await self.close(address)
            speaker.address = old
            raise
        await self.close(old)
        speaker.restart()
        self._household.topology_changed()

    async def stop(self) -> None:
        """Close all addresses."""
        self._stopping.set()
        await self._clips.close()
        await stop_listening(self._runner.sites)
        await self._runner.cleanup()
        self._sites.clear()
        self._speakers.clear()

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[self._faults])
        for path in SERVICE_PATHS:
            app.router.add_post(f"{path}/Control", self._control)
            for method in ("SUBSCRIBE", "UNSUBSCRIBE"):
                app.router.add_route(method, f"{path}/Event", self._events)
        app.router.add_get("/xml/device_description.xml", self._device)
        app.router.add_get(r"/xml/{service:\w+?}1.xml", self._service)
        app.router.add_get("/status/batterystatus", self._battery)
        app.router.add_get("/getaa", self._album_art)
        app.router.add_get("/websocket/api", self._clips.serve)
        add_hooks(app, HOOKS_PATH, self._meant, self.move)
        return app

    def _meant(self, request: web.Request) -> Speaker:
        """Return the speaker whose address a request came to; the connection is dropped where none is any more."""
        if request.transport is not None:
            address = request.transport.get_extra_info("sockname")[0]
            if (speaker := self._speakers.get(address)) is not None:
                return speaker
        self._drop(request)
        raise web.HTTPServiceUnavailable

    @web.middleware
    async def _faults(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Be unreachable, locked or slow when a test says so."""
        speaker = self._meant(request)
        speaker.clock.catch_up()
        if request.path.startswith(HOOKS_PATH):
            return await handler(request)
        faults = speaker.faults
        if faults.is_down:
            if faults.is_silent:
                await self._stopping.wait()
            self._drop(request)
            raise web.HTTPServiceUnavailable
        if faults.answer_delay_s:
            await asyncio.sleep(faults.answer_delay_s)
        if not faults.upnp_enabled:
            raise web.HTTPForbidden(text="")
        return await handler(request)

    @staticmethod
    def _drop(request: web.Request) -> None:
        if request.transport is not None:
            request.transport.abort()

    async def _control(self, request: web.Request) -> web.Response:
        """Do an action."""
        speaker = self._meant(request)
        service = SERVICE_PATHS[request.path.removesuffix("/Control")]
        if speaker.faults.answers_html:
            page = "<html><body><h1>500</h1>Something<br>went wrong</body></html>"
            return web.Response(status=500, text=page, content_type="text/html")
        name = action_name(request.headers.get("SOAPACTION", ""))
        try:
            arguments = parse_request(await request.read())
            speaker.faults.meet_refusal(name)
            results = perform(speaker, service, name, arguments)
            results |= speaker.faults.odd_results(name)
            if speaker.faults.answers_empty:
                results = {}
            status, body = 200, answer(service, name, results)
        except UPnPFault as err:
            status, body = 500, fault(err.code)
        return web.Response(
            status=status,
            text=body,
            content_type="text/xml",
            charset="utf-8",
            headers={"EXT": "", "Server": SERVER_HEADER},
        )

    async def _events(self, request: web.Request) -> web.Response:
        """Subscribe, renew (a SID is sent along) or unsubscribe; 412 for a subscription that is gone."""
        speaker = self._meant(request)
        service = SERVICE_PATHS[request.path.removesuffix("/Event")]
        sid = request.headers.get("SID")
        if request.method == "UNSUBSCRIBE":
            known = speaker.subscriptions.pop(sid or "", None)
            return web.Response(status=200 if known else 412)
        if (status := speaker.faults.refused_events.get(service)) is not None:
            return web.Response(status=status)
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
            subscription = Subscription(
                speaker,
                service,
                callback.group(1),
                lease_s,
                report=lambda: properties(speaker, service),
                deliveries=speaker.household.deliveries,
            )
            speaker.subscriptions[subscription.sid] = subscription
            subscription.send_state()
        return web.Response(
            headers={
                "SID": subscription.sid,
                "TIMEOUT": "infinite"
                if speaker.household.endless_leases
                else f"Second-{lease_s}",
                "Server": SERVER_HEADER,
            }
        )

    async def _device(self, request: web.Request) -> web.Response:
        """Describe the speaker."""
        text = device_description(self._meant(request))
        return web.Response(content_type="text/xml", text=text)

    async def _service(self, request: web.Request) -> web.Response:
        """Describe a service, which SoCo asks for before an action without arguments."""
        if (text := service_description(request.match_info["service"])) is None:
            raise web.HTTPNotFound
        return web.Response(content_type="text/xml", text=text)

    async def _battery(self, request: web.Request) -> web.Response:
        """Report the battery, if there is one."""
        text = battery_status(self._meant(request).battery)
        return web.Response(content_type="text/xml", text=text)

    async def _album_art(self, request: web.Request) -> web.Response:
        """Serve a cover."""
        picture = self._meant(request).household.cover(request.query.get("u", ""))
        return web.Response(body=picture, content_type="image/png")
