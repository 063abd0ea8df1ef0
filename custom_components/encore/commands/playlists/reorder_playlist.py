"""The command that moves items within a playlist."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...questions.parameters import Described, Form
from ...spotify.api.playlists import Playlists
from ..accounts import account_of
from ..command_context import CommandContext
from ..registry import Command
from .named_playlist import (
    MOST_PLACES,
    PlaylistParameters,
    PlaylistResult,
    async_at_a_place,
    async_named,
)

PLACE: Final = Described(
    Form.COUNT,
    "Place",
    "Which item to move, or the first of several, counted from 1.",
    3,
    most=MOST_PLACES,
)
TO: Final = Described(
    Form.COUNT,
    "To",
    "At which place it stands then, counted from 1.",
    1,
    most=MOST_PLACES,
)
MANY: Final = Described(
    Form.COUNT,
    "Count",
    "How many items move together; 1 if left out.",
    1,
    most=MOST_PLACES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorderPlaylistParameters(PlaylistParameters):
    """Whose playlist, which, what of it moves, and where to."""

    place: Annotated[int, PLACE]
    to: Annotated[int, TO]
    count: Annotated[int | None, MANY] = None


class ReorderPlaylist(Command[ReorderPlaylistParameters, PlaylistResult]):
    """Another order."""

    key = "reorder_playlist"
    title = "Reorder a playlist"
    description = "Moves one or several items that follow each other to another place of the playlist."
    icon = "mdi:playlist-edit"
    declares = ReorderPlaylistParameters
    maturity = AccessLevel.AUTONOMOUS

    @override
    async def async_carry_out(
        self, asked: ReorderPlaylistParameters, command_context: CommandContext
    ) -> PlaylistResult:
        account = account_of(command_context, asked.listener)
        playlist = await async_named(command_context, account, asked.playlist)
        length = asked.count or 1
        start, to = asked.place - 1, asked.to - 1
        # Spotify counts places of the order before the move.
        before = to if to <= start else to + length
        playlists = Playlists(account.gateway)
        moving = playlists.async_reorder(
            playlist.id, start=start, before=before, length=length
        )
        places = (start + length, before)
        snapshot = await async_at_a_place(playlists, playlist.id, places, moving)
        return PlaylistResult(
            account.listener.name, playlist.name, playlist.uri, snapshot, length
        )
