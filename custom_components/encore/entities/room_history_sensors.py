"""Sensors of rooms: last play, and listening time today.

Those of a Sonos room are on its device. Those of other rooms are on the device of the history: they come with the first
play of which the household may hear, and go with the last one, or with the room.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, final

from homeassistant.components.media_player.const import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.sensor.const import DOMAIN as SENSOR_DOMAIN
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import slugify

from ..access.visibility import hidden_listeners
from ..const import DOMAIN, KIND_SONOS, LOGGER
from ..history.errors import HistoryError
from ..history.model import Room, TopOf
from ..history.queries.history_queries import HistoryQueries
from ..history.queries.visible_plays import EVER
from ..listeners.sharing_changes import async_listen_withdrawn
from ..players.player_rooms import async_listen_places, async_room_of_zone
from ..runtime.signals import async_listen_entries, async_listen_stored
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.supervision import attend
from ..runtime.throttled_refresh import ThrottledRefresh
from ..settings.history_entry import entries_of
from ..sonos.household import SonosConfigEntry
from ..sonos.model import Zone
from .answer_sensor import LAST_PLAY, TIME_TODAY, AnswerSensor, always
from .base_entities import history_device
from .entity_answers import EVERY_S, Asked, EntityAnswers

SONOS_ROOM: Final = (TIME_TODAY, LAST_PLAY)
OTHER_ROOM: Final = (
    replace(TIME_TODAY, translation_key="room_listening_time_today"),
    replace(LAST_PLAY, translation_key="room_last_play"),
)
_OF_A_ROOM: Final = "room_"
"""How the unique ids of the sensors of rooms begin that are on the device of the history."""
_SHOWS: Final = (ConfigEntryState.SETUP_IN_PROGRESS, ConfigEntryState.LOADED)
"""In which states of the entry its sensors can be added: it may be unloaded while the history is asked."""


@callback
def async_add_sonos_room_answers(
    hass: HomeAssistant,
    entry: SonosConfigEntry,
    answers: EntityAnswers,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of each room of a household, and of each that comes."""

    def add(zone: Zone) -> None:
        async_add_entities(_sonos_sensors(hass, answers, zone))

    entry.async_on_unload(entry.runtime_data.async_follow_zones(add))


def _sonos_sensors(
    hass: HomeAssistant, answers: EntityAnswers, zone: Zone
) -> list[AnswerSensor]:
    sensors = []
    for description in SONOS_ROOM:
        sensor = AnswerSensor(
            answers,
            description,
            partial(_asked_of_zone, hass, description.asks, zone.uid, zone.name),
            f"{zone.uid}_{description.key}",
            DeviceInfo(identifiers={(DOMAIN, zone.uid)}),
        )
        # Else it were `kitchen_kitchen_last_play`: the device has the name of its area.
        name = slugify(f"{zone.name} {description.key}")
        sensor.entity_id = f"{SENSOR_DOMAIN}.{name}"
        sensors.append(sensor)
    return sensors


def _asked_of_zone(hass: HomeAssistant, asks: Asked, uid: str, name: str) -> Asked:
    """Return the question about the room that a speaker stands in now."""
    return replace(asks, room=async_room_of_zone(hass, uid, name))


