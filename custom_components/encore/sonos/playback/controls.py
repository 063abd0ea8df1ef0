"""Room controls: transport, volume, play mode, sound, sleep timer, inputs and favorites. Raises SonosError."""

from typing import Final, final

from homeassistant.components.media_player.const import MediaPlayerEnqueue

from ..errors import SonosNotNow
from ..household_speakers import HouseholdSpeakers
from ..model import Repeat, Zone
from ..now_playing import MODE_OF, MODES
from ..soco_speaker import MASTER, SpeakerSoCo
from ..sound import channels_of
from .directory import Listed
from .enqueue import load, play, position
from .media import RoomMedia, as_thing

LONGEST_SLEEP_MINUTES: Final = 1439
"""A sleep timer of Sonos holds less than a day (UPnP error 402 from 24 hours on)."""


@final
class Controls:
    """The controls of one zone. What concerns its group, or what plays, goes to the speaker that leads it."""

    def __init__(self, household: HouseholdSpeakers, uid: str) -> None:
        """Take the household, and the uid of the zone."""
        self._household = household
        self._uid = uid

    @property
    def _zone(self) -> Zone:
        return self._household.zones[self._uid]

    async def async_play(self) -> None:
        """Play, or go on."""
        await self._async_transport("Play", ("Speed", 1))

    async def async_pause(self) -> None:
        """Pause; what cannot be paused, such as a radio station of some kinds or the TV, is stopped."""
        actions = self._zone.playback.actions
        can_pause = not actions or "Pause" in actions
        await self._async_transport("Pause" if can_pause else "Stop")

    async def async_stop(self) -> None:
        """Stop."""
        await self._async_transport("Stop")

    async def async_next(self) -> None:
        """Skip to the next track."""
        await self._async_transport("Next")

    async def async_previous(self) -> None:
        """Go back a track."""
        await self._async_transport("Previous")

    async def async_seek(self, ms: int) -> None:
        """Go to a position in the track, in milliseconds."""
        await self._async_transport("Seek", *position(max(ms, 0)))

    async def async_set_mode(
        self, *, shuffle: bool | None = None, repeat: Repeat | None = None
    ) -> None:
        """Set whether the order is random and what is repeated; None leaves it."""

        def send(soco: SpeakerSoCo) -> None:
            # Both are one mode, and what was set a moment ago may not be reported yet.
            now = soco.transport("GetTransportSettings")["PlayMode"]
            random, repeated = MODES.get(now, MODES["NORMAL"])
            mode = MODE_OF[
                random if shuffle is None else shuffle,
                repeated if repeat is None else repeat,
            ]
            soco.transport("SetPlayMode", ("NewPlayMode", mode))

        await self._household.async_call_coordinator(self._uid, send)
        await self._async_refresh()

    async def async_set_crossfade(self, on: bool) -> None:
        """Let tracks run into each other, or not."""
        await self._async_transport("SetCrossfadeMode", ("CrossfadeMode", int(on)))

    async def async_set_volume(self, percent: int) -> None:
        """Set the volume of this room."""
        await self._async_render("SetVolume", MASTER, ("DesiredVolume", percent))

    async def async_turn_volume(self, percent: int) -> None:
        """Turn the volume of this room up, or down by less than 0; the speaker adds it to what it is."""
        await self._async_render("SetRelativeVolume", MASTER, ("Adjustment", percent))

    async def async_set_muted(self, muted: bool) -> None:
        """Silence this room, or not."""
        await self._async_render("SetMute", MASTER, ("DesiredMute", int(muted)))

    async def async_set_group_volume(self, percent: int) -> None:
        """Set the mean volume of the group; louder rooms stay louder."""

        def send(soco: SpeakerSoCo) -> None:
            # The speakers preserve the proportions of what is noted now.
            soco.group_rendering("SnapshotGroupVolume")
            soco.group_rendering("SetGroupVolume", ("DesiredVolume", percent))

        await self._household.async_call_coordinator(self._uid, send)
        for uid in self._household.topology.group_of(self._uid):
            await self._household.async_refresh(uid)

    async def async_set_bass(self, level: int) -> None:
        """Set the bass, -10 to 10."""
        await self._async_render("SetBass", ("DesiredBass", level))

    async def async_set_treble(self, level: int) -> None:
        """Set the treble, -10 to 10."""
        await self._async_render("SetTreble", ("DesiredTreble", level))

    async def async_set_loudness(self, on: bool) -> None:
        """Lift bass and treble when it is quiet, or not."""
        await self._async_render("SetLoudness", MASTER, ("DesiredLoudness", int(on)))

    async def async_set_balance(self, balance: int) -> None:
        """Set the balance, -100 (left only) to 100 (right only)."""
        left, right = channels_of(balance)
        for channel, percent in (("LF", left), ("RF", right)):
            await self._async_render(
                "SetVolume", ("Channel", channel), ("DesiredVolume", percent)
            )

    async def async_set_equaliser(self, kind: str, value: int) -> None:
        """Set what only soundbars and subwoofers have, by the name that UPnP has for it (`NightMode`, `SubGain`…)."""
        await self._async_render("SetEQ", ("EQType", kind), ("DesiredValue", value))

    async def async_set_speech_enhancement(self, on: bool) -> None:
        """Let a soundbar make speech clearer, or not."""
        is_ultra = self._household.is_ultra(self._uid)
        kind = "SpeechEnhanceEnabled" if is_ultra else "DialogLevel"
        await self.async_set_equaliser(kind, int(on))

    async def async_set_sleep_timer(self, minutes: int) -> None:
        """Set the group's sleep timer to some minutes; 0 clears it."""
        duration = f"{minutes // 60}:{minutes % 60:02d}:00" if minutes else ""
        await self._async_transport(
            "ConfigureSleepTimer", ("NewSleepTimerDuration", duration)
        )

    async def async_play_tv(self) -> None:
        """Play the sound of the TV that the speaker is connected to; it leaves its group for that."""
        await self._async_load(f"x-sonos-htastream:{self._uid}:spdif")

    async def async_play_line_in(self, of: str) -> None:
        """Play what is plugged into a speaker of the household, by its uid; the room leaves its group for that."""
        await self._async_load(f"x-rincon-stream:{of}")

    async def async_play_favourite(self, favourite: Listed) -> None:
        """Play a favourite or a Sonos playlist."""
        media = RoomMedia(self._household, self._uid)
        await media.async_put([as_thing(favourite)], MediaPlayerEnqueue.REPLACE)

    async def _async_transport(
        self, action: str, *arguments: tuple[str, object]
    ) -> None:
        try:
            await self._household.async_call_coordinator(
                self._uid, lambda soco: soco.transport(action, *arguments)
            )
        except SonosNotNow:
            if not self._is_so_already(action):
                raise
        await self._async_refresh()

    async def _async_refresh(self) -> None:
        leader = self._household.topology.coordinator_of(self._uid)
        await self._household.async_refresh(leader)

    def _is_so_already(self, action: str) -> bool:
        """Whether a refused command was not needed: 701 also answers a pause of what is paused."""
        return action in {"Pause", "Stop"} and not self._zone.is_playing

    async def _async_render(self, action: str, *arguments: tuple[str, object]) -> None:
        await self._household.async_call(
            self._uid, lambda soco: soco.rendering(action, *arguments)
        )
        await self._household.async_refresh(self._uid)

    async def _async_load(self, uri: str) -> None:
        def send(soco: SpeakerSoCo) -> None:
            load(soco, uri)
            play(soco)

        await self._household.async_call(self._uid, send)
        await self._household.async_refresh(self._uid)
