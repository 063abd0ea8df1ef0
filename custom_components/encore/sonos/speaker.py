"""One visible speaker: availability, events, polling."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from math import inf
import random
import time
from typing import Final

from homeassistant.core import HomeAssistant, callback

from ..const import LOGGER
from ..history.records.logged_events import EventKind
from ..runtime.event_log_signals import async_log_event
from ..runtime.supervision import async_cancel, attend
from .calls import PING_TIMEOUT_S, Calls
from .errors import SonosError, SonosUpnpOff, SpeakerUnreachable
from .event_listener import EventListener
from .model import SpeakerInfo
from .polling import ask_info, ping
from .soco_speaker import HouseholdView, SpeakerSoCo
from .speaker_state import SpeakerState
from .subscriptions import SERVICES, Subscriptions
from .topology import Member
from .xml_reading import Variables

POLL_EVERY_S: Final = 9
"""A change is known within 10 seconds then, the time that asking takes included."""
RECONCILE_EVERY_S: Final = 60
_ON_ITS_WAY_S: Final = 1
"""How much later an event may arrive than an answer with the same change."""
EVENTS_AGAIN_S: Final = 300
"""How often at least to try whether events arrive by now; soon at first."""
_EVENTS_AGAIN_SOON_S: Final = 30
_SETTLED_AFTER_S: Final = 1
"""No event reports the end of a transition where speakers are polled."""
_FIRST_RETRY_S: Final = 1
_LONGEST_RETRY_S: Final = 300
_MOST_DOUBLINGS: Final = 16
_SHOWN: Final = ("AVTransport", "RenderingControl")
"""The services of which a room's player shows nearly everything."""


