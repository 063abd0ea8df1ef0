"""The base of errors with a translation key."""

from typing import ClassVar

from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN


class NamedError(HomeAssistantError):
    """An error whose class has the `key` of its translation."""

    key: ClassVar[str]

    def __init__(self, **placeholders: str) -> None:
        """Remember what the translated sentence mentions."""
        super().__init__(
            translation_domain=DOMAIN,
            translation_key=self.key,
            translation_placeholders=placeholders or None,
        )
