"""The doors, opened and closed together: through each of them, everything that is registered can be asked and told."""

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .assist import async_register_sentences
from .llm import async_open_tools
from .services import async_register_actions


@callback
def async_prepare_doors(hass: HomeAssistant) -> None:
    """Open what cannot be closed again, once: the actions."""
    async_register_actions(hass)


async def async_open_doors(hass: HomeAssistant) -> CALLBACK_TYPE:
    """Open the doors that are there as long as the History entry is; return what closes them."""
    closing = [await async_register_sentences(hass), async_open_tools(hass)]

    @callback
    def close() -> None:
        while closing:
            closing.pop()()

    return close
