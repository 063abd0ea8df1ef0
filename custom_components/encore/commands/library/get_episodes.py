"""The action that returns episodes: of a show, new ones, or those in progress."""

from dataclasses import dataclass
from typing import Annotated, Any, override

from ...access.policy import AccessLevel
from ...dispatch.command import Choice, Command
from ...questions.base.errors import BadParameter
from .continue_listening import ContinueListening
from .episode_progress import EpisodesParameters
from .episodes import SHOW, STATUS, Episodes, EpisodeStatus, ShowParameters
from .new_episodes import SINCE, NewEpisodes, NewEpisodesParameters


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
            return Episodes(), ShowParameters(
                listener=asked.listener,
                limit=asked.limit,
                fresh=asked.fresh,
                show=asked.show,
                status=asked.status,
            )
        match asked.status:
            case EpisodeStatus.NEW:
                return NewEpisodes(), NewEpisodesParameters(
                    listener=asked.listener,
                    limit=asked.limit,
                    fresh=asked.fresh,
                    since=asked.since,
                )
            case EpisodeStatus.IN_PROGRESS:
                return ContinueListening(), EpisodesParameters(
                    listener=asked.listener, limit=asked.limit, fresh=asked.fresh
                )
        raise BadParameter("show")
