"""Starts and stops the tracking of players with their entries."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import CONF_PLAYERS, DOMAIN
from ..history.model import Room, Source
from ..runtime.moments import now_ms
from ..sonos.household import Household
from ..sonos.model import Zone
from ..tracking.group import Group
from .collector import RoomCollector, async_state_store
from .observed_players import ObservedPlayers, async_own_players
from .player_rooms import async_room_of_zone
from .sonos_speakers import groups_of

_COLLECTORS: Final[HassKey[dict[str, RoomCollector]]] = HassKey(f"{DOMAIN}_rooms")
"""What watches rooms, by the entry that it belongs to."""


@callback
def async_room_collectors(hass: HomeAssistant) -> list[RoomCollector]:
    """Return all that watches rooms now."""
    return [*hass.data.get(_COLLECTORS, {}).values()]


async def async_watch_players(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Watch the players that were chosen for the History entry; Encore's own are witnesses already."""
    ours = async_own_players(hass)
    chosen = [each for each in entry.options.get(CONF_PLAYERS, []) if each not in ours]
    players = ObservedPlayers(hass, chosen)
    collector = RoomCollector(hass, entry.entry_id, Source.PLAYER, players.groups)
    if not chosen:
        await collector.async_finish()
        return

    @callback
    def renamed() -> None:
        options = {**entry.options, CONF_PLAYERS: [*players.entity_ids]}
        hass.config_entries.async_update_entry(entry, options=options)

    entry.async_on_unload(players.async_listen(collector.async_changed, renamed))
    await _async_start(hass, entry, collector)


async def async_watch_speakers(
    hass: HomeAssistant, entry: ConfigEntry, household: Household
) -> None:
    """Watch the speakers of a Sonos household."""

    def room_of(zone: Zone) -> Room:
        return async_room_of_zone(hass, zone.uid, zone.name)

    def look() -> list[Group]:
        return groups_of(household.zones, room_of, now_ms())

    collector = RoomCollector(hass, entry.entry_id, Source.SONOS, look)
    entry.async_on_unload(
        household.async_listen(lambda _before, _after: collector.async_changed())
    )
    await _async_start(hass, entry, collector)


async def async_stop_watching(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Stop watching what belongs to an entry, before the store is let go of; fine where nothing does."""
    if collector := hass.data.get(_COLLECTORS, {}).pop(entry.entry_id, None):
        await collector.async_stop()


async def async_forget_rooms(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete the stored collector state of a removed entry."""
    await async_state_store(hass, entry.entry_id).async_remove()


async def _async_start(
    hass: HomeAssistant, entry: ConfigEntry, collector: RoomCollector
) -> None:
    await collector.async_start()
    hass.data.setdefault(_COLLECTORS, {})[entry.entry_id] = collector
