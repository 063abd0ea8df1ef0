"""The action that returns episodes: of a show, new ones, or those in progress; and the commands for the latter two."""

from collections.abc import Awaitable, Callable
from dataclasses import field, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Self, override

from msgspec import Struct

from ...access.policy import AccessLevel
from ...dispatch.command import Choice, Command, ReadCommand, Result, part_of
from ...dispatch.request_context import RequestContext
from ...history.model import Kind
from ...history.queries.history_queries import HistoryQueries
from ...history.records.podcast_progress import Episode, KnownEpisode, KnownShow, Show
from ...history.search.normalization import words_of
from ...history.time_ranges.ranges import resolve_window
from ...questions.base.errors import BadParameter
from ...questions.base.operation import PART
from ...questions.base.parameters import Described, Form
from ...questions.base.response import MERGED, NOT_DATA
from ...spotify.account import SpotifyAccount
from ...spotify.api.pages import A_PAGE, Page
from ...spotify.library.sections import SHOW_SECTIONS, saved_show
from ..accounts import account_of
from ..cache_age import CacheAge, cached_will_do
from ..errors import UnknownShow
from ..parameters import AccountParameters, limit_of
from ..stored_library import FRESH, async_query, async_sections
from ..things import link_meant

LIMIT: Final = limit_of(" of episodes", 20, 20, 500)
USUAL: Final = 20


class EpisodesParameters(AccountParameters):
    """Whose podcasts, how many episodes, and how fresh."""

    limit: Annotated[int | None, LIMIT] = None
    fresh: Annotated[bool, FRESH] = False


class HeardEpisode(
    Struct, frozen=True, kw_only=True, rename={"under_way": "in_progress"}
):
    """An episode or chapter, and how far its listener is, in seconds."""

    title: str
    uri: str
    show: str | None
    """The name of its show or book."""
    show_uri: str
    kind: str
    released: str | None
    duration: int | None
    position: int | None
    left: int | None
    under_way: bool
    finished: bool
    marked: bool
    image_url: str | None

    @classmethod
    def of(cls, known: KnownEpisode) -> Self:
        """Return an episode as results have it."""
        episode, show = known.episode, known.show
        return cls(
            title=episode.title,
            uri=episode.uri,
            show=show.name or None,
            show_uri=show.uri,
            kind=Kind(show.kind).name.lower(),
            released=episode.released,
            duration=_seconds(episode.duration_ms),
            position=_seconds(episode.position_ms),
            left=_seconds(known.left_ms),
            under_way=known.under_way,
            finished=known.finished,
            marked=known.marked is not None,
            image_url=episode.image_url,
        )

    @property
    def minutes_left(self) -> int | None:
        """How many minutes of it are left to hear."""
        return None if self.left is None else round(self.left / 60)


class EpisodesResult(Result, kw_only=True):
    """Episodes in the order that was asked for."""

    listener: str
    episodes: tuple[HeardEpisode, ...]
    known: CacheAge = field(metadata=MERGED)


async def async_shows(
    context: RequestContext, account: SpotifyAccount, *, fresh: bool
) -> list[KnownShow]:
    """Return the shows whose episodes are known, read first where none is, or where it is to be fresh."""
    key = account.listener.key

    def shows(queries: HistoryQueries) -> list[KnownShow]:
        return queries.podcasts.shows(key)

    known = await async_query(context, shows)
    if fresh or not known:
        await account.library.async_read_podcasts()
        known = await async_query(context, shows)
    return known


def known_since(context: RequestContext, shows: list[KnownShow]) -> CacheAge:
    """Tell since when all of these shows are known."""
    return CacheAge.since(
        context, min((each.checked_at for each in shows), default=None)
    )


def heard(episodes: list[KnownEpisode]) -> tuple[HeardEpisode, ...]:
    """Return episodes as results have them."""
    return tuple(map(HeardEpisode.of, episodes))


def _seconds(ms: int | None) -> int | None:
    return None if ms is None else round(ms / 1000)


SHOW: Final = Described(
    Form.TEXT,
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
    "All episodes of a show, new ones that are not finished, or those in progress.",
    "new",
)

type Look = Callable[[Show, int], Awaitable[Page[Episode]]]


