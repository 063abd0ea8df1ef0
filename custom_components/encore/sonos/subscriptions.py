"""The event subscriptions to one speaker: which it accepts, and whether events arrive."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from typing import Final, final

from aiohttp import ClientResponseError

from homeassistant.core import callback

from ..const import LOGGER
from .errors import SonosUpnpOff, SpeakerUnreachable
from .event_listener import EventListener, SpeakerSubscription
from .soco_speaker import SpeakerSoCo
from .xml_reading import Variables

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
@dataclass(eq=False)
class Subscriptions:
    """Those of one speaker. They are made and dropped together; what the speaker refuses is left to be asked.

    `event_received` is called with each event of a service, `missed` before it with the service of which events were lost,
    and `lost` when the speaker renews a subscription no more.
    """

    _listener: EventListener
    _: KW_ONLY
    event_received: Callable[[str, Variables], None]
    missed: Callable[[str], None]
    lost: Callable[[], None]
    _made: list[SpeakerSubscription] = field(default_factory=list, init=False)
    _dropped: list[SpeakerSubscription] = field(default_factory=list, init=False)
    """Subscriptions not yet canceled at the speaker: it goes on sending until their leases end."""
    _numbers: dict[str, int] = field(default_factory=dict, init=False)
    awaited: set[str] = field(default_factory=set, init=False)
    """The services whose first event did not arrive yet."""
    _refused: set[str] = field(default_factory=set, init=False)
    _is_dropped: bool = field(default=True, init=False)
    _all_arrived: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    @property
    def refused(self) -> frozenset[str]:
        """The services without a subscription, while others have one."""
        return frozenset() if self._is_dropped else frozenset(self._refused)

    def is_subscribed(self, service: str) -> bool:
        """Whether the speaker sends events of a service."""
        return not self._is_dropped and service not in self._refused

    async def async_make(self, soco: SpeakerSoCo, name: str) -> bool:
        """Subscribe to everything, and return whether any event arrives; `name` is what errors call the speaker.

        Where all are forgotten meanwhile it returns True at once, for it is not known whether any would.
        What the speaker refuses is in `refused`. Raises SpeakerUnreachable, and SonosUpnpOff where that is why it refuses all.
        """
        self.forget()
        if not self._listener.is_running:
            return False
        self.awaited = set(SERVICES)
        self._refused.clear()
        self._all_arrived.clear()
        self._is_dropped = False
        self._numbers.clear()
        failures = await self._async_subscribe(SERVICES, soco)
        expected = set(SERVICES) - set(failures)
        if self._made:
            # The speaker is there, so those from before can be canceled.
            await asyncio.gather(
                self._async_first_events(FIRST_EVENT_WITHIN_S),
                self.async_unsubscribe_dropped(),
            )
            if self.awaited == expected and self._listener.has_received:
                await self._async_first_events(LATE_EVENT_WITHIN_S)
        if self._is_dropped:
            self.forget()
            self.awaited.clear()
            return True
        if not self._made:
            self._is_dropped = True
            _raise_unless_refused(failures.values(), name)
            return False
        if self.awaited == expected:
            await self.async_end()
            return False
        return True

    async def async_try_refused(self, soco: SpeakerSoCo) -> None:
        """Subscribe to what was refused, where the speaker takes it by now; the others stay as they are."""
        await self._async_subscribe(self.refused, soco)

    async def async_end(self) -> None:
        """Cancel all subscriptions, if the speaker answers within a moment."""
        self.forget()
        await self.async_unsubscribe_dropped()

    @callback
    def forget(self) -> None:
        """Ignore events; they are canceled at the speaker, which may not be there now, before new ones are made."""
        for one in self._made:
            one.forget()
        self._dropped += self._made
        self._made.clear()
        self._is_dropped = True
        self._all_arrived.set()

    async def async_unsubscribe_dropped(self) -> None:
        """Cancel dropped subscriptions at the speaker; where that fails it is tried again until the leases end."""
        if not self._dropped:
            return
        dropped, self._dropped = self._dropped, []
        untold = await self._listener.async_unsubscribe(dropped, FIRST_EVENT_WITHIN_S)
        self._dropped += untold

    async def _async_subscribe(
        self, services: Iterable[str], soco: SpeakerSoCo
    ) -> dict[str, BaseException]:
        """Subscribe to services at once, and return why some of them could not be."""
        asked = list(services)
        results = await asyncio.gather(
            *(self._async_subscribe_to(service, soco) for service in asked),
            return_exceptions=True,
        )
        failures = {
            service: result
            for service, result in zip(asked, results, strict=True)
            if result is not None
        }
        self._refused = (self._refused - set(asked)) | set(failures)
        self.awaited -= set(failures)
        if failures:
            LOGGER.debug(
                "%s refuses subscriptions to %s", soco.host, ", ".join(failures)
            )
        return failures

    async def _async_subscribe_to(self, service: str, soco: SpeakerSoCo) -> None:
        def received(number: int, variables: Variables) -> None:
            self._received(service, number, variables)

        # A number of its own: the events of one that was made again are counted from 0.
        self._numbers.pop(service, None)
        self._made.append(
            await self._listener.async_subscribe(
                getattr(soco, SERVICES[service]), received, self.lost
            )
        )

    async def _async_first_events(self, within_s: float) -> None:
        if not self.awaited:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._all_arrived.wait()

    def _received(self, service: str, number: int, variables: Variables) -> None:
        before = self._numbers.get(service)
        self._numbers[service] = number
        if before is not None and number not in {
            before,
            1 if before == _LAST_NUMBER else before + 1,
        }:
            self.missed(service)
        self.awaited.discard(service)
        if not self.awaited:
            self._all_arrived.set()
        self.event_received(service, variables)


def _raise_unless_refused(failures: Iterable[BaseException], name: str) -> None:
    """Raise what it means that nothing at all could be subscribed to, unless the speaker answers and only refuses."""
    for cause in failures:
        match cause:
            case ClientResponseError(status=403):
                raise SonosUpnpOff(speaker=name) from cause
            case ClientResponseError():
                continue
            case Exception():
                # Besides no answer, one without a SID.
                raise SpeakerUnreachable(speaker=name) from cause
        raise cause
