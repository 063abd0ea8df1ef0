"""Opens and closes all interfaces."""

from contextlib import ExitStack

from homeassistant.components.websocket_api import async_register_command
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..api.actions import async_register_actions
from ..api.frontend import async_open_panel
from ..api.http import async_open_http
from ..api.llm_tools import async_open_tools
from ..api.overview import async_overview
from ..api.play_details import async_play_details
from ..api.spoken_requests import async_answer_sentence
from ..api.uploads.upload_views import async_open_upload_views
from ..api.voice import async_register_sentences
from ..api.websocket import async_open_websocket
from ..commands.system.ask import DATA_ANSWERS_SENTENCES


@callback
def async_prepare_interfaces(hass: HomeAssistant) -> None:
    """Open what stays open, once: actions, HTTP and WebSocket. Home Assistant opens `intent.py` and Assist's half of `llm.py`."""
    hass.data[DATA_ANSWERS_SENTENCES] = async_answer_sentence
    async_register_actions(hass)
    async_open_http(hass)
    async_open_upload_views(hass)
    async_open_websocket(hass)
    async_register_command(hass, async_play_details)
    async_register_command(hass, async_overview)


async def async_open_interfaces(hass: HomeAssistant) -> CALLBACK_TYPE:
    """Open the interfaces that are there as long as the History entry is; return what closes them."""
    with ExitStack() as closing:
        closing.callback(await async_register_sentences(hass))
        closing.callback(async_open_tools(hass))
        closing.callback(await async_open_panel(hass))
        return closing.pop_all().close
