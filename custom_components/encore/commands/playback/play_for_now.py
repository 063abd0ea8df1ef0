"""The command that plays what is usually played at this hour of this weekday."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...history.model import By, Kind, TopOf, Window
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.usual_now import usual
from ...history.time_ranges.local_clock import back
from ...questions.answer import AnsweredTrack, tracks_of_top
from ...questions.naming.listener_choice import asking_about
from ...questions.scope import WhoParameters, scope_of
from ...runtime.store.history_service import DATA_HISTORY
from ..accounts import account_of
from ..command_context import CommandContext
from ..deduplicate import async_once
from ..errors import NothingUsual
from ..registry import Command
from .play import Playing, PlayResult, WhereParameters
from .play_again import HEARD_BY
from .play_answer import AT_ONCE, async_put_tracks

LOOKED_BACK: Final = 1
"""How many years count: habits change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayForNowParameters(WhereParameters):
    """Whose habits, and for whom and where to play."""

    heard_by: Annotated[str | tuple[str, ...] | None, HEARD_BY] = None


class PlayForNow(Command[PlayForNowParameters, PlayResult]):
    """What fits the hour."""

    key = "play_for_now"
    title = "Play something for now"
    description = "Plays what is usually heard at this hour of this weekday, in a room, on a speaker or on a device: by the plays of the last year."
    icon = "mdi:clock-star-four-points-outline"
    declares = PlayForNowParameters
    access_level = AccessLevel.SUPERVISED

    @override
    async def async_run(
        self, asked: PlayForNowParameters, command_context: CommandContext
    ) -> PlayResult:
        account = account_of(command_context, asked.listener)
        playing = Playing(command_context, account, asked.room, asked.enqueue)
        by = asked.heard_by or account.listener.key
        result, repeated = await async_once(
            command_context.hass,
            (self.key, by, *playing.request),
            partial(_async_play, playing, by),
        )
        return replace(result, repeated=repeated)


async def _async_play(playing: Playing, by: str | tuple[str, ...]) -> PlayResult:
    place = playing.place()
    tracks = await _async_usual(playing.command_context, by)
    if not tracks:
        raise NothingUsual(name=playing.account.listener.name)
    return await async_put_tracks(playing, tracks, PlayForNow.key, place)


async def _async_usual(
    command_context: CommandContext, by: str | tuple[str, ...]
) -> tuple[AnsweredTrack, ...]:
    """Return what listeners usually hear now, the most usual first. Raises UnknownListener."""
    asked = WhoParameters(listener=by)

    def read(queries: HistoryQueries) -> tuple[AnsweredTrack, ...]:
        query_context = asking_about(queries, asked, command_context.query_context)
        clock = query_context.clock
        filters = scope_of(queries, asked, query_context).filters
        filters["kinds"] = (Kind.TRACK,)
        year = Window(back(clock, LOOKED_BACK, "year"), clock.now)
        counts = usual(queries.select(year, **filters), clock.zone, clock.wall)
        # Files of somebody's own cannot be played: there are more to choose from.
        entries = queries.ranked(TopOf.TRACKS, counts, By.PLAYS, 2 * AT_ONCE)
        return tracks_of_top(TopOf.TRACKS, entries)

    memory = command_context.hass.data[DATA_HISTORY]
    async with memory.async_held():
        return await memory.async_ask(
            read, hidden=command_context.query_context.withheld
        )