@final
@dataclass(eq=False)
class RoomsOfHistory:
    """Keeps the sensors of rooms in which something was heard, but for those of Sonos."""

    _hass: HomeAssistant
    _entry: ConfigEntry
    _answers: EntityAnswers
    _add: AddConfigEntryEntitiesCallback
    _shown: dict[str, tuple[str, list[AnswerSensor]]] = field(
        default_factory=dict, init=False
    )
    """The names and sensors of rooms by their keys."""

    def __post_init__(self) -> None:
        """Make what is made of the rest."""
        self._refresh_throttled = ThrottledRefresh(
            self._hass, EVERY_S, self._async_look, "rooms"
        )

    @callback
    def async_start(self) -> None:
        """Look which rooms there are, and follow that until the entry is unloaded; nobody waits for it."""
        hass, soon = self._hass, self._refresh_throttled.async_request

        for unfollow in (
            async_listen_stored(hass, soon),
            async_listen_places(hass, soon),
            async_listen_entries(hass, soon),
            async_listen_withdrawn(hass, self._look_at_once),
            self._refresh_throttled.async_shutdown,
        ):
            self._entry.async_on_unload(unfollow)
        self._look_at_once()

    @callback
    def _look_at_once(self) -> None:
        """Look now, also where somebody was heard who shares no more."""
        what = f"{DOMAIN} rooms"
        refresh = self._refresh_throttled.async_refresh_now
        attend(self._hass, what, refresh, self._entry)

    async def _async_look(self) -> None:
        """Add sensors of rooms that are new, and remove those of rooms that are not there any more."""
        rooms = await self._async_rooms()
        if rooms is None:
            return
        for key, (name, sensors) in list(self._shown.items()):
            if key not in rooms or rooms[key].name != name:
                del self._shown[key]
                for sensor in sensors:
                    await sensor.async_remove()
        self._forget_stale(rooms)
        new = [room for key, room in rooms.items() if key not in self._shown]
        for room in new:
            self._shown[room.key] = room.name, self._sensors(room)
        sensors = [each for room in new for each in self._shown[room.key][1]]
        if self._entry.state in _SHOWS:
            self._add(sensors)

    async def _async_rooms(self) -> Mapping[str, Room] | None:
        """Return the rooms that are to be shown by their keys; None while nobody can tell."""
        memory = self._hass.data[DATA_HISTORY]
        hidden = hidden_listeners(self._hass, None)

        def rooms_played(queries: HistoryQueries) -> list[Room]:
            played = queries.select(EVER).by(TopOf.ROOMS)
            rooms = queries.rooms_by_id()
            return [rooms[each] for each in played.plays.nonzero()[0].tolist()]

        if not memory.is_held:
            return None
        try:
            async with memory.async_held():
                played = await memory.async_ask(rooms_played, hidden=hidden)
        except HistoryError as err:
            LOGGER.debug("The rooms with plays are not known: %s", err)
            return None
        theirs = _sonos_rooms(self._hass)
        there = (_there(self._hass, room) for room in played if room.key not in theirs)
        return {room.key: room for room in there if room is not None}

    def _sensors(self, room: Room) -> list[AnswerSensor]:
        return [
            AnswerSensor(
                self._answers,
                description,
                always(replace(description.asks, room=room)),
                f"{_OF_A_ROOM}{room.key}_{description.key}",
                history_device(),
                placeholders={"room": room.name},
            )
            for description in OTHER_ROOM
        ]

    def _forget_stale(self, rooms: Mapping[str, Room]) -> None:
        """Remove from the registry what a room had that is gone, also before this start."""
        entities = er.async_get(self._hass)
        current = {
            f"{_OF_A_ROOM}{key}_{description.key}"
            for key in rooms
            for description in OTHER_ROOM
        }
        for entity in er.async_entries_for_config_entry(entities, self._entry.entry_id):
            unique_id = entity.unique_id
            if unique_id.startswith(_OF_A_ROOM) and unique_id not in current:
                if entity.domain == SENSOR_DOMAIN:
                    entities.async_remove(entity.entity_id)


def _there(hass: HomeAssistant, room: Room) -> Room | None:
    """Return a room as it is called now; None for one that the home has no more."""
    if (area := ar.async_get(hass).async_get_area(room.key)) is not None:
        return Room(area.id, area.name)
    if (state := hass.states.get(room.key)) is not None:
        return Room(room.key, state.name)
    player = er.async_get(hass).async_get(room.key)
    return None if player is None else room


def _sonos_rooms(hass: HomeAssistant) -> set[str]:
    """Return the keys of the rooms in which Sonos speakers stand, whether they can be reached now or not."""
    entities, devices = er.async_get(hass), dr.async_get(hass)
    names: dict[str, str] = {}
    for entry in entries_of(hass, KIND_SONOS):
        for entity in er.async_entries_for_config_entry(entities, entry.entry_id):
            if entity.domain == MEDIA_PLAYER_DOMAIN and entity.device_id is not None:
                device = devices.async_get(entity.device_id)
                names[entity.unique_id] = (device.name if device else None) or ""
    return {async_room_of_zone(hass, uid, name).key for uid, name in names.items()}
