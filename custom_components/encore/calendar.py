"""Calendars: the sessions in which a listener who shares with the household listened, one for each account."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, final, override

from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.debounce import Debouncer
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .ask import async_asking
from .changed import async_listen_changed
from .const import CONF_ACCOUNT_ID, DOMAIN, LOGGER
from .entity import SpotifyAccountEntity
from .history.errors import HistoryError
from .history.model import Window
from .history.recall import Recall
from .history.told_recall import ToldRecall
from .memory import DATA_MEMORY
from .policy import Door, async_caller
from .questions.asking import Asking
from .questions.listened import Listened, last_listened, listened
from .questions.speech import say_session
from .questions.under_way import told_under_way
from .spotify.account import SpotifyAccount, SpotifyConfigEntry
from .spotify.listener import async_listener
from .translated import translated_errors

# Nothing is fetched for them.
PARALLEL_UPDATES = 0

type _Ask = Callable[[Recall, Asking], tuple[Listened, ...]]

ASKED_EVERY_S: Final = 5.0
"""How often the history is asked at the most which session is the last."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SpotifyConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the calendar of an account."""
    async_add_entities([ListeningCalendar(entry.runtime_data)])


@final
class ListeningCalendar(SpotifyAccountEntity, CalendarEntity):
    """When somebody listened, what most, and where."""

    _attr_translation_key = "listening"
    # Each is in the calendar, and the history has it.
    _unrecorded_attributes = frozenset({"description"})

    def __init__(self, account: SpotifyAccount) -> None:
        """Show the sessions of an account's listener; they are not read yet."""
        super().__init__(account.coordinator)
        self._entry = account.coordinator.config_entry
        self._attr_unique_id = f"{self._entry.data[CONF_ACCOUNT_ID]}_listening"
        self._last: CalendarEvent | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what is heard."""
        await super().async_added_to_hass()
        refreshing = Debouncer(
            self.hass,
            LOGGER,
            cooldown=ASKED_EVERY_S,
            immediate=True,
            function=self._async_look,
            background=True,
        )
        self.async_on_remove(refreshing.async_shutdown)
        self.async_on_remove(
            async_listen_changed(self.hass, refreshing.async_schedule_call)
        )
        refreshing.async_schedule_call()

    @property
    @override
    def available(self) -> bool:
        """Whether it can be told, which does not depend on Spotify."""
        return True

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """The session that goes on, or else the last one."""
        return self._last

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the sessions that a range touches, whole; the latest thousand where there are more.

        Raises HomeAssistantError where the history cannot be read.
        """
        window = Window(_ms(start_date), _ms(end_date))
        listener = async_listener(hass, self._entry)

        def ask(recall: Recall, asking: Asking) -> tuple[Listened, ...]:
            return listened(recall, asking, listener, window)

        with translated_errors():
            return await self._async_asked(ask)

    async def _async_look(self) -> None:
        """Read which session is the last one."""
        listener = async_listener(self.hass, self._entry)

        def ask(recall: Recall, asking: Asking) -> tuple[Listened, ...]:
            last = last_listened(recall, asking, listener)
            return () if last is None else (last,)

        try:
            events = await self._async_asked(ask)
        except HistoryError as err:
            LOGGER.debug("The last session cannot be told: %s", err)
            return
        self._last = events[-1] if events else None
        self.async_write_ha_state()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Wait for what the history says of it."""

    async def _async_asked(self, ask: _Ask) -> list[CalendarEvent]:
        """Ask the history once, as the house may hear of it."""
        caller = await async_caller(self.hass, Context(), Door.ENTITY)
        asking = async_asking(self.hass, caller)
        account = self._entry.data[CONF_ACCOUNT_ID]

        def answer(recall: Recall) -> list[CalendarEvent]:
            sounding = recall.not_forgotten(asking.under_way)
            under_way = told_under_way(recall, sounding, asking.withheld)
            known = replace(asking, under_way=tuple(under_way))
            told = ToldRecall.of(recall, asking.withheld)
            return [_event(each, known, account) for each in ask(told, known)]

        memory = self.hass.data[DATA_MEMORY]
        async with memory.async_held():
            return await memory.async_ask(answer)


def _event(session: Listened, asking: Asking, account: str) -> CalendarEvent:
    summary, description = say_session(session, asking)
    return CalendarEvent(
        start=_local(session.start),
        end=_local(session.end),
        summary=summary,
        description=description,
        location=", ".join(session.rooms) or None,
        uid=f"{DOMAIN}-{account}-{session.start}",
    )


def _local(moment: int) -> datetime:
    # To the second, as answers have it.
    return dt_util.as_local(datetime.fromtimestamp(moment // 1000, UTC))


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
