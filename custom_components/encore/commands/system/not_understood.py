"""Sentences that were taken but not understood, and the commands that list and clear them.

When and in which language, and not who said them. They are no history: they stay in Home Assistant's storage.
"""

from collections import deque
from collections.abc import Mapping
from typing import Final, final, override

from homeassistant.core import HomeAssistant
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ...const import DOMAIN
from ...dispatch.command import Data, DataCommand, DataQuestion, NoParameters
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import ON_PAGES

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

    async def async_store_sentence(self, sentence: str, language: str) -> None:
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
            stored = await self._store.async_load() or []
            # Another sentence may have been faster.
            if self._sentences is None:
                self._sentences = deque(stored, maxlen=MOST)
        return self._sentences


@singleton(f"{DOMAIN}.not_understood")
def async_not_understood(hass: HomeAssistant) -> NotUnderstood:
    """Return the sentences that were not understood in this home."""
    return NotUnderstood(hass)


class GetUnrecognizedRequests(DataQuestion[NoParameters]):
    """The sentences, the newest first."""

    description = "Returns the requests about listening that Assist didn't understand, newest first: up to a hundred, with time and language, and without the speaker. For administrators."
    interfaces = ON_PAGES

    @override
    async def async_run(self, asked: NoParameters, context: RequestContext) -> Data:
        sentences = await async_not_understood(context.hass).async_all()
        return Data({"sentences": [dict(each) for each in sentences]})


class ClearUnrecognizedRequests(DataCommand[NoParameters]):
    """No sentence is kept any longer."""

    description = (
        "Keeps the sentences that were not understood no longer. For administrators."
    )
    interfaces = ON_PAGES
    repeatable = True

    @override
    async def async_run(self, asked: NoParameters, context: RequestContext) -> Data:
        await async_not_understood(context.hass).async_clear()
        return Data({})
