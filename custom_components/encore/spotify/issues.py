"""Repair issues of an account."""

from dataclasses import replace
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from ..const import ACCESS_CONTROL, CONF_ACCESS, DOMAIN

ISSUE_NOT_PREMIUM: Final = "not_premium"
ISSUE_OWNER_NOT_PREMIUM: Final = "owner_not_premium"
ISSUE_NOT_ALLOWLISTED: Final = "not_allowlisted"
ISSUE_LOGIN_ENDS: Final = "login_ends"
ISSUE_BUDGET: Final = "budget_nearly_spent"
ISSUE_SAVING: Final = "calls_saved"
ISSUE_POSITIONS: Final = "resume_points_unknown"
ISSUE_PERMISSION: Final = "permission_wanted"
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
BY_DAY: Final = frozenset({ISSUE_POSITIONS, ISSUE_PERMISSION})
"""What somebody's browsing raises: by the day alone, so that nobody sees from it when that was."""


@callback
def async_report_not_premium(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell that a free account cannot be controlled; the fix keeps its history only."""
    if entry.data[CONF_ACCESS] == ACCESS_CONTROL:
        _report(hass, entry, ISSUE_NOT_PREMIUM, fixable=True)


@callback
def async_account_is_premium(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back that an account cannot be controlled: it was."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, ISSUE_NOT_PREMIUM))


@callback
def async_report_not_allowlisted(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell that the app's owner has to let the account in."""
    _report(hass, entry, ISSUE_NOT_ALLOWLISTED, fixable=False)


@callback
def async_report_owner_not_premium(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell that Spotify serves nobody through the account's app until its owner has Premium again."""
    _report(hass, entry, ISSUE_OWNER_NOT_PREMIUM, fixable=False)


@callback
def async_account_answers(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back that the app does not let the account in, or is not served itself: Spotify answers the account."""
    for name in (ISSUE_NOT_ALLOWLISTED, ISSUE_OWNER_NOT_PREMIUM):
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, name))


@callback
def async_report_login_ends(hass: HomeAssistant, entry: ConfigEntry, day: str) -> None:
    """Tell on which day Spotify ends the login."""
    _report(hass, entry, ISSUE_LOGIN_ENDS, fixable=True, day=day)


@callback
def async_login_holds(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back that the login ends soon."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, ISSUE_LOGIN_ENDS))


@callback
def async_report_budget(
    hass: HomeAssistant, entry: ConfigEntry, calls: int, budget: int
) -> None:
    """Tell how much of the day's calls to Spotify is used."""
    _report(
        hass,
        entry,
        ISSUE_BUDGET,
        fixable=False,
        calls=str(calls),
        budget=str(budget),
    )


@callback
def async_budget_holds(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back that the day's calls are nearly used."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, ISSUE_BUDGET))


@callback
def async_report_saving(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell that an account's player is looked at less often than was chosen, because calls run short."""
    _report(hass, entry, ISSUE_SAVING, fixable=False)


@callback
def async_saving_ended(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take back that an account's player is looked at less often than was chosen."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, ISSUE_SAVING))


@callback
def async_suggest_positions(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell what would be possible if Spotify might tell resume points; the fix asks for them, and the notice can be ignored."""
    _report(hass, entry, ISSUE_POSITIONS, fixable=True)


@callback
def async_report_permission(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell that a login for more permissions waits; the fix asks for them again, for whom closed it."""
    _report(hass, entry, ISSUE_PERMISSION, fixable=True)


@callback
def async_forget_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Drop what was reported about an account that is removed or changed."""
    for name in ISSUES:
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, name))


@callback
def async_issues_of(hass: HomeAssistant, entry: ConfigEntry) -> list[str]:
    """Return the names of the issues that stand about an account."""
    registry = ir.async_get(hass)
    return [
        name
        for name in ISSUES
        if registry.async_get_issue(DOMAIN, _issue_id(entry, name))
    ]


def _report(
    hass: HomeAssistant,
    entry: ConfigEntry,
    name: str,
    *,
    fixable: bool,
    **placeholders: str,
) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        _issue_id(entry, name),
        data={"entry_id": entry.entry_id, "issue": name},
        is_fixable=fixable,
        severity=ir.IssueSeverity.WARNING,
        translation_key=name,
        translation_placeholders={"account": entry.title, **placeholders},
    )
    if name in BY_DAY:
        issues = ir.async_get(hass).issues
        key = (DOMAIN, _issue_id(entry, name))
        day = dt_util.start_of_local_day(dt_util.as_local(issues[key].created))
        issues[key] = replace(issues[key], created=day)


def _issue_id(entry: ConfigEntry, name: str) -> str:
    return f"{name}_{entry.entry_id}"
