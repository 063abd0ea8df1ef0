"""Lets a Home Assistant come to the end of what it sets up before a test stops it."""

import time
from typing import Final

from custom_components.encore.const import DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

_ON_THE_WAY: Final = {
    ConfigEntryState.SETUP_IN_PROGRESS,
    ConfigEntryState.UNLOAD_IN_PROGRESS,
}
_LOOKS: Final = 1000
_APART_S: Final = 0.01


async def until_set_up(hass: HomeAssistant) -> None:
    """Wait until no entry is being set up or unloaded, and no task is under way: what it saves during a stop lingers after it.

    What a test holds up for good is left alone after about ten seconds.
    """
    entries = hass.config_entries
    for _ in range(_LOOKS):
        await entries.flow.async_wait_import_flow_initialized(DOMAIN)
        states = {entry.state for entry in entries.async_entries()}
        if not hass._tasks and states.isdisjoint(_ON_THE_WAY):
            return
        # By a thread: the event loop's clock stands still where a test freezes the time.
        await hass.async_add_executor_job(time.sleep, _APART_S)
