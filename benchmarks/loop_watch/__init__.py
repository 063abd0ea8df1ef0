"""An integration for benchmarks alone: it wakes every 5 ms in Home Assistant's event loop, and tells how late."""

import asyncio
import time
from typing import Any, Final

from homeassistant.components.websocket_api import async_register_command
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.typing import ConfigType

DOMAIN: Final = "loop_watch"
BEAT_S: Final = 0.005


async def async_setup(hass: HomeAssistant, _config: ConfigType) -> bool:
    """Begin to beat; `loop_watch/taken` tells how late it was since it was last asked (ms), and begins anew."""
    late: list[float] = []

    async def beat() -> None:
        while True:
            due = time.perf_counter() + BEAT_S
            await asyncio.sleep(BEAT_S)
            late.append((time.perf_counter() - due) * 1000)

    @websocket_command({"type": f"{DOMAIN}/taken"})
    @callback
    def taken(
        _hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
    ) -> None:
        told = [round(each, 2) for each in late]
        late.clear()
        connection.send_result(message["id"], told)

    async_register_command(hass, taken)
    hass.async_create_background_task(beat(), f"{DOMAIN} beat")
    return True
