"""The action that returns episodes: of a show, new ones, or those in progress; and the commands for the latter two."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Final, override

from ...access.policy import AccessLevel
from ...dispatch.command import Choice, Command, ReadCommand, part_of
from ...dispatch.request_context import RequestContext
from ...history.time_ranges.ranges import resolve_window
from ...questions.base.errors import BadParameter
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
from .episodes import SHOW, STATUS, Episodes, EpisodeStatus, ShowParameters

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


class NewEpisodes(ReadCommand[NewEpisodesParameters, NewEpisodesResult]):
    """What came out and was not heard to the end."""

    description = "Tells which episodes of the podcasts that a person follows came out of late and are not finished, with how far each was heard."
    icon = "mdi:new-box"
    interfaces = PART

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


class ContinueListening(ReadCommand[EpisodesParameters, EpisodesResult]):
    """What was begun and not finished."""

    description = "Tells which podcast episodes and chapters of audiobooks a person began and did not finish, the last heard first, and how much of each is left."
    icon = "mdi:play-pause"
    interfaces = PART

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


@dataclass(frozen=True, slots=True, kw_only=True)
class GetEpisodesParameters(EpisodesParameters):
    """Of which show, or of all, with which status, for whom, how many, and how fresh."""

    show: Annotated[str | None, SHOW] = None
    status: Annotated[EpisodeStatus, STATUS] = EpisodeStatus.ALL
    since: Annotated[str | None, SINCE] = None


class GetEpisodes(Choice[GetEpisodesParameters]):
    """The episodes of a show, or of all that are followed."""

    title = "Get episodes"
    description = "Returns the episodes of a podcast or the chapters of an audiobook with your progress, or new episodes and those in progress of everything you follow."
    icon = "mdi:playlist-play"
    access_level = AccessLevel.INTERN
    reads = True
    everyday = True

    @override
    def chosen(self, asked: GetEpisodesParameters) -> tuple[Command[Any, Any], object]:
        if asked.since is not None and (
            asked.show or asked.status is not EpisodeStatus.NEW
        ):
            raise BadParameter("since")
        if asked.show is not None:
            return Episodes(), part_of(ShowParameters, asked)
        match asked.status:
            case EpisodeStatus.NEW:
                return NewEpisodes(), part_of(NewEpisodesParameters, asked)
            case EpisodeStatus.IN_PROGRESS:
                return ContinueListening(), part_of(EpisodesParameters, asked)
        raise BadParameter("show")
