"""Episodes with their progress, for all commands about podcasts and audiobooks."""

from dataclasses import field
from typing import Annotated, Final, Self

from msgspec import Struct

from ...dispatch.command import Result
from ...dispatch.request_context import RequestContext
from ...history.model import Kind
from ...history.queries.history_queries import HistoryQueries
from ...history.records.podcast_progress import KnownEpisode, KnownShow
from ...questions.base.response import MERGED
from ...spotify.account import SpotifyAccount
from ..cache_age import CacheAge
from ..parameters import AccountParameters, limit_of
from ..stored_library import FRESH, async_query

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
