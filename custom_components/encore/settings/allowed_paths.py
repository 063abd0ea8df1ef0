"""Files that actions may read and write, as Home Assistant allows."""

import os

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError

from ..errors import translated


async def async_require_allowed(hass: HomeAssistant, path: str) -> None:
    """Raise ServiceValidationError unless a path is one, and lies in an allowed directory."""
    if not is_path(path):
        raise translated(ServiceValidationError, "path_bad", path=_shown(path))
    if not await hass.async_add_executor_job(hass.config.is_allowed_path, path):
        raise translated(ServiceValidationError, "path_not_allowed", path=path)


def is_path(text: str) -> bool:
    """Whether a text can name a file: NUL and halves of characters are in no name."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def _shown(path: str) -> str:
    """Return a text with a mark for each character that cannot be shown."""
    return "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in path
    )
