"""An integration for benchmarks alone: it wakes every 5 ms in Home Assistant's event loop, and tells how late and why."""

from typing import Any, Final

from homeassistant.components.websocket_api import async_register_command
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.typing import ConfigType

from .heartbeat import Heartbeat

DOMAIN: Final = "loop_watch"


async def async_setup(hass: HomeAssistant, _config: ConfigType) -> bool:
    """Begin to beat; `loop_watch/taken` tells how late it was since it was last asked (ms), with each stall, and begins anew."""
    heart = Heartbeat()

    @websocket_command({"type": f"{DOMAIN}/taken"})
    @callback
    def taken(
        _hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
    ) -> None:
        figures = {
            "late_ms": [round(each, 2) for each in heart.late_ms],
            "stalls": heart.stalls.copy(),
            "full_collections": heart.full_collections,
        }
        heart.late_ms.clear()
        heart.stalls.clear()
        heart.full_collections = 0
        connection.send_result(message["id"], figures)

    @callback
    def stop(_event: Event) -> None:
        heart.__exit__()

    async_register_command(hass, taken)
    heart.__enter__()
    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_FINAL_WRITE, stop)
    return True
