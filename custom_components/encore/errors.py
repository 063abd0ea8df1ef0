"""The base of errors with a translation key."""

from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN
from .history.errors import KeyedError


def translated[E: HomeAssistantError](
    kind: type[E], key: str | None, /, **placeholders: str
) -> E:
    """Return an error of a class of Home Assistant's with a text by its key, and what that mentions."""
    return kind(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders or None,
    )


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
