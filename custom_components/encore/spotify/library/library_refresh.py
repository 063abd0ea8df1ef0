"""Refreshes an account's library and podcasts every four hours and on request."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, InitVar, dataclass, field
import random
import threading
from typing import Final, final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ...const import LOGGER
from ...history.errors import HistoryError, StoreLost
from ...history.model import Listener
from ...history.queries.operational_queries import OperationalQueries
from ...history.records.job_records import JobKind, Work
from ...history.records.resume_points import drop_unsaved
from ...history.records.saved_library import (
    LibrarySection,
    SavedItem,
    SectionState,
    store_section,
)
from ...runtime.moments import now_ms
from ...runtime.planned_call import PlannedCall
from ...runtime.store.history_service import DATA_HISTORY
from ...runtime.supervision import attend
from ..account_jobs import AccountJobs
from ..api.player_calls import SpotifyGateway
from ..auth.permissions import granted_scopes
from ..call_purpose import Priority
from ..errors import MissingScope, RateLimited, SpotifyError
from ..tracking.collector import Collector
from .library_reader import LibraryReader
from .podcast_refresh import SHOWS_AT_ONCE, PodcastRefresh
from .section_changes import Reading, async_read_changes
from .sections import SECTIONS, SHOW_SECTIONS

EVERY_S: Final = 4 * 3600
RETRY_S: Final = 30 * 60
SOON_S: Final = (60, 300)
"""After a start others come first, and several accounts shall not come at once."""


@dataclass(slots=True)
class Refreshed:
    """What a refresh came to."""

    sections: int = 0
    changed: int = 0
    """Sections that were not as before."""
    shows: int = 0
    episodes: int = 0
    without_resume_points: int = 0
    """Episodes with resume points that Encore may not read."""
    observed: int = 0
    """Plays that only resume points revealed."""
    cancelled: bool = False

    def counts(self) -> dict[str, int]:
        """Return what the record of the job holds; what it lacks only where it lacks something."""
        lacking = {"without_resume_points": self.without_resume_points}
        return {
            "shelves": self.sections,
            "changed": self.changed,
            "shows": self.shows,
            "episodes": self.episodes,
            "observed": self.observed,
            **(lacking if self.without_resume_points else {}),
        }


@final
@dataclass(eq=False)
class Library:
    """Updates the stored library of an account, as far as its scopes allow.

    It is read through the account's gateway; `collector` knows what was seen of its player.
    """

    _hass: HomeAssistant
    _entry: ConfigEntry
    _listener: Listener
    _gateway: SpotifyGateway
    collector: InitVar[Collector]
    _: KW_ONLY
    jobs: AccountJobs
    _stopped: bool = field(default=False, init=False)

    def __post_init__(self, collector: Collector) -> None:
        """Make what is made of the rest."""
        self.podcasts = PodcastRefresh(
            self._hass, self._entry, self._listener, self._gateway, collector
        )
        self._next = PlannedCall(self._hass, self._due)

    @property
    def sections(self) -> tuple[LibrarySection, ...]:
        """The sections that the person granted access to."""
        granted = granted_scopes(self._entry) or frozenset()
        return tuple(
            section for section in LibrarySection if granted >= SECTIONS[section].scopes
        )

    async def async_start(self) -> None:
        """Refresh when it is due; without access to any section never. Raises HistoryError."""
        if not self.sections:
            return
        try:
            states = await self._async_states()
        except StoreLost:
            self._plan(RETRY_S)
            return
        checked = [
            states[section].checked_at if section in states else 0
            for section in self.sections
        ]
        due_s = (min(checked) - now_ms()) / 1000 + EVERY_S
        self._plan(max(due_s, 0) + random.uniform(*SOON_S))

    @callback
    def stop(self) -> None:
        """Refresh no more; a refresh under way plans no other."""
        self._stopped = True
        self._next.cancel()

    @callback
    def _plan(self, seconds: float) -> None:
        if not self._stopped:
            self._next.plan(seconds)

    @callback
    def _due(self) -> None:
        what = f"refresh the library of {self._entry.title}"
        attend(self._hass, what, self._async_turn, self._entry, again=True)

    async def _async_turn(self) -> None:
        """Refresh, and plan the next time: later where Spotify asks for a pause, sooner where it fails."""
        wait_s: float = EVERY_S
        try:
            await self.async_refresh()
        except RateLimited as err:
            wait_s = max((err.until - now_ms()) / 1000, 0) + random.uniform(*SOON_S)
        except (SpotifyError, HistoryError) as err:
            LOGGER.debug("The library of %s waits: %s", self._entry.title, err)
            wait_s = RETRY_S
        self._plan(wait_s)

    async def async_refresh(self) -> Refreshed:
        """Read all sections and some shows, as a job with a record.

        Raises SpotifyError where a call fails; what was read before stays.
        """
        work = Work(JobKind.LIBRARY, listener=self._listener)
        return await self.jobs.async_run(
            work, self._async_refresh, Refreshed.counts, apart=True
        )

    async def _async_refresh(
        self, progress: Callable[[int, int], None], cancelled: threading.Event
    ) -> Refreshed:
        refreshed = Refreshed()
        sections = self.sections
        parts = len(sections) + SHOWS_AT_ONCE
        for done, section in enumerate(sections):
            progress(done, 100 * done // parts)
            if cancelled.is_set():
                break
            try:
                reading = await self._async_read(section, Priority.ENRICHMENT)
            except MissingScope:
                continue
            refreshed.sections += 1
            refreshed.changed += reading.items is not None
            refreshed.observed += await self._async_store_single(reading)
        shows = await self.podcasts.async_next()
        positions = not shows or self._gateway.may_read_positions()
        for done, each in enumerate(shows, start=len(sections)):
            progress(done, 100 * done // parts)
            if cancelled.is_set():
                break
            page, observed = await self.podcasts.async_read(each, Priority.ENRICHMENT)
            refreshed.shows += 1
            refreshed.episodes += len(page.things)
            refreshed.without_resume_points += 0 if positions else len(page.things)
            refreshed.observed += observed
        await self._hass.data[DATA_HISTORY].async_store(drop_unsaved, self._listener)
        refreshed.cancelled = cancelled.is_set()
        return refreshed

    async def async_read(self, *sections: LibrarySection) -> None:
        """Read sections again for a person who waits. Raises SpotifyError and HistoryError."""
        for section in sections:
            reading = await self._async_read(section, Priority.PERSON)
            await self._async_store_single(reading)

    async def async_read_podcasts(self) -> None:
        """Read the followed shows and books, and their episodes, for a person who waits.

        Raises SpotifyError and HistoryError.
        """
        await self._gateway.async_require_scopes(
            *SECTIONS[LibrarySection.EPISODES].scopes
        )
        await self.async_read(*SHOW_SECTIONS, LibrarySection.EPISODES)
        for page in await self.podcasts.async_next():
            await self.podcasts.async_read(page, Priority.PERSON)

    async def _async_states(self) -> dict[LibrarySection, SectionState]:
        key = self._listener.key
        return await self._hass.data[DATA_HISTORY].async_look_up(
            lambda queries: queries.library.states(key)
        )

    async def _async_read(self, section: LibrarySection, priority: Priority) -> Reading:
        """Read a section and store what came of it."""
        memory = self._hass.data[DATA_HISTORY]
        listener = self._listener

        def stored(
            queries: OperationalQueries,
        ) -> tuple[Sequence[SavedItem], SectionState | None]:
            library = queries.library
            return library.items(listener.key, section), library.states(listener.key).get(section)  # fmt: skip

        items, state = await memory.async_look_up(stored)
        reading = await async_read_changes(
            LibraryReader(self._gateway, priority).async_page,
            section,
            items,
            state,
            now_ms(),
        )
        await memory.async_store(store_section, listener, reading.state, reading.items)
        return reading

    async def _async_store_single(self, reading: Reading) -> int:
        """Store saved episodes and their resume points; returns how many plays they revealed."""
        return sum(
            [
                await self.podcasts.async_store(show, [episode], None)
                for show, episode in reading.episodes
            ]
        )
