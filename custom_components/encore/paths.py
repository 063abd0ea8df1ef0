"""Files that actions read and write: only where Home Assistant allows it."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError

from .const import DOMAIN


async def async_require_allowed(hass: HomeAssistant, path: str) -> None:
    """Raise ServiceValidationError unless a path lies in an allowed directory."""
    if not await hass.async_add_executor_job(hass.config.is_allowed_path, path):
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="path_not_allowed",
            translation_placeholders={"path": path},
        )
