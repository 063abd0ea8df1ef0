"""The flow that grants more permissions; not a lost login.

Home Assistant would raise its notice of an expired login beside a flow that it starts itself.
"""

from collections.abc import Collection
from typing import Any, Final

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlowContext,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN

MISSING_SCOPES: Final = "wanted_scopes"
"""Where the data of such a flow says which scopes it is about."""

_FLOWS: Final[HassKey[dict[str, str | None]]] = HassKey(f"{DOMAIN}_permission_flows")
"""The id of the latest such flow of each entry; None while it begins."""


@callback
def async_start_permission_flow(
    hass: HomeAssistant, entry: ConfigEntry, scopes: Collection[str]
) -> None:
    """Let a login wait among the integrations that grants more scopes; fine where one waits."""
    flows = hass.data.setdefault(_FLOWS, {})
    begins = flows.get(entry.entry_id, "") is None
    sources = {SOURCE_REAUTH, SOURCE_RECONFIGURE}
    if begins or any(entry.async_get_active_flows(hass, sources)):
        return
    flows[entry.entry_id] = None
    hass.async_create_task(
        _async_begin(hass, entry, sorted(scopes)),
        f"{DOMAIN}: ask {entry.title} for more permissions",
    )


@callback
def async_start_lost_login(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Ask for a new login because the old one is lost; a login for more permissions that waits gives way to it."""
    async_end_permission_flow(hass, entry)
    entry.async_start_reauth(hass)


@callback
def async_end_permission_flow(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """End the login for more permissions, if one waits."""
    for flow in list(entry.async_get_active_flows(hass, {SOURCE_REAUTH})):
        if flow["flow_id"] == hass.data.get(_FLOWS, {}).get(entry.entry_id):
            hass.config_entries.flow.async_abort(flow["flow_id"])


@callback
def is_login_lost(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Whether a person has to log in again; a login for more permissions is not meant."""
    own = hass.data.get(_FLOWS, {}).get(entry.entry_id, "")
    return own is not None and any(
        flow["flow_id"] != own
        for flow in entry.async_get_active_flows(hass, {SOURCE_REAUTH})
    )


async def _async_begin(
    hass: HomeAssistant, entry: ConfigEntry, scopes: list[str]
) -> None:
    flow_id = ""
    try:
        result: Any = await hass.config_entries.flow.async_init(
            DOMAIN,
            context=ConfigFlowContext(
                source=SOURCE_REAUTH,
                entry_id=entry.entry_id,
                title_placeholders={"name": entry.title},
                unique_id=entry.unique_id,
            ),
            data={**entry.data, MISSING_SCOPES: scopes},
        )
        flow_id = result["flow_id"]
    finally:
        hass.data[_FLOWS][entry.entry_id] = flow_id
