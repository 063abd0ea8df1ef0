"""Translates errors of history and questions into Home Assistant's exceptions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.translation import async_get_translations

from ..errors import translated
from ..history.errors import (
    ExportFailed,
    ForgettingRefused,
    HistoryError,
    ImportInterrupted,
    ImportRefused,
    InvalidWindow,
    InvertedWindow,
    StoreBusy,
    StoreFull,
    StoreLost,
    StoreMissing,
    Unwritten,
)
from ..questions.base.errors import QuestionError

_KEYS: Final[dict[type[HistoryError], str]] = {
    StoreFull: "history_full",
    StoreBusy: "history_moving",
    StoreLost: "history_lost",
    StoreMissing: "history_lost",
    HistoryError: "history_unavailable",
}
"""The translation of an error by its class, the closest class first."""


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raise ServiceValidationError for what the caller can mend, else HomeAssistantError."""
    try:
        yield
    except (QuestionError, InvalidWindow) as err:
        raise translated(ServiceValidationError, err.key, **_words(err)) from err
    except ImportRefused as err:
        raise translated(
            ServiceValidationError,
            f"import_{err.reason}",
            file=err.file,
            detail=err.detail or "-",
        ) from err
    except ImportInterrupted as err:
        raise translated(
            HomeAssistantError, "import_interrupted", code=str(err.code)
        ) from err
    except ForgettingRefused as err:
        raise translated(
            ServiceValidationError, f"forget_{err.reason}", asked=err.value or "-"
        ) from err
    except ExportFailed as err:
        mended = err.reason not in {Unwritten.FULL, Unwritten.FAILED}
        raise translated(
            ServiceValidationError if mended else HomeAssistantError,
            f"export_{err.reason}",
            path=str(err.path),
            detail=err.detail or "-",
        ) from err
    except HistoryError as err:
        key = next((key for kind, key in _KEYS.items() if isinstance(err, kind)))
        raise translated(HomeAssistantError, key) from err


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


def _words(error: QuestionError | InvalidWindow) -> dict[str, str]:
    if isinstance(error, QuestionError):
        return error.words
    if isinstance(error, InvertedWindow):
        return {"start": error.start or "-", "end": error.end or "-"}
    return {"asked": str(error)}
