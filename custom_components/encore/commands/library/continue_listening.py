"""The command that lists episodes and chapters in progress."""

from typing import override

from ...access.policy import AccessLevel
from ...dispatch.command import Command
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import PART
from ..accounts import account_of
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

    description = "Tells which podcast episodes and chapters of audiobooks a person began and did not finish, the last heard first, and how much of each is left."
    icon = "mdi:play-pause"
    interfaces = PART
    access_level = AccessLevel.INTERN
    reads = True

    @override
    async def async_run(
        self, asked: EpisodesParameters, context: RequestContext
    ) -> EpisodesResult:
        account = account_of(context, asked.listener)
        key, limit = account.listener.key, asked.limit or USUAL
        shows = await async_shows(context, account, fresh=asked.fresh)
        found = await async_query(
            context, lambda queries: queries.podcasts.under_way(key, limit)
        )
        return EpisodesResult(
            listener=account.listener.name,
            episodes=heard(found),
            known=known_since(context, shows),
        )
