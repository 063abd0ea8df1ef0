"""Repair issues that outlive a restart of Home Assistant, but not Encore.

Home Assistant stores a persistent issue until somebody fixes it, with the key of its text and not the text: once
Encore is removed, from the configuration or from the disk, nobody can read it or fix it. So Encore stores its own and raises
them again when it is set up.
"""

from typing import Any, Final

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import Store

from ..api.uploads.watched_folder import ISSUES as ISSUES_OF_FOLDERS
from ..const import DOMAIN
from ..listeners.removed_accounts import ISSUE_ACCOUNT_REMOVED
from ..runtime.store.store_issue import ISSUE_STORE_BROKEN

LASTING: Final = frozenset(
    {ISSUE_ACCOUNT_REMOVED, ISSUE_STORE_BROKEN, *ISSUES_OF_FOLDERS}
)
"""The texts of what is said once, and holds until a person has read or decided it."""

STORE_KEY: Final = f"{DOMAIN}.issues"
STORE_VERSION: Final = 1
SAVE_AFTER_S: Final = 1

type Stored = dict[str, dict[str, Any]]
"""The parameters of `async_create_issue`, by issue id."""


async def async_restore_issues(hass: HomeAssistant) -> None:
    """Raise the stored issues, and store from now on what is raised and not fixed."""
    store: Store[Stored] = Store(hass, STORE_VERSION, STORE_KEY, private=True)
    registry = ir.async_get(hass)
    stored: Stored = await store.async_load() or {}

    @callback
    def update(issue_id: str) -> None:
        issue = registry.async_get_issue(DOMAIN, issue_id)
        if issue is not None and issue.translation_key in LASTING:
            stored[issue_id] = _as_raised(issue)
        elif stored.pop(issue_id, None) is None:
            return
        store.async_delay_save(lambda: stored, SAVE_AFTER_S)

    @callback
    def changed(event: Event[ir.EventIssueRegistryUpdatedData]) -> None:
        if event.data["domain"] == DOMAIN:
            update(event.data["issue_id"])

    # Earlier versions left it to Home Assistant.
    for (domain, issue_id), issue in registry.issues.items():
        if domain == DOMAIN and issue.is_persistent:
            stored[issue_id] = _as_raised(issue)
    hass.bus.async_listen(ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED, changed)
    for issue_id, raised in list(stored.items()):
        severity = ir.IssueSeverity(raised["severity"])
        ir.async_create_issue(
            hass, DOMAIN, issue_id, **{**raised, "severity": severity}
        )


@callback
def async_withdraw_issues(hass: HomeAssistant) -> None:
    """Delete all issues, because Encore is removed, and with it what could fix them."""
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN:
            ir.async_delete_issue(hass, DOMAIN, issue_id)


def _as_raised(issue: ir.IssueEntry) -> dict[str, Any]:
    return {
        "data": issue.data,
        "is_fixable": issue.is_fixable,
        "severity": issue.severity,
        "translation_key": issue.translation_key,
        "translation_placeholders": issue.translation_placeholders,
    }
