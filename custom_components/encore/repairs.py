"""How the issues that have a fix are fixed."""

from typing import Any, Final, override

import probatio

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from .const import ACCESS_HISTORY, CONF_ACCESS, DOMAIN
from .issues import ISSUE_LOGIN_ENDS, ISSUE_NOT_PREMIUM


class _AccountRepair(RepairsFlow):
    """A fix that the person confirms, for one account."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Take the account's entry."""
        self._entry = entry

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Begin by asking."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask, then fix."""
        if user_input is not None:
            await self._async_fix()
            return self.async_create_entry(data={})
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        return self.async_show_form(
            step_id="confirm",
            data_schema=probatio.Schema({}),
            description_placeholders=issue.translation_placeholders if issue else None,
        )

    async def _async_fix(self) -> None:
        raise NotImplementedError


class _KeepHistoryOnly(_AccountRepair):
    """Stop trying to control a free account."""

    @override
    async def _async_fix(self) -> None:
        entries = self.hass.config_entries
        entries.async_update_entry(
            self._entry, data={**self._entry.data, CONF_ACCESS: ACCESS_HISTORY}
        )
        entries.async_schedule_reload(self._entry.entry_id)


class _LogInAgain(_AccountRepair):
    """Renew the login before Spotify ends it."""

    @override
    async def _async_fix(self) -> None:
        self._entry.async_start_reauth(self.hass)


_FIXES: Final[dict[str, type[_AccountRepair]]] = {
    ISSUE_NOT_PREMIUM: _KeepHistoryOnly,
    ISSUE_LOGIN_ENDS: _LogInAgain,
}


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that fixes an issue; one about an account that is gone just closes."""
    data = data or {}
    fix = _FIXES.get(str(data.get("issue")))
    entry = hass.config_entries.async_get_entry(str(data.get("entry_id")))
    if fix is None or entry is None:
        return ConfirmRepairFlow()
    return fix(entry)
