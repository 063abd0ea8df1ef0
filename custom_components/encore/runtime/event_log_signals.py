"""Logs events of Encore itself: once when a condition begins, once when it ends."""

from collections.abc import Callable
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..history.records.logged_events import EventKind, LoggedEvent
from .signals import Signal

_HAPPENED: Final = Signal[LoggedEvent](f"{DOMAIN}_happened")
_EARLY: Final[HassKey[list[LoggedEvent] | None]] = HassKey(f"{DOMAIN}_happened_early")
"""What happened before anybody followed it, such as the attempts to link the first account; None from then on."""
_MOST_EARLY: Final = 100


@callback
def async_listen_log_events(
    hass: HomeAssistant, follow: Callable[[LoggedEvent], None]
) -> None:
    """Call something with each event from now on, and with those that came before."""
    early, hass.data[_EARLY] = hass.data.get(_EARLY), None
    _HAPPENED.async_listen(hass, follow)
    for event in early or ():
        follow(event)


@callback
def async_log_event(
    hass: HomeAssistant,
    kind: EventKind,
    what: str,
    about: str | None = None,
    detail: str | None = None,
    *,
    by_day: bool = False,
) -> None:
    """Say that something happened now, for the event log; `by_day` where nobody is to see when on that day."""
    at = dt_util.start_of_local_day() if by_day else dt_util.utcnow()
    event = LoggedEvent(
        at=round(at.timestamp() * 1000),
        kind=kind,
        what=what,
        about=about,
        detail=detail,
    )
    early = hass.data.setdefault(_EARLY, [])
    if early is None:
        _HAPPENED.async_send(hass, event)
    elif len(early) < _MOST_EARLY:
        early.append(event)
