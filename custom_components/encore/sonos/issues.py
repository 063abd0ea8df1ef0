"""Repair issues of a Sonos household."""

from collections.abc import Sequence
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from ..runtime.issues import async_raise_issue

ISSUE_EVENTS_BLOCKED: Final = "sonos_events_blocked"
ISSUE_UPNP_OFF: Final = "sonos_upnp_off"


@callback
def async_report_links(
    hass: HomeAssistant,
    entry: ConfigEntry,
    polled: Sequence[str],
    upnp_off: Sequence[str],
    listens_on: tuple[str, int],
) -> None:
    """Raise issues for rooms without events and for speakers that refuse UPnP; delete those that no longer apply."""
    if polled:
        host, port = listens_on
        async_raise_issue(
            hass,
            _issue_id(entry, ISSUE_EVENTS_BLOCKED),
            ISSUE_EVENTS_BLOCKED,
            rooms=", ".join(sorted(polled)),
            address=f"{host}:{port}" if port else "–",
        )
    else:
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, ISSUE_EVENTS_BLOCKED))
    if upnp_off:
        async_report_upnp_off(hass, entry, ", ".join(sorted(upnp_off)))
    else:
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, ISSUE_UPNP_OFF))


@callback
def async_report_upnp_off(hass: HomeAssistant, entry: ConfigEntry, rooms: str) -> None:
    """Raise the issue that speakers refuse everything until UPnP is allowed in the Sonos app."""
    issue_id = _issue_id(entry, ISSUE_UPNP_OFF)
    async_raise_issue(hass, issue_id, ISSUE_UPNP_OFF, is_error=True, rooms=rooms)


@callback
def async_forget_sonos_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Drop what was reported about a household that is removed."""
    for name in (ISSUE_EVENTS_BLOCKED, ISSUE_UPNP_OFF):
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, name))


def _issue_id(entry: ConfigEntry, name: str) -> str:
    return f"{name}_{entry.entry_id}"
