"""The command that removes a playlist from a library."""

from typing import override

from ...access.policy import AccessLevel
from ...history.records.saved_library import note_removed
from ...runtime.store.history_service import DATA_HISTORY
from ...spotify.api.playlists import Playlists
from ..accounts import account_of
from ..command_context import CommandContext
from ..registry import Command
from .named_playlist import PlaylistParameters, PlaylistResult, async_named


class UnfollowPlaylist(Command[PlaylistParameters, PlaylistResult]):
    """Out of the library."""

    key = "unfollow_playlist"
    title = "Unfollow a playlist"
    description = "Takes a playlist out of the person's library. One of their own is deleted by that, as at Spotify."
    icon = "mdi:playlist-remove"
    declares = PlaylistParameters
    maturity = AccessLevel.AUTONOMOUS
    repeatable = True

    @override
    async def async_carry_out(
        self, asked: PlaylistParameters, command_context: CommandContext
    ) -> PlaylistResult:
        account = account_of(command_context, asked.listener)
        playlist = await async_named(command_context, account, asked.playlist)
        await Playlists(account.gateway).async_unfollow(playlist.id)
        await command_context.hass.data[DATA_HISTORY].async_write(
            lambda connection, ingest: note_removed(
                connection, ingest.registers, account.listener, playlist.uri
            )
        )
        return PlaylistResult(account.listener.name, playlist.name, playlist.uri)
