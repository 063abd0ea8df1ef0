"""Raises repair issues."""

from collections.abc import Mapping

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN


@callback
def async_raise_issue(
    hass: HomeAssistant,
    issue_id: str,
    name: str | None = None,
    *,
    is_error: bool = False,
    fix: Mapping[str, str | None] | None = None,
    **placeholders: str,
) -> None:
    """Raise a repair issue with the texts of `name`, by default its ID; with `fix`, a flow that is given `fix` can fix it."""
    name = name or issue_id
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        data=None if fix is None else {"issue": name, **fix},
        is_fixable=fix is not None,
        severity=ir.IssueSeverity.ERROR if is_error else ir.IssueSeverity.WARNING,
        translation_key=name,
        translation_placeholders=placeholders or None,
    )
