"""Question: when was something played first, and last."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, override

from ..history.merge.same_song import normalized
from ..history.model import COUNTED_FROM_MS, Item, Kind, Play, Thing, ThingOf, Total
from ..history.queries.history_queries import HistoryQueries
from .active_plays import newest_first, not_in_history, plays_under_way
from .answer import WindowAnswer, play_data, total_data
from .naming.named_items import Named, ThingParameters, named_thing
from .parameters import Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import scope_of, window_of

WHICH: Final = Described(
    Form.FILTER,
    "Which",
    "Which of the two to tell, the first or the last; both if left out.",
    "first",
)


class Which(StrEnum):
    """What of several plays is told."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenHeardParameters(ThingParameters):
    """What was heard, by whom, where and when, and which time of it to tell."""

    which: Annotated[Which | None, WHICH] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenHeardAnswer(WindowAnswer):
    """The first and the last play of something."""

    named: Named
    which: Which | None
    total: Total
    first: Play | None
    last: Play | None
    """The one under way, where it is one."""

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            **self.named.as_data(),
            "which": str(self.which) if self.which else None,
            "total": total_data(self.total),
            "first": self.first and play_data(self.first, self.scope),
            "last": self.last and play_data(self.last, self.scope),
        }


class WhenHeard(Question[WhenHeardParameters, WhenHeardAnswer]):
    """The first and the last time that something was heard."""

    key = "when_heard"
    title = "When it was heard"
    description = "Answers when a track, an artist, an album, a show or an episode was first and last heard, by whom, where and how."
    icon = "mdi:history"
    declares = WhenHeardParameters

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: WhenHeardParameters,
        query_context: QueryContext,
    ) -> WhenHeardAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        named = named_thing(queries, asked, scope, when.window)
        thing = named.thing
        least = scope.filters.get("min_ms", COUNTED_FROM_MS)
        now = newest_first(
            play
            for play in not_in_history(
                queries, plays_under_way(query_context, scope), scope
            )
            if play.started_at in when.window
            and play.ms_played >= least
            and is_of(play.item, thing)
        )
        first, last, total = None, None, Total(0, 0)
        if named.heard:
            first = queries.play_of(thing, thing.first, **scope.filters)
            last = queries.play_of(thing, thing.last, **scope.filters)
            total = thing.total
        return WhenHeardAnswer(
            scope=scope,
            when=when,
            named=named,
            which=asked.which,
            total=Total(
                total.plays + len(now),
                total.ms_played + sum(play.ms_played for play in now),
            ),
            first=first or (now[-1] if now else None),
            last=now[0] if now else last,
        )


def is_of(item: Item, thing: Thing) -> bool:
    """Whether what is played is a thing, or of it."""
    if (item.kind is Kind.TRACK) is (thing.of in {ThingOf.SHOW, ThingOf.EPISODE}):
        return False
    name, by = normalized(thing.name), normalized(thing.artist)
    artists = [normalized(artist) for artist in item.artists]
    match thing.of:
        case ThingOf.ARTIST:
            return name in artists
        case ThingOf.SHOW:
            return artists[:1] == [name]
        case ThingOf.ALBUM:
            return normalized(item.album) == name and artists[:1] == [by]
        case _:
            return item.uri == thing.uri or (
                normalized(item.title) == name and artists[:1] == [by]
            )
