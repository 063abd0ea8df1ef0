"""The base of errors with a translation key."""

from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN
from .history.errors import KeyedError


class NamedError(KeyedError, HomeAssistantError):
    """An error with a translation, by its `key`."""

    key = ""

    def __init__(self, **placeholders: str) -> None:
        """Remember what the translated sentence mentions."""
        super().__init__(
            translation_domain=DOMAIN,
            translation_key=self.key,
            translation_placeholders=placeholders or None,
        )
