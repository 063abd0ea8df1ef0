"""The command that lists episodes and chapters in progress."""

from typing import override

from ...access.policy import AccessLevel
from ..accounts import account_of
from ..command_context import CommandContext
from ..registry import Command
from ..stored_library import async_query
from .episode_progress import (
    USUAL,
    EpisodesParameters,
    EpisodesResult,
    async_shows,
    heard,
    known_since,
)


class ContinueListening(Command[EpisodesParameters, EpisodesResult]):
    """What was begun and not finished."""

    key = "continue_listening"
    title = "Continue listening"
    description = "Tells which podcast episodes and chapters of audiobooks a person began and did not finish, the last heard first, and how much of each is left."
    icon = "mdi:play-pause"
    declares = EpisodesParameters
    access_level = AccessLevel.INTERN
    reads = True
    everyday = True

    @override
    async def async_run(
        self, asked: EpisodesParameters, command_context: CommandContext
    ) -> EpisodesResult:
        account = account_of(command_context, asked.listener)
        key, limit = account.listener.key, asked.limit or USUAL
        shows = await async_shows(command_context, account, fresh=asked.fresh)
        found = await async_query(
            command_context, lambda queries: queries.podcasts.under_way(key, limit)
        )
        return EpisodesResult(
            listener=account.listener.name,
            episodes=heard(found),
            known=known_since(command_context, shows),
        )
