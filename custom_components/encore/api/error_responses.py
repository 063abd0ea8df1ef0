"""JSON error responses: a key for programs, a text for people, and an HTTP status."""

from http import HTTPStatus
from typing import Final, NamedTuple

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)

from ..language.speech import say_phrase
from ..questions.base.query_context import QueryContext
from ..runtime.error_translation import async_translated

NOT_ALLOWED: Final = "not_allowed"
NOT_ALLOWED_TO_DO: Final = "not_allowed_to_do"
_NOT_THERE: Final = frozenset({"unknown_question", "unknown_command"})


class Refusal(NamedTuple):
    """Why there is no answer."""

    key: str
    """The error's name in the translations."""
    message: str
    status: HTTPStatus


async def async_refusal(
    hass: HomeAssistant,
    error: HomeAssistantError,
    query_context: QueryContext,
    *,
    reads: bool,
) -> Refusal:
    """Return how an error is told to whoever asked, or commanded something that does not only read."""
    if isinstance(error, Unauthorized):
        key = NOT_ALLOWED if reads else NOT_ALLOWED_TO_DO
        # The words of a language are read from the disk.
        words = await hass.async_add_executor_job(say_phrase, key, query_context)
        return Refusal(key, words, HTTPStatus.FORBIDDEN)
    key = error.translation_key or "failed"
    words = await async_translated(hass, error, query_context.language)
    if key in _NOT_THERE:
        return Refusal(key, words, HTTPStatus.NOT_FOUND)
    if isinstance(error, ServiceValidationError):
        return Refusal(key, words, HTTPStatus.BAD_REQUEST)
    return Refusal(key, words, HTTPStatus.SERVICE_UNAVAILABLE)
