"""Repair flows of fixable issues."""

from collections.abc import Callable
from typing import Final, override

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .const import ACCESS_HISTORY, CONF_ACCESS
from .flows.issue_repairs import DepartedRepair, NewDeviceRepair, VoiceAssistantsRepair
from .flows.store_repair import StoreRepair
from .listeners.removed_accounts import ATTR_LISTENER, ISSUE_ACCOUNT_REMOVED
from .runtime.store.store_issue import ATTR_ISSUE, ISSUE_STORE_BROKEN
from .settings.options import UserInput
from .settings.voice_assistants import ISSUE_VOICE_ASSISTANTS
from .spotify.api.device_approval import ATTR_DEVICE_ID, ISSUE_NEW_DEVICE
from .spotify.auth.permissions import Permission, refused_scopes
from .spotify.auth.scopes import POSITION_READ
from .spotify.issues import (
    ISSUE_LOGIN_ENDS,
    ISSUE_NOT_PREMIUM,
    ISSUE_PERMISSION,
    ISSUE_POSITIONS,
)

type Fix = Callable[[HomeAssistant, ConfigEntry], None]


class AccountRepair(ConfirmRepairFlow):
    """A fix for one account, made once the person confirms it."""

    def __init__(self, entry: ConfigEntry, fix: Fix) -> None:
        """Take the account's entry, and what to do about it."""
        self._entry = entry
        self._fix = fix

    @override
    async def async_step_confirm(
        self, user_input: UserInput = None
    ) -> RepairsFlowResult:
        """Ask, then fix."""
        if user_input is not None:
            self._fix(self.hass, self._entry)
        return await super().async_step_confirm(user_input)


@callback
def _keep_history_only(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Stop trying to control a free account."""
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, CONF_ACCESS: ACCESS_HISTORY}
    )
    hass.config_entries.async_schedule_reload(entry.entry_id)


_FIXES: Final[dict[str, Fix]] = {
    ISSUE_NOT_PREMIUM: _keep_history_only,
    ISSUE_LOGIN_ENDS: lambda hass, entry: entry.async_start_reauth(hass),
    ISSUE_POSITIONS: lambda hass, entry: Permission(hass, entry).ask([POSITION_READ]),
    ISSUE_PERMISSION: lambda hass, entry: Permission(hass, entry).ask(
        refused_scopes(hass, entry)
    ),
}


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that fixes an issue; one that needs no fix, or whose account is gone, just closes."""
    data = data or {}
    if data.get("issue") == ISSUE_ACCOUNT_REMOVED:
        return DepartedRepair(str(data[ATTR_LISTENER]))
    if data.get("issue") == ISSUE_NEW_DEVICE:
        return NewDeviceRepair(str(data[ATTR_DEVICE_ID]))
    if data.get(ATTR_ISSUE) == ISSUE_STORE_BROKEN:
        return StoreRepair(data)
    fix = _FIXES.get(str(data.get("issue")))
    entry = hass.config_entries.async_get_entry(str(data.get("entry_id")))
    if entry is not None and issue_id == ISSUE_VOICE_ASSISTANTS:
        return VoiceAssistantsRepair(entry)
    if fix is None or entry is None:
        return ConfirmRepairFlow()
    return AccountRepair(entry, fix)
