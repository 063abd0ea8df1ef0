"""How parts of Encore say what happened to it: at most once when something begins, and once when it is over."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .history.event_log import EventKind, LoggedEvent

SIGNAL_HAPPENED: Final = f"{DOMAIN}_happened"


@callback
def async_happened(
    hass: HomeAssistant,
    kind: EventKind,
    what: str,
    about: str | None = None,
    detail: str | None = None,
) -> None:
    """Say that something happened now, for the event log."""
    event = LoggedEvent(
        at=round(dt_util.utcnow().timestamp() * 1000),
        kind=kind,
        what=what,
        about=about,
        detail=detail,
    )
    async_dispatcher_send(hass, SIGNAL_HAPPENED, event)
