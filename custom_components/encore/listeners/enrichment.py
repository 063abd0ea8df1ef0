"""Looks up missing metadata at Spotify: one item at a time, over the day, within a limit.

All accounts share the catalog and the allowance. Bulk look-ups after an import are what Spotify answers with pauses of
many hours: nothing here is ever made up for.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Final, final

from yarl import URL

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import CONF_KIND, DOMAIN, KIND_SPOTIFY, LOGGER, spotify_api_url
from ..history.errors import HistoryError
from ..history.ingest.metadata_lookups import MissingMetadata, same_track
from ..history.model import Item
from ..history.queries.operational_queries import OperationalQueries
from ..history.queries.visible_plays import NOBODY_HIDDEN
from ..history.records.artist_pictures import MissingPicture, learn_picture
from ..history.records.job_records import JobKind, JobState, Work
from ..runtime.job_errors import stored_error
from ..runtime.jobs import DATA_JOBS, RunningJob
from ..runtime.moments import midnight_ms, now_ms
from ..runtime.planned_call import PlannedCall
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.supervision import async_cancel, attend
from ..settings.history_entry import async_history_options
from ..settings.options import CONF_LOOKUPS_A_DAY, USUAL_LOOKUPS_A_DAY
from ..spotify.account import SpotifyAccount
from ..spotify.api.catalog_search import Metadata
from ..spotify.budget import Budget, async_get_budget
from ..spotify.budget.background_share import has_spare
from ..spotify.budget.circuit_breaker import BreakerState
from ..spotify.call_purpose import Priority
from ..spotify.errors import (
    BudgetSpent,
    NotFound,
    RateLimited,
    SpotifyError,
    TooManyCalls,
)

DAY_S: Final = 86_400
NOTHING_S: Final = 3600
"""How long nothing is looked for after nothing was wanted, or a call failed."""
HEALTHY_S: Final = 3600
"""How long nothing is looked for after any call to Spotify failed."""
RECORDS: Final = 200


@dataclass(slots=True)
class _Today:
    """What came of a local day."""

    since: int
    """Midnight, in UTC ms."""
    made: int = 0
    """Calls."""
    cancelled: bool = False


@dataclass(slots=True)
class _Counts:
    """What came of a job, as its record has it."""

    calls: int = 0
    found: int = 0
    resolved: int = 0
    """Tracks of which only names were known, and which are real ones now."""
    not_found: int = 0

    def note(self, missing: MissingMetadata | MissingPicture, *, found: bool) -> None:
        """Count what came of a call."""
        self.found += found
        self.not_found += not found
        self.resolved += (
            found and isinstance(missing, MissingMetadata) and missing.only_names
        )


@final
class Enrichment:
    """Looks things up, one call at a time, while the History entry is loaded."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare; nothing is planned yet."""
        self._hass = hass
        self._entry: ConfigEntry | None = None
        self._next = PlannedCall(hass, self._due)
        self._turn: asyncio.Task[None] | None = None
        self._working = asyncio.Lock()
        self._today = _Today(0)
        self._failed: set[str] = set()
        """What was asked of today, by its key, in a call that failed: all else comes first."""
        self._job: RunningJob | None = None
        self._counts = _Counts()
        self._avoided: str | None = None
        """The entry of the account that failed last."""

    @property
    def allowance(self) -> int:
        """Calls a day; 0 for none."""
        options = async_history_options(self._hass)
        return int(options.get(CONF_LOOKUPS_A_DAY, USUAL_LOOKUPS_A_DAY))

    @property
    def pace_s(self) -> float:
        """Seconds from one call to the next."""
        return DAY_S / max(self.allowance, 1)

    @callback
    def async_start(self, entry: ConfigEntry) -> None:
        """Begin; the first call comes as if the last one had been just now."""
        self._entry = entry
        self._today, self._failed = _Today(0), set()
        entry.async_on_unload(
            self._hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._ending)
        )
        if self.allowance:
            self._plan(self.pace_s)

    async def async_stop(self) -> None:
        """Ask no more; what was found stays found."""
        self._entry = None
        self._next.cancel()
        await async_cancel(self._turn)
        await self._async_end(JobState.DONE)

    async def _ending(self, _event: Event) -> None:
        await self.async_stop()

    @callback
    def _plan(self, seconds: float) -> None:
        if self._entry is not None:
            self._next.plan(seconds)

    @callback
    def _due(self) -> None:
        self._turn = self._run(self._async_turn)

    @callback
    def _run(self, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None] | None:
        """Do work in a task that ends with the entry."""
        if self._entry is None:
            return None
        what = f"{DOMAIN} look up what no source told"
        return attend(self._hass, what, work, self._entry, again=True)

    async def _async_turn(self) -> None:
        """Make one call if it may be made now, and plan the next one."""
        async with self._working:
            try:
                wait = await self._async_look_up()
            except (BudgetSpent, TooManyCalls) as err:
                wait = self._after(err.until)
            except RateLimited as err:
                await self._async_end(JobState.FAILED, stored_error(err))
                wait = self._after(err.until)
            except SpotifyError as err:
                await self._async_end(JobState.FAILED, stored_error(err))
                wait = NOTHING_S
            except HistoryError as err:
                LOGGER.debug("The metadata cannot be stored: %s", err)
                wait = NOTHING_S
        self._plan(wait)

    async def _async_look_up(self) -> float:
        """Fetch one track, episode or artist; return after how many seconds to go on. Raises SpotifyError and HistoryError."""
        memory = self._hass.data[DATA_HISTORY]
        if memory.at_work:
            return self.pace_s
        today = await self._async_today()
        if today.cancelled or today.made >= self.allowance:
            await self._async_end(JobState.DONE)
            return self._after(midnight_ms(1))
        budget = await async_get_budget(self._hass)
        if (until := budget.deadline.until) is not None:
            return self._after(until)
        host = URL(spotify_api_url()).host or ""
        breaker = budget.breaker(host)
        if breaker.state is not BreakerState.CLOSED or breaker.failed_within(HEALTHY_S):
            return self.pace_s
        if (chosen := self._account(budget)) is None:
            return self.pace_s
        entry_id, account = chosen
        if (missing := await self._async_next()) is None:
            await self._async_end(JobState.DONE)
            return NOTHING_S
        await self._async_count(today)
        self._avoided = entry_id
        self._failed.add(missing.key)
        metadata = Metadata(account.gateway, Priority.ENRICHMENT)
        if isinstance(missing, MissingPicture):
            found = await self._async_picture(metadata, missing)
        else:
            found = await self._async_item(metadata, missing)
        self._counts.note(missing, found=found)
        if today.made >= self.allowance:
            await self._async_end(JobState.DONE)
        return self.pace_s

    async def _async_item(self, metadata: Metadata, missing: MissingMetadata) -> bool:
        """Fetch a track or episode, and store its metadata; return whether there is any."""
        found = await _async_ask(metadata, missing)
        self._answered(missing)
        await self._hass.data[DATA_HISTORY].async_run(
            lambda history: history.learn(missing, found, now_ms())
        )
        return found is not None

    async def _async_picture(self, metadata: Metadata, missing: MissingPicture) -> bool:
        """Fetch the picture of an artist, and store it; return whether there is one."""
        image_url = await metadata.async_picture_of(missing.name)
        self._answered(missing)
        await self._hass.data[DATA_HISTORY].async_write(
            lambda connection, _: learn_picture(
                connection, missing, image_url, now_ms()
            )
        )
        return image_url is not None

    @callback
    def _answered(self, missing: MissingMetadata | MissingPicture) -> None:
        self._avoided = None
        self._failed.discard(missing.key)

    async def _async_today(self) -> _Today:
        """Return what came of today, also before a restart; a job of yesterday's ends."""
        midnight = midnight_ms()
        if self._today.since != midnight:
            await self._async_end(JobState.DONE)

            def done(queries: OperationalQueries) -> _Today:
                records = [
                    job
                    for job in queries.jobs(RECORDS, hidden=NOBODY_HIDDEN)
                    if job.work.kind is JobKind.ENRICHMENT and job.asked_at >= midnight
                ]
                return _Today(
                    midnight,
                    sum(job.rows for job in records),
                    any(job.state is JobState.CANCELLED for job in records),
                )

            self._today = await self._hass.data[DATA_HISTORY].async_look_up(done)
            self._failed.clear()
        return self._today

    def _account(self, budget: Budget) -> tuple[str, SpotifyAccount] | None:
        """Return the account, with its entry's id, that was called least in the last hour, if it has a call to spare."""
        now = now_ms()
        free: list[tuple[bool, int, str, SpotifyAccount]] = []
        for entry in self._hass.config_entries.async_loaded_entries(DOMAIN):
            if entry.data[CONF_KIND] != KIND_SPOTIFY:
                continue
            account: SpotifyAccount = entry.runtime_data
            made = budget.usage.within_an_hour(account.listener.key, now)
            playing = account.coordinator.data.playing
            spare = has_spare(
                made,
                now,
                playing=playing,
                responsiveness=account.responsiveness.effective,
            )
            if spare and not account.allowance.spent:
                calls = sum(each.calls for each in made)
                avoided = entry.entry_id == self._avoided
                free.append((avoided, calls, entry.entry_id, account))
        if not free:
            return None
        *_, entry_id, account = min(free, key=lambda one: one[:3])
        return entry_id, account

    async def _async_next(self) -> MissingMetadata | MissingPicture | None:
        """Return what is most worth fetching; what failed today only when nothing else is left."""
        now, most = now_ms(), len(self._failed) + 1

        def known(
            queries: OperationalQueries,
        ) -> list[MissingMetadata | MissingPicture]:
            return [
                *queries.missing_metadata(now, most),
                *queries.missing_pictures(now, most),
            ]

        found = await self._hass.data[DATA_HISTORY].async_look_up(known)
        return min(
            found, key=lambda one: (one.key in self._failed, -one.plays), default=None
        )

    async def _async_count(self, today: _Today) -> None:
        """Count a call before it is made, in the record of the day, which begins with the first."""
        jobs = self._hass.data[DATA_JOBS]
        if self._job is None:
            self._counts = _Counts()
            about = dt_util.now().date().isoformat()
            work = Work(JobKind.ENRICHMENT, about)
            self._job = await jobs.async_begin(work, self._cancelled)
        today.made += 1
        self._counts.calls += 1
        percent = 100 * today.made // self.allowance
        jobs.go_on(self._job, self._counts.calls, min(percent, 99))

    @callback
    def _cancelled(self) -> None:
        """Rest until tomorrow, because somebody cancelled the job."""
        self._today.cancelled = True
        self._run(self._async_cancelled)

    async def _async_cancelled(self) -> None:
        async with self._working:
            await self._async_end(JobState.CANCELLED)

    async def _async_end(self, state: JobState, error: str | None = None) -> None:
        """Complete the record of the job, if there is one."""
        job, self._job = self._job, None
        if job is not None:
            if job.cancelled.is_set():
                state, error = JobState.CANCELLED, None
            jobs = self._hass.data[DATA_JOBS]
            await jobs.async_end(job, state, asdict(self._counts), error)

    def _after(self, until: int) -> float:
        """Return the seconds to a moment (UTC ms), and a pace more."""
        return max(until - now_ms(), 0) / 1000 + self.pace_s


async def _async_ask(metadata: Metadata, missing: MissingMetadata) -> Item | None:
    """Return what Spotify says of a track or episode, None where it does not know it."""
    if missing.only_names:
        named = await metadata.async_tracks_named(missing.title, missing.artist)
        return same_track(missing, named)
    try:
        return await metadata.async_item(missing.uri)
    except NotFound:
        return None


@singleton(HassKey[Enrichment](f"{DOMAIN}_enrichment"))
def async_get_enrichment(hass: HomeAssistant) -> Enrichment:
    """Return what looks things up for this instance."""
    return Enrichment(hass)
