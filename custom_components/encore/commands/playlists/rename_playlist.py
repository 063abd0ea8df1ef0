"""The command that renames a playlist."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...history.records.saved_library import note_renamed
from ...questions.parameters import Described, Form
from ...runtime.store.history_service import DATA_HISTORY
from ...spotify.api.playlists import Playlists
from ..accounts import account_of
from ..command_context import CommandContext
from ..registry import Command
from .named_playlist import PlaylistParameters, PlaylistResult, async_named

NEW_NAME: Final = Described(
    Form.TEXT, "New name", "What it is called from now on.", "Sunday", longest=100
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamePlaylistParameters(PlaylistParameters):
    """Whose playlist, which, and its new name."""

    new_name: Annotated[str, NEW_NAME]


class RenamePlaylist(Command[RenamePlaylistParameters, PlaylistResult]):
    """Another name."""

    key = "rename_playlist"
    title = "Rename a playlist"
    description = "Gives a playlist another name."
    icon = "mdi:playlist-edit"
    declares = RenamePlaylistParameters
    maturity = AccessLevel.AUTONOMOUS
    repeatable = True

    @override
    async def async_carry_out(
        self, asked: RenamePlaylistParameters, command_context: CommandContext
    ) -> PlaylistResult:
        account = account_of(command_context, asked.listener)
        playlist = await async_named(command_context, account, asked.playlist)
        name = asked.new_name
        await Playlists(account.gateway).async_change(playlist.id, name=name)
        await command_context.hass.data[DATA_HISTORY].async_write(
            lambda connection, ingest: note_renamed(
                connection, ingest.registers, account.listener, playlist.uri, name
            )
        )
        return PlaylistResult(account.listener.name, name, playlist.uri)
