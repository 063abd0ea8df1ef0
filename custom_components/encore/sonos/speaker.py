"""One visible speaker: its events, what it said, and whether it is there."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
import random
import time
from typing import Final

from aiohttp import ClientError, ClientResponseError

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from .asking import (
    ask_battery,
    ask_info,
    ask_position,
    ask_sound,
    ask_transport,
    ask_transport_state,
    ping,
)
from .calls import PING_TIMEOUT_S, Calls
from .errors import SonosError, SpeakerUnreachable, UpnpOff
from .listener import EventListener, SpeakerSubscription
from .model import Battery, Playback, Sound, SpeakerInfo
from .position import carried_over, has_position, told
from .reading import Variables, read_duration
from .sleep_timer import SleepTimer
from .soco_speaker import HouseholdView, SpeakerSoCo
from .sound import read_battery, read_sound
from .sounding import read_playback
from .topology import Member

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
POLL_EVERY_S: Final = 9
"""A change is known within 10 seconds then, the time that asking takes included."""
RECONCILE_EVERY_S: Final = 60
EVENTS_AGAIN_S: Final = 300
"""How often at least to try whether events arrive by now; soon at first."""
_EVENTS_AGAIN_SOON_S: Final = 30
_FIRST_RETRY_S: Final = 1
_LONGEST_RETRY_S: Final = 300
_LAST_NUMBER: Final = 2**32 - 1


class Link(StrEnum):
    """How a speaker is heard."""

    NEW = "new"
    PUSHED = "pushed"
    """By its events."""
    POLLED = "polled"
    """By asking: its events do not arrive."""
    LOST = "lost"
    """Not at all."""


class Speaker:
    """A speaker while its household is loaded; all of it belongs to the event loop."""

    def __init__(
        self,
        hass: HomeAssistant,
        member: Member,
        view: HouseholdView,
        listener: EventListener,
        *,
        changed: Callable[[Speaker], None],
        heard: Callable[[Speaker, str, Variables], None],
    ) -> None:
        """Take who it is. `changed` is called when it plays or sounds otherwise, or comes or goes; `heard` after each event."""
        self.member = member
        self.info: SpeakerInfo | None = None
        self.link = Link.NEW
        self.available = False
        """Whether it answers or sends events."""
        self.upnp_off = False
        self.playback = Playback()
        self.sound = Sound()
        self.battery: Battery | None = None
        self._hass = hass
        self._view = view
        self._listener = listener
        self._changed = changed
        self._heard = heard
        self._said: dict[str, Variables] = {}
        self._numbers: dict[str, int] = {}
        self._awaited: set[str] = set()
        self._all_arrived = asyncio.Event()
        self._subscriptions: list[SpeakerSubscription] = []
        self._wake = asyncio.Event()
        self._resync = False
        self._is_gone = False
        self._failures = 0
        self._events_again_at = 0.0
        self._events_again_s: float = min(_EVENTS_AGAIN_SOON_S, EVENTS_AGAIN_S)
        self._last_heard = 0.0
        self._asking_position: asyncio.Task[None] | None = None
        self._position_again = False
        self._keeper: asyncio.Task[None] | None = None
        self.calls = Calls(hass, self._new_soco(), member.name)
        self.sleep_timer = SleepTimer(hass, self.calls, lambda: changed(self))

    @property
    def uid(self) -> str:
        """Its uid."""
        return self.member.uid

    # Being there

    async def async_begin(self) -> None:
        """Connect once, and look after the connection from then on."""
        await self._async_attempt()
        self._keeper = self._hass.async_create_background_task(
            self._async_keep(), f"encore: the Sonos speaker {self.member.name}"
        )

    async def async_end(self) -> None:
        """End everything, and tell the speaker to send no more."""
        for task in (self._keeper, self._asking_position):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        await self.sleep_timer.async_close()
        await self._async_unsubscribe()

    @callback
    def async_moved(self, member: Member) -> None:
        """Take over what the topology says: another name, address or number of restarts."""
        before, self.member = self.member, member
        self.calls.name = member.name
        moved = (before.host, before.port) != (member.host, member.port)
        if moved:
            self.calls.soco = self._new_soco()
        if moved or before.boot != member.boot:
            # After a reboot its subscriptions are forgotten, which it would not say before they are renewed; and it may
            # have new firmware.
            self.info = None
            self.async_reconnect()

    @callback
    def async_reconnect(self) -> None:
        """Subscribe anew soon, and read everything."""
        self._is_gone = False
        self._forget_subscriptions()
        self._failures = 0
        if self.link is not Link.LOST:
            self.link = Link.NEW
        self._wake.set()

    @property
    def is_gone(self) -> bool:
        """Whether the household does not have it now."""
        return self._is_gone

    @callback
    def async_vanished(self) -> None:
        """Take note that the household lost it; it is looked for again when the household has it back."""
        self._is_gone = True
        self._forget_subscriptions()
        self._lost("the household no longer has it")

    @callback
    def async_doubt(self) -> None:
        """Look soon whether it is still there: it did not answer somebody."""
        self._wake.set()

    # Keeping the connection

    async def _async_keep(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause_s()):
                    await self._wake.wait()
            self._wake.clear()
            await self._async_attempt()

    def _pause_s(self) -> float | None:
        """Return how long there is nothing to do, in seconds; None for until something happens."""
        if self._is_gone:
            return None
        match self.link:
            case Link.PUSHED:
                # Not all speakers at the same moment.
                return RECONCILE_EVERY_S * random.uniform(0.75, 1)
            case Link.POLLED:
                return POLL_EVERY_S
        return min(_FIRST_RETRY_S * 2.0**self._failures, _LONGEST_RETRY_S)

    async def _async_attempt(self) -> None:
        """Do what is due: connect, poll, or see whether what is known is still true."""
        if self._is_gone:
            return
        try:
            if self.link is Link.PUSHED and not self._resync:
                await self._async_reconcile()
            elif self.link is Link.POLLED and time.monotonic() < self._events_again_at:
                await self.async_read()
            else:
                if self.link is Link.POLLED:
                    # It takes seconds to see whether events arrive by now.
                    await self.async_read()
                await self._async_connect()
        except SonosError as err:
            self.upnp_off = isinstance(err, UpnpOff)
            self._failures += 1
            self._forget_subscriptions()
            self._lost(str(err))

    async def _async_connect(self) -> None:
        """Subscribe to all events; where they do not arrive, read the state instead. Raises SonosError."""
        self._resync = False
        self._forget_subscriptions()
        if self.info is None:
            self.info = await self.calls.async_call(ask_info)
        self.battery = await self._async_battery()
        if self._listener.is_running and await self._async_subscribe():
            self._events_again_s = min(_EVENTS_AGAIN_SOON_S, EVENTS_AGAIN_S)
            self._found(Link.PUSHED)
            return
        self._events_again_at = time.monotonic() + self._events_again_s
        self._events_again_s = min(2 * self._events_again_s, EVENTS_AGAIN_S)
        await self.async_read()
        self._found(Link.POLLED)

    async def _async_battery(self) -> Battery | None:
        try:
            return await self.calls.async_call(ask_battery)
        except UpnpOff:
            raise
        except SonosError:
            # Older firmware has no such page.
            return self.battery

    async def _async_subscribe(self) -> bool:
        """Subscribe, and return whether events arrive. Raises SonosError."""
        self._awaited = set(SERVICES)
        self._all_arrived.clear()
        self._numbers.clear()
        results = await asyncio.gather(
            *(self._async_subscribe_to(service) for service in SERVICES),
            return_exceptions=True,
        )
        for result in results:
            match result:
                case None:
                    continue
                case ClientResponseError(status=403):
                    raise UpnpOff(speaker=self.member.name) from result
                case ClientError() | TimeoutError() | OSError():
                    raise SpeakerUnreachable(speaker=self.member.name) from result
            raise result
        await self._async_first_events(FIRST_EVENT_WITHIN_S)
        if self._awaited == set(SERVICES) and self._listener.has_heard:
            await self._async_first_events(LATE_EVENT_WITHIN_S)
        if self._awaited == set(SERVICES):
            await self._async_unsubscribe()
            return False
        if self._awaited:
            await self.async_read()
        return True

    async def _async_first_events(self, within_s: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._all_arrived.wait()

    async def _async_subscribe_to(self, service: str) -> None:
        def received(number: int, said: Variables) -> None:
            self._event(service, number, said)

        self._subscriptions.append(
            await self._listener.async_subscribe(
                getattr(self.calls.soco, SERVICES[service]),
                received,
                self.async_reconnect,
            )
        )

    def _forget_subscriptions(self) -> None:
        for subscription in self._subscriptions:
            subscription.forget()
        self._subscriptions.clear()

    async def _async_unsubscribe(self) -> None:
        """Tell the speaker to send no more, if it can be told within a moment."""
        ending, self._subscriptions = self._subscriptions, []
        try:
            async with asyncio.timeout(FIRST_EVENT_WITHIN_S):
                await asyncio.gather(
                    *(one.unsubscribe() for one in ending), return_exceptions=True
                )
        except TimeoutError:
            LOGGER.debug("%s could not be told to send no more", self.member.name)
        finally:
            for one in ending:
                one.forget()

    def _found(self, link: Link) -> None:
        if self._is_gone:
            return
        before, self.link = self.link, link
        self.available = True
        self.upnp_off = False
        self._failures = 0
        self._last_heard = time.monotonic()
        if before is Link.LOST:
            LOGGER.info("%s is there again", self.member.name)
        if before is not link:
            self._changed(self)

    def _lost(self, why: str) -> None:
        before, self.link = self.link, Link.LOST
        self.available = False
        if before is Link.LOST:
            return
        LOGGER.info("%s is not there: %s", self.member.name, why)
        self._changed(self)

    # What it says

    @callback
    def _event(self, service: str, number: int, said: Variables) -> None:
        """Take an event; one that was missed makes everything be read again."""
        self._last_heard = time.monotonic()
        before = self._numbers.get(service)
        self._numbers[service] = number
        if before is not None and number not in {
            before + 1,
            before,
            1 if before == _LAST_NUMBER else before + 1,
        }:
            LOGGER.debug("%s: events of %s were missed", self.member.name, service)
            self._resync = True
            self._wake.set()
        self._awaited.discard(service)
        if not self._awaited:
            self._all_arrived.set()
        self.async_said(service, said)
        self._heard(self, service, said)

    @callback
    def async_said(self, service: str, said: Variables) -> None:
        """Take what a service said, by an event or asked."""
        known = {**self._said.get(service, {}), **said}
        self._said[service] = known
        match service:
            case "AVTransport":
                self._take_transport(known)
            case "RenderingControl":
                self._show(sound=read_sound(known))
            case "DeviceProperties":
                if battery := read_battery(known):
                    self._show(battery=battery)

    def _take_transport(self, said: Variables) -> None:
        at = _now()
        first = self.playback == Playback()
        playback = self._with_whole_art(read_playback(said))
        self._show(
            playback=carried_over(None if first else self.playback, playback, at)
        )
        self.async_ask_position()
        self.sleep_timer.async_counted(said.get("SleepTimerGeneration"))

    def _with_whole_art(self, playback: Playback) -> Playback:
        """Return what plays with the whole address of its cover: speakers name their own without a host."""
        sounding = playback.sounding
        if sounding is None or sounding.art is None or not sounding.art.startswith("/"):
            return playback
        art = f"http://{self.member.host}:{self.member.port}{sounding.art}"
        return replace(playback, sounding=replace(sounding, art=art))

    def _show(
        self,
        *,
        playback: Playback | None = None,
        sound: Sound | None = None,
        battery: Battery | None = None,
    ) -> None:
        before = self.playback, self.sound, self.battery
        self.playback = playback or self.playback
        self.sound = sound or self.sound
        self.battery = battery or self.battery
        if (self.playback, self.sound, self.battery) != before:
            self._changed(self)

    # Asking

    async def async_read(self) -> None:
        """Read everything by asking. Raises SonosError."""
        transport = await self.calls.async_call(ask_transport)
        at = _now()
        self._last_heard = time.monotonic()
        known = self._said.get("AVTransport", {})
        if known.get("AVTransportURI") != transport["AVTransportURI"]:
            # What it is played from is told by events only.
            known.pop("EnqueuedTransportURI", None)
            known.pop("EnqueuedTransportURIMetaData", None)
        elapsed = transport.pop("RelTime")
        self._said["AVTransport"] = {**known, **transport}
        first = self.playback == Playback()
        playback = self._with_whole_art(read_playback(self._said["AVTransport"]))
        playback = carried_over(None if first else self.playback, playback, at)
        self._show(playback=told(playback, read_duration(elapsed), at))
        self.async_said("RenderingControl", await self.calls.async_call(ask_sound))
        if self._leads:
            await self.sleep_timer.async_read()

    @callback
    def async_ask_position(self) -> None:
        """Ask how far the track is, unless nobody could tell; events never say it."""
        if not has_position(self.playback) or not self._leads:
            return
        if self._asking_position is not None and not self._asking_position.done():
            self._position_again = True
            return
        self._asking_position = self._hass.async_create_background_task(
            self._async_ask_position(), f"encore: how far {self.member.name} is"
        )

    @property
    def _leads(self) -> bool:
        return self._view.topology.coordinator_of(self.uid) == self.uid

    async def _async_ask_position(self) -> None:
        self._position_again = True
        while self._position_again:
            self._position_again = False
            asked_for = self.playback
            began = _now()
            try:
                said = await self.calls.async_call(ask_position)
            except SonosError as err:
                LOGGER.debug("%s does not tell the position: %s", self.member.name, err)
                return
            # Between the question and the answer.
            at = (began + _now()) // 2
            if self.playback.sounding is asked_for.sounding:
                ms = read_duration(said["RelTime"])
                self._show(playback=told(self.playback, ms, at))

    async def _async_reconcile(self) -> None:
        """See whether what is known is still true; events that were lost are made up for. Raises SonosError."""
        try:
            if await self._async_is_as_known():
                return
        except SpeakerUnreachable:
            if time.monotonic() - self._last_heard < RECONCILE_EVERY_S:
                # It sends, and is only slow to answer.
                return
            await self.calls.async_within(PING_TIMEOUT_S, None, ping)
            return
        # A change may have been on its way while it was asked.
        await asyncio.sleep(FIRST_EVENT_WITHIN_S / 2)
        if not await self._async_is_as_known():
            LOGGER.debug("%s changed without an event", self.member.name)
            await self._async_connect()

    async def _async_is_as_known(self) -> bool:
        volume = await self.calls.async_call(ping)
        self._last_heard = time.monotonic()
        if volume != self._said.get("RenderingControl", {}).get("Volume/Master"):
            return False
        if not self._leads:
            return True
        state = await self.calls.async_call(ask_transport_state)
        known = self._said.get("AVTransport", {})
        if state != known.get("TransportState"):
            return False
        if state != "PLAYING":
            return True
        said = await self.calls.async_call(ask_position)
        at = _now()
        if said["CurrentTrackURI"] != known.get("CurrentTrackURI"):
            return False
        ms = read_duration(said["RelTime"])
        self._show(playback=told(self.playback, ms, at))
        return True

    def _new_soco(self) -> SpeakerSoCo:
        return SpeakerSoCo.private(
            self._view, self.member.host, self.member.port, self.uid
        )


def _now() -> int:
    return round(dt_util.utcnow().timestamp() * 1000)
