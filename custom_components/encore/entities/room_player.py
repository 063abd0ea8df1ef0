"""The media player of a Sonos room."""

from datetime import datetime
import hashlib
from typing import Final, final, override

from homeassistant.components.media_player.const import (
    DOMAIN as MEDIA_PLAYER_DOMAIN,
    MediaPlayerDeviceClass,
    MediaPlayerEntityFeature as Feature,
    MediaPlayerState,
    MediaType,
    RepeatMode,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util, slugify

from ..const import CONF_KIND, DOMAIN, KIND_SONOS
from ..sonos.errors import NotARoom, OtherHousehold
from ..sonos.household import Household, SonosConfigEntry
from ..sonos.model import Kind, NowPlaying, Playback, Repeat, Transport, Zone
from ..sonos.playback.controls import Controls
from .room_features import features
from .room_media import RoomMediaEntity
from .room_sources import BY_ITSELF, async_select, source_names, source_of

_STATES: Final = {
    Transport.PLAYING: MediaPlayerState.PLAYING,
    Transport.TRANSITIONING: MediaPlayerState.BUFFERING,
    Transport.PAUSED: MediaPlayerState.PAUSED,
    Transport.STOPPED: MediaPlayerState.IDLE,
}

_STEP_PERCENT: Final = 2


@callback
def async_add_room_players(
    entry: SonosConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add a player for each room there is, and for each that comes."""
    household = entry.runtime_data

    def add(zone: Zone) -> None:
        async_add_entities([RoomPlayer(household, zone.uid)])

    entry.async_on_unload(household.async_follow_zones(add))


@final
class RoomPlayer(RoomMediaEntity):
    """One room. What plays is its group's, volume its own."""

    _attr_name = None
    _attr_translation_key = "room"
    _attr_device_class = MediaPlayerDeviceClass.SPEAKER
    _attr_volume_step = _STEP_PERCENT / 100

    def __init__(self, household: Household, uid: str) -> None:
        """Name the player after its room."""
        super().__init__(household, uid)
        self._attr_unique_id = uid
        # Else it were `kitchen_kitchen`: the device has the name of its area.
        self.entity_id = f"{MEDIA_PLAYER_DOMAIN}.{slugify(self.zone.name)}"
        self._controls = Controls(household, uid)

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the room, and wait for no other: a speaker's own commands come in order already."""
        await super().async_added_to_hass()
        self.parallel_updates = None

    @override
    def _is_news(self, before: Zone | None, after: Zone) -> bool:
        """Another room's line-in is a source here too, for as long as that room is there."""
        came_or_went = before is None or before.available != after.available
        return super()._is_news(before, after) or came_or_went

    @property
    def _playback(self) -> Playback:
        return self.zone.playback

    @property
    def _sounding(self) -> NowPlaying | None:
        return self.zone.sounding

    @property
    @override
    def supported_features(self) -> Feature:
        """What the speaker has, and what can be done with what sounds."""
        return features(self.zone, has_sources=bool(self.source_list))

    @property
    @override
    def state(self) -> MediaPlayerState:
        """What the group does; with nothing loaded it is idle, though Sonos calls it paused.

        What is stopped is idle, a radio station too, which Home Assistant's own Sonos calls paused: it does not go on
        where it was, and its play is over.
        """
        if self._sounding is None:
            return MediaPlayerState.IDLE
        return _STATES[self._playback.transport]

    @property
    @override
    def media_content_id(self) -> str | None:
        """The Spotify URI where there is one, so that it is the same thing everywhere; else Sonos's."""
        if self._sounding is None:
            return None
        return self._sounding.spotify_uri or self._sounding.uri

    @property
    @override
    def media_content_type(self) -> MediaType | None:
        """Whether music sounds, or speech."""
        match self._sounding.kind if self._sounding else None:
            case None | Kind.TV | Kind.LINE_IN:
                return None
            case Kind.EPISODE:
                return MediaType.PODCAST
        return MediaType.MUSIC

    @property
    @override
    def media_title(self) -> str | None:
        """Title of what sounds; of a station that does not tell its songs, the station."""
        sounding = self._sounding
        if sounding is None:
            return None
        return sounding.title or sounding.station or BY_ITSELF.get(sounding.source)

    @property
    @override
    def media_artist(self) -> str | None:
        """Its artist, of whom Sonos names the first only."""
        return self._sounding.artist if self._sounding else None

    @property
    @override
    def media_album_name(self) -> str | None:
        """Its album."""
        return self._sounding.album if self._sounding else None

    @property
    @override
    def media_channel(self) -> str | None:
        """The radio station, and its programme where it tells one, written as Home Assistant's own Sonos does."""
        if self._sounding is None:
            return None
        told = filter(None, (self._sounding.station, self._sounding.show))
        return " • ".join(told) or None

    @property
    @override
    def media_playlist(self) -> str | None:
        """The playlist or album that it is played from."""
        container = self._playback.container
        is_radio = self._sounding is not None and self._sounding.kind is Kind.RADIO
        return container.title if container and not is_radio else None

    @property
    @override
    def media_image_url(self) -> str | None:
        """Its cover."""
        return self._sounding.art if self._sounding else None

    @property
    @override
    def media_image_hash(self) -> str | None:
        """What changes with the cover: a station has one address for the covers of all its songs."""
        if self._sounding is None or self._sounding.art is None:
            return None
        shown = f"{self._sounding.art} {self._sounding.title}"
        return hashlib.sha256(shown.encode()).hexdigest()[:16]

    @property
    @override
    def media_image_remotely_accessible(self) -> bool:
        """Whether browsers can fetch the cover themselves; those that speakers serve go through Home Assistant."""
        art = self._sounding.art if self._sounding else None
        return art is not None and art.startswith("https://")

    @property
    @override
    def media_duration(self) -> int | None:
        """Its length in seconds."""
        if self._sounding is None or self._sounding.duration_ms is None:
            return None
        return self._sounding.duration_ms // 1000

    @property
    @override
    def media_position(self) -> int | None:
        """Where it was at `media_position_updated_at`, in seconds."""
        position = self._playback.position
        return position.ms // 1000 if position else None

    @property
    @override
    def media_position_updated_at(self) -> datetime | None:
        """When it was there."""
        position = self._playback.position
        return dt_util.utc_from_timestamp(position.at / 1000) if position else None

    @property
    @override
    def volume_level(self) -> float | None:
        """Volume of the room."""
        volume = self.zone.sound.volume
        return None if volume is None else volume / 100

    @property
    @override
    def is_volume_muted(self) -> bool | None:
        """Whether the room is silenced."""
        return self.zone.sound.muted

    @property
    @override
    def shuffle(self) -> bool:
        """Whether the order is random."""
        return self._playback.shuffle

    @property
    @override
    def repeat(self) -> RepeatMode:
        """What is played again at its end."""
        return RepeatMode(self._playback.repeat.value)

    @property
    @override
    def source(self) -> str | None:
        """The input, service, favourite or playlist that plays."""
        return source_of(self.household, self.zone)

    @property
    @override
    def source_list(self) -> list[str]:
        """The inputs of the house, and the favourites and playlists of the household."""
        return source_names(self.household, self.zone)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, int]:
        """Where in the queue it is, the first place is 1, and how long that is; nothing while the queue is not what plays."""
        playback = self._playback
        told = {
            "queue_position": playback.queue_position,
            "queue_size": playback.queue_length or None,
        }
        return {name: value for name, value in told.items() if value is not None}

    @property
    @override
    def group_members(self) -> list[str]:
        """The players of the group, its coordinator first."""
        registry = er.async_get(self.hass)
        found = (
            registry.async_get_entity_id(MEDIA_PLAYER_DOMAIN, DOMAIN, uid)
            for uid in self.zone.members
        )
        return [entity_id for entity_id in found if entity_id is not None]

    @override
    async def async_media_play(self) -> None:
        """Play."""
        await self._async_command(self._controls.async_play())

    @override
    async def async_media_pause(self) -> None:
        """Pause."""
        await self._async_command(self._controls.async_pause())

    @override
    async def async_media_stop(self) -> None:
        """Stop."""
        await self._async_command(self._controls.async_stop())

    @override
    async def async_media_next_track(self) -> None:
        """Skip to the next."""
        await self._async_command(self._controls.async_next())

    @override
    async def async_media_previous_track(self) -> None:
        """Go back."""
        await self._async_command(self._controls.async_previous())

    @override
    async def async_media_seek(self, position: float) -> None:
        """Go to a position in seconds."""
        await self._async_command(self._controls.async_seek(round(position * 1000)))

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume of the room, 0 to 1."""
        await self._async_command(self._controls.async_set_volume(round(volume * 100)))

    @override
    async def async_volume_up(self) -> None:
        """Turn it up a little: from what it is, however often a knob says so before the room has told."""
        await self._async_command(self._controls.async_turn_volume(_STEP_PERCENT))

    @override
    async def async_volume_down(self) -> None:
        """Turn it down a little."""
        await self._async_command(self._controls.async_turn_volume(-_STEP_PERCENT))

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        """Silence the room, or not."""
        await self._async_command(self._controls.async_set_muted(mute))

    @override
    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Play in random order, or not."""
        await self._async_command(self._controls.async_set_mode(shuffle=shuffle))

    @override
    async def async_set_repeat(self, repeat: RepeatMode) -> None:
        """Choose what is played again at its end."""
        wanted = Repeat(repeat.value)
        await self._async_command(self._controls.async_set_mode(repeat=wanted))

    @override
    async def async_select_source(self, source: str) -> None:
        """Play an input, a favourite or a playlist."""
        await self._async_command(
            async_select(self.household, self.zone, self._controls, source)
        )

    @override
    async def async_join_players(self, group_members: list[str]) -> None:
        """Let other rooms join this one, which leads the group from then on. Raises SonosError."""
        others = [_uid_of(self.hass, self.household, name) for name in group_members]
        await self._async_command(self.household.grouping.async_join(self.uid, others))

    @override
    async def async_unjoin_player(self) -> None:
        """Let this room play alone."""
        await self._async_command(self.household.grouping.async_unjoin([self.uid]))


def _uid_of(hass: HomeAssistant, household: Household, entity_id: str) -> str:
    """Return the uid of a player's speaker. Raises NotARoom and OtherHousehold."""
    registered = er.async_get(hass).async_get(entity_id)
    entry = (
        hass.config_entries.async_get_entry(registered.config_entry_id)
        if registered and registered.config_entry_id
        else None
    )
    if (
        registered is None
        or entry is None
        or entry.domain != DOMAIN
        or entry.data[CONF_KIND] != KIND_SONOS
    ):
        raise NotARoom(entity=entity_id)
    if entry is not household.entry:
        raise OtherHousehold(entity=entity_id)
    return registered.unique_id
