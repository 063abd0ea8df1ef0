"""The commands that list followed artists, and followed podcasts and audiobooks."""

from dataclasses import field
from typing import Annotated, Final, Self, override

from msgspec import Struct

from ...dispatch.command import ReadCommand, Result
from ...dispatch.request_context import RequestContext
from ...history.records.saved_library import LibrarySection, SavedItem
from ...questions.base.parameters import SPOKEN
from ...questions.base.response import MERGED, NOT_DATA
from ...spotify.account import SpotifyAccount
from ...spotify.errors import RateLimited, Unavailable
from ...spotify.library.library_reader import LibraryReader, ListPart
from ...spotify.library.saved_items import async_saved_part, saved_thing
from ...spotify.library.sections import SHOW_SECTIONS
from ..accounts import account_of
from ..cache_age import CacheAge
from ..parameters import AccountParameters, limit_of
from ..stored_library import FRESH, async_refreshed_sections
from ..things import SpotifyItem, spotify_items

LISTED: Final = 50
LIMIT: Final = limit_of(" of artists", 50, 20, 500, are_spoken=True)


class FollowingParameters(AccountParameters):
    """Who follows, and how many to name."""

    limit: Annotated[int | None, LIMIT] = None


class FollowingResult(Result):
    """Followed artists, as Spotify lists them; `more` says whether there are others."""

    listener: str
    artists: tuple[SpotifyItem, ...]
    more: bool
    limit: int | None = field(metadata=NOT_DATA)
    known: CacheAge = field(metadata=MERGED)

    @property
    def spoken(self) -> list[str]:
        """Who is named."""
        return [artist.name for artist in self.artists[: self.limit or SPOKEN]]


class Following(ReadCommand[FollowingParameters, FollowingResult]):
    """Whom an account follows."""

    action = "get_followed_artists"
    description = "Returns the artists that an account follows on Spotify."

    @override
    async def async_run(
        self, asked: FollowingParameters, context: RequestContext
    ) -> FollowingResult:
        account = account_of(context, asked.listener)
        wanted, now = asked.limit or LISTED, context.query_context.clock.now
        try:
            part = await _async_read(account, wanted, now)
        except Unavailable, RateLimited:
            stored = await async_saved_part(
                context.hass,
                account.listener,
                LibrarySection.ARTISTS,
                limit=wanted,
                hidden=context.query_context.hidden,
            )
            if stored is None:
                raise
            part = stored
        return FollowingResult(
            account.listener.name,
            spotify_items(part.things),
            part.more is not None,
            asked.limit,
            CacheAge.since(context, part.stale_from),
        )


async def _async_read(account: SpotifyAccount, wanted: int, now: int) -> ListPart:
    """Read as many artists as are wanted from Spotify. Raises SpotifyError."""
    reader = LibraryReader(account.gateway)
    read: list[SavedItem] = []
    more = True
    while more and len(read) < wanted:
        page = await reader.async_page(
            LibrarySection.ARTISTS, len(read), read[-1].uri if read else None
        )
        read += [row.item for row in page.things]
        more = bool(page.things) and not page.ends(len(read))
    artists = tuple(saved_thing(LibrarySection.ARTISTS, item) for item in read[:wanted])
    is_cut = bool(artists) and (more or len(read) > wanted)
    return ListPart(artists, artists[-1].id if is_cut else None, stale_from=now)


_TYPES = {LibrarySection.SHOWS: "podcast", LibrarySection.AUDIOBOOKS: "audiobook"}


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
