"""The command that lists the items of a playlist."""

from dataclasses import field
from typing import Annotated, Final, Self, override

from msgspec import Struct

from ...dispatch.command import ReadCommand, Result
from ...dispatch.request_context import RequestContext
from ...questions.base.response import MERGED
from ...spotify.api.playlists import PlaylistEntry, Playlists
from ...spotify.errors import CommandRefused, NotFound
from ..accounts import account_of
from ..cache_age import CacheAge
from ..errors import ItemsHidden
from ..parameters import limit_of
from ..stored_library import FRESH
from .named_playlist import MOST_PLACES, PlaylistParameters, async_named

LIMIT: Final = limit_of(" of items", 100, 100, MOST_PLACES)
_USUAL: Final = 100


class PlaylistItemsParameters(PlaylistParameters):
    """Whose playlist, which, and how much of it."""

    limit: Annotated[int | None, LIMIT] = None
    fresh: Annotated[bool, FRESH] = False


class PlaylistPlace(Struct, frozen=True, kw_only=True, rename={"place": "position"}):
    """A place of a playlist, counted from 1, and what stands there; without a title it is gone from Spotify."""

    place: int
    title: str | None = None
    artists: tuple[str, ...] = ()
    album: str | None = None
    uri: str | None = None

    @classmethod
    def of(cls, entry: PlaylistEntry) -> Self:
        """Return an entry; people count from 1, and so do the commands that take a place."""
        place = entry.place + 1
        if (item := entry.item) is None:
            return cls(place=place)
        return cls(
            place=place,
            title=item.title,
            artists=item.artists,
            album=item.album or None,
            uri=item.uri,
        )


class PlaylistItemsResult(Result):
    """What is in a playlist, in order."""

    listener: str
    playlist: str
    uri: str
    items: tuple[PlaylistPlace, ...]
    known: CacheAge = field(metadata=MERGED)


class PlaylistItems(ReadCommand[PlaylistItemsParameters, PlaylistItemsResult]):
    """What is in a playlist."""

    action = "get_playlist_items"
    description = "Returns the items of a playlist. Spotify shows them only for your own and collaborative playlists."

    @override
    async def async_run(
        self, asked: PlaylistItemsParameters, context: RequestContext
    ) -> PlaylistItemsResult:
        account = account_of(context, asked.listener)
        playlist = await async_named(context, account, asked.playlist)
        try:
            entries = await Playlists(account.gateway).async_entries(
                playlist.id, asked.limit or _USUAL, 0 if asked.fresh else None
            )
        except NotFound:
            raise
        except CommandRefused as err:
            raise ItemsHidden(name=playlist.name) from err
        return PlaylistItemsResult(
            account.listener.name,
            playlist.name,
            playlist.uri,
            tuple(map(PlaylistPlace.of, entries.value)),
            CacheAge.answered(context, entries),
        )
