"""Answers for entities: what is shared with the household, refreshed after changes."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, final, override

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Context, Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.policy import AccessLevel, Caller, CallerKind, Interface
from ..access.visibility import hidden_listeners
from ..const import DOMAIN, LOGGER
from ..dispatch.caller_context import async_query_context
from ..dispatch.dispatcher import async_ask
from ..dispatch.request_context import RequestContext
from ..errors import translated
from ..history.errors import HistoryError, InvalidWindow, StoreClosed
from ..history.model import Room
from ..listeners.sharing_changes import async_listen_withdrawn
from ..players.player_rooms import async_listen_places
from ..questions.all_questions import QUESTIONS
from ..questions.base.answer import WindowAnswer
from ..questions.base.errors import QuestionError
from ..questions.base.parameters import read
from ..questions.base.query_context import QueryContext
from ..questions.base.scope import HERE
from ..runtime.planned_call import PlannedCall
from ..runtime.signals import (
    async_listen_changed,
    async_listen_entries,
    async_listen_stored,
)
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.supervision import log_unforeseen
from ..runtime.throttled_refresh import ThrottledRefresh

EVERY_S: Final = 10.0
"""How often, at the most, entities ask."""
AT_LEAST_EVERY: Final = timedelta(minutes=5)
"""When a history that could not be asked is tried again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what it is given; about a room as if asked in it, which no two rooms of one name can confuse."""

    question: str
    arguments: tuple[tuple[str, str | int], ...] = field(default=())
    room: Room | None = None

    @classmethod
    def of(
        cls, question: str, *, room: Room | None = None, **arguments: str | int
    ) -> Asked:
        """Return a question with parameters by their names."""
        return cls(question, tuple(sorted(arguments.items())), room)

    @property
    def parameters(self) -> dict[str, str | int]:
        """What the question is asked with."""
        here = {"room": HERE} if self.room is not None else {}
        return {**here, **dict(self.arguments)}


type Asks = Callable[[], Asked]
"""Returns the question whose answer an entity shows now."""


@final
class EntityAnswers(DataUpdateCoordinator[dict[Asked, WindowAnswer | None]]):
    """The answers of the home, each asked once for all entities that are enabled and show it.

    They are asked again when plays were stored, while something plays, when a day is over, and when it was chosen
    anew who shares with the household. None stands for a question that has no answer, such as one about who is withheld.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin without an answer; nothing is asked until somebody wants it."""
        super().__init__(
            hass,
            LOGGER,
            config_entry=None,
            name="what entities show of the history",
            update_interval=AT_LEAST_EVERY,
            always_update=False,
        )
        self.data = {}
        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stopping)
        self._stale = True
        self._sounded = False
        self._refresh_throttled: ThrottledRefresh | None = None
        """While anybody listens."""
        self._first: asyncio.Task[None] | None = None
        """Asks what was not asked yet, while there is any of it."""
        self._unfollow: list[CALLBACK_TYPE] = []
        self._day_over = PlannedCall(hass, self.async_refresh)
        self._day_ends: datetime | None = None

    @override
    @callback
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Asks | None = None
    ) -> CALLBACK_TYPE:
        """Follow the home as long as anybody listens; `context` returns the question of an entity, which is asked at once."""
        if not self._unfollow:
            self._follow()
        remove = super().async_add_listener(update_callback, context)
        if context is not None:
            self.async_ask_unknown()

        @callback
        def unlisten() -> None:
            remove()
            if not self._listeners:
                self._stop()

        return unlisten

    @callback
    def async_ask_again(self) -> None:
        """Ask everything again, soon."""
        self._stale = True
        self._request_refresh()

    @callback
    def async_ask_unknown(self) -> None:
        """Ask what is shown and was not asked yet; nobody waits for the answers."""
        if self._first is None and self._unknown():
            self._first = self.hass.async_create_background_task(
                self._async_ask_unknown(),
                f"{DOMAIN} what entities show first",
                eager_start=False,
            )

    def _shown(self) -> set[Asked]:
        return {asks() for asks in self.async_contexts()}

    def _unknown(self) -> set[Asked]:
        return self._shown() - self.data.keys()

    async def _async_ask_unknown(self) -> None:
        try:
            while self._unfollow and self._unknown():
                await self.async_refresh()
                if not self.last_update_success:
                    # It is tried again with everything else.
                    return
        finally:
            if self._first is asyncio.current_task():
                self._first = None

    @override
    async def _async_update_data(self) -> dict[Asked, WindowAnswer | None]:
        """Ask what is shown now. Raises UpdateFailed while the history cannot be asked."""
        wanted = self._shown()
        sounds = bool(self._query_context().under_way)
        if self._day_ends is not None and self._day_ends <= dt_util.utcnow():
            self._stale = True
        if self._stale or sounds or self._sounded:
            self._stale, self._sounded = False, sounds
            unknown = wanted
            known = {}
        else:
            known = {each: self.data[each] for each in wanted & self.data.keys()}
            unknown = wanted - known.keys()
        try:
            answers = known | await self._async_answers(unknown)
        except Exception as err:
            self._stale = True
            if not self._unfollow:
                # Whoever showed them is gone meanwhile, and so may the history be.
                return {}
            if isinstance(err, UpdateFailed):
                raise
            # Home Assistant would log it with every change.
            log_unforeseen(self.hass, self.name, err)
            raise translated(UpdateFailed, "history_unavailable") from err
        # What came to be shown meanwhile was asked meanwhile.
        since = self._shown() - wanted
        answers |= {each: self.data[each] for each in since & self.data.keys()}
        self._await_end_of_day(answers)
        return answers

    async def _async_answers(
        self, wanted: Iterable[Asked]
    ) -> dict[Asked, WindowAnswer | None]:
        unknown = list(wanted)
        while True:
            query_context = self._query_context()
            answers = await self._async_answers_to(unknown, query_context)
            if hidden_listeners(self.hass, None) <= query_context.hidden:
                return answers
            # Somebody shares no more since it was begun.

    async def _async_answers_to(
        self, wanted: Iterable[Asked], query_context: QueryContext
    ) -> dict[Asked, WindowAnswer | None]:
        answers = {}
        try:
            # One after another: people who ask are answered between them.
            for each in wanted:
                # It is not opened for what entities show.
                if not self.hass.data[DATA_HISTORY].is_held:
                    raise StoreClosed("No entry is loaded")
                answers[each] = await self._async_answer(each, query_context)
        except (HistoryError, ConfigEntryError, ConfigEntryNotReady) as err:
            raise translated(UpdateFailed, "history_unavailable") from err
        return answers

    async def _async_answer(
        self, asked: Asked, query_context: QueryContext
    ) -> WindowAnswer | None:
        if asked.room is not None:
            query_context = replace(query_context, here=asked.room)
        try:
            question = QUESTIONS[asked.question]
            answer: WindowAnswer = await async_ask(
                question,
                read(question.declares, asked.parameters),
                RequestContext(self.hass, _ENTITY_CALLER, query_context),
            )
        except (QuestionError, InvalidWindow) as err:
            self.logger.debug("Entities have no answer to %s: %s", asked.question, err)
            return None
        return answer

    def _query_context(self) -> QueryContext:
        return async_query_context(self.hass, _ENTITY_CALLER)

    @callback
    def _follow(self) -> None:
        self._refresh_throttled = ThrottledRefresh(
            self.hass, EVERY_S, self.async_refresh, self.name
        )
        self._unfollow = [
            self._refresh_throttled.async_shutdown,
            async_listen_changed(self.hass, self._request_refresh),
            async_listen_stored(self.hass, self._stored),
            async_listen_entries(self.hass, self.async_ask_again),
            async_listen_withdrawn(self.hass, self._withdrawn),
            self.hass.bus.async_listen(
                EVENT_CORE_CONFIG_UPDATE, self._core_config_changed
            ),
            async_listen_places(self.hass, self._places_changed),
        ]

    @callback
    def _stop(self) -> None:
        if self._first is not None:
            self._first.cancel()
            self._first = None
        for unfollow in self._unfollow:
            unfollow()
        self._unfollow = []
        self._refresh_throttled = None
        self._forget_day()
        self.data = {}
        self._stale = True

    async def _stopping(self, _event: Event[Any]) -> None:
        await self.async_shutdown()
        self._stop()

    @callback
    def _request_refresh(self) -> None:
        if self._refresh_throttled is not None:
            self._refresh_throttled.async_request()

    @callback
    def _stored(self) -> None:
        self._stale = True

    @callback
    def _withdrawn(self) -> None:
        """Show at once no more of somebody who shares no more."""
        self._stale = True
        self.hass.async_create_background_task(
            self.async_refresh(), f"{DOMAIN} what entities show"
        )

    @callback
    def _places_changed(self) -> None:
        """Show what is known of the rooms that speakers are in now: the answers may be the same as before."""
        self.async_update_listeners()
        self.async_ask_again()

    @callback
    def _core_config_changed(self, _event: Event[Any]) -> None:
        """Follow the home to another time zone, or another language."""
        self.async_ask_again()

    @callback
    def _await_end_of_day(self, answers: dict[Asked, WindowAnswer | None]) -> None:
        """Ask again when the first window is over; a listener's day may end at another hour than the home's."""
        self._forget_day()
        now = dt_util.utcnow()
        ahead = [end for end in _ends(answers.values()) if end > now]
        if ahead and self._unfollow:
            self._day_ends = min(ahead)
            self._day_over.plan((self._day_ends - now).total_seconds())

    @callback
    def _forget_day(self) -> None:
        self._day_ends = None
        self._day_over.cancel()


_ENTITY_CALLER: Final = Caller(
    Context(),
    AccessLevel.INTERN,
    kind=CallerKind.HOUSE,
    interface=Interface.ENTITY,
    is_entity=True,
)
"""Entities ask on nobody's behalf: everybody sees them, however far automations are trusted."""


def _ends(answers: Iterable[WindowAnswer | None]) -> Iterator[datetime]:
    """Yield when the windows of answers end."""
    for answer in answers:
        if answer is not None:
            yield dt_util.utc_from_timestamp(answer.when.window.end / 1000)


@singleton(HassKey[EntityAnswers](f"{DOMAIN}_entity_answers"))
@callback
def async_get_answers(hass: HomeAssistant) -> EntityAnswers:
    """Return the answers that entities of this instance show."""
    return EntityAnswers(hass)
