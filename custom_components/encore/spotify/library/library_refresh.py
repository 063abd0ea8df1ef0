"""Refreshes an account's library and podcasts every four hours and on request."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
import random
import threading
from typing import TYPE_CHECKING, Final, final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from ...const import CONF_RECORD, LOGGER
from ...history.errors import HistoryError, StoreLost
from ...history.merge.merge_rows import LONGEST_MS
from ...history.model import Kind, Listener, Play, Window
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.operational_queries import OperationalQueries
from ...history.records.podcast_progress import Episode, KnownEpisode, KnownShow, Show
from ...history.records.recording_coverage import GapReason, Unrecorded
from ...history.records.resume_points import Moved, drop_unsaved, keep_episodes
from ...history.records.saved_library import (
    LibrarySection,
    SavedItem,
    ShelfState,
    keep_shelf,
)
from ...history.time_ranges.intervals import Span
from ...runtime.jobs import DATA_JOBS
from ...runtime.store.history_service import DATA_HISTORY
from ...runtime.supervision import async_supervise
from ..api.call_purpose import Priority
from ..api.gateway import SpotifyGateway
from ..api.pages import A_PAGE, Page
from ..api.shows import Podcasts
from ..auth.permissions import granted_scopes
from ..auth.scopes import LIBRARY_READ, POSITION_READ
from ..errors import NotFound, RateLimited, ScopeMissing, SpotifyError
from ..tracking.collector import Collector
from ..tracking.resumed_episodes import observations
from .library_client import NEEDS, LibraryClient
from .section_reader import Reading, async_read_shelf

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ...history.ingest.ingest import Ingest
from ...history.queries.visible_plays import NOBODY_HIDDEN

EVERY_S: Final = 4 * 3600
RETRY_S: Final = 30 * 60
SOON_S: Final = (60, 300)
"""After a start others come first, and several accounts shall not come at once."""
SHOWS_AT_ONCE: Final = 10
"""Of how many shows the episodes are read in one go: those under way, and those that waited longest."""
UNDER_WAY_AT_ONCE: Final = 5

_KIND: Final = {
    LibrarySection.SHOWS: Kind.EPISODE,
    LibrarySection.AUDIOBOOKS: Kind.CHAPTER,
}


@dataclass(slots=True)
class Refreshed:
    """What a refresh came to."""

    shelves: int = 0
    changed: int = 0
    """Shelves that were not as before."""
    shows: int = 0
    episodes: int = 0
    without_resume_points: int = 0
    """Episodes of which Spotify may not tell how far they were heard."""
    observed: int = 0
    """Plays that only resume points told of."""
    cancelled: bool = False

    def counts(self) -> dict[str, int]:
        """Return what the record of the job keeps; what it lacks only where it lacks something."""
        lacking = {"without_resume_points": self.without_resume_points}
        return {
            "shelves": self.shelves,
            "changed": self.changed,
            "shows": self.shows,
            "episodes": self.episodes,
            "observed": self.observed,
            **(lacking if self.without_resume_points else {}),
        }


@dataclass(frozen=True, slots=True)
class _Look:
    """What to read of a show: the page at a place, counted from 0."""

    show: Show
    offset: int = 0


@final
class Library:
    """What an account has saved, as far as its person let Encore read it."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        listener: Listener,
        gateway: SpotifyGateway,
        collector: Collector,
    ) -> None:
        """Prepare to read through the account's gateway; `collector` knows what was seen of its player."""
        self._hass = hass
        self._entry = entry
        self._listener = listener
        self._gateway = gateway
        self._collector = collector
        self._next: CALLBACK_TYPE | None = None
        self._stopped = False

    @property
    def shelves(self) -> tuple[LibrarySection, ...]:
        """The shelves that the person granted access to."""
        granted = granted_scopes(self._entry) or frozenset()
        return tuple(shelf for shelf in LibrarySection if granted >= NEEDS[shelf])

    async def async_start(self) -> None:
        """Refresh when it is due; without access to any shelf never. Raises HistoryError."""
        if not self.shelves:
            return
        try:
            states = await self._async_states()
        except StoreLost:
            self._plan(RETRY_S)
            return
        checked = [
            states[shelf].checked_at if shelf in states else 0 for shelf in self.shelves
        ]
        due_s = (min(checked) - _now()) / 1000 + EVERY_S
        self._plan(max(due_s, 0) + random.uniform(*SOON_S))

    @callback
    def stop(self) -> None:
        """Refresh no more; a refresh under way plans no other."""
        self._stopped = True
        self._cancel()

    @callback
    def _cancel(self) -> None:
        if self._next is not None:
            self._next()
            self._next = None

    @callback
    def _plan(self, seconds: float) -> None:
        self._cancel()
        if not self._stopped:
            self._next = async_call_later(self._hass, seconds, self._due)

    @callback
    def _due(self, _now: datetime) -> None:
        self._next = None
        what = f"refresh the library of {self._entry.title}"
        self._entry.async_create_background_task(
            self._hass, async_supervise(self._hass, what, self._async_turn), what
        )

    async def _async_turn(self) -> None:
        """Refresh, and plan the next time: later where Spotify asks for a pause, sooner where it fails."""
        wait_s: float = EVERY_S
        try:
            await self.async_refresh()
        except RateLimited as err:
            wait_s = max((err.until - _now()) / 1000, 0) + random.uniform(*SOON_S)
        except (SpotifyError, HistoryError) as err:
            LOGGER.debug("The library of %s waits: %s", self._entry.title, err)
            wait_s = RETRY_S
        self._plan(wait_s)

    async def async_refresh(self) -> Refreshed:
        """Read all shelves and some shows, as a job with a record.

        Raises SpotifyError where a call fails; what was read before is kept.
        """
        return await self._hass.data[DATA_JOBS].async_refresh_library(
            self._listener, self._async_refresh, Refreshed.counts
        )

    async def _async_refresh(
        self, progress: Callable[[int, int], None], cancelled: threading.Event
    ) -> Refreshed:
        refreshed = Refreshed()
        shelves = self.shelves
        parts = len(shelves) + SHOWS_AT_ONCE
        for done, shelf in enumerate(shelves):
            progress(done, parts)
            if cancelled.is_set():
                break
            try:
                reading = await self._async_read(shelf, Priority.ENRICHMENT)
            except ScopeMissing:
                continue
            refreshed.shelves += 1
            refreshed.changed += reading.items is not None
            refreshed.observed += await self._async_keep_single(reading)
        shows = await self._async_looks()
        positions = not shows or self._gateway.may_read_positions()
        for done, look in enumerate(shows, start=len(shelves)):
            progress(done, parts)
            if cancelled.is_set():
                break
            page, observed = await self._async_look(look, Priority.ENRICHMENT)
            refreshed.shows += 1
            refreshed.episodes += len(page.things)
            refreshed.without_resume_points += 0 if positions else len(page.things)
            refreshed.observed += observed
        listener = self._listener
        await self._hass.data[DATA_HISTORY].async_write(
            lambda connection, ingest: drop_unsaved(
                connection, ingest.registers, listener
            )
        )
        refreshed.cancelled = cancelled.is_set()
        return refreshed

    async def async_read(self, *shelves: LibrarySection) -> None:
        """Read shelves anew for a person who waits. Raises SpotifyError and HistoryError."""
        for shelf in shelves:
            reading = await self._async_read(shelf, Priority.PERSON)
            await self._async_keep_single(reading)

    async def async_read_podcasts(self) -> None:
        """Read the followed shows and books, and their episodes, anew for a person who waits.

        Raises SpotifyError and HistoryError.
        """
        await self._gateway.async_require_scopes(LIBRARY_READ, POSITION_READ)
        await self.async_read(
            LibrarySection.SHOWS, LibrarySection.AUDIOBOOKS, LibrarySection.EPISODES
        )
        for look in await self._async_looks():
            await self._async_look(look, Priority.PERSON)

    async def async_look(self, show: Show, offset: int = 0) -> Page[Episode]:
        """Read episodes of a show anew, from a place on, for a person who waits. Raises SpotifyError and HistoryError."""
        await self._gateway.async_require_scopes(POSITION_READ)
        page, _ = await self._async_look(_Look(show, offset), Priority.PERSON)
        return page

    async def async_look_of_late(self, show: Show, offset: int = 0) -> Page[Episode]:
        """Read episodes of a show, unless that was done within the hour. Raises SpotifyError and HistoryError."""
        await self._gateway.async_require_scopes(POSITION_READ)
        podcasts = Podcasts(self._gateway, Priority.PERSON)
        answered = await podcasts.async_episodes_of_late(show, offset)
        if not answered.from_cache:
            await self._async_keep(show, answered.value.things, offset)
        return answered.value

    async def async_show(self, show_id: str) -> Show:
        """Read a show with its newest episodes for a person who waits. Raises SpotifyError and HistoryError."""
        await self._gateway.async_require_scopes(POSITION_READ)
        podcasts = Podcasts(self._gateway, Priority.PERSON)
        show, page = await podcasts.async_show(show_id)
        await self._async_keep(show, page.things, 0)
        return show

    async def _async_states(self) -> dict[LibrarySection, ShelfState]:
        key = self._listener.key
        return await self._hass.data[DATA_HISTORY].async_look_up(
            lambda queries: queries.library.states(key)
        )

    async def _async_read(self, shelf: LibrarySection, priority: Priority) -> Reading:
        """Read a shelf and keep what came of it."""
        memory = self._hass.data[DATA_HISTORY]
        listener = self._listener

        def known(
            queries: OperationalQueries,
        ) -> tuple[Sequence[SavedItem], ShelfState | None]:
            library = queries.library
            return library.shelf(listener.key, shelf), library.states(listener.key).get(shelf)  # fmt: skip

        items, state = await memory.async_look_up(known)
        reading = await async_read_shelf(
            LibraryClient(self._gateway, priority), shelf, items, state, _now()
        )
        await memory.async_write(
            lambda connection, ingest: keep_shelf(
                connection, ingest.registers, listener, reading.state, reading.items
            )
        )
        return reading

    async def _async_keep_single(self, reading: Reading) -> int:
        """Keep saved episodes and their resume points; returns how many plays they told of."""
        return sum(
            [
                await self._async_keep(show, [episode], None)
                for show, episode in reading.episodes
            ]
        )

    async def _async_looks(self) -> list[_Look]:
        key = self._listener.key

        def known(queries: OperationalQueries) -> list[_Look]:
            saved = [
                Show(item.uri, item.name, kind, item.image_url, item.parts or 0)
                for shelf, kind in _KIND.items()
                for item in queries.library.shelf(key, shelf)
            ]
            podcasts = queries.podcasts
            return looks(saved, podcasts.shows(key), podcasts.under_way(key, A_PAGE))

        return await self._hass.data[DATA_HISTORY].async_look_up(known)

    async def _async_look(
        self, look: _Look, priority: Priority
    ) -> tuple[Page[Episode], int]:
        """Read episodes of a show and keep them; a show that is gone is not asked for again soon."""
        try:
            page = await Podcasts(self._gateway, priority).async_episodes(
                look.show, look.offset
            )
        except NotFound:
            if priority is Priority.PERSON:
                raise
            page = Page((), 0)
        return page, await self._async_keep(look.show, page.things, look.offset)

    async def _async_keep(
        self, show: Show, episodes: Sequence[Episode], place: int | None
    ) -> int:
        """Keep what was read, and record the plays that it tells of; returns how many these are.

        Both in one transaction: a resume point that is known to have moved tells of nothing any more.
        """
        listener, now = self._listener, _now()
        under_way = self._collector.under_way(now)
        unrecorded = self._collector.recording(now).unrecorded
        recorded = self._entry.options.get(CONF_RECORD, True)

        def keep(connection: Connection, intake: Ingest) -> int:
            moved = keep_episodes(
                connection,
                intake.registers,
                listener,
                show,
                episodes,
                now=now,
                first_place=place,
            )
            if not moved or not recorded:
                return 0
            queries = HistoryQueries(connection, NOBODY_HIDDEN)
            plays = _plays(queries, listener, moved, now)
            if under_way is not None:
                plays.append(under_way)
            kept = queries.coverage({listener.key}).unrecorded
            told = observations(listener, moved, plays, _withheld([*kept, *unrecorded]))
            if told:
                intake.append(connection, told)
            return len(told)

        return await self._hass.data[DATA_HISTORY].async_write(keep)