class Link(StrEnum):
    """How changes of a speaker arrive."""

    NEW = "new"
    PUSHED = "pushed"
    """By its events."""
    POLLED = "polled"
    """By asking: its events do not arrive, or it refuses those of what plays or how it sounds."""
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
        event_received: Callable[[Speaker, str, Variables], None],
    ) -> None:
        """Take who it is. `changed` is called when it plays or sounds otherwise, or comes or goes; `event_received` after each event."""
        self.member = member
        self.info: SpeakerInfo | None = None
        self.link = Link.NEW
        self.available = False
        """Whether it answers or sends events."""
        self.upnp_off = False
        self._hass = hass
        self._view = view
        self._changed = changed
        self._event_received = event_received
        self._wake = asyncio.Event()
        self.tried = asyncio.Event()
        """Set once it was connected to, or did not answer, for the first time."""
        self._resync = False
        self._has_left = False
        self._failures = 0
        self._reconcile_at = 0.0
        self._events_again_at = inf
        self._events_again_s: float = min(_EVENTS_AGAIN_SOON_S, EVENTS_AGAIN_S)
        self._keeper: asyncio.Task[None] | None = None
        self.calls = Calls(hass, self._new_soco(), member.name)
        self.state = SpeakerState(hass, member, view, self.calls, lambda: changed(self))
        """What it plays and how it sounds."""
        self._subscriptions = Subscriptions(
            listener,
            event_received=self._event,
            missed=self._missed,
            lost=self.async_reconnect,
        )

    @property
    def uid(self) -> str:
        """Its uid."""
        return self.member.uid

    @property
    def is_deaf(self) -> bool:
        """Whether it is there, and none of its events arrives."""
        return self.link is Link.POLLED and not any(map(self.is_subscribed, SERVICES))

    def is_subscribed(self, service: str) -> bool:
        """Whether events of a service arrive, so that polling is not needed."""
        return self._subscriptions.is_subscribed(service)

    # Being there

    @callback
    def async_begin(self) -> None:
        """Connect, and look after the connection from then on."""
        what = f"encore: the Sonos speaker {self.member.name}"
        self._keeper = attend(self._hass, what, self._async_stay_connected, again=True)

    async def async_end(self) -> None:
        """End everything, and cancel the subscriptions at the speaker."""
        await async_cancel(self._keeper)
        await self.state.async_close()
        await self._subscriptions.async_end()
        await self.calls.async_close()

    @callback
    def async_moved(self, member: Member) -> None:
        """Take over what the topology says: another name, address or number of restarts."""
        before, self.member = self.member, member
        self.state.member = member
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
        """Subscribe again soon, and read everything; a connection that is just being made counts for nothing."""
        if self._has_left:
            return
        self._subscriptions.forget()
        self._failures = 0
        self._resync = True
        if self.link is not Link.LOST:
            self.link = Link.NEW
        self._wake.set()

    @callback
    def async_returned(self) -> None:
        """Connect again: the household has it back."""
        self._has_left = False
        self.async_reconnect()

    @property
    def has_left(self) -> bool:
        """Whether the household does not have it now."""
        return self._has_left

    @callback
    def async_vanished(self) -> None:
        """Take note that the household lost it; it is looked for again when the household has it back."""
        self._has_left = True
        self._subscriptions.forget()
        self._lost("the household no longer has it")

    @callback
    def async_doubt(self) -> None:
        """Look soon whether it is still there: it did not answer somebody."""
        self._reconcile_at = 0
        self._wake.set()

    # Keeping the connection

    async def _async_stay_connected(self) -> None:
        while True:
            try:
                await self._async_attempt()
            finally:
                self.tried.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause_s()):
                    await self._wake.wait()
            self._wake.clear()

    def _pause_s(self) -> float | None:
        """Return how long there is nothing to do, in seconds; None for until something happens."""
        if self._has_left:
            return None
        match self.link:
            case Link.PUSHED if self.state.on_tv:
                return POLL_EVERY_S
            case Link.PUSHED:
                # Not all speakers at the same moment.
                return RECONCILE_EVERY_S * random.uniform(0.75, 1)
            case Link.POLLED if self.state.playback.in_transition:
                return _SETTLED_AFTER_S
            case Link.POLLED:
                return POLL_EVERY_S
        return min(
            _FIRST_RETRY_S * 2.0 ** min(self._failures, _MOST_DOUBLINGS),
            _LONGEST_RETRY_S,
        )

    async def _async_attempt(self) -> None:
        """Do what is due: connect, poll, or see whether what is known is still true."""
        if self._has_left:
            return
        try:
            if self._resync or self.link in {Link.NEW, Link.LOST}:
                await self._async_connect()
            else:
                await self._async_poll_unreported()
            if time.monotonic() >= self._events_again_at:
                # It takes seconds to see whether events arrive by now.
                await self._async_try_events_again()
        except SonosError as err:
            self._failures += 1
            self._subscriptions.forget()
            self._lost(str(err), upnp_off=isinstance(err, SonosUpnpOff))
        if self.has_left:
            # It went while it was connected to, perhaps only behind another room.
            await self._subscriptions.async_end()

    async def _async_poll_unreported(self) -> None:
        """Poll, or see whether what is known is still true. Raises SonosError."""
        if self.link is Link.PUSHED and time.monotonic() < self._reconcile_at:
            if self.state.on_tv:
                await self.state.async_read_tv()
        elif self.link is Link.PUSHED:
            self._reconcile_at = time.monotonic() + RECONCILE_EVERY_S * 0.75
            await self._async_reconcile()
        else:
            await self.state.async_read()
        await self._subscriptions.async_unsubscribe_dropped()
        if self.state.battery is not None and not self.is_subscribed(
            "DeviceProperties"
        ):
            await self.state.async_read_battery()

    async def _async_connect(self) -> None:
        """Subscribe to all events; where they do not arrive, read the state instead. Raises SonosError."""
        self._resync = False
        if self.info is None:
            self.info = await self.calls.async_call(ask_info)
        await self.state.async_read_battery()
        arrive = await self._subscriptions.async_make(self.calls.soco, self.member.name)
        if arrive and not any(map(self.is_subscribed, SERVICES)):
            # Something made all of it void meanwhile, and woke the keeper.
            return
        if not arrive or self._subscriptions.awaited or self._subscriptions.refused:
            await self.state.async_read()
        elif self.state.on_tv:
            await self.state.async_read_tv()
        self._plan_events_again()
        self._found(self._link_by_events())

    async def _async_try_events_again(self) -> None:
        """See whether events arrive that did not, or were refused. Raises SonosError."""
        if not self._subscriptions.refused:
            await self._async_connect()
            return
        await self._subscriptions.async_try_refused(self.calls.soco)
        self._plan_events_again()
        self._found(self._link_by_events())

    def _plan_events_again(self) -> None:
        """Try again soon what does not arrive, then more seldom; never where all arrives."""
        if all(self._subscriptions.is_subscribed(service) for service in SERVICES):
            self._events_again_at = inf
            self._events_again_s = min(_EVENTS_AGAIN_SOON_S, EVENTS_AGAIN_S)
            return
        self._events_again_at = time.monotonic() + self._events_again_s
        self._events_again_s = min(2 * self._events_again_s, EVENTS_AGAIN_S)

    def _link_by_events(self) -> Link:
        """Return how changes of the speaker arrive: polled as soon as events of what plays or how it sounds are missing."""
        return Link.PUSHED if all(map(self.is_subscribed, _SHOWN)) else Link.POLLED

    def _found(self, link: Link) -> None:
        if self._has_left:
            return
        before, self.link = self.link, link
        self.available = True
        self.upnp_off = False
        self._failures = 0
        self.state.last_event_at = time.monotonic()
        if before is Link.LOST:
            LOGGER.info("%s is there again", self.member.name)
            async_log_event(
                self._hass, EventKind.SPEAKER, "back", self.member.name, link.value
            )
        if before is not link:
            self._changed(self)

    def _lost(self, why: str, *, upnp_off: bool = False) -> None:
        before = self.link, self.upnp_off
        self.link, self.upnp_off, self.available = Link.LOST, upnp_off, False
        if before[0] is not Link.LOST:
            LOGGER.info("%s is not there: %s", self.member.name, why)
            async_log_event(
                self._hass, EventKind.SPEAKER, "gone", self.member.name, why
            )
        if before != (Link.LOST, upnp_off):
            self._changed(self)

    async def _async_reconcile(self) -> None:
        """See whether what is known is still true; events that were lost are made up for. Raises SonosError."""
        try:
            if await self.state.async_is_as_known():
                return
        except SpeakerUnreachable:
            if time.monotonic() - self.state.last_event_at < RECONCILE_EVERY_S:
                # It sends, and is only slow to answer.
                return
            await self.calls.async_call(ping, PING_TIMEOUT_S)
            return
        # A change may have been on its way while it was asked.
        await asyncio.sleep(_ON_ITS_WAY_S)
        if not await self.state.async_is_as_known():
            LOGGER.debug("%s changed without an event", self.member.name)
            await self._async_connect()

    def _event(self, service: str, variables: Variables) -> None:
        self.state.last_event_at = time.monotonic()
        was_on_tv = self.state.on_tv
        self.state.async_take_variables(service, variables)
        if self.state.on_tv != was_on_tv:
            # From now on, or no more, it is asked whether the television is on.
            self._wake.set()
        self._event_received(self, service, variables)

    def _missed(self, service: str) -> None:
        """Read everything again soon."""
        LOGGER.debug("%s: events of %s were missed", self.member.name, service)
        self._resync = True
        self._wake.set()

    def _new_soco(self) -> SpeakerSoCo:
        return SpeakerSoCo.private(
            self._view, self.member.host, self.member.port, self.uid
        )
