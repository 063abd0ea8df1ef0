"""The command that lists followed podcasts and audiobooks."""

from dataclasses import dataclass
from typing import Annotated, override

from ...access.policy import AccessLevel
from ...history.queries.history_queries import HistoryQueries
from ...history.records.saved_library import LibrarySection, SavedItem, ShelfState
from ..accounts import account_of
from ..cache_age import CacheAge, cached_will_do
from ..command_context import CommandContext
from ..parameters import AccountParameters
from ..registry import Command, Result
from .episode_progress import FRESH, async_recall

_SHELVES = {LibrarySection.SHOWS: "podcast", LibrarySection.AUDIOBOOKS: "audiobook"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastsParameters(AccountParameters):
    """Whose podcasts, and how fresh."""

    fresh: Annotated[bool, FRESH] = False


@dataclass(frozen=True, slots=True)
class PodcastsResult(Result):
    """The shows and books of a library, the last saved first."""

    listener: str
    shows: tuple[tuple[LibrarySection, SavedItem], ...]
    known: CacheAge

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "shows": [
                {
                    "name": item.name,
                    "uri": item.uri,
                    "type": _SHELVES[shelf],
                    "by": item.by or None,
                    "episodes": item.parts,
                    "image_url": item.image_url,
                }
                for shelf, item in self.shows
            ],
            **self.known.as_data(),
        }


class Podcasts(Command[PodcastsParameters, PodcastsResult]):
    """Which shows and books there are."""

    key = "podcasts"
    title = "Podcasts"
    description = "Lists the podcasts and audiobooks that a person saved at Spotify."
    icon = "mdi:podcast"
    declares = PodcastsParameters
    maturity = AccessLevel.INTERN
    reads = True

    @override
    async def async_carry_out(
        self, asked: PodcastsParameters, command_context: CommandContext
    ) -> PodcastsResult:
        account = account_of(command_context, asked.listener)
        key = account.listener.key

        def kept(
            queries: HistoryQueries,
        ) -> tuple[
            list[tuple[LibrarySection, SavedItem]], dict[LibrarySection, ShelfState]
        ]:
            return [
                (shelf, item)
                for shelf in _SHELVES
                for item in queries.library.shelf(key, shelf)
            ], queries.library.states(key)

        shows, states = await async_recall(command_context, kept)
        if asked.fresh or not _SHELVES.keys() <= states.keys():
            some = not states.keys().isdisjoint(_SHELVES)
            with cached_will_do(known=some and not asked.fresh):
                await account.library.async_read(*_SHELVES)
            shows, states = await async_recall(command_context, kept)
        oldest = min(states[each].checked_at for each in _SHELVES if each in states)
        return PodcastsResult(
            account.listener.name, tuple(shows), CacheAge.since(command_context, oldest)
        )
