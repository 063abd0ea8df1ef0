"""The command that returns Spotify's own top list."""

from dataclasses import field
from enum import StrEnum
from typing import Annotated, Final, override

from ...dispatch.command import ReadCommand, Result
from ...dispatch.request_context import RequestContext
from ...questions.base.parameters import SPOKEN, Described, Form
from ...questions.base.response import MERGED, NOT_DATA, called
from ...spotify.api.top_items import MOST, TopSpan, async_top
from ..accounts import account_of
from ..cache_age import CacheAge
from ..parameters import AccountParameters, limit_of
from ..things import SpotifyItem

LISTED: Final = 20
OF: Final = Described(Form.CHOICE, "Tracks or artists.", "artists", title="Category")
SPAN: Final = Described(
    Form.FILTER,
    "The period: about four weeks (short_term), half a year (medium_term) or a year (long_term). Default: half a year.",
    "short_term",
)
LIMIT: Final = limit_of(" of entries", 20, 10, MOST, are_spoken=True)


class SpotifyTopOf(StrEnum):
    """What Spotify has top lists of."""

    TRACKS = "tracks"
    ARTISTS = "artists"


class SpotifyTopParameters(AccountParameters):
    """Whose top list, of what, how far back, how long."""

    of: Annotated[SpotifyTopOf, OF]
    span: Annotated[TopSpan, SPAN] = TopSpan.MEDIUM
    limit: Annotated[int | None, LIMIT] = None


class TopItem(SpotifyItem, frozen=True, kw_only=True, rename={"place": "rank"}):
    """A place of a top list, the first of which is 1."""

    place: int


class SpotifyTopResult(Result):
    """A top list, the first first."""

    listener: str
    of: SpotifyTopOf
    span: TopSpan = field(metadata=called("period"))
    top: tuple[TopItem, ...]
    limit: int | None = field(metadata=NOT_DATA)
    known: CacheAge = field(metadata=MERGED)

    @property
    def spoken(self) -> tuple[TopItem, ...]:
        """What is named."""
        return self.top[: self.limit or SPOKEN]


class SpotifyTop(ReadCommand[SpotifyTopParameters, SpotifyTopResult]):
    """What Spotify thinks that a person likes."""

    action = "get_spotify_top"
    title = "Top items on Spotify"
    description = "Returns Spotify's own top tracks or artists of an account. For any time period and room, use encore.get_top."
    everyday = True

    @override
    async def async_run(
        self, asked: SpotifyTopParameters, context: RequestContext
    ) -> SpotifyTopResult:
        account = account_of(context, asked.listener)
        top = await async_top(
            account.gateway, str(asked.of), asked.span, asked.limit or LISTED
        )
        return SpotifyTopResult(
            account.listener.name,
            asked.of,
            asked.span,
            tuple(
                TopItem.of(thing, place=place)
                for place, thing in enumerate(top.value, start=1)
            ),
            asked.limit,
            CacheAge.answered(context, top),
        )
