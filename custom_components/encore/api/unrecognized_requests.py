"""Stores sentences that were taken but not understood, for administrators to read and clear.

When and in which language, and not who said them. They are no history: they stay in Home Assistant's storage.
"""

from collections import deque
from collections.abc import Mapping
from typing import Final, final

import probatio

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..access.policy import AccessLevel
from ..const import DOMAIN
from ..dispatch.audit import audited_action
from ..history.records.audit_log import RequestType

ACTION_NOT_UNDERSTOOD: Final = "not_understood"
ACTION_CLEAR: Final = "clear_not_understood"

MOST: Final = 100
"""How many are kept; the oldest goes."""
LONGEST: Final = 200
"""Characters of a sentence that are kept."""
_STORE_VERSION: Final = 1
_SAVED_AFTER_S: Final = 10

type _Sentence = Mapping[str, str]
"""What JSON can carry: `at` (ISO 8601, UTC), `language` and `sentence`."""


@final
class NotUnderstood:
    """The sentences, the oldest first."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Read nothing yet."""
        self._store: Store[list[_Sentence]] = Store(
            hass, _STORE_VERSION, f"{DOMAIN}.not_understood", private=True
        )
        self._sentences: deque[_Sentence] | None = None

    async def async_keep(self, sentence: str, language: str) -> None:
        """Keep a sentence."""
        sentences = await self._async_sentences()
        sentences.append(
            {
                "at": dt_util.utcnow().isoformat(timespec="seconds"),
                "language": language,
                # Half a character of UTF-16 would keep all of them from being saved.
                "sentence": sentence[:LONGEST].encode(errors="replace").decode(),
            }
        )
        self._store.async_delay_save(lambda: list(sentences), _SAVED_AFTER_S)

    async def async_all(self) -> list[_Sentence]:
        """Return them, the newest first."""
        return [*reversed(await self._async_sentences())]

    async def async_clear(self) -> None:
        """Keep none of them any longer."""
        (await self._async_sentences()).clear()
        await self._store.async_remove()

    async def _async_sentences(self) -> deque[_Sentence]:
        if self._sentences is None:
            kept = await self._store.async_load() or []
            # Another sentence may have been faster.
            if self._sentences is None:
                self._sentences = deque(kept, maxlen=MOST)
        return self._sentences


@singleton(f"{DOMAIN}.not_understood")
def async_not_understood(hass: HomeAssistant) -> NotUnderstood:
    """Return the sentences that were not understood in this house."""
    return NotUnderstood(hass)


@callback
def async_register_not_understood(hass: HomeAssistant) -> None:
    """Register the actions that tell and clear them."""
    hass.services.async_register(
        DOMAIN,
        ACTION_NOT_UNDERSTOOD,
        audited_action(
            ACTION_NOT_UNDERSTOOD,
            AccessLevel.AUTONOMOUS,
            _async_tell,
            RequestType.QUESTION,
        ),
        schema=probatio.Schema({}),
        supports_response=SupportsResponse.ONLY,
    )
    hass.services.async_register(
        DOMAIN,
        ACTION_CLEAR,
        audited_action(ACTION_CLEAR, AccessLevel.AUTONOMOUS, _async_clear),
        schema=probatio.Schema({}),
    )


async def _async_tell(call: ServiceCall) -> ServiceResponse:
    sentences = await async_not_understood(call.hass).async_all()
    return {"sentences": [dict(each) for each in sentences]}


async def _async_clear(call: ServiceCall) -> None:
    await async_not_understood(call.hass).async_clear()
