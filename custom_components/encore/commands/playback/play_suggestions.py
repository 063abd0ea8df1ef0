"""The commands that play what somebody usually hears at this hour, or has not heard for a long time."""

from abc import abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass
import random
from typing import Annotated, Final, override

from ...dispatch.dispatcher import async_ask
from ...dispatch.request_context import RequestContext
from ...history.model import By, Kind, TopOf, Window
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.usual_now import usual
from ...history.time_ranges.local_clock import back
from ...questions.base.answer import AnsweredTrack, tracks_of_top
from ...questions.base.scope import WhoParameters, scope_of
from ...questions.forgotten_favourites import (
    ForgottenFavourites,
    ForgottenFavouritesParameters,
)
from ...questions.naming.listener_choice import asking_about
from ...runtime.store.history_service import DATA_HISTORY
from ..errors import NothingUsual
from .play import PlayCommand, Playing, PlayResult, WhereParameters
from .play_again import HEARD_BY
from .play_answer import AT_ONCE, async_put_tracks

CHOSEN_FROM: Final = 50
"""Of how many of the most loved some are played: never the same ten."""
LOOKED_BACK: Final = 1
"""How many years count: habits change."""

type Names = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionParameters(WhereParameters):
    """Whose listening it goes by, and for whom and where to play."""

    heard_by: Annotated[str | tuple[str, ...] | None, HEARD_BY] = None


class _PlaySuggestion(PlayCommand[SuggestionParameters]):
    """Tracks that are chosen by what somebody heard."""

    @override
    def request(
        self, asked: SuggestionParameters, playing: Playing
    ) -> tuple[Hashable, ...]:
        return (_by(asked, playing),)

    @override
    async def async_play(
        self, asked: SuggestionParameters, playing: Playing
    ) -> PlayResult:
        place = playing.place()
        tracks = await self.async_tracks(_by(asked, playing), playing)
        return await async_put_tracks(playing, tracks, place)

    @abstractmethod
    async def async_tracks(self, by: Names, playing: Playing) -> list[AnsweredTrack]:
        """Return what is played. Raises QuestionError and CommandError."""


class PlayForNow(_PlaySuggestion):
    """What fits the hour."""

    title = "Play something for now"
    description = "Plays what is usually heard at this hour of this weekday, in a room, on a speaker or on a device: by the plays of the last year."
    icon = "mdi:clock-star-four-points-outline"

    @override
    async def async_tracks(self, by: Names, playing: Playing) -> list[AnsweredTrack]:
        if tracks := await _async_usual(playing.context, by):
            return list(tracks)
        raise NothingUsual(name=playing.account.listener.name)


class PlayForgotten(_PlaySuggestion):
    """Once more, after a long time."""

    title = "Play forgotten favorites"
    description = "Plays some tracks that were heard much once and have not been heard for half a year, in a room, on a speaker or on a device."
    icon = "mdi:heart-circle-outline"

    @override
    async def async_tracks(self, by: Names, playing: Playing) -> list[AnsweredTrack]:
        asked = ForgottenFavouritesParameters(listener=by, limit=CHOSEN_FROM)
        answer = await async_ask(ForgottenFavourites(), asked, playing.context)
        return random.sample(answer.tracks, len(answer.tracks))


def _by(asked: SuggestionParameters, playing: Playing) -> Names:
    return asked.heard_by or playing.account.listener.key


async def _async_usual(context: RequestContext, by: Names) -> tuple[AnsweredTrack, ...]:
    """Return what listeners usually hear now, the most usual first. Raises UnknownListener."""
    asked = WhoParameters(listener=by)

    def read(queries: HistoryQueries) -> tuple[AnsweredTrack, ...]:
        query_context = asking_about(queries, asked, context.query_context)
        clock = query_context.clock
        filters = scope_of(queries, asked, query_context).filters
        filters["kinds"] = (Kind.TRACK,)
        year = Window(back(clock, LOOKED_BACK, "year"), clock.now)
        counts = usual(queries.select(year, **filters), clock.zone, clock.wall)
        # Files of somebody's own cannot be played: there are more to choose from.
        entries = queries.ranked(TopOf.TRACKS, counts, By.PLAYS, 2 * AT_ONCE)
        return tracks_of_top(TopOf.TRACKS, entries)

    memory = context.hass.data[DATA_HISTORY]
    async with memory.async_held():
        return await memory.async_ask(read, hidden=context.query_context.hidden)
