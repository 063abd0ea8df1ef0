"""The command that lists followed artists."""

from dataclasses import dataclass, field
from typing import Annotated, Final, override

from ...dispatch.command import ReadCommand, Result
from ...dispatch.request_context import RequestContext
from ...history.records.saved_library import LibrarySection, SavedItem
from ...questions.base.parameters import SPOKEN
from ...questions.base.response import MERGED, NOT_DATA
from ...spotify.account import SpotifyAccount
from ...spotify.errors import RateLimited, Unavailable
from ...spotify.library.library_reader import LibraryReader, ListPart
from ...spotify.library.saved_items import async_saved_part, saved_thing
from ..accounts import account_of
from ..cache_age import CacheAge
from ..parameters import AccountParameters, limit_of
from ..things import SpotifyItem, spotify_items

LISTED: Final = 50
LIMIT: Final = limit_of(" of artists", 50, 20, 500, are_spoken=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingParameters(AccountParameters):
    """Who follows, and how many to name."""

    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True)
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
    icon = "mdi:account-group"

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
