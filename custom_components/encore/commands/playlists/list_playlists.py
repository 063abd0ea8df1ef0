"""The command that lists a listener's playlists."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...history.records.saved_library import LibrarySection, SavedItem
from ...questions.parameters import Described, Form
from ..accounts import account_of
from ..cache_age import CacheAge, cached_will_do
from ..command_context import CommandContext
from ..parameters import AccountParameters
from ..registry import Command, Result
from .named_playlist import async_known_since

FRESH: Final = Described(
    Form.FLAG,
    "Fresh",
    "Whether to ask Spotify anew. Otherwise what was read last answers, and says how old it is.",
    example=True,
)


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
    maturity = AccessLevel.INTERN
    reads = True

    @override
    async def async_carry_out(
        self, asked: PlaylistsParameters, command_context: CommandContext
    ) -> PlaylistsResult:
        account = account_of(command_context, asked.listener)
        items, state = await async_known_since(command_context, account)
        if asked.fresh or state is None or not state.complete:
            with cached_will_do(known=state is not None and not asked.fresh):
                await account.library.async_read(LibrarySection.PLAYLISTS)
            items, state = await async_known_since(command_context, account)
        return PlaylistsResult(
            account.listener.name,
            tuple(items),
            CacheAge.since(command_context, state.checked_at if state else None),
            state is not None and state.complete,
        )
