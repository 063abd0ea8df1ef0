"""Collects the plays of one account: from player polls and recently played."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any, final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ...const import CONF_PRIVATE, CONF_RECORD, DOMAIN, LOGGER
from ...history.errors import HistoryError, StoreClosed, StoreLost
from ...history.model import Listener, Observation, Play, Source, as_play
from ...history.records.recording_coverage import GapReason
from ...history.records.recordings import note
from ...runtime.moments import now_ms
from ...runtime.signals import async_signal_changed
from ...runtime.store.history_service import DATA_HISTORY
from ...runtime.supervision import async_attempt, async_cancel, async_supervise
from ...tracking.recorded_time import Account, Recording
from ..api.playback import Playback, RecentPlay
from ..errors import AccessRefused, RateLimited, SpotifyError, TokenRejected
from .collector_state import CollectorState, CollectorStateStore
from .playback_tracker import PlaybackTracker, RoomOf, TrackerState
from .played_at import matched
from .player_coordinator import PlayerCoordinator
from .recently_played_fetch import Fetched, RecentlyPlayedFetch
from .recently_played_list import RecentlyPlayedList
from .recently_played_poller import RecentlyPlayedPoller


@final
class Collector:
    """Collects from the moment it is started until it is stopped, but for pauses.

    The play that is on when it stops is kept aside and taken up by the next start, so that
    a restart of Home Assistant neither loses nor halves it.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        listener: Listener,
        coordinator: PlayerCoordinator,
        room_of: RoomOf,
    ) -> None:
        """Prepare to collect for a listener; `room_of` names the room of a device's name."""
        self._hass = hass
        self._listener = listener
        self._coordinator = coordinator
        self._entry = coordinator.config_entry
        self._room_of = room_of
        self._store = CollectorStateStore(hass, self._entry)
        self._kept = CollectorState()
        self._listening = self._listen(TrackerState())
        self._recording = Recording(listener)
        self._polls = RecentlyPlayedPoller(
            hass,
            self._entry,
            RecentlyPlayedFetch(
                listener,
                coordinator.gateway,
                self._async_add,
                self._withheld,
                dated=self._dated,
                sounded=self._sounded,
            ),
            listener,
            self._run,
            is_up=lambda: self._was_up,
        )
        self._unsaved: list[Observation] = []
        self._looks: list[Playback] = []
        """Looks that wait for what recently played has of the time before them."""
        self._asks: CALLBACK_TYPE | None = None
        self._saving = asyncio.Lock()
        self._was_up = True
        self._tasks: set[asyncio.Task[Any]] = set()
        self._unsubscribe: list[CALLBACK_TYPE] = []

    @property
    def paused(self) -> bool:
        """Whether nothing is recorded now, because somebody wants it so."""
        return self._kept.paused

    @property
    def fetched_until(self) -> int | None:
        """Up to when (UTC ms) recently played was fetched since this start, None for not yet."""
        return self._polls.listed.until or None

    async def async_start(self) -> None:
        """Take up what was under way, watch the player, and fetch what was missed."""
        self._kept = kept = await self._store.async_load()
        self._listening = self._listen(kept.watch)
        self._unsaved = kept.unsaved
        self._recording = Recording(
            self._listener, None if kept.paused else await self._async_seen_until()
        )
        if kept.paused:
            self._recording.withheld(GapReason.PAUSED, kept.paused_at or now_ms())
        self._polls.begin(
            self._recording,
            None if kept.linking else await self._async_known_until(),
            kept.known,
        )
        self._unsubscribe = [
            self._coordinator.async_add_listener(self._seen),
            self._hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stopping),
        ]
        if not self._entry.options.get(CONF_RECORD, True):
            await self._async_begin_pause()
            return
        if kept.paused:
            self._end_pause()
        # After a crash, a watch that was taken up before would tell its play a second time.
        await self._async_keep(TrackerState())
        self._seen()
        self._polls.poll()

    async def async_stop(self) -> None:
        """Stop collecting; nothing that was seen is lost."""
        if not self._unsubscribe:
            return
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe = []
        await self._async_stop_work()
        await self._async_note()
        await self._async_save()
        await self._async_keep(self._listening.watch)

    async def async_pause(self) -> None:
        """Record nothing from now on; what was heard before counts, and is fetched once more. It outlives restarts."""
        if self._kept.paused or not self._unsubscribe:
            return
        self._choose(record=False)
        # The play under way counts up to now, and was seen last when it began.
        await self._coordinator.async_refresh()
        await self._async_stop_work()
        await self._async_begin_pause()
        self._coordinator.async_update_listeners()

    async def async_resume(self) -> None:
        """Record again from now on; what was played meanwhile stays unknown."""
        if not self._kept.paused or not self._unsubscribe:
            return
        self._choose(record=True)
        self._end_pause()
        await self._async_keep(TrackerState())
        await self._coordinator.async_refresh()
        self._coordinator.async_update_listeners()
        self._polls.poll()

    async def async_sync(self) -> Fetched:
        """Look at the player and fetch recently played, now; return what came of it.

        Raises SpotifyError. While it is paused, nothing is fetched.
        """
        if self._kept.paused:
            return Fetched()
        await self._coordinator.async_refresh()
        return await self._polls.async_ask()

    @callback
    def under_way(self, now: int) -> Play | None:
        """Return the play that is under way `now` (UTC ms), if it is to be recorded when it is over.

        While the player cannot be looked at, it is known only as far as it was seen.
        """
        if not self._unsubscribe:
            return None
        listening = self._listening
        if self._looks:
            # As far as it can be told before recently played has told more.
            listening = self._listen(deepcopy(listening.watch))
            for look in self._looks:
                listening.see(look)
        return listening.under_way(now if self._was_up else None)

    @property
    def unstored(self) -> list[Play]:
        """Plays that the player showed and that are over, while the history does not have them yet."""
        return [as_play(seen) for seen in self._unsaved if seen.source is Source.LIVE]

    @callback
    def recording(self, now: int) -> Account:
        """Return until `now` (UTC ms) when the account was recorded, as far as the history does not have it yet."""
        return self._recording.account(now)

    async def _async_begin_pause(self) -> None:
        """Go into a pause, or stay in it."""
        kept = self._kept
        if not kept.paused:
            if (seen := self._coordinator.seen) is not None:
                self._note_look(seen)
                self._take(seen)
            kept.paused, kept.paused_at = True, now_ms()
            self._recording.withheld(GapReason.PAUSED, kept.paused_at)
            await self._async_keep(self._listening.watch)
            with suppress(SpotifyError):
                await self._polls.async_fetch_last()
            await self._async_note()
        self._unsaved += self._listening.stop()
        await self._async_save()
        await self._async_keep(TrackerState())

    @callback
    def _choose(self, *, record: bool) -> None:
        """Keep among the options whether the account is recorded, which sets nothing up anew."""
        options = {**self._entry.options, CONF_RECORD: record}
        self._hass.config_entries.async_update_entry(self._entry, options=options)

    @callback
    def _end_pause(self) -> None:
        now = now_ms()
        self._kept.resumed(now)
        self._listening = self._listen(TrackerState(since=now))
        self._polls.known_until(now)

    async def _async_stop_work(self) -> None:
        """Let no poll come any more, and end what is under way."""
        self._polls.cancel()
        if self._asks is not None:
            self._asks()
            self._asks = None
        await async_cancel(*self._tasks)
        self._take_looks()

    async def _stopping(self, _event: Event) -> None:
        # A listener for one event is gone once it was called.
        self._unsubscribe = self._unsubscribe[:1]
        await self.async_stop()

    @callback
    def _seen(self) -> None:
        """Take a look that the coordinator had."""
        if self._kept.paused:
            return
        up = (error := self._coordinator.failure) is None
        if up and (look := self._coordinator.seen) is not None:
            self._note_look(look)
            if self._wonders(look):
                self._looks.append(look)
                if len(self._looks) == 1:
                    self._plan_to_ask()
            else:
                self._take(look)
            if not self._was_up:
                self._polls.poll()
        elif error is not None:
            self._recording.failed(reason_of(error), now_ms())
        self._was_up = up
        if self._recording.due(now_ms()):
            self._run(self._async_note, "note what was recorded", again=False)

    def _wonders(self, look: Playback) -> bool:
        """Whether a look waits for recently played to tell what was on before it."""
        return bool(self._looks) or self._listening.wonders(look)

    @callback
    def _plan_to_ask(self) -> None:
        """Have recently played read when it tells of the time before the first look that waits."""
        wait = self._polls.wonders_in(self._complete_at)
        if wait:
            self._asks = async_call_later(self._hass, wait / 1000, self._ask)
        else:
            self._ask()

    @callback
    def _ask(self, _now: datetime | None = None) -> None:
        self._asks = None
        self._run(self._async_ask_what_was_on, "what was on")

    @property
    def _complete_at(self) -> int:
        """When (UTC ms) recently played has all that was on before the first look that waits."""
        return self._looks[0].seen_at + self._kept.dating.late_ms

    async def _async_ask_what_was_on(self) -> None:
        """Take the looks that wait as far as recently played tells of the time before them."""
        if not self._looks:
            return
        if not await self._polls.async_wonder(self._complete_at):
            self._take_looks()
            return
        known_until = self._listed.complete_until
        while self._looks and (
            self._looks[0].seen_at <= known_until
            or not self._listening.wonders(self._looks[0])
        ):
            self._take(self._looks.pop(0))
        if self._looks:
            self._plan_to_ask()

    @callback
    def _take_looks(self) -> None:
        while self._looks:
            self._take(self._looks.pop(0))

    @property
    def _listed(self) -> RecentlyPlayedList:
        """What recently played had when it was last read, and how exactly it tells."""
        dating = self._kept.dating
        return replace(
            self._polls.listed, slack_ms=dating.slack_ms, late_ms=dating.late_ms
        )

    def _dated(self, rows: Sequence[RecentPlay]) -> list[RecentPlay]:
        """Return rows, newest first, with the ends of their plays, and learn from those that the player showed."""
        dating = self._kept.dating
        dated = dating.dated(rows, now_ms())
        pairs = matched(dated, self._listening.watch.overs)
        as_listed = {row.listed_at: row for row in rows}
        dating.learn((as_listed[row.listed_at], over) for row, over in pairs)
        ends = {row.listed_at: over.ended_at for row, over in pairs}
        return [
            replace(row, played_at=ends.get(row.listed_at, row.played_at))
            for row in dated
        ]

    @callback
    def _note_look(self, look: Playback) -> None:
        """Take account of a look, whenever plays are concluded from it."""
        private = look.device is not None and look.device.private
        if private and not self._records_private:
            self._recording.withheld(GapReason.PRIVATE, look.seen_at)
        else:
            sounded = self._listening.may_have_sounded(look)
            self._recording.seen(look.seen_at, sounded=sounded)

    @callback
    def _take(self, look: Playback) -> None:
        """Conclude from a look, and save the plays that are over by it."""
        self._unsaved += self._listening.see(look, self._listed, self._looks)
        async_signal_changed(self._hass)
        if self._unsaved:
            self._run(self._async_save, "save plays", again=False)

    @property
    def _records_private(self) -> bool:
        return bool(self._entry.options.get(CONF_PRIVATE, False))

    def _listen(self, watch: TrackerState) -> PlaybackTracker:
        return PlaybackTracker(
            self._listener, self._room_of, watch, private=self._records_private
        )

    def _sounded(self, row: RecentPlay) -> tuple[int, int] | None:
        length = (row.item.duration_ms or 0) - self._listening.heard_of(row)
        slack = self._kept.dating.slack_ms
        return self._listening.could_sound(row.played_at, length, slack)

    def _withheld(self, moment: int) -> bool:
        return self._kept.withheld(moment) or self._listening.hides(moment)

    async def _async_save(self) -> int:
        """Append what is not saved yet, and return how much of it was new; while the house closes, it is kept for the next start."""
        async with self._saving:
            if not (observations := self._unsaved[:]):
                return 0
            try:
                appended = await self._hass.data[DATA_HISTORY].async_append(
                    observations
                )
            except StoreClosed:
                return 0
            # Only now: a task that is cancelled before has lost nothing, and what is
            # appended twice is one observation.
            del self._unsaved[: len(observations)]
            return appended.stored

    async def _async_add(self, observations: Sequence[Observation]) -> int:
        self._unsaved += observations
        return await self._async_save()

    async def _async_note(self) -> None:
        """Note when the account was recorded; what cannot be noted is tried again with the next."""
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
        """Return when (UTC ms) the player was last looked at before this start; None where the store is lost."""
        key = self._listener.key
        with suppress(StoreLost):
            return await self._hass.data[DATA_HISTORY].async_look_up(
                lambda queries: queries.seen_until(key, Source.LIVE)
            )
        return None

    async def _async_known_until(self) -> int | None:
        """Return up to when (UTC ms) recently played is known, or not to be asked for.

        Where the store is lost, the last day is asked for: what is known already changes nothing.
        """
        key = self._listener.key
        try:
            newest = await self._hass.data[DATA_HISTORY].async_look_up(
                lambda queries: queries.newest(key, Source.POLLED)
            )
        except StoreLost:
            newest = now_ms() - 86_400_000
        moments = (newest, self._kept.record_since)
        return max((each for each in moments if each is not None), default=None)

    async def _async_keep(self, watch: TrackerState) -> None:
        self._kept.watch, self._kept.unsaved = watch, self._unsaved
        self._kept.linking = self._polls.linking
        self._kept.known = sorted(self._polls.known)
        await self._store.async_save(self._kept)

    @callback
    def _run(
        self, work: Callable[[], Awaitable[object]], what: str, *, again: bool = True
    ) -> None:
        """Do work in a task that ends with the account; not `again` where the next look begins it anyway."""
        name = f"{DOMAIN} {what} of {self._entry.title}"
        attend = async_supervise if again else async_attempt
        task = self._hass.async_create_background_task(
            attend(self._hass, name, work), name
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def async_forget_account(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Remove what was kept aside for an account that is removed."""
    await CollectorStateStore(hass, entry).async_remove()


def reason_of(error: BaseException | None) -> GapReason:
    """Return why a look failed, by the error of this package that it met."""
    match error:
        case RateLimited():
            return GapReason.RATE_LIMITED
        case AccessRefused() | TokenRejected():
            return GapReason.REFUSED
        case _:
            return GapReason.OUT_OF_REACH
