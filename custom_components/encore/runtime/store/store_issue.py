"""The repair issue for a damaged or missing store."""

from pathlib import Path
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ...const import CONF_STORE_MADE, DOMAIN, LOGGER
from ...settings.history_entry import async_history_entry
from ..issues import async_raise_issue

ISSUE_STORE_BROKEN: Final = "store_broken"
ATTR_ISSUE: Final = "issue"
ATTR_FILE: Final = "file"
ATTR_MOVED_TO: Final = "moved_to"


@callback
def async_report_broken(hass: HomeAssistant, file: str, moved_to: Path | None) -> None:
    """Raise the notice about a store: its damaged file was moved, or it is gone where that is None.

    A file that was moved is gone from then on: what is known of it stays.
    """
    known = ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_STORE_BROKEN)
    if moved_to is None and known is not None and known.data is not None:
        return
    LOGGER.error(
        "The history is %s; the repairs page has what can be done. What is played waits",
        f"damaged, and kept as {moved_to}" if moved_to else "gone",
    )
    kept_as = str(moved_to) if moved_to else None
    fix = {ATTR_FILE: file, ATTR_MOVED_TO: kept_as}
    async_raise_issue(hass, ISSUE_STORE_BROKEN, is_error=True, fix=fix, file=file)


@callback
def async_withdraw_broken(hass: HomeAssistant) -> None:
    """Take the notice back: there is a store again."""
    ir.async_delete_issue(hass, DOMAIN, ISSUE_STORE_BROKEN)


@callback
def async_note_store_made(hass: HomeAssistant) -> None:
    """Remember in the History entry that there is a store where the entry says.

    Both are of one piece: a backup that brings back the entry should have the store, a move to another database
    changes where the mark stands for, and who removes the entry may delete the file as well.
    """
    entry = async_history_entry(hass)
    if entry is not None and not entry.data.get(CONF_STORE_MADE):
        hass.config_entries.async_update_entry(
            entry, data={**entry.data, CONF_STORE_MADE: True}
        )


@callback
def async_store_was_made(hass: HomeAssistant) -> bool:
    """Whether there should be a store: the entry says so, or a person has not decided about a damaged one."""
    entry = async_history_entry(hass)
    marked = entry is not None and bool(entry.data.get(CONF_STORE_MADE))
    issue = ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_STORE_BROKEN)
    return marked or (issue is not None and issue.data is not None)
