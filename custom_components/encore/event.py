"""Events: a play that is over, of a listener who shares with the household, and of the house."""

from typing import Any, Final, final, override

from homeassistant.components.event import EventEntity
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_ACCOUNT_ID, CONF_KIND, KIND_HISTORY
from .entity import HISTORY_DEVICE, account_device, history_device
from .finished_plays import async_listen_finished, finished_data
from .history.model import COUNTED_FROM_MS, Play
from .spotify.listener import listener_key

# Nothing is fetched for them.
PARALLEL_UPDATES = 0

FINISHED: Final = "finished"
SKIPPED: Final = "skipped"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event of an account's listener, or that of the house."""
    if entry.data[CONF_KIND] == KIND_HISTORY:
        house = PlayFinished(None, HISTORY_DEVICE, history_device(entry))
        async_add_entities([house])
        return
    account_id = entry.data[CONF_ACCOUNT_ID]
    listener = listener_key(entry)
    async_add_entities([PlayFinished(listener, account_id, account_device(entry))])


@final
class PlayFinished(EventEntity):
    """Each play that is over, once."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_translation_key = "play_finished"
    _attr_event_types = [FINISHED, SKIPPED]
    # What was played is the history's to keep.
    _unrecorded_attributes = frozenset(
        {
            "album",
            "artists",
            "context_uri",
            "counts",
            "device",
            "ended_at",
            "image_url",
            "kind",
            "listener",
            "rooms",
            "seconds",
            "seconds_played",
            "skipped",
            "started_at",
            "uri",
        }
    )

    def __init__(self, listener: str | None, owner: str, device: DeviceInfo) -> None:
        """Tell of the plays of a listener (by key), or of everybody's where None is given."""
        self._listener = listener
        self._attr_unique_id = f"{owner}_play_finished"
        self._attr_device_info = device

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what is over."""
        await super().async_added_to_hass()
        self.async_on_remove(async_listen_finished(self.hass, self._finished))

    @callback
    def _finished(self, play: Play) -> None:
        if self._listener not in {None, play.listener.key}:
            return
        told: dict[str, Any] = {
            **finished_data(self.hass, play),
            "context_uri": play.context_uri,
            "counts": play.ms_played >= COUNTED_FROM_MS,
        }
        self._trigger_event(SKIPPED if play.skipped else FINISHED, told)
        self.async_write_ha_state()
