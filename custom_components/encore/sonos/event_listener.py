"""The HTTP server that receives UPnP events, and the subscriptions to it.

SoCo has one listener for the whole process, which Home Assistant's own `sonos` stops when it unloads. So each household
listens for itself; subscribing, renewing and the time for it are SoCo's (`events_asyncio`).
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
import errno
import re
import socket
from typing import Any, Final, override

from aiohttp import ClientError, ClientResponseError, ClientSession, ClientTimeout, web
from requests.structures import CaseInsensitiveDict

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_create_clientsession

from ..const import LOGGER
from ..runtime.supervision import unforeseen_logged
from .soco_compat import Service, Subscription, SubscriptionsMapAio
from .topology import base_url
from .xml_reading import Unreadable, Variables, read_event

FIRST_PORT: Final = 1400
"""Where SoCo begins to look for a free port; what people let through their firewalls."""
_CORE: Final = "sonos"
"""Home Assistant's own integration: where it is set up, the first port is left to it."""
_PORTS: Final = 100
_ANSWER_WITHIN_S: Final = 9.5
LEASE_S: Final = 1200
_LEASE: Final = re.compile(r"second-\d{1,6}", re.ASCII | re.IGNORECASE)
_MOST_EARLY: Final = 64
_UNSUBSCRIBE_WITHIN_S: Final = 2

type Received = Callable[[int, Variables], None]
"""Called with the number of an event, from 0, and what it says."""


class CannotListen(OSError):
    """No port is free, or the chosen one is taken."""


class EventListener:
    """Takes the events of a household. `address` and `port` are None for what is found by itself.

    Speakers send to `address`; where it is none of this machine's (a container), all of them are listened on.
    """

    def __init__(
        self, hass: HomeAssistant, address: str | None, port: int | None
    ) -> None:
        """Listen to nothing yet."""
        self.hass = hass
        self._wanted = address, port
        self._runner: web.AppRunner | None = None
        self._early: dict[str, list[tuple[int, bytes]]] = {}
        self._subscribing: set[asyncio.Future[object]] = set()
        self._unwanted: list[SpeakerSubscription] = []
        self._is_deaf = False
        self.has_received = False
        """Whether any event arrived yet."""
        self.subscriptions = SubscriptionsMapAio()
        self.session: ClientSession | None = None
        self.address: tuple[str, int] = ("", 0)

    @property
    def is_running(self) -> bool:
        """Whether events can arrive."""
        return self._runner is not None

    async def async_start(self, towards: str) -> None:
        """Listen on the address from which `towards`, a speaker's, is reached. Raises CannotListen."""
        if self._runner is not None:
            return
        address, port = self._wanted
        taken = bool(self.hass.config_entries.async_entries(_CORE))
        bound = _bind(
            address or await _async_source_address(towards),
            [port] if port else range(FIRST_PORT + taken, FIRST_PORT + _PORTS),
        )
        application = web.Application()
        application.router.add_route("NOTIFY", "/{path:.*}", self._received)
        runner = web.AppRunner(application, access_log=None)
        try:
            await runner.setup()
            await web.SockSite(runner, bound).start()
        except BaseException:
            await runner.cleanup()
            bound.close()
            raise
        self._runner = runner
        self.address = (address or bound.getsockname()[0], bound.getsockname()[1])
        self.session = async_create_clientsession(
            self.hass,
            auto_cleanup=False,
            raise_for_status=True,
            timeout=ClientTimeout(total=_ANSWER_WITHIN_S),
        )

    @callback
    def async_stop_listening(self) -> None:
        """Ignore events from now on, so that none begins anything while all is ended."""
        self._is_deaf = True

    async def async_stop(self) -> None:
        """Listen no more, once nothing is about to be subscribed to."""
        if self._subscribing:
            await asyncio.wait(self._subscribing, timeout=_ANSWER_WITHIN_S)
            # What they call back comes in the next turn of the event loop.
            await asyncio.sleep(0)
        await self.async_unsubscribe(self._unwanted, _UNSUBSCRIBE_WITHIN_S)
        self._unwanted.clear()
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()
        session, self.session = self.session, None
        if session is not None:
            # The connections are Home Assistant's.
            session.detach()

    def stop(self) -> None:
        """Go on listening when the last subscription ends, which SoCo would not."""

    async def async_subscribe(
        self, service: Service, received: Received, lost: Callable[[], None]
    ) -> SpeakerSubscription:
        """Subscribe to a service of a speaker; `lost` is called when it cannot be renewed.

        Raises aiohttp.ClientError or TimeoutError.
        """
        subscription = SpeakerSubscription(service, self, received, lost)
        subscribing = subscription.subscribe(requested_timeout=LEASE_S, auto_renew=True)
        self._subscribing.add(subscribing)
        subscribing.add_done_callback(self._subscribing.discard)
        try:
            # SoCo goes on by itself when nobody waits any more; `shield` would log how it failed then.
            await asyncio.wait([subscribing])
        except asyncio.CancelledError:
            subscribing.add_done_callback(lambda done: self._left(done, subscription))
            raise
        subscribing.result()
        # The first event may overtake the answer that names the subscription.
        for number, body in self._early.pop(subscription.sid, ()):
            subscription.take(number, body)
        return subscription

    async def async_unsubscribe(
        self, subscriptions: Iterable[SpeakerSubscription], within_s: float
    ) -> list[SpeakerSubscription]:
        """Cancel dropped subscriptions at a speaker; return those that it still leases."""
        oldest = asyncio.get_running_loop().time() - LEASE_S
        untold = {
            id(one): one for one in subscriptions if one.sid and one.dropped_at > oldest
        }
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await asyncio.gather(
                    *(
                        self._async_unsubscribe_one(one, untold)
                        for one in [*untold.values()]
                    )
                )
        return [*untold.values()]

    async def _async_unsubscribe_one(
        self, ended: SpeakerSubscription, untold: dict[int, SpeakerSubscription]
    ) -> None:
        if self.session is None:
            return
        try:
            async with self.session.request(
                "UNSUBSCRIBE", ended.url, headers={"SID": ended.sid}
            ):
                pass
        except ClientResponseError:
            # It has forgotten the subscription itself.
            pass
        except (ClientError, TimeoutError) as err:
            LOGGER.debug("A subscription was not canceled: %s", err)
            return
        del untold[id(ended)]

    def _left(
        self, done: asyncio.Future[object], subscription: SpeakerSubscription
    ) -> None:
        """Drop a subscription that nobody waits for any more, however its making ended."""
        if not done.cancelled():
            done.exception()
        subscription.forget()
        self._unwanted.append(subscription)

    async def _received(self, request: web.Request) -> web.Response:
        """Take an event."""
        sid = request.headers.get("SID", "")
        try:
            number = int(request.headers.get("SEQ", ""))
        except ValueError:
            return web.Response(status=400)
        body = await request.read()
        if self._is_deaf:
            return web.Response(status=412)
        self.has_received = True
        subscription = self.subscriptions.get_subscription(sid)
        if isinstance(subscription, SpeakerSubscription):
            subscription.take(number, body)
        elif self.subscriptions.count > len(self.subscriptions.subscriptions):
            if len(self._early) >= _MOST_EARLY:
                self._early.clear()
            self._early.setdefault(sid, []).append((number, body))
        else:
            # So that the speaker drops a subscription from before a restart.
            return web.Response(status=412)
        return web.Response()


