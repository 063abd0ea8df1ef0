"""Stores what the players of one source play, with rooms."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval

from ..const import CONF_RECORD_ROOMS
from ..history.errors import HistoryError
from ..history.model import HOUSEHOLD, Listener, Observation, Play, Source, as_play
from ..history.records.recording_coverage import GapReason
from ..runtime.moments import now_ms
from ..runtime.planned_call import PlannedCall
from ..runtime.signals import async_signal_changed
from ..runtime.source_recorder import CollectorStateStore, SourceRecorder
from ..runtime.store.history_service import DATA_HISTORY
from ..settings.history_entry import async_history_options
from ..tracking.folding import Folding, Held
from ..tracking.group import Group
from ..tracking.group_tracker import GroupTracker, GroupTrackerState
from ..tracking.recorded_time import RecordedTime, UnnotedTime
from .account_links import CLAIMED_WITHIN_MS, Accounts

HOUSEHOLD_LISTENER: Final = Listener(HOUSEHOLD, "Household")
"""Who listens where no account says who it is."""

TICK: Final = timedelta(seconds=30)
SAVE_STATE_EVERY_MS: Final = 5 * 60_000
"""How much of a play under way a crash may lose."""

type Look = Callable[[], Iterable[Group]]
"""Returns what all groups that can be seen do now."""


@dataclass(slots=True)
class CollectorState:
    """What outlives a restart: plays under way, those that wait for other players, and those that are not saved yet."""

    tracker: GroupTrackerState = field(default_factory=GroupTrackerState)
    held: list[Held] = field(default_factory=list)
    unsaved: list[Observation] = field(default_factory=list)


@callback
def async_state_store(
    hass: HomeAssistant, entry_id: str
) -> CollectorStateStore[CollectorState]:
    """Return where the state of the collector of an entry is stored."""
    return CollectorStateStore(hass, f"rooms.{entry_id}", CollectorState)


@final
class RoomCollector:
    """Collects from the moment it is started until it is stopped, but for pauses.

    A play under way when it stops is stored, and continued by the next start. Before an observation is
    stored, it is kept with all else, so a crash at any moment neither loses nor doubles it.
    """

    def __init__(
        self, hass: HomeAssistant, entry_id: str, source: Source, look: Look
    ) -> None:
        """Prepare to collect for an entry; `look` is called in the event loop whenever something may have changed."""
        self._hass = hass
        self._source = source
        self._look = look
        self._store = async_state_store(hass, entry_id)
        self._accounts = Accounts(hass)
        self._tracker = GroupTracker(source, HOUSEHOLD_LISTENER)
        self._folding = Folding(fold=source is Source.PLAYER)
        self._recorder = SourceRecorder(hass, source, HOUSEHOLD_LISTENER, "in rooms")
        self._state_saved_at = 0
        self._paused = False
        self._sounded = False
        self._due: asyncio.Handle | None = None
        self._wake = PlannedCall(hass, self.async_changed)

    async def async_start(self) -> None:
        """Take up what was under way, and begin to watch."""
        state = await self._store.async_load()
        self._tracker = GroupTracker(
            self._source, HOUSEHOLD_LISTENER, state.tracker, since=state.tracker.seen_at
        )
        self._folding = Folding(state.held, fold=self._source is Source.PLAYER)
        self._recorder.unsaved = state.unsaved
        self._sounded = any(play.playing for play in state.tracker.plays)
        with suppress(HistoryError):
            self._recorded_time.seen_until(await self._recorder.async_seen_until())
        self._recorder.async_begin(
            async_track_time_interval(self._hass, self._tick, TICK), self.async_stop
        )
        self.async_changed()

    async def async_stop(self) -> None:
        """Stop watching; nothing that was seen is lost."""
        if not self._recorder.is_on:
            return
        self._see()
        self._recorder.async_end()
        if self._due is not None:
            self._due.cancel()
        self._wake.cancel()
        await self._recorder.async_cancel_tasks()
        await self._recorder.async_note()
        await self._async_save()
        await self._async_save_state()

    async def async_finish(self) -> None:
        """Store what was under way when it was watched last, where nothing is to be watched any more."""
        state = await self._store.async_load()
        if (seen_at := state.tracker.seen_at) is None:
            return
        folding = Folding(state.held)
        folding.add(
            GroupTracker(self._source, HOUSEHOLD_LISTENER, state.tracker).stop(seen_at),
            0,
        )
        over = [*state.unsaved, *folding.release(0, at_once=True)]
        if over:
            await self._hass.data[DATA_HISTORY].async_append(over)
        await self._store.async_remove()

    @callback
    def async_changed(self) -> None:
        """Look again, once all that changes at this moment has changed."""
        if self._due is None and self._recorder.is_on:
            self._due = self._hass.loop.call_soon(self._see)

    @callback
    def under_way(self, now: int) -> list[Play]:
        """Return the plays that are under way `now` (UTC ms), and those that wait to be stored."""
        if not self._recorder.is_on:
            return []
        held = [as_play(each.seen) for each in self._folding.held]
        return [*self._tracker.under_way(now), *held]

    @callback
    def recording(self, now: int) -> UnnotedTime:
        """Return until `now` (UTC ms) when the players were recorded, as far as the history does not have it yet."""
        return self._recorded_time.unnoted(now)

    @callback
    def _see(self) -> None:
        """Take what all groups do now."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        now = now_ms()
        if self._pauses(now):
            return
        seen_groups = [
            replace(group, withheld=True)
            if self._accounts.async_withholds(group, now)
            else group
            for group in self._look()
        ]
        self._take(self._tracker.see(now, seen_groups), now)
        async_signal_changed(self._hass)
        sounds = any(group.playing for group in seen_groups)
        self._recorded_time.seen(now, sounded=sounds or self._sounded)
        self._sounded = sounds
        self._wake_accounts(seen_groups, now)

    def _pauses(self, now: int) -> bool:
        """Whether recording of rooms is off; what was played before counts."""
        paused = not async_history_options(self._hass).get(CONF_RECORD_ROOMS, True)
        if paused and not self._paused:
            self._take(self._tracker.stop(now), now)
            self._recorded_time.withheld(GapReason.PAUSED, now)
        elif self._paused and not paused:
            self._tracker = GroupTracker(self._source, HOUSEHOLD_LISTENER, since=now)
        self._paused = paused
        return paused

    @callback
    def _tick(self, _at: datetime) -> None:
        self._see()
        now = now_ms()
        self._take([] if self._paused else self._tracker.tick(now), now)
        if self._recorded_time.due(now):
            self._recorder.run(
                self._recorder.async_note, "note what was recorded", again=False
            )
        if not 0 <= now - self._state_saved_at < SAVE_STATE_EVERY_MS:
            self._recorder.run(
                self._async_save_state, "keep what is under way", again=False
            )

    @callback
    def _take(self, over: list[Observation], now: int) -> None:
        """Hold back what is over, and store what was held long enough."""
        self._folding.add(over, now)
        self._folding.drop(
            held.seen
            for held in [*self._folding.held]
            if self._accounts.async_is_not_recorded(held.seen.item, now)
        )
        at_once = self._source is not Source.PLAYER and not self._accounts.any_withholds
        ready = self._folding.release(now, at_once=at_once)
        self._recorder.unsaved += ready
        if over or ready:
            self._recorder.run(self._async_save, "save plays", again=False)

    @callback
    def _wake_accounts(self, groups: list[Group], now: int) -> None:
        later = self._accounts.async_wake(groups, now)
        if later and not self._wake.is_planned:
            self._wake.plan(CLAIMED_WITHIN_MS / 1000)

    async def _async_save(self) -> None:
        await self._recorder.async_save(self._async_save_state)

    async def _async_save_state(self) -> None:
        self._state_saved_at = now_ms()
        await self._store.async_save(
            CollectorState(
                self._tracker.state,
                [*self._folding.held],
                [*self._recorder.unsaved],
            )
        )

    @property
    def _recorded_time(self) -> RecordedTime:
        return self._recorder.recorded_time
