"""What adding to and removing from a playlist share."""

from abc import abstractmethod
from typing import override

from ...access.policy import AccessLevel
from ...spotify.api.playlists import Playlists
from ..accounts import account_of
from ..command_context import CommandContext
from ..registry import Command
from .named_playlist import ItemsParameters, PlaylistResult, async_named, items_of


class PlaylistChange[P: ItemsParameters](Command[P, PlaylistResult]):
    """A change of what is in a playlist."""

    maturity = AccessLevel.AUTONOMOUS

    @abstractmethod
    async def async_change(
        self, playlists: Playlists, playlist: str, items: list[str], asked: P
    ) -> str | None:
        """Change the playlist of an id, and return its snapshot. Raises SpotifyError."""

    @override
    async def async_carry_out(
        self, asked: P, command_context: CommandContext
    ) -> PlaylistResult:
        account = account_of(command_context, asked.listener)
        items = items_of(asked.items)
        playlist = await async_named(command_context, account, asked.playlist)
        snapshot = await self.async_change(
            Playlists(account.gateway), playlist.id, items, asked
        )
        return PlaylistResult(
            account.listener.name, playlist.name, playlist.uri, snapshot, len(items)
        )
