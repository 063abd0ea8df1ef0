"""Long-term statistics: hourly plays and minutes of sharing listeners and of rooms.

The recorder keeps them as statistics of an external source. They follow the history: what it says now is compared
with what was written, and what differs is written. Where Home Assistant records nothing, there are none.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
import threading
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from homeassistant.components.recorder.const import DOMAIN as RECORDER_DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers.event import async_track_time_change
from homeassistant.helpers.recorder import async_migration_in_progress
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.account_listener import async_listener
from ..access.visibility import hidden_listeners, is_visible
from ..const import DOMAIN, LOGGER
from ..history.errors import HistoryError
from ..history.model import Listener, Room
from ..history.queries.history_queries import HistoryQueries
from ..history.queries.hourly import Correction, Hourly, hourly
from ..history.records.job_records import JobKind, Work
from ..language.speech import say_statistic
from ..listeners.linked_listeners import account_entries
from ..runtime.jobs import DATA_JOBS
from ..runtime.planned_call import PlannedCall
from ..runtime.signals import async_listen_changed
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.supervision import attend
from ..settings.history_entry import async_history_entry
from .statistic_rows import (
    AT_ONCE,
    Measure,
    Of,
    Statistic,
    StatisticRows,
    is_of,
    rows_to_write,
)

SOON_S: Final = 120
"""How long after a change it is written: by then it is known who listened to what a speaker played."""

HOURLY: Final = 7
"""The minute of each hour in which they are looked through, whatever was said of changes."""

NIGHTLY: Final = 4
"""In this hour, local, what is written is read again, and what was cancelled is taken up again."""


@dataclass(frozen=True, slots=True)
class _HomeState:
    """What statistics depend on, at one moment."""

    generation: tuple[str, int]
    """Of the history: where it is, and how often its plays have changed."""
    hidden: frozenset[str]
    listeners: tuple[Listener, ...]
    rooms: tuple[Room, ...]
    language: str
    names: frozenset[tuple[str, str | None]]
    """The statistics that there are, with their names."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of writing."""

    rows: int
    cancelled: bool


