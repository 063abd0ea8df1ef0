"""Refreshes the episodes of an account's shows and audiobooks, and records the plays that their resume points reveal."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ...const import CONF_RECORD
from ...history.merge.merge_rows import LONGEST_MS
from ...history.model import Kind, Listener, Play, Window
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.operational_queries import OperationalQueries
from ...history.queries.visible_plays import NOBODY_HIDDEN
from ...history.records.podcast_progress import Episode, KnownEpisode, KnownShow, Show
from ...history.records.recording_coverage import GapReason, Unrecorded
from ...history.records.resume_points import Moved, save_episodes
from ...history.time_ranges.intervals import Span
from ...runtime.moments import now_ms
from ...runtime.store.history_service import DATA_HISTORY
from ..api.pages import A_PAGE, Page
from ..api.player_calls import SpotifyGateway
from ..api.shows import Podcasts
from ..auth.scopes import POSITION_READ
from ..call_purpose import Priority
from ..errors import NotFound
from ..tracking.collector import Collector
from ..tracking.resumed_episodes import observations
from .sections import SHOW_SECTIONS, saved_show

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ...history.ingest.ingest import Ingest

SHOWS_AT_ONCE: Final = 10
"""Of how many shows the episodes are read in one go: those under way, and those that waited longest."""
UNDER_WAY_AT_ONCE: Final = 5
_NOT_TO_BE_RECORDED: Final = frozenset(
    {GapReason.PRIVATE, GapReason.PAUSED, GapReason.FORGOTTEN}
)


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """Which episodes of a show to read: those from a place on, counted from 0."""

    show: Show
    offset: int = 0


@final
@dataclass(eq=False)
class PodcastRefresh:
    """The episodes and chapters of one account, with their resume points.

    It is read through the account's gateway; `collector` knows what was seen of its player.
    """

    _hass: HomeAssistant
    _entry: ConfigEntry
    _listener: Listener
    _gateway: SpotifyGateway
    _collector: Collector

    async def async_episodes(self, show: Show, offset: int = 0) -> Page[Episode]:
        """Read episodes of a show, from a place on, for a person who waits. Raises SpotifyError and HistoryError."""
        await self._gateway.async_require_scopes(POSITION_READ)
        page, _ = await self.async_read(EpisodePage(show, offset), Priority.PERSON)
        return page

    async def async_cached_episodes(self, show: Show, offset: int = 0) -> Page[Episode]:
        """Read episodes of a show, unless that was done within the hour. Raises SpotifyError and HistoryError."""
        await self._gateway.async_require_scopes(POSITION_READ)
        podcasts = Podcasts(self._gateway, Priority.PERSON)
        answered = await podcasts.async_episodes(show, offset)
        if not answered.from_cache:
            await self.async_store(show, answered.value.things, offset)
        return answered.value

    async def async_show(self, show_id: str) -> Show:
        """Read a show with its newest episodes for a person who waits. Raises SpotifyError and HistoryError."""
        await self._gateway.async_require_scopes(POSITION_READ)
        podcasts = Podcasts(self._gateway, Priority.PERSON)
        show, page = await podcasts.async_show(show_id)
        await self.async_store(show, page.things, 0)
        return show

    async def async_next(self) -> list[EpisodePage]:
        """Return what to read next. Raises HistoryError."""
        key = self._listener.key

        def choose(queries: OperationalQueries) -> list[EpisodePage]:
            saved = [
                saved_show(section, item)
                for section in SHOW_SECTIONS
                for item in queries.library.items(key, section)
            ]
            podcasts = queries.podcasts
            return next_pages(saved, podcasts.shows(key), podcasts.under_way(key, A_PAGE))  # fmt: skip

        return await self._hass.data[DATA_HISTORY].async_look_up(choose)

    async def async_read(
        self, what: EpisodePage, priority: Priority
    ) -> tuple[Page[Episode], int]:
        """Read and store episodes of a show; returns them, and how many plays they revealed.

        A removed show is not fetched again soon. Raises SpotifyError and HistoryError.
        """
        try:
            podcasts = Podcasts(self._gateway, priority)
            page = (await podcasts.async_episodes(what.show, what.offset, 0)).value
        except NotFound:
            if priority is Priority.PERSON:
                raise
            page = Page((), 0)
        return page, await self.async_store(what.show, page.things, what.offset)

    async def async_store(
        self, show: Show, episodes: Sequence[Episode], place: int | None
    ) -> int:
        """Store what was read, and record the plays that it reveals; returns how many these are.

        Both in one transaction: a resume point that is known to have moved reveals nothing any more. Without a `place`
        they are single episodes. Raises HistoryError.
        """
        listener, now = self._listener, now_ms()
        active_plays = self._collector.active_plays(now)
        unrecorded = self._collector.recording(now).unrecorded
        recorded = self._entry.options.get(CONF_RECORD, True)

        def store(connection: Connection, ingest: Ingest) -> int:
            moved = save_episodes(
                connection,
                ingest.registers,
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
            plays += active_plays
            recorded_gaps = queries.coverage({listener.key}).unrecorded
            found = observations(
                listener,
                moved,
                plays,
                _not_to_be_recorded([*recorded_gaps, *unrecorded]),
            )
            if found:
                ingest.append(found)
            return len(found)

        return await self._hass.data[DATA_HISTORY].async_write(store)


def _plays(
    queries: HistoryQueries, listener: Listener, moved: Collection[Moved], now: int
) -> list[Play]:
    """Return what a listener played of episodes and chapters since resume points were last seen."""
    window = Window(min(each.since for each in moved) - LONGEST_MS, now)
    kinds = (Kind.EPISODE, Kind.CHAPTER)
    return queries.plays(window, listeners={listener.key}, kinds=kinds, min_ms=0)


def _not_to_be_recorded(unrecorded: Iterable[Unrecorded]) -> list[Span]:
    """Return when nothing was to be recorded."""
    return [
        (each.start, each.end)
        for each in unrecorded
        if each.reason in _NOT_TO_BE_RECORDED
    ]


def next_pages(
    saved: Sequence[Show], known: Sequence[KnownShow], under_way: Sequence[KnownEpisode]
) -> list[EpisodePage]:
    """Return what to read of shows next: a page that something is under way on, and the newest of those that waited longest."""
    checked = {each.show.uri: each.checked_at for each in known}
    shows = {each.show.uri: each.show for each in known} | {
        show.uri: show for show in saved
    }
    hot: dict[tuple[str, int], EpisodePage] = {}
    for each in under_way:
        if each.show.uri in shows and len(hot) < UNDER_WAY_AT_ONCE:
            offset = each.place // A_PAGE * A_PAGE
            hot.setdefault(
                (each.show.uri, offset), EpisodePage(shows[each.show.uri], offset)
            )
    newest = [uri for uri, offset in hot if offset == 0]
    waiting = sorted(
        (show for show in saved if show.uri not in newest),
        key=lambda show: checked.get(show.uri, 0),
    )
    return [*hot.values(), *map(EpisodePage, waiting)][:SHOWS_AT_ONCE]
