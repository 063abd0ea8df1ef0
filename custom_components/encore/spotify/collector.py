"""Brings what one account plays into the history: from its player, and from recently played."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
import random
from typing import Any, Final, final

import msgspec

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..const import CONF_BACKFILL, CONF_RECORD, DOMAIN, LOGGER
from ..history.coverage import GapReason
from ..history.errors import HistoryError, StoreClosed
from ..history.model import Listener, Observation, Play, Source
from ..memory import DATA_MEMORY
from .coordinator import PlayerCoordinator
from .errors import RateLimited, SpotifyError
from .observe import Listening, RoomOf, Watch
from .playback import RecentPlay
from .recent import missed_plays
from .recording import Account, Recording, reason_of

POLL_S: Final = (20 * 60, 25 * 60)
"""Fifty places of half a minute each last 25 minutes."""
RETRY_S: Final = 5 * 60
AFTER_WAIT_S: Final = (1, 30)

STORE_VERSION: Final = 1


@dataclass(slots=True)
class Kept:
    """What outlives a restart. While `paused`, since `paused_at`, nothing was to be recorded, nor fetched later."""

    watch: Watch = field(default_factory=Watch)
    unsaved: list[Observation] = field(default_factory=list)
    record_from: int | None = None
    paused: bool = False
    paused_at: int | None = None


@final
class Collector:
    """Collects from the moment it is started until it is stopped.

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
        self._store = _store(hass, self._entry)
        self._listening = Listening(listener, room_of)
        self._recording = Recording(listener)
        self._cursor: int | None = None
        self._record_from: int | None = None
        self._unsaved: list[Observation] = []
        self._saving = asyncio.Lock()
        self._was_up = True
        self._next_poll: CALLBACK_TYPE | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsubscribe: list[CALLBACK_TYPE] = []
        self._polling = asyncio.Lock()

    async def async_start(self) -> None:
        """Take up what was under way, watch the player, and fetch what was missed."""
        kept = await self._async_kept()
        self._listening = Listening(self._listener, self._room_of, kept.watch)
        self._unsaved = kept.unsaved
        self._recording = Recording(
            self._listener, None if kept.paused else await self._async_seen_until()
        )
        if kept.paused:
            self._recording.withheld(GapReason.PAUSED, kept.paused_at or _now())
        if not self._entry.options.get(CONF_RECORD, True):
            await self._async_pause(kept)
            return
        self._record_from = _now() if kept.paused else kept.record_from
        self._cursor = await self._async_known_until()
        # After a crash, a watch that was taken up before would tell its play a second time.
        await self._async_keep(
            Kept(unsaved=self._unsaved, record_from=self._record_from)
        )
        self._unsubscribe = [
            self._coordinator.async_add_listener(self._seen),
            self._hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stopping),
        ]
        self._seen()
        self._poll()

    async def _async_pause(self, kept: Kept) -> None:
        """Record nothing until a start that may; what was seen before counts."""
        paused_at = kept.paused_at if kept.paused else None
        if paused_at is None:
            paused_at = _now()
            self._recording.seen(paused_at)
            self._recording.withheld(GapReason.PAUSED, paused_at)
            await self._async_note()
        self._unsaved += self._listening.stop()
        await self._async_save()
        await self._async_keep(
            Kept(paused=True, unsaved=self._unsaved, paused_at=paused_at)
        )

    async def async_stop(self) -> None:
        """Stop collecting; nothing that was seen is lost."""
        if not self._unsubscribe:
            return
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe = []
        if self._next_poll is not None:
            self._next_poll()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._async_note()
        await self._async_save()
        await self._async_keep(
            Kept(self._listening.watch, self._unsaved, self._record_from)
        )

    @callback
    def under_way(self, now: int) -> Play | None:
        """Return the play that is under way `now` (UTC ms), if it is to be recorded when it is over.

        While the player cannot be looked at, it is known only as far as it was seen.
        """
        if not self._unsubscribe:
            return None
        return self._listening.under_way(now if self._was_up else None)

    @callback
    def recording(self, now: int) -> Account:
        """Return until `now` (UTC ms) when the account was recorded, as far as the history does not have it yet."""
        return self._recording.account(now)

    async def _stopping(self, _event: Event) -> None:
        # A listener for one event is gone once it was called.
        self._unsubscribe = self._unsubscribe[:1]
        await self.async_stop()

    @callback
    def _seen(self) -> None:
        """Take a look that the coordinator had."""
        up = self._coordinator.last_update_success
        if up:
            playback = self._coordinator.data
            self._unsaved += self._listening.see(playback)
            if playback.device is not None and playback.device.private:
                self._recording.withheld(GapReason.PRIVATE, playback.seen_at)
            else:
                self._recording.seen(playback.seen_at)
            if self._unsaved:
                self._run(self._async_save(), "save plays")
            if not self._was_up:
                self._poll()
        elif (error := self._coordinator.last_exception) is not None:
            self._recording.failed(reason_of(error.__cause__))
        self._was_up = up
        if self._recording.due(_now()):
            self._run(self._async_note(), "note what was recorded")

    async def _async_save(self) -> None:
        """Append what is not saved yet; while the house closes, it is kept for the next start."""
        async with self._saving:
            if not (observations := self._unsaved[:]):
                return
            try:
                await self._hass.data[DATA_MEMORY].async_append(observations)
            except StoreClosed:
                return
            # Only now: a task that is cancelled before has lost nothing, and what is
            # appended twice is one observation.
            del self._unsaved[: len(observations)]

    async def _async_note(self) -> None:
        """Note when the account was recorded; what cannot be noted is tried again with the next."""
        now = _now()
        account = self._recording.account(now)
        try:
            await self._hass.data[DATA_MEMORY].async_note(*account)
        except HistoryError as err:
            LOGGER.debug("What was recorded when cannot be noted: %s", err)
        else:
            self._recording.noted(account, now)

    async def _async_seen_until(self) -> int | None:
        """Return when (UTC ms) the player was last looked at before this start."""
        key = self._listener.key
        known = await self._hass.data[DATA_MEMORY].async_ask(
            lambda recall: recall.coverage([key])
        )
        watched = known.by_source().get(Source.LIVE)
        return watched[-1][1] if watched else None

    async def _async_known_until(self) -> int | None:
        """Return up to when (UTC ms) recently played is known, or not to be asked for."""
        key = self._listener.key
        newest = await self._hass.data[DATA_MEMORY].async_ask(
            lambda recall: recall.newest(key, Source.POLLED)
        )
        known = [moment for moment in (newest, self._record_from) if moment is not None]
        return max(known, default=None)

    async def _async_kept(self) -> Kept:
        """Return what the last stop kept aside; what cannot be read is not worth a failed start."""
        try:
            return msgspec.convert(await self._store.async_load() or {}, Kept)
        except msgspec.ValidationError:
            LOGGER.debug("What was kept of %s cannot be read", self._entry.title)
            return Kept()

    async def _async_keep(self, kept: Kept) -> None:
        await self._store.async_save(msgspec.to_builtins(kept))

    @callback
    def _poll(self, _now: datetime | None = None) -> None:
        self._run(self._async_poll(), "recently played")

    async def _async_poll(self) -> None:
        """Fetch what recently played has that is not known, and decide when to do so again."""
        if self._polling.locked():
            return
        async with self._polling:
            if self._next_poll is not None:
                self._next_poll()
            try:
                await self._async_fetch()
            except RateLimited as err:
                wait = max(err.until - _now(), 0) / 1000 + random.uniform(*AFTER_WAIT_S)
            except SpotifyError as err:
                LOGGER.debug("Recently played could not be read: %s", err)
                wait = RETRY_S
            else:
                wait = random.uniform(*POLL_S)
            self._next_poll = async_call_later(self._hass, wait, self._poll)

    async def _async_fetch(self) -> None:
        """Fetch the plays that are missing.

        Pages come newest first, and the next start goes on from the newest play that is stored:
        those of a gap are stored together, when all of them came. Of the time before the first
        link, each page is good by itself.
        """
        newest = self._cursor or 0
        now = since = _now()
        missed: list[Observation] = []
        backfill = self._entry.options.get(CONF_BACKFILL, True)
        async for page in missed_plays(
            self._coordinator.gateway, self._cursor, now, backfill=backfill
        ):
            since = page.since
            newest = max([newest, *(play.played_at for play in page.plays)])
            missed += [self._polled(play) for play in page.plays]
            if self._cursor is None:
                await self._async_add(missed)
                missed = []
        await self._async_add(missed)
        self._recording.listed(since, now)
        if self._cursor is not None and since > self._cursor:
            self._recording.overflowed(self._cursor, since)
        self._cursor = newest or None

    async def _async_add(self, observations: list[Observation]) -> None:
        self._unsaved += observations
        await self._async_save()

    def _polled(self, play: RecentPlay) -> Observation:
        """Conclude from a row that all of the item was heard, up to `played_at`."""
        heard = play.item.duration_ms or 0
        return Observation(
            source=Source.POLLED,
            listener=self._listener,
            item=play.item,
            started_at=play.played_at - heard,
            ended_at=play.played_at,
            ms_played=heard,
            context_uri=play.context_uri,
        )

    @callback
    def _run(self, work: Coroutine[Any, Any, None], what: str) -> None:
        """Do work in a task that ends with the account."""
        task = self._hass.async_create_background_task(
            work, f"{DOMAIN} {what} of {self._entry.title}"
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def async_forget_account(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Remove what was kept aside for an account that is removed."""
    await _store(hass, entry).async_remove()


def _store(hass: HomeAssistant, entry: ConfigEntry) -> Store[dict[str, Any]]:
    return Store(
        hass, STORE_VERSION, f"{DOMAIN}.spotify.{entry.entry_id}", private=True
    )


def _now() -> int:
    return round(dt_util.utcnow().timestamp() * 1000)