class Statistics:
    """Writes what is played into the statistics of Home Assistant, one look at a time."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare; nothing is written yet."""
        self._hass = hass
        self._rows = StatisticRows(hass)
        self._working = asyncio.Lock()
        self._planned = PlannedCall(hass, self._run)
        self._entry: ConfigEntry | None = None
        self._seen: _HomeState | None = None
        self._rests = False
        """Whether somebody cancelled it: else the next play would take it up again."""
        self._start_over = False
        """Whether somebody shares no longer since it was last looked what is shared."""
        self._failed = False

    @callback
    def async_start(self, entry: ConfigEntry) -> CALLBACK_TYPE:
        """Follow the history as long as the History entry is loaded; returns what stops that."""
        if RECORDER_DOMAIN not in self._hass.config.components:
            return lambda: None
        self._entry = entry
        following = [
            async_listen_changed(self._hass, self._changed),
            async_track_time_change(
                self._hass, self._each_hour, minute=HOURLY, second=0
            ),
            async_at_started(self._hass, self._started),
        ]

        @callback
        def stop() -> None:
            for each in following:
                each()
            self._planned.cancel()
            self._entry = None

        return stop

    @callback
    def async_look_again(self) -> None:
        """Follow at once that a listener shares, or shares no longer, or that an account was removed."""
        if RECORDER_DOMAIN in self._hass.config.components:
            self._start_over = True
            attend(self._hass, f"{DOMAIN} statistics", self.async_follow)

    async def async_follow(self) -> None:
        """Make the statistics what the history says now, as far as listeners share it.

        Where the History entry is not loaded, only what may not be shown any more is cleared.
        """
        async with self._working:
            self._start_over = False
            if async_migration_in_progress(self._hass):
                return  # in the next hour
            try:
                await self._async_follow()
            except (ConfigEntryError, ConfigEntryNotReady, HistoryError) as err:
                LOGGER.debug("Statistics cannot follow the history now: %s", err)
            except SQLAlchemyError as err:
                if not self._failed:
                    LOGGER.warning(
                        "The recorder cannot be read; statistics follow once it can: %s",
                        type(err).__name__,
                    )
                self._failed = True
            else:
                if self._failed:
                    LOGGER.info("The recorder can be read; statistics follow again")
                self._failed = False

    async def _async_follow(self) -> None:
        there = await self._rows.async_names()
        if await self._async_clear_withdrawn(there):
            there = await self._rows.async_names()
        if self._entry is None:
            return
        history = self._hass.data[DATA_HISTORY]
        async with history.async_held():
            if history.at_work:
                self._planned.plan(SOON_S)
                return
            home = await self._async_home(there)
            if home == self._seen or self._rests:
                return
            self._seen = None
            await self._async_write(home)

    async def _async_clear_withdrawn(self, there: dict[str, str | None]) -> bool:
        """Clear the statistics of listeners who no longer share; return whether there were any.

        What they played may be in the statistics of rooms, where hours with nothing would still show it: these are
        written again.
        """
        shown = {
            statistic.id
            for listener in self._shown()
            for statistic in _statistics_of(Of.LISTENER, listener.key)
        }
        removed = {each for each in there if is_of(each, Of.LISTENER)} - shown
        if async_history_entry(self._hass) is None:
            removed = set(there)
        elif removed:
            removed |= {each for each in there if is_of(each, Of.ROOM)}
        if not removed:
            return False
        self._seen = None
        await self._rows.async_clear(removed)
        return True

    async def _async_home(self, there: dict[str, str | None]) -> _HomeState:
        hidden = hidden_listeners(self._hass, None)
        history = self._hass.data[DATA_HISTORY]

        # Plays that come meanwhile are for the next time.
        generation = await history.async_look_up(lambda queries: queries.generation)
        rooms = await history.async_ask(
            lambda queries: tuple(queries.rooms()), hidden=hidden
        )
        return _HomeState(
            (history.url, generation),
            hidden,
            self._shown(),
            rooms,
            self._hass.config.language,
            frozenset(there.items()),
        )

    async def _async_write(self, home: _HomeState) -> None:
        """Write what the statistics lack."""
        there = dict(home.names)
        lacking: list[tuple[Statistic, Correction]] = []
        empty: list[str] = []
        for of, key, name in (
            # First those by which it is known who shared.
            *((Of.LISTENER, each.key, each.name) for each in home.listeners),
            *((Of.ROOM, each.key, each.name) for each in home.rooms),
        ):
            hourly_plays, names = await self._async_hourly(home, of, key, name)
            for statistic in _statistics_of(of, key, names):
                if not hourly_plays.total().plays:
                    empty += [statistic.id] if statistic.id in there else []
                    continue
                needed = await self._rows.async_lacking(statistic, hourly_plays)
                if of is Of.ROOM and needed.emptied and home.hidden:
                    # It may be known only now that it was somebody who does not share.
                    await self._rows.async_clear([statistic.id])
                    needed = await self._rows.async_lacking(statistic, hourly_plays)
                if len(needed) or there.get(statistic.id) != statistic.name:
                    lacking.append((statistic, needed))
        rooms = {
            statistic.id
            for room in home.rooms
            for statistic in _statistics_of(Of.ROOM, room.key)
        }
        empty += [each for each in there if is_of(each, Of.ROOM) and each not in rooms]
        if empty:
            await self._rows.async_clear(empty)
        if await self._async_written(lacking) and not empty:
            there |= {statistic.id: statistic.name for statistic, _ in lacking}
            self._seen = replace(home, names=frozenset(there.items()))

    async def _async_hourly(
        self, home: _HomeState, of: Of, key: str, name: str
    ) -> tuple[Hourly, dict[Measure, str]]:
        """Return what a listener or a room played each hour, and what its statistics are called."""

        def hourly_plays(queries: HistoryQueries) -> tuple[Hourly, dict[Measure, str]]:
            found = (
                hourly(queries, listeners=(key,))
                if of is Of.LISTENER
                else hourly(queries, rooms=(key,))
            )
            # The templates may have to be read from the disk.
            names = {each: say_statistic(each, name, home.language) for each in Measure}
            return found, names

        return await self._hass.data[DATA_HISTORY].async_ask(
            hourly_plays, hidden=home.hidden
        )

    async def _async_written(self, lacking: list[tuple[Statistic, Correction]]) -> bool:
        """Write corrections; whether all of them were. What takes a while is among the jobs, and can be cancelled."""
        total = sum(rows_to_write(needed) for _, needed in lacking)
        if total <= AT_ONCE:
            await self._async_write_all(lacking, lambda *_: None, threading.Event())
            return True
        written = await self._hass.data[DATA_JOBS].async_run(
            Work(JobKind.STATISTICS),
            lambda progress, cancelled: self._async_write_all(
                lacking, lambda rows: progress(rows, 100 * rows // total), cancelled
            ),
            lambda _: {},
        )
        self._rests = written.cancelled and not self._start_over
        return not written.cancelled

    async def _async_write_all(
        self,
        lacking: list[tuple[Statistic, Correction]],
        progress: Callable[[int], None],
        cancelled: threading.Event,
    ) -> Written:
        rows = 0

        def went_on(part: int) -> bool:
            nonlocal rows
            rows += part
            progress(rows)
            return not cancelled.is_set() and not self._start_over

        for statistic, needed in lacking:
            if not await self._rows.async_write(statistic, needed, went_on):
                return Written(rows, cancelled=True)
        return Written(rows, cancelled=False)

    def _shown(self) -> tuple[Listener, ...]:
        """Return the listeners who share with the household."""
        return tuple(
            async_listener(self._hass, entry)
            for entry in account_entries(self._hass)
            if is_visible(entry)
        )

    @callback
    def _started(self, _hass: HomeAssistant) -> None:
        self._rows.forget()
        self._seen, self._rests = None, False
        self._run()

    @callback
    def _changed(self) -> None:
        if not self._planned.is_planned and not self._rests:
            self._planned.plan(SOON_S)

    @callback
    def _each_hour(self, now: datetime) -> None:
        if dt_util.as_local(now).hour == NIGHTLY:
            self._started(self._hass)
        else:
            self._run()

    @callback
    def _run(self) -> None:
        if self._entry is not None:
            what = f"{DOMAIN} statistics"
            attend(self._hass, what, self.async_follow, self._entry)


def _statistics_of(
    of: Of, key: str, names: dict[Measure, str] | None = None
) -> list[Statistic]:
    return [
        Statistic(of, key, measure, names[measure] if names else "")
        for measure in Measure
    ]


@singleton(HassKey[Statistics](f"{DOMAIN}_statistics"))
def async_get_statistics(hass: HomeAssistant) -> Statistics:
    """Return what writes the statistics of this instance."""
    return Statistics(hass)
