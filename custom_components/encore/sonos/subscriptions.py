"""The subscriptions to one speaker: to all its services at once, and whether their events arrive."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final, final

from aiohttp import ClientResponseError

from homeassistant.core import callback

from ..const import LOGGER
from .errors import SpeakerUnreachable, UpnpOff
from .listener import EventListener, SpeakerSubscription
from .reading import Variables
from .soco_speaker import SpeakerSoCo

SERVICES: Final = {
    "AVTransport": "avTransport",
    "RenderingControl": "renderingControl",
    "ZoneGroupTopology": "zoneGroupTopology",
    "ContentDirectory": "contentDirectory",
    "DeviceProperties": "deviceProperties",
    "AlarmClock": "alarmClock",
}
"""What is subscribed to, and the name of SoCo's attribute for it."""

FIRST_EVENT_WITHIN_S: Final = 2
"""A subscription sends the whole state at once; where nothing comes, a firewall is in the way."""
LATE_EVENT_WITHIN_S: Final = 10
"""How long it may take where other speakers' events arrive: then it is not a firewall, but a start with much to do."""
_LAST_NUMBER: Final = 2**32 - 1


@final
class Subscriptions:
    """Those of one speaker. They are made and dropped together."""

    def __init__(
        self,
        listener: EventListener,
        *,
        heard: Callable[[str, Variables], None],
        missed: Callable[[str], None],
        lost: Callable[[], None],
    ) -> None:
        """Subscribe to nothing yet.

        `heard` is called with each event of a service, `missed` before it with the service of which events were lost,
        and `lost` when the speaker renews a subscription no more.
        """
        self._listener = listener
        self._heard = heard
        self._missed = missed
        self._lost = lost
        self._made: list[SpeakerSubscription] = []
        self._numbers: dict[str, int] = {}
        self._awaited: set[str] = set()
        self._is_dropped = True
        self._all_arrived = asyncio.Event()

    @property
    def awaited(self) -> bool:
        """Whether the first event of some service did not arrive yet."""
        return bool(self._awaited)

    async def async_make(self, soco: SpeakerSoCo, name: str) -> bool:
        """Subscribe to everything, and return whether any event arrives; `name` is what errors call the speaker.

        Where all are forgotten meanwhile it returns True at once, for it is not known whether any would.
        Raises SpeakerUnreachable or UpnpOff.
        """
        self.forget()
        if not self._listener.is_running:
            return False
        self._awaited = set(SERVICES)
        self._all_arrived.clear()
        self._is_dropped = False
        self._numbers.clear()
        results = await asyncio.gather(
            *(self._async_subscribe_to(service, soco) for service in SERVICES),
            return_exceptions=True,
        )
        for result in results:
            match result:
                case None:
                    continue
                case ClientResponseError(status=403):
                    raise UpnpOff(speaker=name) from result
                case Exception():
                    # Besides no answer, one without a SID or with a lease that cannot be read.
                    raise SpeakerUnreachable(speaker=name) from result
            raise result
        await self._async_first_events(FIRST_EVENT_WITHIN_S)
        if self._awaited == set(SERVICES) and self._listener.has_heard:
            await self._async_first_events(LATE_EVENT_WITHIN_S)
        if self._is_dropped:
            self.forget()
            self._awaited.clear()
            return True
        if self._awaited == set(SERVICES):
            await self.async_end(name)
            return False
        return True

    async def async_end(self, name: str) -> None:
        """Tell the speaker to send no more, if it can be told within a moment; `name` is what the log calls it."""
        ending, self._made = self._made, []
        try:
            async with asyncio.timeout(FIRST_EVENT_WITHIN_S):
                await asyncio.gather(
                    *(one.unsubscribe() for one in ending), return_exceptions=True
                )
        except TimeoutError:
            LOGGER.debug("%s could not be told to send no more", name)
        finally:
            for one in ending:
                one.forget()

    @callback
    def forget(self) -> None:
        """Drop all without telling the speaker, which may not be there."""
        for one in self._made:
            one.forget()
        self._made.clear()
        self._is_dropped = True
        self._all_arrived.set()

    async def _async_subscribe_to(self, service: str, soco: SpeakerSoCo) -> None:
        def received(number: int, said: Variables) -> None:
            self._received(service, number, said)

        self._made.append(
            await self._listener.async_subscribe(
                getattr(soco, SERVICES[service]), received, self._lost
            )
        )

    async def _async_first_events(self, within_s: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._all_arrived.wait()

    def _received(self, service: str, number: int, said: Variables) -> None:
        before = self._numbers.get(service)
        self._numbers[service] = number
        if before is not None and number not in {
            before,
            1 if before == _LAST_NUMBER else before + 1,
        }:
            self._missed(service)
        self._awaited.discard(service)
        if not self._awaited:
            self._all_arrived.set()
        self._heard(service, said)
