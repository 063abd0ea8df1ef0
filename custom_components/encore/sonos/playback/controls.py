"""Room controls: transport, volume, play mode, inputs and favorites. Raises SonosError."""

from typing import final

from homeassistant.components.media_player.const import MediaPlayerEnqueue

from ..errors import SonosNotNow
from ..household_speakers import HouseholdSpeakers
from ..model import Repeat, Zone
from ..now_playing import MODE_OF, MODES
from ..soco_speaker import MASTER, SpeakerSoCo
from .directory import Listed
from .enqueue import load, play, position
from .media import RoomMedia, as_thing


@final
class Controls:
    """The controls of one zone. What concerns what plays goes to the speaker that leads its group."""

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
        await self._async_render("SetVolume", ("DesiredVolume", percent))

    async def async_turn_volume(self, percent: int) -> None:
        """Turn the volume of this room up, or down by less than 0; the speaker adds it to what it is."""
        await self._async_render("SetRelativeVolume", ("Adjustment", percent))

    async def async_set_muted(self, muted: bool) -> None:
        """Silence this room, or not."""
        await self._async_render("SetMute", ("DesiredMute", int(muted)))

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
                self._uid, SpeakerSoCo.transport, action, *arguments
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
            self._uid, SpeakerSoCo.rendering, action, MASTER, *arguments
        )
        await self._household.async_refresh(self._uid)

    async def _async_load(self, uri: str) -> None:
        await self._household.async_call(self._uid, _load, uri)
        await self._household.async_refresh(self._uid)


def _load(soco: SpeakerSoCo, uri: str) -> None:
    """Load an input, and play it."""
    load(soco, uri)
    play(soco)
