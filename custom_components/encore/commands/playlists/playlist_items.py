"""The command that lists the items of a playlist."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...questions.parameters import Described, Form
from ...spotify.api.playlists import PlaylistEntry, Playlists
from ...spotify.errors import CommandRefused, NotFound
from ..accounts import account_of
from ..cache_age import CacheAge
from ..command_context import CommandContext
from ..errors import ItemsHidden
from ..registry import Command, Result
from ..stored_library import FRESH
from .named_playlist import MOST_PLACES, PlaylistParameters, async_named

LIMIT: Final = Described(
    Form.COUNT,
    "Limit",
    "How many of its items, from the first on; 100 if left out.",
    100,
    most=MOST_PLACES,
)
_USUAL: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaylistItemsParameters(PlaylistParameters):
    """Whose playlist, which, and how much of it."""

    limit: Annotated[int | None, LIMIT] = None
    fresh: Annotated[bool, FRESH] = False


@dataclass(frozen=True, slots=True)
class PlaylistItemsResult(Result):
    """What is in a playlist, in order."""

    listener: str
    name: str
    uri: str
    entries: tuple[PlaylistEntry, ...]
    known: CacheAge

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "playlist": self.name,
            "uri": self.uri,
            "items": [
                {
                    # People count from 1, and so do the commands that take a place.
                    "place": entry.place + 1,
                    "title": entry.item.title if entry.item else None,
                    "artists": list(entry.item.artists) if entry.item else [],
                    "album": entry.item.album or None if entry.item else None,
                    "uri": entry.item.uri if entry.item else None,
                }
                for entry in self.entries
            ],
            **self.known.as_data(),
        }


class PlaylistItems(Command[PlaylistItemsParameters, PlaylistItemsResult]):
    """What is in a playlist."""

    key = "playlist_items"
    title = "Playlist items"
    description = "Tells what is in a playlist. Spotify shows that only of playlists that are the person's own or that people work on together."
    icon = "mdi:format-list-numbered"
    declares = PlaylistItemsParameters
    access_level = AccessLevel.INTERN
    reads = True

    @override
    async def async_run(
        self, asked: PlaylistItemsParameters, command_context: CommandContext
    ) -> PlaylistItemsResult:
        account = account_of(command_context, asked.listener)
        playlist = await async_named(command_context, account, asked.playlist)
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
            tuple(entries.value),
            CacheAge.answered(command_context, entries),
        )
