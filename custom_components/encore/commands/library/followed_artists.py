"""The command that lists followed artists."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...history.records.saved_library import LibrarySection, SavedItem
from ...questions.parameters import Described, Form
from ...spotify.account import SpotifyAccount
from ...spotify.api.call_purpose import Priority
from ...spotify.api.items import SpotifyThing
from ...spotify.errors import RateLimited, Unavailable
from ...spotify.library.library_client import LibraryClient
from ...spotify.library.saved_items import SavedPart, async_saved_part, saved_thing
from ..accounts import account_of
from ..cache_age import CacheAge
from ..command_context import CommandContext
from ..parameters import AccountParameters
from ..registry import Command, Result
from ..things import thing_data

LISTED: Final = 50
SPOKEN: Final = 3
LIMIT: Final = Described(
    Form.COUNT,
    "Limit",
    "How many to name. Left out, up to 50 are returned and up to three are spoken.",
    20,
    most=500,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingParameters(AccountParameters):
    """Who follows, and how many to name."""

    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True)
class FollowingResult(Result):
    """Followed artists, as Spotify lists them; `more` says whether there are others."""

    listener: str
    artists: tuple[SpotifyThing, ...]
    more: bool
    limit: int | None
    known: CacheAge

    @property
    def spoken(self) -> list[str]:
        """Who is named."""
        return [artist.name for artist in self.artists[: self.limit or SPOKEN]]

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "artists": [thing_data(artist) for artist in self.artists],
            "more": self.more,
            **self.known.as_data(),
        }


class Following(Command[FollowingParameters, FollowingResult]):
    """Whom an account follows."""

    key = "following"
    title = "Following"
    description = "Tells which artists an account follows at Spotify."
    icon = "mdi:account-group"
    declares = FollowingParameters
    maturity = AccessLevel.INTERN
    reads = True

    @override
    async def async_carry_out(
        self, asked: FollowingParameters, command_context: CommandContext
    ) -> FollowingResult:
        account = account_of(command_context, asked.listener)
        wanted, now = asked.limit or LISTED, command_context.query_context.clock.now
        try:
            part = await _async_told(account, wanted, now)
        except Unavailable, RateLimited:
            kept = await async_saved_part(
                command_context.hass,
                account.listener,
                LibrarySection.ARTISTS,
                limit=wanted,
                hidden=command_context.query_context.withheld,
            )
            if kept is None:
                raise
            part = kept
        return FollowingResult(
            account.listener.name,
            part.things,
            part.more,
            asked.limit,
            CacheAge.since(command_context, part.checked_at),
        )


async def _async_told(account: SpotifyAccount, wanted: int, now: int) -> SavedPart:
    """Return as many artists as are wanted, as Spotify tells them. Raises SpotifyError."""
    shelves = LibraryClient(account.gateway, Priority.PERSON)
    read: list[SavedItem] = []
    more = True
    while more and len(read) < wanted:
        page = await shelves.async_page(
            LibrarySection.ARTISTS, len(read), read[-1].uri if read else None
        )
        read += [row.item for row in page.things]
        more = bool(page.things) and not page.ends(len(read))
    artists = tuple(saved_thing(LibrarySection.ARTISTS, item) for item in read[:wanted])
    return SavedPart(artists, now, more or len(read) > wanted)
