"""Tells those who follow an answer that it may be another now."""

from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import (
    async_dispatcher_connect,
    async_dispatcher_send,
)

from .const import DOMAIN

_SIGNAL: Final = f"{DOMAIN}_changed"


@callback
def async_tell_changed(hass: HomeAssistant) -> None:
    """Say that what was heard, or what plays, is not as before."""
    async_dispatcher_send(hass, _SIGNAL)


@callback
def async_listen_changed(hass: HomeAssistant, changed: CALLBACK_TYPE) -> CALLBACK_TYPE:
    """Call back whenever that is said, until the returned function is called."""
    return async_dispatcher_connect(hass, _SIGNAL, changed)