def _plays(
    queries: HistoryQueries, listener: Listener, moved: Collection[Moved], now: int
) -> list[Play]:
    """Return what a listener heard of episodes and chapters since resume points were last seen."""
    window = Window(min(each.since for each in moved) - LONGEST_MS, now)
    kinds = (Kind.EPISODE, Kind.CHAPTER)
    return queries.plays(window, listeners={listener.key}, kinds=kinds, min_ms=0)


def _withheld(unrecorded: Iterable[Unrecorded]) -> list[Span]:
    """Return when nothing was to be recorded."""
    return [(each.start, each.end) for each in unrecorded if each.reason in _WITHHELD]


_WITHHELD: Final = frozenset({GapReason.PRIVATE, GapReason.PAUSED, GapReason.FORGOTTEN})


def looks(
    saved: Sequence[Show], known: Sequence[KnownShow], under_way: Sequence[KnownEpisode]
) -> list[_Look]:
    """Return what to read of shows next: a page that something is under way on, and the newest of those that waited longest."""
    checked = {each.show.uri: each.checked_at for each in known}
    shows = {each.show.uri: each.show for each in known} | {
        show.uri: show for show in saved
    }
    hot: dict[tuple[str, int], _Look] = {}
    for each in under_way:
        if each.show.uri in shows and len(hot) < UNDER_WAY_AT_ONCE:
            offset = each.place // A_PAGE * A_PAGE
            hot.setdefault((each.show.uri, offset), _Look(shows[each.show.uri], offset))
    newest = [uri for uri, offset in hot if offset == 0]
    waiting = sorted(
        (show for show in saved if show.uri not in newest),
        key=lambda show: checked.get(show.uri, 0),
    )
    return [*hot.values(), *map(_Look, waiting)][:SHOWS_AT_ONCE]


def _now() -> int:
    return round(dt_util.utcnow().timestamp() * 1000)
