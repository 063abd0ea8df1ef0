"""Pauses writes while Home Assistant's backup copies the store."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .errors import translated
from .history.errors import StoreUnavailable
from .history.records.logged_events import EventKind
from .runtime.event_log_signals import async_log_event
from .runtime.store.history_service import DATA_HISTORY


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Write nothing more; questions are answered, and what is played waits in memory."""
    try:
        await hass.data[DATA_HISTORY].async_hold()
        async_log_event(hass, EventKind.STORE, "held", detail="backup")
    except StoreUnavailable as err:
        raise translated(HomeAssistantError, "history_busy") from err


async def async_post_backup(hass: HomeAssistant) -> None:
    """Write again, first what waited."""
    await hass.data[DATA_HISTORY].async_go_on()
    async_log_event(hass, EventKind.STORE, "released", detail="backup")
