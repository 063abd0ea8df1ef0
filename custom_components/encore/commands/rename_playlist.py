"""The command that gives a playlist another name."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ..history.library import note_renamed
from ..memory import DATA_MEMORY
from ..policy import Maturity
from ..questions.parameters import Described, Form
from ..spotify.playlists import Playlists
from .accounts import account_of
from .commanding import Commanding
from .playlist_named import PlaylistParameters, PlaylistResult, async_named
from .registry import Command

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
    maturity = Maturity.AUTONOMOUS
    repeatable = True

    @override
    async def async_carry_out(
        self, asked: RenamePlaylistParameters, commanding: Commanding
    ) -> PlaylistResult:
        account = account_of(commanding, asked.listener)
        playlist = await async_named(commanding, account, asked.playlist)
        name = asked.new_name
        await Playlists(account.gateway).async_change(playlist.id, name=name)
        await commanding.hass.data[DATA_MEMORY].async_keep(
            lambda connection, registers: note_renamed(
                connection, registers, account.listener, playlist.uri, name
            )
        )
        return PlaylistResult(account.listener.name, name, playlist.uri)
