"""Events (GENA): the subscriptions to a speaker, and how what it reports is carried to them."""

import asyncio
from collections import deque
from collections.abc import Callable
import contextlib
from typing import Final, Protocol
import uuid

import aiohttp

from ..clock import SimulatedClock
from .didl import quoted
from .faults import Faults

type Properties = dict[str, object]

_MISSES_BEFORE_DROP: Final = 3
_LISTENER_ANSWERS_WITHIN: Final = aiohttp.ClientTimeout(total=5)
_ANSWER_LEAVES_FIRST_S: Final = 0.005


def property_set(state: Properties) -> str:
    """Return the body of an event."""
    inner = "".join(
        f"<e:property><{name}>{quoted(value)}</{name}></e:property>"
        for name, value in state.items()
    )
    return f'<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0">{inner}</e:propertyset>'


class Publisher(Protocol):
    """What a subscription needs of its speaker."""

    uid: str
    faults: Faults
    subscriptions: dict[str, Subscription]

    @property
    def clock(self) -> SimulatedClock:
        """The clock that leases run by."""


class Subscription:
    """Somebody who wants to hear of a service; states are sent in order, one after the other."""

    def __init__(
        self,
        speaker: Publisher,
        service: str,
        callback: str,
        lease_s: int,
        *,
        report: Callable[[], Properties],
        deliveries: Deliveries,
    ) -> None:
        """Subscribe a callback URL to a service of a speaker; `report` returns the service's present state."""
        self.sid = f"uuid:{speaker.uid}_sub{uuid.uuid4().hex[:10]}"
        self.service = service
        self.callback = callback
        self.sequence = 0
        self._speaker = speaker
        self._report = report
        self._deliveries = deliveries
        self._states: deque[Properties] = deque()
        self._misses = 0
        self._is_sending = False
        self.renew(lease_s)

    def renew(self, lease_s: int) -> None:
        """Begin the lease anew."""
        self.expires_ms = self._speaker.clock.now_ms() + lease_s * 1000

    @property
    def expired(self) -> bool:
        """Whether the lease has run out."""
        return self._speaker.clock.now_ms() > self.expires_ms

    def send_state(self) -> None:
        """Send the present state of the service, after those that are still on their way."""
        self._states.append(self._report())
        if not self._is_sending:
            self._is_sending = True
            self._deliveries.start(self)

    async def deliver(self, http: aiohttp.ClientSession) -> None:
        """Send what waits; three states in a row that don't arrive end the subscription."""
        if self.sequence == 0:
            # The answer to the subscription leaves before its first event does.
            await asyncio.sleep(_ANSWER_LEAVES_FIRST_S)
        while self._states and self.sid in self._speaker.subscriptions:
            state = self._states.popleft()
            if self.expired:
                continue
            if not self._speaker.faults.swallow_event():
                await self._send(http, state)
            self.sequence += 1
        self._is_sending = False

    def _body(self, state: Properties) -> str:
        body = property_set(state)
        if not self._speaker.faults.events_commented:
            return body
        opening, _, rest = body.partition(">")
        rest = rest.replace("<e:property>", "<e:property><!-- one --><?of many?>")
        return f"<!-- sent by --><?speaker one?>{opening}><!-- all of it -->{rest}"

    async def _send(self, http: aiohttp.ClientSession, state: Properties) -> None:
        headers = {
            "CONTENT-TYPE": "text/xml",
            "NT": "upnp:event",
            "NTS": "upnp:propchange",
            "SID": self.sid,
            "SEQ": str(self.sequence),
            "X-SONOS-SERVICETYPE": self.service,
        }
        try:
            async with http.request(
                "NOTIFY",
                self.callback,
                data=self._body(state).encode(),
                headers=headers,
                timeout=_LISTENER_ANSWERS_WITHIN,
            ) as response:
                await response.read()
        except aiohttp.ClientError, TimeoutError:
            self._misses += 1
            if self._misses >= _MISSES_BEFORE_DROP:
                self._speaker.subscriptions.pop(self.sid, None)
        else:
            self._misses = 0


class Deliveries:
    """The tasks that carry events, so that they end with the simulator. None runs while nothing changes."""

    def __init__(self) -> None:
        """Begin with none; nothing is carried before the start."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._http: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Begin to carry, in the running loop."""
        # A speaker keeps no connection to its listeners between events.
        connector = aiohttp.TCPConnector(force_close=True)
        self._http = aiohttp.ClientSession(connector=connector)

    def start(self, subscription: Subscription) -> None:
        """Deliver what waits for a subscription."""
        if self._http is None:
            return
        task = asyncio.create_task(subscription.deliver(self._http))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End all deliveries."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._http is not None:
            await self._http.close()
            self._http = None
