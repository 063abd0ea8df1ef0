"""Any media player of Home Assistant as a source, by its states."""

from collections.abc import Iterable, Sequence
from typing import Final, final

from homeassistant.components.media_player.const import (
    ATTR_GROUP_MEMBERS,
    ATTR_INPUT_SOURCE,
    ATTR_MEDIA_ALBUM_NAME,
    ATTR_MEDIA_ARTIST,
    ATTR_MEDIA_CHANNEL,
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    ATTR_MEDIA_DURATION,
    ATTR_MEDIA_POSITION,
    ATTR_MEDIA_POSITION_UPDATED_AT,
    ATTR_MEDIA_REPEAT,
    ATTR_MEDIA_SERIES_TITLE,
    ATTR_MEDIA_SHUFFLE,
    ATTR_MEDIA_TITLE,
    ATTR_MEDIA_VOLUME_LEVEL,
    ATTR_MEDIA_VOLUME_MUTED,
    DOMAIN as MEDIA_PLAYER_DOMAIN,
    MediaPlayerState,
    MediaType,
    RepeatMode,
)
from homeassistant.const import ATTR_DEVICE_CLASS, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
)
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..history.model import Device, Item, Room
from ..spotify.device_rooms import async_room_of_device
from ..tracking.group import Group, Transport
from ..tracking.playing_items import (
    TELEVISION,
    line_in,
    named,
    on_air,
    spotify_uri_in,
    station,
)
from .player_rooms import async_room_of_entity

_ACCOUNT_PLATFORMS: Final = frozenset({"spotify"})
"""Integrations whose players are accounts and stand nowhere: they sound where their source is."""

_TRANSPORTS: Final = {
    MediaPlayerState.PLAYING: Transport.PLAYING,
    MediaPlayerState.PAUSED: Transport.PAUSED,
    MediaPlayerState.BUFFERING: Transport.TRANSITIONING,
}

_SCREEN: Final = frozenset({MediaType.TVSHOW, MediaType.MOVIE, MediaType.VIDEO})
_SCREENS: Final = frozenset({"tv", "receiver"})
"""On these a channel is one of television; on others it is a radio station."""
_NOT_AUDIO: Final = frozenset({MediaType.IMAGE, MediaType.GAME, MediaType.APP})
_TELEVISION_INPUTS: Final = ("x-sonos-htastream:",)
_LINE_INPUTS: Final = ("x-rincon-stream:",)
_EPISODES: Final = frozenset({MediaType.PODCAST, MediaType.EPISODE})


