"""Calendars of listening sessions, one for each listener who shares with the household."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, final, override

from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .access.account_listener import async_listener
from .access.policy import AccessLevel, Interface, async_caller
from .const import DOMAIN, LOGGER
from .dispatch.audit import async_audited
from .dispatch.caller_context import async_query_context
from .entities.base_entities import SpotifyAccountEntity
from .history.errors import HistoryError
from .history.model import Window
from .history.queries.history_queries import HistoryQueries
from .history.records.audit_log import RequestType
from .language.speech import say_session
from .questions.base.query_context import QueryContext
from .questions.calendar_sessions import Listened, listened
from .questions.sessions import GAP_MINUTES, Sessions
from .runtime.error_translation import translated_errors
from .runtime.planned_call import PlannedCall
from .runtime.signals import async_listen_changed
from .runtime.store.history_service import DATA_HISTORY
from .runtime.throttled_refresh import ThrottledRefresh
from .spotify.account import SpotifyAccount, SpotifyConfigEntry

# Nothing is fetched for them.
PARALLEL_UPDATES = 0

type _Ask = Callable[[HistoryQueries, QueryContext], tuple[Listened, ...]]

ASKED_EVERY_S: Final = 5.0
"""How often the history is asked at the most which session is the last."""

_GAP_MS: Final = GAP_MINUTES * 60_000


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
        self._last: CalendarEvent | None = None
        self._stopped = False

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what is heard."""
        await super().async_added_to_hass()
        self._over = PlannedCall(self.hass, self.async_write_ha_state)
        refresh = ThrottledRefresh(
            self.hass,
            ASKED_EVERY_S,
            self._async_look,
            f"what {self.entity_id} shows",
        )
        self.async_on_remove(refresh.async_shutdown)
        self.async_on_remove(self._stop)
        self.async_on_remove(
            self.hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stopping)
        )
        self.async_on_remove(async_listen_changed(self.hass, refresh.async_request))
        refresh.async_request()

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """The session that goes on; None where there is none.

        Home Assistant compares it with the time by their wall clocks, and wakes for one that is over by its clock again
        and again. In the night in which clocks are set back a session can seem over, or not begun, an hour long: then it
        is given as the clock of now counts it.
        """
        last, now = self._last, dt_util.utcnow()
        if last is None or last.end_datetime_local <= now:
            return None
        local = dt_util.as_local(now)
        offset = local.utcoffset() or timedelta()

        def as_now(moment: datetime) -> datetime:
            return (moment.astimezone(UTC) + offset).replace(tzinfo=local.tzinfo)

        start, end = last.start_datetime_local, last.end_datetime_local
        if start > local and start <= now:
            start = as_now(start)
        if end <= local:
            end = as_now(end)
        return replace(last, start=start, end=end)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the sessions that a range touches, whole; the latest thousand where there are more.

        Raises HomeAssistantError where the history cannot be read.
        """
        # One that goes on lasts beyond the last sound.
        window = Window(_ms(start_date) - _GAP_MS, _ms(end_date))
        listener = async_listener(hass, self._entry)
        start = start_date.astimezone(UTC)

        with translated_errors():
            events = await self._async_asked(
                lambda queries, known: listened(queries, known, listener, window)
            )
        return [event for event in events if event.end_datetime_local > start]

    async def _async_look(self) -> None:
        """Read which session is the last one."""
        listener = async_listener(self.hass, self._entry)
        try:
            events = await self._async_asked(
                lambda queries, known: listened(queries, known, listener, most=1)
            )
        except HistoryError as err:
            LOGGER.debug("The last session cannot be told: %s", err)
            return
        if self._stopped:
            return
        self._last = events[-1] if events else None
        self._await_end()
        self.async_write_ha_state()

    async def _stopping(self, _event: Event) -> None:
        """Wait for no end any more, nor let Home Assistant wait for it."""
        self._stop()
        await super().async_will_remove_from_hass()

    @callback
    def _stop(self) -> None:
        """Take nothing any more of what is still asked, and wait for no end."""
        self._stopped, self._last = True, None
        self._over.cancel()

    @callback
    def _await_end(self) -> None:
        """Show it when the session is over, whatever the wall clock shows by then."""
        self._over.cancel()
        if self._last is not None and self.event is not None:
            left = self._last.end_datetime_local - dt_util.utcnow()
            self._over.plan(left.total_seconds())

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Wait for what the history says of it."""

    async def _async_asked(self, ask: _Ask) -> list[CalendarEvent]:
        """Ask the history once, as the home may hear of it."""
        caller_of_now = await async_caller(self.hass, Context(), Interface.ENTITY)
        caller = replace(caller_of_now, is_entity=True)
        query_context = async_query_context(self.hass, caller)

        def answer(queries: HistoryQueries) -> list[CalendarEvent]:
            under_way = queries.visible_under_way(query_context.under_way)
            known = replace(query_context, under_way=tuple(under_way))
            sessions = ask(queries, known)
            return [_event(each, known, self._account_id) for each in sessions]

        memory = self.hass.data[DATA_HISTORY]
        async with (
            async_audited(
                self.hass,
                caller,
                # It is shown because the listener shares, not because somebody is trusted.
                needs=AccessLevel.STUDENT,
                request_type=RequestType.QUESTION,
                what=Sessions.action,
                values={},
                reads=True,
            ),
            memory.async_held(),
        ):
            return await memory.async_ask(answer, hidden=query_context.hidden)


def _event(
    session: Listened, query_context: QueryContext, account: str
) -> CalendarEvent:
    """Return a session as an event; one that may go on ends where a silence would have ended it."""
    summary, description = say_session(session, query_context)
    silent = session.end + _GAP_MS
    start, end = (
        _local(session.start),
        _local(silent if silent > query_context.clock.now else session.end),
    )
    event = CalendarEvent(
        start=start,
        end=start,
        summary=summary,
        description=description,
        location=", ".join(session.rooms) or None,
        uid=f"{DOMAIN}-{account}-{session.start}",
    )
    # Home Assistant refuses one that ends before it begins by the wall clock, as when clocks are set back meanwhile.
    event.end = end
    return event


def _local(moment: int) -> datetime:
    # To the second, as answers have it.
    return dt_util.as_local(datetime.fromtimestamp(moment // 1000, UTC))


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
