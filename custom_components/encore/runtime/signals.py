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
from homeassistant.util.signal_type import SignalType

from ..const import DOMAIN
from ..history.model import Observation


class Signal[*Ts](SignalType[*Ts]):
    """A signal of Home Assistant's dispatcher, with the types of its arguments."""

    @callback
    def async_send(self, hass: HomeAssistant, *args: *Ts) -> None:
        """Send it to all that listen."""
        async_dispatcher_send(hass, self, *args)

    @callback
    def async_listen(
        self, hass: HomeAssistant, target: Callable[[*Ts], object]
    ) -> CALLBACK_TYPE:
        """Call `target` each time it is sent, until the returned function is called."""
        return async_dispatcher_connect(hass, self, target)


_CHANGED: Final = Signal[()](f"{DOMAIN}_changed")
"""What was played, or what plays, is not as before."""
async_signal_changed = _CHANGED.async_send
async_listen_changed = _CHANGED.async_listen

_APPENDED: Final = Signal[Sequence[Observation]](f"{DOMAIN}_appended")
"""The store took observations that sources reported, not an import; some of them may have been known."""
async_signal_appended = _APPENDED.async_send
async_listen_appended = _APPENDED.async_listen

_STORED: Final = Signal[()](f"{DOMAIN}_stored")
"""Plays of the history came, went or changed."""
async_listen_stored = _STORED.async_listen


@callback
def async_signal_stored(hass: HomeAssistant) -> None:
    """Say that plays of the history came, went or changed."""
    _STORED.async_send(hass)
    async_signal_changed(hass)


@callback
def async_listen_entries(hass: HomeAssistant, changed: CALLBACK_TYPE) -> CALLBACK_TYPE:
    """Call back whenever an entry of Encore's came, went or changed, until the returned function is called."""

    @callback
    def entry_changed(_change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain == DOMAIN:
            changed()

    return async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, entry_changed)
