"""The command that changes the description of a playlist."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...questions.parameters import Described, Form
from ...spotify.api.playlists import Playlists
from ..accounts import account_of
from ..command_context import CommandContext
from ..registry import Command
from .named_playlist import PlaylistParameters, PlaylistResult, async_named

DESCRIPTION: Final = Described(
    Form.TEXT,
    "Description",
    "What Spotify shows below the name.",
    "For late breakfasts",
    longest=300,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribePlaylistParameters(PlaylistParameters):
    """Whose playlist, which, and its new description."""

    description: Annotated[str, DESCRIPTION]


class DescribePlaylist(Command[DescribePlaylistParameters, PlaylistResult]):
    """Another description."""

    key = "describe_playlist"
    title = "Describe a playlist"
    description = "Changes what Spotify shows below the name of a playlist."
    icon = "mdi:text-box-edit-outline"
    declares = DescribePlaylistParameters
    maturity = AccessLevel.AUTONOMOUS
    repeatable = True

    @override
    async def async_carry_out(
        self, asked: DescribePlaylistParameters, command_context: CommandContext
    ) -> PlaylistResult:
        account = account_of(command_context, asked.listener)
        playlist = await async_named(command_context, account, asked.playlist)
        await Playlists(account.gateway).async_change(
            playlist.id, description=asked.description
        )
        return PlaylistResult(account.listener.name, playlist.name, playlist.uri)
