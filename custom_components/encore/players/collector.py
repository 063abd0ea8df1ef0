"""Stores what the players of one source play, with rooms."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, final

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_time_interval

from ..const import CONF_RECORD_ROOMS, DOMAIN, LOGGER
from ..history.errors import HistoryError, StoreClosed
from ..history.model import HOUSEHOLD, Listener, Observation, Play, Source, as_play
from ..history.records.recording_coverage import GapReason
from ..history.records.recordings import note
from ..runtime.moments import now_ms
from ..runtime.signals import async_signal_changed
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.supervision import async_attempt, async_cancel
from ..settings.history_entry import async_history_options
from ..tracking.folding import Folding
from ..tracking.group import Group
from ..tracking.group_tracker import GroupTracker
from ..tracking.recorded_time import Account, Recording
from .account_links import CLAIMED_WITHIN_MS, Accounts
from .collector_state import CollectorState, CollectorStateStore

HOUSE: Final = Listener(HOUSEHOLD, "Household")
"""Who listens where no account says who it is."""

TICK: Final = timedelta(seconds=30)
KEEP_EVERY_MS: Final = 5 * 60_000
"""How much of a play under way a crash may lose."""

type Look = Callable[[], Iterable[Group]]
"""Tells what all groups do now that can be seen."""


@final
class RoomCollector:
    """Collects from the moment it is started until it is stopped, but for pauses.

    What is on when it stops is kept aside and taken up by the next start. Before an observation is
    stored, it is kept with all else, so a crash at any moment neither loses nor doubles it.
    """

    def __init__(
        self, hass: HomeAssistant, entry_id: str, source: Source, look: Look
    ) -> None:
        """Prepare to collect for an entry; `look` is called in the event loop whenever something may have changed."""
        self._hass = hass
        self._source = source
        self._look = look
        self._store = CollectorStateStore(hass, entry_id)
        self._accounts = Accounts(hass)
        self._house = GroupTracker(source, HOUSE)
        self._folding = Folding(fold=source is Source.PLAYER)
        self._recording = Recording(HOUSE, source=source)
        self._unsaved: list[Observation] = []
        self._saving = asyncio.Lock()
        self._kept_at = 0
        self._paused = False
        self._sounded = False
        self._due: asyncio.Handle | None = None
        self._wake: CALLBACK_TYPE | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._unsubscribe: list[CALLBACK_TYPE] = []

    async def async_start(self) -> None:
        """Take up what was under way, and begin to watch."""
        kept = await self._store.async_load()
        self._house = GroupTracker(
            self._source, HOUSE, kept.house, since=kept.house.seen_at
        )
        self._folding = Folding(kept.held, fold=self._source is Source.PLAYER)
        self._unsaved = kept.unsaved
        self._sounded = any(run.playing for run in kept.house.runs)
        self._recording = Recording(
            HOUSE,
            await self._async_seen_until(),
            source=self._source,
        )
        self._unsubscribe = [
            async_track_time_interval(self._hass, self._tick, TICK),
            self._hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stopping),
        ]
        self.async_changed()

    async def async_stop(self) -> None:
        """Stop watching; nothing that was seen is lost."""
        if not self._unsubscribe:
            return
        self._see()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe = []
        if self._due is not None:
            self._due.cancel()
        if self._wake is not None:
            self._wake()
        await async_cancel(*self._tasks)
        await self._async_note()
        await self._async_save()
        await self._async_keep()

    async def async_finish(self) -> None:
        """Store what was under way when it was watched last, where nothing is to be watched any more."""
        kept = await self._store.async_load()
        if kept.house.seen_at is None:
            return
        folding = Folding(kept.held)
        folding.add(
            GroupTracker(self._source, HOUSE, kept.house).stop(kept.house.seen_at), 0
        )
        told = [*kept.unsaved, *folding.release(0, at_once=True)]
        if told:
            await self._hass.data[DATA_HISTORY].async_append(told)
        await self._store.async_remove()

    @callback
    def async_changed(self) -> None:
        """Look again, once all that changes at this moment has changed."""
        if self._due is None and self._unsubscribe:
            self._due = self._hass.loop.call_soon(self._see)

    @callback
    def under_way(self, now: int) -> list[Play]:
        """Return the plays that are under way `now` (UTC ms), and those that wait to be stored."""
        if not self._unsubscribe:
            return []
        held = [as_play(each.seen) for each in self._folding.held]
        return [*self._house.under_way(now), *held]

    @callback
    def recording(self, now: int) -> Account:
        """Return until `now` (UTC ms) when the players were recorded, as far as the history does not have it yet."""
        return self._recording.account(now)

    @callback
    def _see(self) -> None:
        """Take what all groups do now."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        now = now_ms()
        if self._pauses(now):
            return
        told = [
            replace(group, withheld=True)
            if self._accounts.async_withholds(group, now)
            else group
            for group in self._look()
        ]
        self._take(self._house.see(now, told), now)
        async_signal_changed(self._hass)
        sounds = any(group.playing for group in told)
        self._recording.seen(now, sounded=sounds or self._sounded)
        self._sounded = sounds
        self._wake_accounts(told, now)

    def _pauses(self, now: int) -> bool:
        """Whether nobody wants rooms to be recorded; what was heard before counts."""
        paused = not async_history_options(self._hass).get(CONF_RECORD_ROOMS, True)
        if paused and not self._paused:
            self._take(self._house.stop(now), now)
            self._recording.withheld(GapReason.PAUSED, now)
        elif self._paused and not paused:
            self._house = GroupTracker(self._source, HOUSE, since=now)
        self._paused = paused
        return paused

    @callback
    def _tick(self, _at: datetime) -> None:
        self._see()
        now = now_ms()
        self._take([] if self._paused else self._house.tick(now), now)
        if self._recording.due(now):
            self._run(self._async_note, "note what was recorded")
        if not 0 <= now - self._kept_at < KEEP_EVERY_MS:
            self._run(self._async_keep, "keep what is under way")

    @callback
    def _take(self, over: list[Observation], now: int) -> None:
        """Hold back what is over, and store what was held long enough."""
        self._folding.add(over, now)
        self._folding.drop(
            held.seen
            for held in [*self._folding.held]
            if self._accounts.async_withheld(held.seen.item, now)
        )
        at_once = self._source is not Source.PLAYER and not self._accounts.any_withholds
        ready = self._folding.release(now, at_once=at_once)
        self._unsaved += ready
        if over or ready:
            self._run(self._async_save, "save plays")

    @callback
    def _wake_accounts(self, groups: list[Group], now: int) -> None:
        later = self._accounts.async_wake(groups, now)
        if later and self._wake is None:
            self._wake = async_call_later(
                self._hass, CLAIMED_WITHIN_MS / 1000, self._wake_again
            )

    @callback
    def _wake_again(self, _at: datetime) -> None:
        self._wake = None
        self.async_changed()

    async def _stopping(self, _event: Event) -> None:
        # A listener for one event is gone once it was called.
        self._unsubscribe = self._unsubscribe[:1]
        await self.async_stop()

    async def _async_save(self) -> None:
        """Keep, then append what is not stored yet; while the house closes, it is kept for the next start."""
        async with self._saving:
            await self._async_keep()
            if not (observations := self._unsaved[:]):
                return
            try:
                await self._hass.data[DATA_HISTORY].async_append(observations)
            except StoreClosed:
                return
            # Only now: what is appended twice is one observation.
            del self._unsaved[: len(observations)]

    async def _async_keep(self) -> None:
        self._kept_at = now_ms()
        await self._store.async_save(
            CollectorState(self._house.state, [*self._folding.held], [*self._unsaved])
        )

    async def _async_note(self) -> None:
        """Note when the players were recorded; what cannot be noted is tried again with the next."""
        now = now_ms()
        account = self._recording.account(now)
        try:
            await self._hass.data[DATA_HISTORY].async_write(
                lambda connection, ingest: note(connection, ingest.registers, *account)
            )
        except HistoryError as err:
            LOGGER.debug("What was recorded when cannot be noted: %s", err)
        else:
            self._recording.noted(account, now)

    async def _async_seen_until(self) -> int | None:
        """Return when (UTC ms) players of this source were last watched before this start, as far as that can be read."""
        try:
            return await self._hass.data[DATA_HISTORY].async_look_up(
                lambda queries: queries.seen_until(HOUSEHOLD, self._source)
            )
        except HistoryError:
            return None

    @callback
    def _run(self, work: Callable[[], Awaitable[object]], what: str) -> None:
        """Do work in a task that ends with the entry; after an unforeseen error, the next tick or play begins it again."""
        name = f"{DOMAIN} {what} in rooms"
        task = self._hass.async_create_background_task(
            async_attempt(self._hass, name, work), name
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
