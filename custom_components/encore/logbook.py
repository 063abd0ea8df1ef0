"""Describes audited requests in the logbook."""

from collections.abc import Callable
from typing import Any, Final

from homeassistant.components.logbook.const import (
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
)
from homeassistant.core import Event, HomeAssistant, callback

from .const import DOMAIN
from .dispatch.audit import EVENT_AUDITED

_DONE: Final = {
    "question": {
        "done": "answered",
        "refused": "denied",
        "failed": "could not answer",
    },
    "command": {
        "done": "carried out",
        "refused": "denied",
        "failed": "could not carry out",
    },
}
_CALLERS: Final = {
    "house": "automation",
    "satellite": "voice satellite",
    "language_model": "language model",
}
_INTERFACES: Final = {
    "sentence": "voice",
    "tool": "AI tool",
    "http": "HTTP",
    "websocket": "panel or card",
}
_ASKED: Final = {"question": "a question", "command": "a command"}


@callback
def async_describe_events(
    hass: HomeAssistant,
    async_describe_event: Callable[
        [str, str, Callable[[Event[Any]], dict[str, str]]], None
    ],
) -> None:
    """Say how events are told."""
    async_describe_event(DOMAIN, EVENT_AUDITED, _described)


@callback
def _described(event: Event[Any]) -> dict[str, str]:
    """Return the line of a record; what a private listener asked has no name."""
    data = event.data
    named = data["request"]
    words = named and named.removeprefix("get_").replace("_", " ")
    what = f"“{words}”" if words else _ASKED[data["type"]]
    caller = _CALLERS.get(data["caller"], data["caller"])
    interface = _INTERFACES.get(data["interface"], data["interface"])
    return {
        LOGBOOK_ENTRY_NAME: "Encore",
        LOGBOOK_ENTRY_MESSAGE: (
            f"{_DONE[data['type']][data['outcome']]} {what} ({caller}, {interface})"
        ),
    }
