"""Collects the plays of one account: from player polls and recently played."""

from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from typing import final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ...const import CONF_PRIVATE, CONF_RECORD
from ...history.errors import StoreLost
from ...history.model import Listener, Play, Source, as_play
from ...history.records.recording_coverage import GapReason
from ...runtime.moments import now_ms
from ...runtime.planned_call import PlannedCall
from ...runtime.signals import async_signal_changed
from ...runtime.source_recorder import CollectorStateStore, SourceRecorder
from ...runtime.store.history_service import DATA_HISTORY
from ...tracking.recorded_time import RecordedTime, UnnotedTime
from ..account_jobs import AccountJobs
from ..api.playback import Playback
from ..errors import AccessRefused, RateLimited, SpotifyError, TokenRejected
from .collector_state import CollectorState, TrackedAccount
from .playback_tracker import PlaybackTracker, RoomOf
from .player_coordinator import PlayerCoordinator
from .recently_played_fetch import Fetched, RecentlyPlayedFetch
from .recently_played_list import RecentlyPlayedList
from .recently_played_poller import RecentlyPlayedPoller
from .tracker_state import TrackerState


@final
class Collector:
    """Collects from the moment it is started until it is stopped, but for pauses.

    A play under way when it stops is stored and continued by the next start, so that
    a restart of Home Assistant neither loses nor halves it.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        listener: Listener,
        coordinator: PlayerCoordinator,
        room_of: RoomOf,
        jobs: AccountJobs,
    ) -> None:
        """Prepare to collect for a listener; `room_of` names the room of a device's name."""
        self._hass = hass
        self._listener = listener
        self._coordinator = coordinator
        self._entry = coordinator.config_entry
        self._store = _state_store(hass, self._entry)
        self._recorder = recorder = SourceRecorder(
            hass, Source.LIVE, listener, f"of {self._entry.title}"
        )
        private = bool(self._entry.options.get(CONF_PRIVATE, False))
        self._account = account = TrackedAccount(listener, room_of, private=private)
        self._polls = RecentlyPlayedPoller(
            hass,
            self._entry,
            RecentlyPlayedFetch(
                listener,
                coordinator.gateway,
                recorder.async_add,
                account.hides,
                dated=account.dated,
                sounded=account.sounded,
            ),
            recorder,
            jobs,
            is_up=lambda: coordinator.failure is None,
        )
        self._waiting: list[Playback] = []
        """Polls of the player that wait for what recently played has of the time before them."""
        self._asks = PlannedCall(hass, self._ask)
        self._resumes = PlannedCall(hass, self._async_resume_in_time)
        self._was_up = True

    @property
    def paused(self) -> bool:
        """Whether recording is paused."""
        return self._account.state.paused

    @property
    def paused_until(self) -> int | None:
        """When (UTC ms) the pause ends by itself, None for not at all."""
        return self._account.state.paused_until

    @property
    def fetched_until(self) -> int | None:
        """Up to when (UTC ms) recently played was fetched since this start, None for not yet."""
        return self._polls.listed.until or None

    async def async_start(self) -> None:
        """Take up what was under way, watch the player, and fetch what was missed."""
        state = await self._store.async_load()
        self._account.go_on(state)
        self._recorder.unsaved = state.unsaved
        if state.paused:
            self._recorded_time.withheld(GapReason.PAUSED, state.paused_at or now_ms())
        else:
            with suppress(StoreLost):
                self._recorded_time.seen_until(await self._recorder.async_seen_until())
        self._polls.begin(
            None if state.linking else await self._async_known_until(), state.known
        )
        self._recorder.async_begin(
            self._coordinator.async_add_listener(self._seen), self.async_stop
        )
        if (until := state.paused_until) is not None and until <= now_ms():
            # It ended while nothing ran: what was played since is fetched.
            self._choose(record=True)
            self._end_pause(until)
        if not self._entry.options.get(CONF_RECORD, True):
            await self._async_begin_pause()
            self._plan_to_resume()
            return
        if state.paused:
            self._end_pause(now_ms())
        # After a crash, a tracker that was taken up before would yield its play a second time.
        await self._async_save_state(TrackerState())
        self._seen()
        self._polls.poll()

    async def async_stop(self) -> None:
        """Stop collecting; nothing that was seen is lost."""
        if not self._recorder.is_on:
            return
        self._recorder.async_end()
        self._resumes.cancel()
        await self._async_stop_work()
        await self._recorder.async_note()
        await self._recorder.async_save()
        await self._async_save_state(self._tracker.state)

    async def async_pause(self, until: int | None = None) -> None:
        """Pause recording until a moment (UTC ms), or until it is resumed; of a pause, change the end.

        What was played before counts, and is fetched once more. The pause and its end outlive restarts.
        """
        if not self._recorder.is_on:
            return
        if not self.paused:
            self._choose(record=False)
            # The play under way counts up to now, and was seen last when it began.
            await self._coordinator.async_refresh()
            await self._async_stop_work()
            await self._async_begin_pause()
        self._account.state.paused_until = until
        self._plan_to_resume()
        await self._async_save_state(TrackerState())
        self._coordinator.async_update_listeners()

    async def async_resume(self) -> None:
        """Record again from now on; what was played meanwhile stays unknown."""
        if not self.paused or not self._recorder.is_on:
            return
        self._resumes.cancel()
        self._choose(record=True)
        self._end_pause(now_ms())
        await self._async_save_state(TrackerState())
        await self._coordinator.async_refresh()
        self._coordinator.async_update_listeners()
        self._polls.poll()

    async def async_sync(self) -> Fetched:
        """Look at the player and fetch recently played, now; return what came of it.

        Raises SpotifyError. While it is paused, nothing is fetched.
        """
        if self.paused:
            return Fetched()
        await self._coordinator.async_refresh()
        return await self._polls.async_ask()

    @callback
    def active_plays(self, now: int) -> list[Play]:
        """Return what the player showed and the history does not have yet `now` (UTC ms): plays that are over, and the one under way.

        While the player cannot be looked at, the one under way is known only as far as it was seen.
        """
        over = [seen for seen in self._recorder.unsaved if seen.source is Source.LIVE]
        tracker, under_way = self._tracker, None
        if self._recorder.is_on:
            if self._waiting:
                # As far as they are known before recently played says more.
                tracker = self._account.new_tracker(deepcopy(tracker.state))
                for poll in self._waiting:
                    over += tracker.see(poll)
            under_way = tracker.under_way(now if self._was_up else None)
        plays = [as_play(seen) for seen in over]
        return plays if under_way is None else [*plays, under_way]

    @callback
    def recording(self, now: int) -> UnnotedTime:
        """Return until `now` (UTC ms) when the account was recorded, as far as the history does not have it yet."""
        return self._recorded_time.unnoted(now)

    async def _async_begin_pause(self) -> None:
        """Go into a pause, or stay in it."""
        state = self._account.state
        if not state.paused:
            if (seen := self._coordinator.seen) is not None:
                self._note_poll(seen)
                self._take(seen)
            state.paused, state.paused_at = True, now_ms()
            self._recorded_time.withheld(GapReason.PAUSED, state.paused_at)
            await self._async_save_state(self._tracker.state)
            with suppress(SpotifyError):
                await self._polls.async_fetch_last()
            await self._recorder.async_note()
        self._recorder.unsaved += self._tracker.stop()
        await self._recorder.async_save()
        await self._async_save_state(TrackerState())

    @callback
    def _choose(self, *, record: bool) -> None:
        """Store among the options whether the account is recorded, without a reload."""
        options = {**self._entry.options, CONF_RECORD: record}
        self._hass.config_entries.async_update_entry(self._entry, options=options)

    @callback
    def _plan_to_resume(self) -> None:
        """Plan the end of a pause that has one."""
        self._resumes.cancel()
        if (until := self.paused_until) is not None:
            self._resumes.plan(max(until - now_ms(), 0) / 1000)

    async def _async_resume_in_time(self) -> None:
        """End a pause whose time is over; a timer may come a moment early."""
        if (until := self.paused_until) is None:
            return
        if until > now_ms():
            self._plan_to_resume()
            return
        await self.async_resume()

    @callback
    def _end_pause(self, moment: int) -> None:
        self._account.resume(moment)
        self._polls.known_until(moment)

    async def _async_stop_work(self) -> None:
        """Let no poll come any more, and end what is under way."""
        self._polls.cancel()
        self._asks.cancel()
        await self._recorder.async_cancel_tasks()
        self._take_waiting()

    @callback
    def _seen(self) -> None:
        """Take a look that the coordinator had."""
        if self.paused:
            return
        up = (error := self._coordinator.failure) is None
        if up and (poll := self._coordinator.seen) is not None:
            self._note_poll(poll)
            # It waits for recently played to list what was on before it.
            if self._waiting or self._tracker.wonders(poll):
                self._waiting.append(poll)
                if len(self._waiting) == 1:
                    self._plan_to_ask()
            else:
                self._take(poll)
            if not self._was_up:
                self._polls.poll()
        elif error is not None:
            self._recorded_time.failed(reason_of(error), now_ms())
        self._was_up = up
        if self._recorded_time.due(now_ms()):
            self._recorder.run(
                self._recorder.async_note, "note what was recorded", again=False
            )

    @callback
    def _plan_to_ask(self) -> None:
        """Schedule reading recently played for when it covers the time before the first look that waits."""
        wait = self._polls.wonders_in(self._complete_at)
        if wait:
            self._asks.plan(wait / 1000)
        else:
            self._ask()

    @callback
    def _ask(self) -> None:
        self._recorder.run(self._async_ask_what_was_on, "what was on")

    @property
    def _complete_at(self) -> int:
        """When (UTC ms) recently played has all that was on before the first look that waits."""
        return self._waiting[0].seen_at + self._account.state.dating.late_ms

    async def _async_ask_what_was_on(self) -> None:
        """Take the looks that wait as far as recently played covers the time before them."""
        if not self._waiting:
            return
        if not await self._polls.async_wonder(self._complete_at):
            self._take_waiting()
            return
        known_until = self._listed.complete_until
        while self._waiting and (
            self._waiting[0].seen_at <= known_until
            or not self._tracker.wonders(self._waiting[0])
        ):
            self._take(self._waiting.pop(0))
        if self._waiting:
            self._plan_to_ask()

    @callback
    def _take_waiting(self) -> None:
        while self._waiting:
            self._take(self._waiting.pop(0))

    @property
    def _listed(self) -> RecentlyPlayedList:
        """What recently played had when it was last read, and how exact it is."""
        dating = self._account.state.dating
        return replace(
            self._polls.listed, slack_ms=dating.slack_ms, late_ms=dating.late_ms
        )

    @callback
    def _note_poll(self, poll: Playback) -> None:
        """Take account of a look, whenever plays are concluded from it."""
        private = poll.device is not None and poll.device.private
        if private and not self._account.private:
            self._recorded_time.withheld(GapReason.PRIVATE, poll.seen_at)
        else:
            sounded = self._tracker.may_have_sounded(poll)
            self._recorded_time.seen(poll.seen_at, sounded=sounded)

    @callback
    def _take(self, poll: Playback) -> None:
        """Conclude from a look, and save the plays that are over by it."""
        recorder = self._recorder
        recorder.unsaved += self._tracker.see(poll, self._listed, self._waiting)
        async_signal_changed(self._hass)
        if recorder.unsaved:
            recorder.run(recorder.async_save, "save plays", again=False)

    @property
    def _tracker(self) -> PlaybackTracker:
        return self._account.tracker

    @property
    def _recorded_time(self) -> RecordedTime:
        return self._recorder.recorded_time

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
        moments = (newest, self._account.state.record_since)
        return max((each for each in moments if each is not None), default=None)

    async def _async_save_state(self, tracker: TrackerState) -> None:
        state = self._account.state
        state.tracker, state.unsaved = tracker, self._recorder.unsaved
        state.linking = self._polls.linking
        state.known = sorted(self._polls.known)
        await self._store.async_save(state)


async def async_forget_account(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Remove the state of an account that is removed."""
    await _state_store(hass, entry).async_remove()


def _state_store(
    hass: HomeAssistant, entry: ConfigEntry
) -> CollectorStateStore[CollectorState]:
    return CollectorStateStore(hass, f"spotify.{entry.entry_id}", CollectorState)


def reason_of(error: BaseException | None) -> GapReason:
    """Return why a look failed, by the error of this package that it met."""
    match error:
        case RateLimited():
            return GapReason.RATE_LIMITED
        case AccessRefused() | TokenRejected():
            return GapReason.REFUSED
        case _:
            return GapReason.OUT_OF_REACH