@final
class ObservedPlayers:
    """Some media players, as groups that play."""

    def __init__(self, hass: HomeAssistant, entity_ids: Iterable[str]) -> None:
        """Take the players that a person chose."""
        self._hass = hass
        self.entity_ids: Sequence[str] = sorted(set(entity_ids))
        self._formerly: dict[str, str] = {}
        """What players were called before they were renamed, by what they are called now."""

    @callback
    def async_listen(
        self, changed: CALLBACK_TYPE, renamed: CALLBACK_TYPE
    ) -> CALLBACK_TYPE:
        """Call back when one of them may do something else, and when `entity_ids` are others. Returns what ends that."""

        @callback
        def state_changed(_event: Event[EventStateChangedData]) -> None:
            changed()

        @callback
        def registered(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
            if event.data["action"] == "update" and "old_entity_id" in event.data:
                self._rename(event.data["old_entity_id"], event.data["entity_id"])
                end()
                follow()
                renamed()

        ends: list[CALLBACK_TYPE] = []

        def follow() -> None:
            ends[:] = (
                async_track_state_change_event(
                    self._hass, self.entity_ids, state_changed
                ),
                async_track_entity_registry_updated_event(
                    self._hass, self.entity_ids, registered
                ),
            )

        def end() -> None:
            for each in ends:
                each()

        follow()
        return end

    def _rename(self, before: str, after: str) -> None:
        self.entity_ids = sorted({*self.entity_ids, after} - {before})
        self._formerly[after] = before

    @callback
    def groups(self) -> list[Group]:
        """Return what they do now, each group once; those that are out of reach are left out."""
        states = {
            entity_id: state
            for entity_id in self.entity_ids
            if (state := self._hass.states.get(entity_id)) is not None
            and state.state not in {STATE_UNAVAILABLE, STATE_UNKNOWN}
        }
        groups = []
        for entity_id, state in states.items():
            # Groups change player by player: only who is listed by the others is with them.
            members = [
                each
                for each in _members(state)
                if each not in states or entity_id in _members(states[each])
            ]
            speaker = next((each for each in members if each in states), entity_id)
            if speaker == entity_id:
                groups.append(self._group(state, members))
        return groups

    def _group(self, state: State, members: Sequence[str]) -> Group:
        attributes = state.attributes
        item, context_uri = playing_on(state)
        rooms = self._rooms(state, members)
        return Group(
            Device(state.entity_id, state.name),
            tuple({room.key: room for _, room in rooms}.values()),
            _TRANSPORTS.get(MediaPlayerState(state.state), Transport.STOPPED)
            if state.state in {*MediaPlayerState}
            else Transport.STOPPED,
            item,
            _position_ms(state),
            (
                *members,
                *(self._formerly[each] for each in members if each in self._formerly),
            ),
            context_uri,
            attributes.get(ATTR_MEDIA_SHUFFLE),
            attributes.get(ATTR_MEDIA_REPEAT) == RepeatMode.ONE,
            volumes=self._volumes(rooms),
        )

    def _rooms(self, state: State, members: Sequence[str]) -> list[tuple[str, Room]]:
        """Return the players that sound with the room of each, by room."""
        entity = er.async_get(self._hass).async_get(state.entity_id)
        if entity is not None and entity.platform in _ACCOUNT_PLATFORMS:
            source = state.attributes.get(ATTR_INPUT_SOURCE)
            room = async_room_of_device(self._hass, source) if source else None
            return [] if room is None else [(state.entity_id, room)]
        rooms = [(each, async_room_of_entity(self._hass, each)) for each in members]
        return sorted(rooms, key=lambda pair: pair[1].key)

    def _volumes(
        self, rooms: Iterable[tuple[str, Room]]
    ) -> tuple[tuple[str, int], ...]:
        """Return how loud rooms are (percent), by their keys: as loud as the loudest player there that reports it."""
        loudest: dict[str, int] = {}
        for entity_id, room in rooms:
            state = self._hass.states.get(entity_id)
            if state is not None and (percent := _percent(state)) is not None:
                loudest[room.key] = max(percent, loudest.get(room.key, 0))
        return tuple(sorted(loudest.items()))


@callback
def async_own_players(hass: HomeAssistant) -> list[str]:
    """Return the media players that are Encore's own."""
    return [
        entity.entity_id
        for entity in er.async_get(hass).entities.values()
        if entity.domain == MEDIA_PLAYER_DOMAIN and entity.platform == DOMAIN
    ]


def playing_on(state: State) -> tuple[Item | None, str | None]:
    """Return what a media player has on by its state, and the URI of the station if it is one; None for nothing."""
    attributes = state.attributes
    address = str(attributes.get(ATTR_MEDIA_CONTENT_ID) or "")
    kind = attributes.get(ATTR_MEDIA_CONTENT_TYPE)
    title, artist = attributes.get(ATTR_MEDIA_TITLE), attributes.get(ATTR_MEDIA_ARTIST)
    if state.state not in {
        MediaPlayerState.PLAYING,
        MediaPlayerState.PAUSED,
        MediaPlayerState.BUFFERING,
        MediaPlayerState.IDLE,
    }:
        return None, None
    on_screen = kind in _SCREEN or (
        kind == MediaType.CHANNEL and attributes.get(ATTR_DEVICE_CLASS) in _SCREENS
    )
    if address.startswith(_TELEVISION_INPUTS) or on_screen:
        return TELEVISION, None
    if address.startswith(_LINE_INPUTS):
        return line_in(title), None
    if kind in _NOT_AUDIO:
        return None, None
    duration = attributes.get(ATTR_MEDIA_DURATION)
    duration_ms = round(duration * 1000) if isinstance(duration, int | float) else None
    uri = spotify_uri_in(address)
    if channel := attributes.get(ATTR_MEDIA_CHANNEL):
        if uri is None and not duration_ms:
            return on_air(channel, None if title == channel else title, artist)
    if kind == MediaType.CHANNEL:
        return station(title), None
    episode = kind in _EPISODES
    item = named(
        title,
        (attributes.get(ATTR_MEDIA_SERIES_TITLE) if episode else None) or artist,
        None if episode else attributes.get(ATTR_MEDIA_ALBUM_NAME),
        duration_ms,
        uri=uri,
        episode=episode,
    )
    return item, None


def _members(state: State) -> list[str]:
    """Return who plays together, the coordinator first; a player alone is a group of its own."""
    members = state.attributes.get(ATTR_GROUP_MEMBERS) or []
    together = [each for each in members if isinstance(each, str)]
    return together if state.entity_id in together else [state.entity_id]


def _percent(state: State) -> int | None:
    """Return how loud a player is, 0 where it is muted, None where it does not report it."""
    if state.attributes.get(ATTR_MEDIA_VOLUME_MUTED) is True:
        return 0
    level = state.attributes.get(ATTR_MEDIA_VOLUME_LEVEL)
    if isinstance(level, bool) or not isinstance(level, int | float):
        return None
    return min(max(round(level * 100), 0), 100)


def _position_ms(state: State) -> int | None:
    """Return where a player is now (ms), from where it said to be and when."""
    position = state.attributes.get(ATTR_MEDIA_POSITION)
    if not isinstance(position, int | float):
        return None
    updated_at = state.attributes.get(ATTR_MEDIA_POSITION_UPDATED_AT)
    if isinstance(updated_at, str):
        updated_at = dt_util.parse_datetime(updated_at)
    passed = 0.0
    if state.state == MediaPlayerState.PLAYING and updated_at is not None:
        passed = max((dt_util.utcnow() - updated_at).total_seconds(), 0)
    return round((position + passed) * 1000)
