"""Cache for conditions, which must answer synchronously."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, final

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..access.policy import async_caller
from ..access.visibility import hidden_listeners
from ..const import LOGGER
from ..history.errors import HistoryError, InvalidWindow
from ..questions.base.answer import Answer
from ..questions.base.errors import QuestionError
from ..questions.base.question import Question
from ..runtime.planned_call import PlannedCall
from ..runtime.signals import async_listen_changed, async_listen_entries
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.supervision import unforeseen_logged
from .audit import unnoted
from .caller_context import async_query_context
from .dispatcher import async_ask
from .request_context import RequestContext

EVERY: Final = timedelta(minutes=1)
"""What is playing, and what leaves a window, counts so soon at the latest."""
SETTLES_S: Final = 2
"""Several things change with one play; they are asked about together."""


async def async_ask_as_home[P, A: Answer](
    hass: HomeAssistant, question: Question[P, A], parameters: P
) -> A | None:
    """Return the answer that everybody who may ask gets, not audited; None where there is no such listener, room or thing.

    Raises HistoryError, and Unauthorized where automations may not ask.
    """
    caller = await async_caller(hass, Context())
    context = RequestContext(hass, caller, async_query_context(hass, caller))
    try:
        with unnoted():
            return await async_ask(question, parameters, context)
    except (QuestionError, InvalidWindow) as err:
        LOGGER.debug("There is no answer to %s: %s", question.key, type(err).__name__)
        return None


@final
class CachedAnswer[T]:
    """What was answered last; asked for again when the history, what plays, or the visible listeners have changed."""

    def __init__(
        self, hass: HomeAssistant, ask: Callable[[], Awaitable[T | None]]
    ) -> None:
        """Cache what `ask` answers; it may raise HistoryError and Unauthorized."""
        self._hass = hass
        self._ask = ask
        self._stops: list[CALLBACK_TYPE] = []
        self._due = PlannedCall(hass, self._ask_now)
        self._requests = 0
        self._value: T | None = None
        self._hidden: frozenset[str] = frozenset()
        self.asked_at = 0
        """When it was asked for (UTC ms)."""

    @property
    def value(self) -> T | None:
        """The answer; None where there is none, or somebody became private since it was asked for."""
        is_visible = hidden_listeners(self._hass, None) <= self._hidden
        return self._value if is_visible else None

    async def async_start(self) -> None:
        """Ask, and refresh the answer until `stop`."""
        self._stops = [
            async_listen_changed(self._hass, self._ask_soon),
            async_listen_entries(self._hass, self._ask_soon),
            async_track_time_interval(
                self._hass, self._ask_now, EVERY, cancel_on_shutdown=True
            ),
        ]
        await self._async_ask()

    @callback
    def stop(self) -> None:
        """Stop refreshing the answer."""
        stops, self._stops = self._stops, []
        for stop in stops:
            stop()
        self._due.cancel()
        self._requests += 1

    @callback
    def _ask_soon(self) -> None:
        if not self._due.is_planned and self._stops:
            self._due.plan(SETTLES_S)

    async def _ask_now(self, _now: datetime | None = None) -> None:
        self._due.cancel()
        with unforeseen_logged(self._hass, "the answer of a condition"):
            await self._async_ask()

    async def _async_ask(self) -> None:
        memory = self._hass.data.get(DATA_HISTORY)
        if memory is None or not memory.is_open:
            return
        self._requests += 1
        number, at = self._requests, dt_util.utcnow()
        hidden = hidden_listeners(self._hass, None)
        try:
            value = await self._ask()
        except HistoryError as err:
            LOGGER.debug("A condition has no new answer: %s", err)
            return
        except Unauthorized:
            value = None
        if number == self._requests:
            self._value, self._hidden = value, hidden
            self.asked_at = round(at.timestamp() * 1000)