class ShowParameters(EpisodesParameters):
    """Of which show, for whom, how many, and how fresh."""

    show: Annotated[str, SHOW]
    status: Annotated[EpisodeStatus, STATUS] = EpisodeStatus.ALL


class Episodes(ReadCommand[ShowParameters, EpisodesResult]):
    """The parts of a show."""

    description = "Tells the episodes of a podcast, the newest first, or the chapters of an audiobook, with how far a person heard each and what is finished."
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


SINCE: Final = Described(
    Form.WINDOW,
    "Released since: a date, or a time period, whose first day counts. Default: the last 7 days.",
    "yesterday",
)
_USUALLY: Final = "last_7_days"


class NewEpisodesParameters(EpisodesParameters):
    """Whose podcasts, since when, and how many episodes."""

    since: Annotated[str | None, SINCE] = None


class NewEpisodesResult(EpisodesResult, kw_only=True):
    """Episodes, the newest first."""

    since: date
    """The day from which on they count."""
    start: int = field(metadata=NOT_DATA)
    """When that began (UTC ms)."""


class NewEpisodes(ReadCommand[NewEpisodesParameters, NewEpisodesResult]):
    """What came out and was not heard to the end."""

    description = "Tells which episodes of the podcasts that a person follows came out of late and are not finished, with how far each was heard."
    interfaces = PART

    @override
    async def async_run(
        self, asked: NewEpisodesParameters, context: RequestContext
    ) -> NewEpisodesResult:
        clock = context.query_context.clock
        start = resolve_window(asked.since or _USUALLY, clock).window.start
        day = clock.local(start).date()
        account = account_of(context, asked.listener)
        key, limit = account.listener.key, asked.limit or USUAL
        shows = await async_shows(context, account, fresh=asked.fresh)
        found = await async_query(
            context,
            lambda queries: queries.podcasts.new(key, day.isoformat(), limit),
        )
        return NewEpisodesResult(
            listener=account.listener.name,
            episodes=heard(found),
            known=known_since(context, shows),
            since=day,
            start=clock.instant(day),
        )


class ContinueListening(ReadCommand[EpisodesParameters, EpisodesResult]):
    """What was begun and not finished."""

    description = "Tells which podcast episodes and chapters of audiobooks a person began and did not finish, the last heard first, and how much of each is left."
    interfaces = PART

    @override
    async def async_run(
        self, asked: EpisodesParameters, context: RequestContext
    ) -> EpisodesResult:
        account = account_of(context, asked.listener)
        key, limit = account.listener.key, asked.limit or USUAL
        shows = await async_shows(context, account, fresh=asked.fresh)
        found = await async_query(
            context, lambda queries: queries.podcasts.under_way(key, limit)
        )
        return EpisodesResult(
            listener=account.listener.name,
            episodes=heard(found),
            known=known_since(context, shows),
        )


class GetEpisodesParameters(EpisodesParameters):
    """Of which show, or of all, with which status, for whom, how many, and how fresh."""

    show: Annotated[str | None, SHOW] = None
    status: Annotated[EpisodeStatus, STATUS] = EpisodeStatus.ALL
    since: Annotated[str | None, SINCE] = None


class GetEpisodes(Choice[GetEpisodesParameters]):
    """The episodes of a show, or of all that are followed."""

    title = "Get episodes"
    description = "Returns the episodes of a podcast or the chapters of an audiobook with your progress, or new episodes and those in progress of everything you follow."
    access_level = AccessLevel.INTERN
    reads = True
    everyday = True

    @override
    def chosen(self, asked: GetEpisodesParameters) -> tuple[Command[Any, Any], object]:
        if asked.since is not None and (
            asked.show or asked.status is not EpisodeStatus.NEW
        ):
            raise BadParameter("since")
        if asked.show is not None:
            return Episodes(), part_of(ShowParameters, asked)
        match asked.status:
            case EpisodeStatus.NEW:
                return NewEpisodes(), part_of(NewEpisodesParameters, asked)
            case EpisodeStatus.IN_PROGRESS:
                return ContinueListening(), part_of(EpisodesParameters, asked)
        raise BadParameter("show")
