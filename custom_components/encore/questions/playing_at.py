"""Question: what was playing at a moment."""

from typing import Annotated, Final, override

from ..history.model import COUNTED_FROM_MS, Play, Window
from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.moments import resolve_moment
from .base.active_plays import (
    known_by_now,
    newest_first,
    not_among,
    plays_under_way,
    sounded_at,
)
from .base.answer import Answer, AnsweredPlay, AnsweredTrack, tracks_of_plays
from .base.parameters import MOMENT, SPOKEN
from .base.query_context import QueryContext
from .base.question import Question
from .base.response import Moment
from .base.scope import WhoParameters, scope_of

LOOKED_BACK_MS: Final = 3 * 3_600_000
"""How long before a silent moment the last play is still worth telling."""

JUST_MS: Final = 2 * 60_000
"""Who asks in silence for a moment this short ago means what has begun since."""


class PlayingAtParameters(WhoParameters):
    """Which moment, whose plays and where."""

    moment: Annotated[str, MOMENT]


class PlayingAtAnswer(Answer, kw_only=True):
    """What sounded, or in silence what had sounded before."""

    moment: Moment
    recorded: bool | None
    """Whether the moment is covered; None where nobody knows when these listeners were recorded."""
    plays: tuple[AnsweredPlay, ...]
    """What sounded, the last started first."""
    before: AnsweredPlay | None
    """In silence, the last play of the hours before."""

    @property
    def spoken(self) -> tuple[AnsweredPlay, ...]:
        """What is named."""
        return self.plays[:SPOKEN]

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_plays(self.plays)


class PlayingAt(Question[PlayingAtParameters, PlayingAtAnswer]):
    """What sounded at a moment, for whom and where."""

    action = "get_played_at"
    title = "What was playing"
    description = "Returns what was playing at a moment, for whom and where."
    holds_tracks = True

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: PlayingAtParameters,
        query_context: QueryContext,
    ) -> PlayingAtAnswer:
        moment = resolve_moment(asked.moment, query_context.clock)
        scope = scope_of(queries, asked, query_context)
        rooms, now = scope.filters["rooms"], query_context.clock.now
        under_way = plays_under_way(query_context, scope)
        over = known_by_now(queries.playing_at(moment, **scope.filters), under_way)
        under_way = not_among(under_way, over)
        plays = over + [play for play in under_way if sounded_at(play, moment, rooms)]
        if not plays and now - moment <= JUST_MS:
            plays = [play for play in under_way if sounded_at(play, now, rooms)]
            moment = now if plays else moment
        before: list[Play] = []
        if not plays:
            # Who asks for the last song means the last one, however long ago.
            back = moment if now - moment <= JUST_MS else LOOKED_BACK_MS
            earlier = Window(moment - back, moment)
            before = queries.plays(earlier, limit=1, **scope.filters)
            least = scope.filters.get("min_ms", COUNTED_FROM_MS)
            before += not_among(
                (
                    play
                    for play in under_way
                    if play.started_at in earlier and play.ms_played >= least
                ),
                before,
            )
        coverage = scope.coverage
        return PlayingAtAnswer(
            scope=scope,
            moment=Moment.at(scope.clock, moment),
            recorded=moment - 1 in coverage if coverage.recorded else None,
            plays=tuple(AnsweredPlay.of(play, scope) for play in newest_first(plays)),
            before=AnsweredPlay.of(newest_first(before)[0], scope) if before else None,
        )
