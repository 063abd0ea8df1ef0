"""Translates errors of history and questions into Home Assistant's exceptions."""

from collections.abc import Iterator
from contextlib import contextmanager

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.translation import async_get_translations

from ..errors import translated
from ..history.errors import HistoryError
from ..questions.base.errors import QuestionError


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raise ServiceValidationError for what the caller can mend, else HomeAssistantError."""
    try:
        yield
    except QuestionError as err:
        raise translated(ServiceValidationError, err.key, **err.words) from err
    except HistoryError as err:
        kind = ServiceValidationError if err.can_be_mended else HomeAssistantError
        raise translated(kind, err.key, **err.words) from err


async def async_translated(
    hass: HomeAssistant, error: HomeAssistantError, language: str | None = None
) -> str:
    """Return what an error says in a language, Home Assistant's by default; in English where that has no text for it."""
    domain, key = error.translation_domain, error.translation_key
    if domain is None or key is None:
        return str(error)
    texts = await async_get_translations(
        hass, language or hass.config.language, "exceptions", {domain}
    )
    text = texts.get(f"component.{domain}.exceptions.{key}.message")
    if text is None:
        return str(error)
    return text.format(**(error.translation_placeholders or {}))
