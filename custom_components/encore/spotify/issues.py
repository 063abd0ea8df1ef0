"""Repair issues of an account."""

from dataclasses import replace
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from ..const import ACCESS_CONTROL, CONF_ACCESS, DOMAIN

ISSUE_NOT_PREMIUM: Final = "not_premium"
"""A free account cannot be controlled; the fix is to record its history only."""
ISSUE_OWNER_NOT_PREMIUM: Final = "owner_not_premium"
"""Spotify serves nobody through the account's app until its owner has Premium again."""
ISSUE_NOT_ALLOWLISTED: Final = "not_allowlisted"
"""The app's owner has to let the account in."""
ISSUE_LOGIN_ENDS: Final = "login_ends"
ISSUE_BUDGET: Final = "budget_nearly_spent"
ISSUE_SAVING: Final = "calls_saved"
"""The account's player is polled less often than was chosen, because calls run short."""
ISSUE_POSITIONS: Final = "resume_points_unknown"
"""What would be possible with resume points; the fix asks for them, and the notice can be ignored."""
ISSUE_PERMISSION: Final = "permission_wanted"
"""A login for more permissions waits; the fix asks for them again, of a person who closed it."""
ISSUES: Final = (
    ISSUE_NOT_PREMIUM,
    ISSUE_OWNER_NOT_PREMIUM,
    ISSUE_NOT_ALLOWLISTED,
    ISSUE_LOGIN_ENDS,
    ISSUE_BUDGET,
    ISSUE_SAVING,
    ISSUE_POSITIONS,
    ISSUE_PERMISSION,
)
FIXABLE: Final = frozenset(
    {ISSUE_NOT_PREMIUM, ISSUE_LOGIN_ENDS, ISSUE_POSITIONS, ISSUE_PERMISSION}
)
BY_DAY: Final = frozenset({ISSUE_POSITIONS, ISSUE_PERMISSION})
"""What somebody's browsing raises: by the day alone, so that nobody sees from it when that was."""


@callback
def async_report(
    hass: HomeAssistant, entry: ConfigEntry, name: str, **placeholders: str
) -> None:
    """Raise an issue about an account."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        _issue_id(entry, name),
        data={"entry_id": entry.entry_id, "issue": name},
        is_fixable=name in FIXABLE,
        severity=ir.IssueSeverity.WARNING,
        translation_key=name,
        translation_placeholders={"account": entry.title, **placeholders},
    )
    if name in BY_DAY:
        issues = ir.async_get(hass).issues
        key = (DOMAIN, _issue_id(entry, name))
        day = dt_util.start_of_local_day(dt_util.as_local(issues[key].created))
        issues[key] = replace(issues[key], created=day)


@callback
def async_withdraw(hass: HomeAssistant, entry: ConfigEntry, *names: str) -> None:
    """Take issues about an account back, as far as they stand."""
    for name in names:
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, name))


@callback
def async_report_not_premium(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Raise the issue that a free account cannot be controlled, unless only its history is recorded."""
    if entry.data[CONF_ACCESS] == ACCESS_CONTROL:
        async_report(hass, entry, ISSUE_NOT_PREMIUM)


@callback
def async_forget_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Drop what was reported about an account that is removed or changed."""
    async_withdraw(hass, entry, *ISSUES)


@callback
def async_issues_of(hass: HomeAssistant, entry: ConfigEntry) -> list[str]:
    """Return the names of the issues that stand about an account."""
    registry = ir.async_get(hass)
    return [
        name
        for name in ISSUES
        if registry.async_get_issue(DOMAIN, _issue_id(entry, name))
    ]


def _issue_id(entry: ConfigEntry, name: str) -> str:
    return f"{name}_{entry.entry_id}"
