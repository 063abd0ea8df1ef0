"""The command that lists the episodes of a show, or the chapters of a book, with their resume points."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Final, override

from ...dispatch.command import ReadCommand
from ...dispatch.request_context import RequestContext
from ...history.queries.history_queries import HistoryQueries
from ...history.records.podcast_progress import Episode, KnownShow, Show
from ...history.search.normalization import words_of
from ...questions.base.operation import PART
from ...questions.base.parameters import Described, Form
from ...spotify.account import SpotifyAccount
from ...spotify.api.pages import A_PAGE, Page
from ...spotify.library.sections import SHOW_SECTIONS, saved_show
from ..accounts import account_of
from ..cache_age import CacheAge, cached_will_do
from ..errors import UnknownShow
from ..stored_library import async_query, async_sections
from ..things import link_meant
from .episode_progress import (
    USUAL,
    EpisodesParameters,
    EpisodesResult,
    HeardEpisode,
    heard,
)

SHOW: Final = Described(
    Form.TEXT,
    "Show",
    "The podcast or audiobook: the name of one that you follow, or a URI or link.",
    "Daily Dial",
)
_SUGGESTED: Final = 10


class EpisodeStatus(StrEnum):
    """How far a person is with an episode."""

    ALL = "all"
    NEW = "new"
    IN_PROGRESS = "in_progress"

    def fits(self, episode: HeardEpisode) -> bool:
        """Whether an episode has this status."""
        match self:
            case EpisodeStatus.NEW:
                return not episode.finished
            case EpisodeStatus.IN_PROGRESS:
                return episode.under_way
        return True


STATUS: Final = Described(
    Form.FILTER,
    "Status",
    "All episodes of a show, new ones that are not finished, or those in progress.",
    "new",
)

type Look = Callable[[Show, int], Awaitable[Page[Episode]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowParameters(EpisodesParameters):
    """Of which show, for whom, how many, and how fresh."""

    show: Annotated[str, SHOW]
    status: Annotated[EpisodeStatus, STATUS] = EpisodeStatus.ALL


class Episodes(ReadCommand[ShowParameters, EpisodesResult]):
    """The parts of a show."""

    description = "Tells the episodes of a podcast, the newest first, or the chapters of an audiobook, with how far a person heard each and what is finished."
    icon = "mdi:playlist-play"
    interfaces = PART

    @override
    async def async_run(
        self, asked: ShowParameters, context: RequestContext
    ) -> EpisodesResult:
        account = account_of(context, asked.listener)
        show = await _async_named(context, account, asked.show)
        limit = asked.limit or USUAL
        if asked.fresh or show.checked_at == 0:
            await _async_read(account.library.podcasts.async_episodes, show.show, limit)
        key = account.listener.key

        def stored(queries: HistoryQueries) -> EpisodesResult:
            podcasts = queries.podcasts
            read = next(
                (e.checked_at for e in podcasts.shows(key) if e.show.uri == show.show.uri),
                None,
            )  # fmt: skip
            found = podcasts.episodes(key, show.show.uri, limit)
            return EpisodesResult(
                listener=account.listener.name,
                episodes=heard(found),
                known=CacheAge.since(context, read),
            )

        result = await async_query(context, stored)
        if len(result.episodes) < min(limit, show.show.total):
            look = account.library.podcasts.async_cached_episodes
            with cached_will_do(known=bool(result.episodes) and not asked.fresh):
                await _async_read(look, show.show, limit)
            result = await async_query(context, stored)
        fitting = tuple(filter(asked.status.fits, result.episodes))
        return replace(result, episodes=fitting)


async def _async_read(look: Look, show: Show, limit: int) -> None:
    """Read as many episodes of a show, page by page."""
    for offset in range(0, limit, A_PAGE):
        page = await look(show, offset)
        if page.ends(offset + page.rows):
            return


async def _async_named(
    context: RequestContext, account: SpotifyAccount, name: str
) -> KnownShow:
    """Return the show of a name, a URI or a share link; one that was never read was checked at 0.

    Raises UnknownShow and NotALink.
    """
    key = account.listener.key
    link = link_meant(name)
    uri = link.uri if link else None

    async def find() -> tuple[KnownShow | None, list[Show]]:
        stored = await async_sections(context, account, *SHOW_SECTIONS)
        return await async_query(
            context, lambda queries: queries.podcasts.show(key, uri or name)
        ), [saved_show(*each) for each in stored.items]

    found, saved = await find()
    if found is None and not saved:
        await account.library.async_read(*SHOW_SECTIONS)
        found, saved = await find()
    if found is not None:
        return found
    for show in saved:
        if show.uri == uri or words_of(show.name) == words_of(name):
            return KnownShow(show, 0)
    if uri is not None and uri.startswith("spotify:show:"):
        show = await account.library.podcasts.async_show(uri.rpartition(":")[2])
        return KnownShow(show, context.query_context.clock.now)
    names = ", ".join(sorted({show.name for show in saved})[:_SUGGESTED])
    raise UnknownShow(name=name, known=names or "–")