class SpeakerSubscription(Subscription):  # type: ignore[misc]  # SoCo ships no types
    """One service of one speaker."""

    def __init__(
        self,
        service: Service,
        listener: EventListener,
        received: Received,
        lost: Callable[[], None],
    ) -> None:
        """Subscribe to nothing yet."""
        super().__init__(service)
        self.event_listener = listener
        self.subscriptions_map = listener.subscriptions
        self.auto_renew_fail = lambda _err: lost()
        self.dropped_at = 0.0
        """When it was forgotten, by the event loop's clock."""
        self._take = received

    def take(self, number: int, body: bytes) -> None:
        """Read an event and hand it on."""
        try:
            variables = read_event(body)
        except Unreadable as err:
            LOGGER.debug("An event of %s is unreadable: %s", self.service.base_url, err)
            return
        what = f"an event of {self.service.service_type}"
        with unforeseen_logged(self.event_listener.hass, what):
            self._take(number, variables)

    @property
    def url(self) -> str:
        """Where it was made."""
        return f"{self.service.base_url}{self.service.event_subscription_url}"

    def forget(self) -> None:
        """Drop the subscription without a call to the speaker, which may not be there."""
        # A renewal that is under way would fail for all of them, one after another.
        self.auto_renew_fail = lambda _err: None
        self.dropped_at = asyncio.get_running_loop().time()
        self._cancel_subscription()

    @override
    def _request(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        success: Callable[..., None],
        unconditional: Callable[[], None] | None = None,
    ) -> Any:
        """Send the speaker our own address: SoCo's settings for it are those of the whole process."""
        if "Callback" in headers:
            host, port = self.event_listener.address
            headers["Callback"] = f"<{base_url(host, port)}>"

        def answered(answer_headers: Mapping[str, str]) -> None:
            answer_headers = CaseInsensitiveDict(answer_headers)
            if not _LEASE.fullmatch(answer_headers.get("TIMEOUT", "")):
                # `infinite`, or nothing: SoCo reads seconds alone, and would leave the subscription behind.
                answer_headers["TIMEOUT"] = f"Second-{LEASE_S}"
            success(answer_headers)

        return super()._request(method, url, headers, answered, unconditional)


async def _async_source_address(towards: str) -> str:
    """Return the address of this machine from which another, or a name, is reached; nothing is sent.

    Raises CannotListen where there is no way to it.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(towards, FIRST_PORT, type=socket.SOCK_DGRAM)
        family, *_, address = found[0]
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.setblocking(False)
            with suppress(BlockingIOError):
                probe.connect(address)
            return str(probe.getsockname()[0])
    except OSError as err:
        raise CannotListen(f"No way to {towards}: {err}") from err


def _bind(address: str, ports: Iterable[int]) -> socket.socket:
    """Return a socket that listens on the first port that is free; raises CannotListen."""
    for candidate in ports:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setblocking(False)
        try:
            try:
                bound.bind((address, candidate))
            except OSError as err:
                if err.errno != errno.EADDRNOTAVAIL:
                    raise
                # In a container, speakers send to the address of its host.
                bound.bind(("", candidate))
            bound.listen(200)
        except OSError:
            bound.close()
            continue
        return bound
    raise CannotListen(f"{address}: no port of {ports} is free")
