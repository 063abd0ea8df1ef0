"""Episodes with their progress, for all commands about podcasts and audiobooks."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, override

from ...history.model import Kind
from ...history.queries.history_queries import HistoryQueries
from ...history.records.podcast_progress import KnownEpisode, KnownShow
from ...questions.parameters import Described, Form
from ...spotify.account import SpotifyAccount
from ..cache_age import CacheAge
from ..command_context import CommandContext
from ..parameters import AccountParameters
from ..registry import Result
from ..stored_library import FRESH, async_query

LIMIT: Final = Described(
    Form.COUNT, "Limit", "How many to name; 20 if left out.", 20, most=500
)
USUAL: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodesParameters(AccountParameters):
    """Whose podcasts, how many episodes, and how fresh."""

    limit: Annotated[int | None, LIMIT] = None
    fresh: Annotated[bool, FRESH] = False


@dataclass(frozen=True, slots=True)
class HeardEpisode:
    """An episode or chapter, and how far its listener is."""

    known: KnownEpisode

    @property
    def title(self) -> str:
        """Its title."""
        return self.known.episode.title

    @property
    def show(self) -> str:
        """The name of its show or book."""
        return self.known.show.name

    @property
    def minutes_left(self) -> int | None:
        """How many minutes of it are left to hear."""
        left = self.known.left_ms
        return None if left is None else round(left / 60_000)

    def as_data(self) -> dict[str, object]:
        """Return it as JSON can carry it; times in seconds."""
        episode = self.known.episode
        return {
            "title": episode.title,
            "uri": episode.uri,
            "show": self.known.show.name or None,
            "show_uri": self.known.show.uri,
            "kind": Kind(self.known.show.kind).name.lower(),
            "released": episode.released,
            "duration": _seconds(episode.duration_ms),
            "position": _seconds(episode.position_ms),
            "left": _seconds(self.known.left_ms),
            "under_way": self.known.under_way,
            "finished": self.known.finished,
            "marked": self.known.marked is not None,
            "image_url": episode.image_url,
        }


@dataclass(frozen=True, slots=True)
class EpisodesResult(Result):
    """Episodes in the order that was asked for."""

    listener: str
    episodes: tuple[HeardEpisode, ...]
    known: CacheAge

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "episodes": [each.as_data() for each in self.episodes],
            **self.known.as_data(),
        }


async def async_shows(
    command_context: CommandContext, account: SpotifyAccount, *, fresh: bool
) -> list[KnownShow]:
    """Return the shows whose episodes are known, read first where none is, or where it is to be fresh."""
    key = account.listener.key

    def shows(queries: HistoryQueries) -> list[KnownShow]:
        return queries.podcasts.shows(key)

    known = await async_query(command_context, shows)
    if fresh or not known:
        await account.library.async_read_podcasts()
        known = await async_query(command_context, shows)
    return known


def known_since(command_context: CommandContext, shows: list[KnownShow]) -> CacheAge:
    """Tell since when all of these shows are known."""
    return CacheAge.since(
        command_context, min((each.checked_at for each in shows), default=None)
    )


def heard(episodes: list[KnownEpisode]) -> tuple[HeardEpisode, ...]:
    """Return episodes as results have them."""
    return tuple(HeardEpisode(each) for each in episodes)


def _seconds(ms: int | None) -> Any:
    return None if ms is None else round(ms / 1000)
