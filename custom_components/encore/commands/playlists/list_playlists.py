"""The command that lists a listener's playlists."""

from dataclasses import field
from typing import Annotated, Self, override

from msgspec import Struct

from ...dispatch.command import ReadCommand, Result
from ...dispatch.request_context import RequestContext
from ...history.records.saved_library import LibrarySection, SavedItem
from ...questions.base.response import MERGED
from ..accounts import account_of
from ..cache_age import CacheAge
from ..parameters import AccountParameters
from ..stored_library import FRESH, async_refreshed_sections


class PlaylistsParameters(AccountParameters):
    """Whose playlists, and how fresh."""

    fresh: Annotated[bool, FRESH] = False


class ListedPlaylist(Struct, frozen=True, kw_only=True):
    """A playlist of a library."""

    name: str
    uri: str
    owner: str | None
    items: int | None
    image_url: str | None

    @classmethod
    def of(cls, item: SavedItem) -> Self:
        """Return a playlist that is saved."""
        return cls(
            name=item.name,
            uri=item.uri,
            owner=item.by or None,
            items=item.parts,
            image_url=item.image_url,
        )


class PlaylistsResult(Result):
    """The playlists that a person made or follows, in Spotify's order."""

    listener: str
    playlists: tuple[ListedPlaylist, ...]
    known: CacheAge = field(metadata=MERGED)
    complete: bool
    """Whether these are all of them."""


class Playlists(ReadCommand[PlaylistsParameters, PlaylistsResult]):
    """Which playlists there are."""

    action = "get_playlists"
    description = "Returns the playlists of a Spotify library, your own and those that you follow."

    @override
    async def async_run(
        self, asked: PlaylistsParameters, context: RequestContext
    ) -> PlaylistsResult:
        account = account_of(context, asked.listener)
        stored = await async_refreshed_sections(
            context, account, LibrarySection.PLAYLISTS, fresh=asked.fresh
        )
        return PlaylistsResult(
            account.listener.name,
            tuple(ListedPlaylist.of(item) for _, item in stored.items),
            CacheAge.since(context, stored.checked_at),
            stored.complete,
        )
