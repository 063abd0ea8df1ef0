"""The speakers of a Sonos household: their topology, their state, and calls to them."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
import time
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..const import LOGGER
from ..runtime.supervision import async_cancel, attend
from .const import CONF_HOSTS
from .device_registry import SpeakerDevices, async_household_device
from .errors import SonosError
from .event_listener import EventListener
from .household_calls import HouseholdCalls
from .issues import async_report_links
from .model import Playback, SpeakerInfo, Zone
from .polling import FoundHousehold, ask_household, ask_topology
from .regrouping import Regrouped, newly_led
from .speaker import POLL_EVERY_S, RECONCILE_EVERY_S, Link, Speaker
from .topology import Topology, read_topology
from .xml_reading import Unreadable, Variables

_OF_ALL: Final = ("ZoneGroupTopology", "AlarmClock", "ContentDirectory")
"""What concerns the whole household."""
STARTED_WITHIN_S: Final = 5
"""How long a set-up waits for the speakers at the most; all of those that are well answer within it."""

type ZoneListener = Callable[[Zone | None, Zone], None]
"""Called with a zone before and after a change; before is None when it is seen for the first time.

Both are the same object when it is the household's favourites that changed.
"""

type ServiceListener = Callable[[str, Variables], None]
"""Called with the uid of a speaker and the variables of an event of one service."""


class HouseholdSpeakers(HouseholdCalls):
    """The speakers of one household. Everything here belongs to the event loop."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        found: FoundHousehold,
        listener: EventListener,
    ) -> None:
        """Take the household as it was found; nothing is sent yet."""
        super().__init__()
        self.id = found.id
        self.entry = entry
        self.device_id = async_household_device(hass, entry, found.id)
        """Home Assistant's device that stands for the household."""
        self._hass = hass
        self._listener = listener
        self._zone_listeners: list[ZoneListener] = []
        self._service_listeners: list[tuple[str, ServiceListener]] = []
        self._topology_changed = asyncio.Condition()
        self._keeper: asyncio.Task[None] | None = None
        self._started = False
        self._begin_with = found.topology
        self._regrouped = Regrouped(hass, self._speakers, self._compose)
        self._reported: tuple[list[str], list[str]] | None = None
        self._devices = SpeakerDevices(hass, entry)

    # What is known

    @property
    def listens_on(self) -> tuple[str, int]:
        """The address and port that speakers send their events to."""
        return self._listener.address

    def info(self, uid: str) -> SpeakerInfo | None:
        """Return what a speaker is; None as long as it did not answer."""
        speaker = self._speakers.get(uid)
        return speaker.info if speaker else None

    def has_subwoofer(self, zone: Zone) -> bool:
        """Whether a subwoofer is bonded to a room, or can be plugged in: any speaker reports gain, even without a subwoofer.

        An Amp has an outlet for one.
        """
        return "SW" in zone.channels or self._is_model(zone.uid, "sonos amp")

    def is_ultra(self, uid: str) -> bool:
        """Whether a soundbar is one of the models called Ultra, which switch speech enhancement by another name."""
        return self._is_model(uid, "ultra")

    def _is_model(self, uid: str, ending: str) -> bool:
        info = self.info(uid)
        return info is not None and info.model.lower().endswith(ending)

    def has(self, uid: str) -> bool:
        """Whether a speaker is in the household now, as a room or hidden behind one."""
        return uid in self.topology.members

    def links(self) -> Iterator[tuple[str, Link]]:
        """Yield the link to each speaker, by uid."""
        for uid, speaker in self._speakers.items():
            yield uid, speaker.link

    def last_event_s_ago(self, uid: str) -> float | None:
        """Return how many seconds ago a speaker last sent something or answered; None where it never did."""
        speaker = self._speakers.get(uid)
        if speaker is None or not speaker.state.last_event_at:
            return None
        return time.monotonic() - speaker.state.last_event_at

    # Following it

    @callback
    def async_listen(self, listener: ZoneListener) -> CALLBACK_TYPE:
        """Call back with each zone before and after it changes. Returns what ends that."""
        self._zone_listeners.append(listener)
        return lambda: self._zone_listeners.remove(listener)

    @callback
    def async_follow_zones(self, add: Callable[[Zone], None]) -> CALLBACK_TYPE:
        """Call back once for each zone: those there are, and each that comes later. Returns what ends that."""
        for zone in list(self.zones.values()):
            add(zone)

        def changed(before: Zone | None, after: Zone) -> None:
            if before is None:
                add(after)

        return self.async_listen(changed)

    @callback
    def async_listen_service(
        self, service: str, listener: ServiceListener
    ) -> CALLBACK_TYPE:
        """Call back with the events of a service (`ContentDirectory`, `AlarmClock`…). Returns what ends that."""
        pair = (service, listener)
        self._service_listeners.append(pair)
        return lambda: self._service_listeners.remove(pair)

    async def async_wait_for_topology(
        self, is_reached: Callable[[Topology], bool], within_s: float
    ) -> bool:
        """Wait until the groups are as wanted; return whether they became so in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s), self._topology_changed:
                await self._topology_changed.wait_for(lambda: is_reached(self.topology))
                return True
        return False

    async def async_refresh_topology(self) -> None:
        """Poll the groups, where no event reports them. Raises SonosError when no speaker answers."""
        failure: SonosError | None = None
        for speaker in list(self._speakers.values()):
            if not speaker.available:
                continue
            known = self.topology
            try:
                topology = await speaker.calls.async_call(ask_topology)
            except SonosError as err:
                failure = err
                continue
            if self.topology is known:
                self._take_topology(topology)
            # Else an event came meanwhile, and may know what the answer does not.
            return
        if not any(speaker.available for speaker in self._speakers.values()):
            await self._async_find_again()
        if failure is not None:
            raise failure

    async def _async_find_again(self) -> None:
        """Ask those that the household lost: one that was cut off from the others, and left then, reported that last."""
        for speaker in [one for one in self._speakers.values() if one.has_left]:
            try:
                found = await speaker.calls.async_call(ask_household)
            except SonosError as err:
                LOGGER.debug("%s is still away: %s", speaker.member.name, err)
                continue
            if found.id == self.id:
                self._take_topology(found.topology)
                return

    # While it is loaded

    async def async_start(self) -> None:
        """Connect to all speakers; those that do not answer soon come later, and delay nothing."""
        self._take_topology(self._begin_with)
        for speaker in self._speakers.values():
            speaker.async_begin()
        with suppress(TimeoutError):
            async with asyncio.timeout(STARTED_WITHIN_S):
                for speaker in list(self._speakers.values()):
                    await speaker.tried.wait()
        self._started = True
        self._report_links()
        what = "encore: the groups of a Sonos household"
        self._keeper = attend(self._hass, what, self._async_poll_shared, again=True)

    async def async_close(self) -> None:
        """End everything."""
        self._started = False
        self._listener.async_stop_listening()
        await async_cancel(self._keeper)
        await self._regrouped.async_close()
        await self._async_close_shared()
        await asyncio.gather(
            *(speaker.async_end() for speaker in self._speakers.values())
        )
        await self._listener.async_stop()

    async def _async_poll_shared(self) -> None:
        """Poll the groups, rarely while events report them."""
        while True:
            is_subscribed = all(map(self._is_subscribed_somewhere, _OF_ALL))
            await asyncio.sleep(RECONCILE_EVERY_S if is_subscribed else POLL_EVERY_S)
            try:
                await self.async_refresh_topology()
            except SonosError as err:
                LOGGER.debug("No speaker reports the groups: %s", err)
            self._reconcile()

    def _reconcile(self) -> None:
        """Read what no event reports of what the speakers share, besides the groups."""

    async def _async_close_shared(self) -> None:
        """End what is under way about what the speakers share."""

    def _is_subscribed_somewhere(self, service: str) -> bool:
        """Whether any speaker sends events of a service; those of the household's services are the same from each."""
        return any(
            speaker.is_subscribed(service) for speaker in self._speakers.values()
        )

    def _take_topology(self, topology: Topology) -> None:
        """Take over who is there and who plays with whom."""
        before = self._view.topology
        if topology == before or not topology.groups:
            # While a speaker starts it knows nobody, not even itself.
            return
        self._view.topology = topology
        for member in topology.zones:
            if (speaker := self._speakers.get(member.uid)) is None:
                self._add(member.uid)
                continue
            if speaker.member != member:
                speaker.async_moved(member)
            if speaker.has_left:
                speaker.async_returned()
        seen = {member.uid for member in topology.zones}
        for uid, speaker in self._speakers.items():
            if uid not in seen:
                speaker.async_vanished()
            elif before.coordinator_of(uid) != uid:
                # It may lead now, and then how far it is matters.
                speaker.state.async_ask_position()
                speaker.state.sleep_timer.async_ask()
        self._regrouped.async_finish(newly_led(before, topology))
        for speaker in list(self._speakers.values()):
            self._compose(speaker)
            self._describe(speaker)
        self._remember_hosts()
        self._hass.async_create_task(self._async_notify_waiting(), eager_start=True)

    def _add(self, uid: str) -> None:
        speaker = Speaker(
            self._hass,
            self._view.topology.members[uid],
            self._view,
            self._listener,
            changed=self._changed,
            event_received=self._event_received,
        )
        self._speakers[uid] = speaker
        if self._started:
            speaker.async_begin()

    async def _async_notify_waiting(self) -> None:
        async with self._topology_changed:
            self._topology_changed.notify_all()

    def _changed(self, speaker: Speaker) -> None:
        """Show what became of a speaker, and of the members that play what it plays."""
        self._compose(speaker)
        for uid in self.topology.group_of(speaker.uid):
            if uid != speaker.uid and (member := self._speakers.get(uid)):
                self._compose(member)
        if self._started:
            self._report_links()
            self._describe(speaker)

    def _compose(self, speaker: Speaker) -> None:
        """Put together what is known of a zone, and signal it if it changed."""
        uid = speaker.uid
        members = self.topology.group_of(uid)
        leader = self._speakers.get(members[0])
        playback = leader.state.playback if leader and leader.available else Playback()
        zone = Zone(
            uid=uid,
            name=speaker.member.name,
            available=speaker.available,
            members=members,
            hidden=self.topology.hidden.get(uid, ()),
            channels=self.topology.channels.get(uid, frozenset()),
            settled=self._regrouped.is_settled(uid),
            sleeps_at=leader.state.sleep_timer.ends if leader else None,
            playback=playback,
            sound=speaker.state.sound,
            battery=speaker.state.battery,
        )
        before = self.zones.get(uid)
        if zone == before:
            return
        self.zones[uid] = zone
        for listener in list(self._zone_listeners):
            listener(before, zone)

    def _event_received(
        self, speaker: Speaker, service: str, variables: Variables
    ) -> None:
        """Take what concerns the whole household from an event."""
        if service == "ZoneGroupTopology" and (text := variables.get("ZoneGroupState")):
            try:
                self._take_topology(read_topology(text))
            except Unreadable as err:
                LOGGER.debug("The groups are unreadable: %s", err)
        for is_reached, listener in list(self._service_listeners):
            if is_reached == service:
                listener(speaker.uid, variables)

    def _notify_all(self) -> None:
        """Call back for all zones: what they have in common changed."""
        for zone in list(self.zones.values()):
            for listener in list(self._zone_listeners):
                listener(zone, zone)

    def _report_links(self) -> None:
        """Raise or delete the issues that events do not arrive and that UPnP is off."""
        there = [one for one in self._speakers.values() if not one.has_left]
        deaf = [one.member.name for one in there if one.is_deaf]
        off = [one.member.name for one in there if one.upnp_off]
        if (deaf, off) != self._reported:
            self._reported = deaf, off
            async_report_links(self._hass, self.entry, deaf, off, self.listens_on)

    def _describe(self, speaker: Speaker) -> None:
        if speaker.info is not None:
            self._devices.async_describe(speaker.uid, speaker.member.name, speaker.info)

    def _remember_hosts(self) -> None:
        """Store where speakers were seen, so that the next start finds one of them even if addresses changed."""
        hosts = sorted({member.host for member in self.topology.zones})
        if hosts and hosts != self.entry.data.get(CONF_HOSTS):
            self._hass.config_entries.async_update_entry(
                self.entry, data={**self.entry.data, CONF_HOSTS: hosts}
            )
