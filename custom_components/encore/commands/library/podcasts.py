"""The command that lists followed podcasts and audiobooks."""

from dataclasses import dataclass, field
from typing import Annotated, Self, override

from msgspec import Struct

from ...dispatch.command import ReadCommand, Result
from ...dispatch.request_context import RequestContext
from ...history.records.saved_library import LibrarySection, SavedItem
from ...questions.base.response import MERGED
from ...spotify.library.sections import SHOW_SECTIONS
from ..accounts import account_of
from ..cache_age import CacheAge
from ..parameters import AccountParameters
from ..stored_library import FRESH, async_refreshed_sections

_TYPES = {LibrarySection.SHOWS: "podcast", LibrarySection.AUDIOBOOKS: "audiobook"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastsParameters(AccountParameters):
    """Whose podcasts, and how fresh."""

    fresh: Annotated[bool, FRESH] = False


class SavedShow(Struct, frozen=True, kw_only=True):
    """A show or book of a library."""

    name: str
    uri: str
    type: str
    by: str | None
    episodes: int | None
    image_url: str | None

    @classmethod
    def of(cls, section: LibrarySection, item: SavedItem) -> Self:
        """Return what is saved in a section."""
        return cls(
            name=item.name,
            uri=item.uri,
            type=_TYPES[section],
            by=item.by or None,
            episodes=item.parts,
            image_url=item.image_url,
        )


@dataclass(frozen=True, slots=True)
class PodcastsResult(Result):
    """The shows and books of a library, the last saved first."""

    listener: str
    shows: tuple[SavedShow, ...]
    known: CacheAge = field(metadata=MERGED)


class Podcasts(ReadCommand[PodcastsParameters, PodcastsResult]):
    """Which shows and books there are."""

    action = "get_shows"
    title = "Podcasts and audiobooks"
    description = "Returns the podcasts and audiobooks of a Spotify library."
    icon = "mdi:podcast"

    @override
    async def async_run(
        self, asked: PodcastsParameters, context: RequestContext
    ) -> PodcastsResult:
        account = account_of(context, asked.listener)
        stored = await async_refreshed_sections(
            context, account, *SHOW_SECTIONS, fresh=asked.fresh
        )
        return PodcastsResult(
            account.listener.name,
            tuple(SavedShow.of(*each) for each in stored.items),
            CacheAge.since(context, stored.checked_at),
        )
