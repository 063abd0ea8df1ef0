"""The command that lists new episodes of followed podcasts."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...dispatch.command import Command
from ...dispatch.request_context import RequestContext
from ...history.time_ranges.ranges import resolve_window
from ...questions.base.operation import PART
from ...questions.base.parameters import Described, Form
from ...questions.base.response import NOT_DATA
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

SINCE: Final = Described(
    Form.WINDOW,
    "Since",
    "Released since: a date, or a time period, whose first day counts. Default: the last 7 days.",
    "yesterday",
)
_USUALLY: Final = "last_7_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEpisodesParameters(EpisodesParameters):
    """Whose podcasts, since when, and how many episodes."""

    since: Annotated[str | None, SINCE] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEpisodesResult(EpisodesResult):
    """Episodes, the newest first."""

    since: date
    """The day from which on they count."""
    start: int = field(metadata=NOT_DATA)
    """When that began (UTC ms)."""


class NewEpisodes(Command[NewEpisodesParameters, NewEpisodesResult]):
    """What came out and was not heard to the end."""

    description = "Tells which episodes of the podcasts that a person follows came out of late and are not finished, with how far each was heard."
    icon = "mdi:new-box"
    interfaces = PART
    access_level = AccessLevel.INTERN
    reads = True

    @override
    async def async_run(
        self, asked: NewEpisodesParameters, context: RequestContext
    ) -> NewEpisodesResult:
        clock = context.query_context.clock
        start = resolve_window(asked.since or _USUALLY, clock).window.start
        day = clock.local(start).date()
        account = account_of(context, asked.listener)
        key, limit = account.listener.key, asked.limit or USUAL
        shows = await async_shows(context, account, fresh=asked.fresh)
        found = await async_query(
            context,
            lambda queries: queries.podcasts.new(key, day.isoformat(), limit),
        )
        return NewEpisodesResult(
            listener=account.listener.name,
            episodes=heard(found),
            known=known_since(context, shows),
            since=day,
            start=clock.instant(day),
        )
