"""Dispatcher signals: answers may have changed, observations were stored, entries came or went."""

from collections.abc import Callable, Sequence
from typing import Final

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import (
    async_dispatcher_connect,
    async_dispatcher_send,
)

from ..const import DOMAIN
from ..history.model import Observation

_SIGNAL: Final = f"{DOMAIN}_changed"
_APPENDED: Final = f"{DOMAIN}_appended"
_STORED: Final = f"{DOMAIN}_stored"


@callback
def async_signal_changed(hass: HomeAssistant) -> None:
    """Say that what was played, or what plays, is not as before."""
    async_dispatcher_send(hass, _SIGNAL)


@callback
def async_listen_changed(hass: HomeAssistant, changed: CALLBACK_TYPE) -> CALLBACK_TYPE:
    """Call back whenever that is said, until the returned function is called."""
    return async_dispatcher_connect(hass, _SIGNAL, changed)


@callback
def async_signal_appended(
    hass: HomeAssistant, observations: Sequence[Observation]
) -> None:
    """Say that the store took observations that sources reported, not an import; some of them may have been known."""
    async_dispatcher_send(hass, _APPENDED, observations)


@callback
def async_listen_appended(
    hass: HomeAssistant, appended: Callable[[Sequence[Observation]], None]
) -> CALLBACK_TYPE:
    """Call back whenever that is said, until the returned function is called."""
    return async_dispatcher_connect(hass, _APPENDED, appended)


@callback
def async_signal_stored(hass: HomeAssistant) -> None:
    """Say that plays of the history came, went or changed."""
    async_dispatcher_send(hass, _STORED)
    async_signal_changed(hass)


@callback
def async_listen_stored(hass: HomeAssistant, stored: CALLBACK_TYPE) -> CALLBACK_TYPE:
    """Call back whenever that is said, until the returned function is called."""
    return async_dispatcher_connect(hass, _STORED, stored)


@callback
def async_listen_entries(hass: HomeAssistant, changed: CALLBACK_TYPE) -> CALLBACK_TYPE:
    """Call back whenever an entry of Encore's came, went or changed, until the returned function is called."""

    @callback
    def entry_changed(_change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain == DOMAIN:
            changed()

    return async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, entry_changed)
