"""Why a job failed: stored by key and text."""

import re
from typing import Final, NamedTuple

from homeassistant.exceptions import HomeAssistantError

from ..errors import translated
from ..history.errors import HistoryError
from ..history.records.job_records import INTERRUPTED
from .error_translation import translated_errors

_RECORDED: Final = re.compile(r"(?P<key>[a-z][a-z0-9_]*): (?P<words>.+)", re.DOTALL)


class JobError(NamedTuple):
    """Why a job failed; both are None for one that did not."""

    key: str | None
    """The name of the error in the translations, for automations."""
    words: str | None


def stored_error(error: HistoryError | HomeAssistantError) -> str:
    """Return an error as a job record stores it: its name, and its message."""
    try:
        with translated_errors():
            raise error
    except HomeAssistantError as named:
        key, words = named.translation_key, str(named)
    return f"{key}: {words}" if key else words


def read_error(error: str | None) -> JobError:
    """Return the error of a record; one that was stored without a name has a message alone."""
    if error is None:
        return JobError(None, None)
    if error == INTERRUPTED:
        return JobError(error, str(translated(HomeAssistantError, "job_interrupted")))
    if found := _RECORDED.fullmatch(error):
        return JobError(found["key"], found["words"])
    return JobError(None, error)
