"""The base of errors with a translation key."""

import re
from typing import ClassVar, override

from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN


class NamedError(HomeAssistantError):
    """An error with a translation; a family of errors that is not raised itself has none, and an empty key."""

    key: ClassVar[str] = ""
    """The key of its translation: what the class is called, in snake case, unless it says otherwise."""

    @override
    def __init_subclass__(cls) -> None:
        """Derive the key from the class's name."""
        if "key" not in vars(cls):
            cls.key = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **placeholders: str) -> None:
        """Remember what the translated sentence mentions."""
        super().__init__(
            translation_domain=DOMAIN,
            translation_key=self.key,
            translation_placeholders=placeholders or None,
        )
