"""The command that lists a listener's playlists."""

from dataclasses import dataclass
from typing import Annotated, override

from ...access.policy import AccessLevel
from ...history.records.saved_library import LibrarySection, SavedItem
from ..accounts import account_of
from ..cache_age import CacheAge
from ..command_context import CommandContext
from ..parameters import AccountParameters
from ..registry import Command, Result
from ..stored_library import FRESH, async_refreshed_sections


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaylistsParameters(AccountParameters):
    """Whose playlists, and how fresh."""

    fresh: Annotated[bool, FRESH] = False


@dataclass(frozen=True, slots=True)
class PlaylistsResult(Result):
    """The playlists that a person made or follows, in Spotify's order."""

    listener: str
    playlists: tuple[SavedItem, ...]
    known: CacheAge
    complete: bool
    """Whether these are all of them."""

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "playlists": [
                {
                    "name": each.name,
                    "uri": each.uri,
                    "owner": each.by or None,
                    "items": each.parts,
                    "image_url": each.image_url,
                }
                for each in self.playlists
            ],
            "complete": self.complete,
            **self.known.as_data(),
        }


class Playlists(Command[PlaylistsParameters, PlaylistsResult]):
    """Which playlists there are."""

    key = "playlists"
    title = "Playlists"
    description = "Lists the playlists that a person made or follows at Spotify."
    icon = "mdi:playlist-music-outline"
    declares = PlaylistsParameters
    access_level = AccessLevel.INTERN
    reads = True

    @override
    async def async_run(
        self, asked: PlaylistsParameters, command_context: CommandContext
    ) -> PlaylistsResult:
        account = account_of(command_context, asked.listener)
        stored = await async_refreshed_sections(
            command_context, account, LibrarySection.PLAYLISTS, fresh=asked.fresh
        )
        return PlaylistsResult(
            account.listener.name,
            tuple(item for _, item in stored.items),
            CacheAge.since(command_context, stored.checked_at),
            stored.complete,
        )
