"""The state of one visible speaker, from events and polls."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
import time
from typing import Final, final

from homeassistant.core import HomeAssistant, callback

from ..const import LOGGER
from ..runtime.moments import now_ms
from ..runtime.planned_call import PlannedCall
from ..runtime.supervision import async_cancel, attend
from .calls import Calls
from .errors import SonosError, SonosUpnpOff
from .model import Battery, Playback, Sound, Transport
from .now_playing import has_tv_sound, is_on_tv, read_playback, with_audio_in
from .polling import (
    ask_audio_in,
    ask_battery,
    ask_position,
    ask_sound,
    ask_transport,
    ask_transport_state,
    ping,
)
from .position import carried_over, has_position, with_position
from .sleep_timer import SleepTimer
from .soco_speaker import HouseholdView
from .sound import read_battery, read_sound
from .topology import Member
from .xml_reading import Variables, read_duration

TRANSITION_SHOWN_AFTER_S: Final = 3
"""What takes no longer is a skip, a seek or a start, and no news of its own."""

NEW_LEADER_AGAIN_S: Final = 1.5
"""A new leader that says that its track is at the start is asked again after this, by when it would be past it."""


@final
class SpeakerState:
    """What is known of a speaker while its household is loaded; all of it belongs to the event loop."""

    def __init__(
        self,
        hass: HomeAssistant,
        member: Member,
        view: HouseholdView,
        calls: Calls,
        changed: Callable[[], None],
    ) -> None:
        """Take who it is and the way to it; `changed` is called when it plays or sounds otherwise."""
        self.member = member
        self.playback = Playback()
        self.sound = Sound()
        self.battery: Battery | None = None
        self.last_event_at = 0.0
        """When it last sent an event or answered, by the monotonic clock."""
        self.sleep_timer = SleepTimer(hass, calls, changed)
        self._hass = hass
        self._view = view
        self._calls = calls
        self._changed = changed
        self._variables: dict[str, Variables] = {}
        self._position_poll: asyncio.Task[None] | None = None
        self._position_again = False
        self._tv_poll: asyncio.Task[None] | None = None
        self._doubts_start = False
        """Whether it leads since just now, so that the start of a track is not believed at once."""
        self._transition = PlannedCall(hass, self._transition_lasts)

    async def async_close(self) -> None:
        """End what is under way."""
        self._transition.cancel()
        await async_cancel(self._position_poll, self._tv_poll)
        await self.sleep_timer.async_close()

    # By events

    @callback
    def async_take_variables(self, service: str, variables: Variables) -> None:
        """Take what a service said, by an event or asked."""
        known = {**self._variables.get(service, {}), **variables}
        if service == "AVTransport":
            known = with_audio_in(self._variables.get(service, {}), variables)
        self._variables[service] = known
        match service:
            case "AVTransport":
                self._take_transport(known)
            case "RenderingControl":
                self._show(sound=read_sound(known))
            case "DeviceProperties":
                if battery := read_battery(known):
                    self._show(battery=battery)

    def _take_transport(self, variables: Variables) -> None:
        self._show(playback=self._with_question(self._carried(variables, now_ms())))
        self.async_ask_position()
        if self.on_tv and has_tv_sound(variables) is None:
            self._ask_tv()
        self.sleep_timer.async_counted(variables.get("SleepTimerGeneration"))

    def _carried(self, variables: Variables, at: int) -> Playback:
        """Return what variables say is played at a moment (UTC ms), with the position that follows from before."""
        before = None if self.playback == Playback() else self.playback
        return carried_over(before, self._read_playback(variables), at)

    def _read_playback(self, variables: Variables) -> Playback:
        """Return what plays; a transition is shown once it lasts, and until then what was before it.

        Speakers are in transition at each skip and seek too (eclipse-archived/smarthome#4447, SoCo/SoCo#718), which
        would be a second start for automations that wait for one. Home Assistant's own `sonos` ignores transitions altogether.
        """
        playback = self._with_whole_art(read_playback(variables))
        if is_on_tv(variables) and has_tv_sound(variables) is None:
            # It is asked already: until then nobody knows whether the television is on.
            playback = replace(playback, transport=self.playback.transport)
        if not playback.in_transition:
            self._transition.cancel()
            return playback
        if not self._transition.is_planned:
            self._transition.plan(TRANSITION_SHOWN_AFTER_S)
        return replace(playback, transport=self.playback.transport)

    @callback
    def _transition_lasts(self) -> None:
        self._show(playback=replace(self.playback, transport=Transport.TRANSITIONING))

    def _with_question(self, playback: Playback) -> Playback:
        """Return what plays with whether its position is to be asked, as nobody knows it yet."""
        polled = has_position(playback) and playback.position is None and self.leads
        return replace(playback, position_polled=polled)

    def _with_whole_art(self, playback: Playback) -> Playback:
        """Return what plays with the whole address of its cover: speakers name their own without a host."""
        sounding = playback.sounding
        if sounding is None or sounding.art is None or not sounding.art.startswith("/"):
            return playback
        art = f"{self.member.url}{sounding.art}"
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
            self._changed()

    # By asking

    async def async_read(self) -> None:
        """Read everything by asking. Raises SonosError."""
        self._take_answer(await self._calls.async_call(ask_transport))
        self.async_take_variables(
            "RenderingControl", await self._calls.async_call(ask_sound)
        )
        if self.leads:
            await self.sleep_timer.async_read()

    async def async_read_as_leader(self) -> None:
        """Read what plays after the groups changed. Raises SonosError.

        A speaker that took over what another one had played may report at first that it is at the start.
        """
        self._doubts_start = True
        answered = False
        while not answered:
            known = self._variables.get("AVTransport")
            transport = await self._calls.async_call(ask_transport)
            # An event that came meanwhile may be of before the change, or know what the answer does not.
            answered = self._variables.get("AVTransport") is known
        transport.pop("RelTime")
        self._take_answer(transport)
        self.async_ask_position()
        if self._position_poll is not None:
            await asyncio.wait((self._position_poll,))

    def _take_answer(self, transport: Variables) -> None:
        """Take the result of `ask_transport`; without `RelTime`, how far it is stays as it follows from before."""
        at = now_ms()
        self.last_event_at = time.monotonic()
        known = self._variables.get("AVTransport", {})
        if known.get("AVTransportURI") != transport["AVTransportURI"]:
            # What it is played from is reported by events only.
            known.pop("EnqueuedTransportURI", None)
            known.pop("EnqueuedTransportURIMetaData", None)
        elapsed = transport.pop("RelTime", None)
        self._variables["AVTransport"] = with_audio_in(known, transport)
        playback = self._carried(self._variables["AVTransport"], at)
        if elapsed is None:
            playback = self._with_question(playback)
        else:
            playback = with_position(playback, read_duration(elapsed), at)
        self._show(playback=playback)

    @callback
    def async_ask_position(self) -> None:
        """Poll the track's position, unless it has none; events never report it."""
        if not has_position(self.playback) or not self.leads:
            return
        if self._position_poll is not None and not self._position_poll.done():
            self._position_again = True
            return
        what = f"encore: how far {self.member.name} is"
        self._position_poll = attend(self._hass, what, self._async_ask_position)

    @property
    def on_tv(self) -> bool:
        """Whether it is a soundbar on its TV input, for which no event may report that the television is switched off."""
        return is_on_tv(self._variables.get("AVTransport", {}))

    def _ask_tv(self) -> None:
        if self._tv_poll is None or self._tv_poll.done():
            what = f"encore: whether the TV of {self.member.name} is on"
            self._tv_poll = attend(self._hass, what, self._async_ask_tv)

    async def _async_ask_tv(self) -> None:
        try:
            await self.async_read_tv()
        except SonosError as err:
            LOGGER.debug("%s does not report the TV: %s", self.member.name, err)

    async def async_read_tv(self) -> None:
        """Ask what arrives at the TV input. Raises SonosError."""
        answer = await self._calls.async_call(ask_audio_in)
        self.last_event_at = time.monotonic()
        if self.on_tv:
            self.async_take_variables("AVTransport", answer)

    @property
    def leads(self) -> bool:
        """Whether it leads its group, and so knows what plays."""
        return self._view.topology.coordinator_of(self.member.uid) == self.member.uid

    async def _async_ask_position(self) -> None:
        self._position_again = True
        while self._position_again:
            self._position_again = False
            polled_for = self.playback
            began = now_ms()
            try:
                variables = await self._calls.async_call(ask_position)
            except SonosError as err:
                LOGGER.debug(
                    "%s does not report the position: %s", self.member.name, err
                )
                self._show(playback=replace(self.playback, position_polled=False))
                return
            # Between the question and the answer.
            at = (began + now_ms()) // 2
            ms = read_duration(variables["RelTime"])
            doubted = self._doubts_start and ms == 0 and self.playback.position is None
            self._doubts_start = False
            if doubted:
                await asyncio.sleep(NEW_LEADER_AGAIN_S)
                self._position_again = True
            elif self.playback.sounding is polled_for.sounding:
                self._show(playback=with_position(self.playback, ms, at))

    async def async_read_battery(self) -> None:
        """Ask for the battery. Raises SonosUpnpOff; any other failure leaves what is known."""
        try:
            self._show(battery=await self._calls.async_call(ask_battery))
        except SonosUpnpOff:
            raise
        except SonosError as err:
            # Older firmware has no such page.
            LOGGER.debug("%s does not report a battery: %s", self.member.name, err)

    async def async_is_as_known(self) -> bool:
        """Ask the cheapest things, and return whether they are what is known. Raises SonosError."""
        volume = await self._calls.async_call(ping)
        self.last_event_at = time.monotonic()
        if volume != self._variables.get("RenderingControl", {}).get("Volume/Master"):
            return False
        if not self.leads:
            return True
        state = await self._calls.async_call(ask_transport_state)
        known = self._variables.get("AVTransport", {})
        if state != known.get("TransportState"):
            return False
        if state != "PLAYING":
            return True
        variables = await self._calls.async_call(ask_position)
        at = now_ms()
        if variables["CurrentTrackURI"] != known.get("CurrentTrackURI"):
            return False
        ms = read_duration(variables["RelTime"])
        self._show(playback=with_position(self.playback, ms, at))
        return True
