"""Question: how often was something played."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ..history.model import By, Place, Total
from ..history.queries.history_queries import HistoryQueries
from .answer import WindowAnswer, total_data
from .naming.named_items import OTHERS, Named, ThingParameters, named_thing
from .parameters import BY, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import scope_of, window_of

NAMESAKES: Final = Described(
    Form.COUNT,
    "Limit",
    "How many other things of the same name to return; 5 if left out.",
    5,
    most=100,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountParameters(ThingParameters):
    """What is counted, in whose plays, where and when, and what its place goes by."""

    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, NAMESAKES] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAnswer(WindowAnswer):
    """How often and how long something was heard."""

    named: Named
    by: By
    total: Total
    place: Place | None
    """Among all of its sort in the window; None where it was not heard."""

    @override
    def as_data(self) -> dict[str, object]:
        thing, heard = self.named.thing, self.named.heard
        return {
            **self.about,
            **self.named.as_data(),
            "by": str(self.by),
            "total": total_data(self.total),
            "first": self.scope.iso(thing.first) if heard else None,
            "last": self.scope.iso(thing.last) if heard else None,
            "place": self.place.number if self.place else None,
            "places": self.place.of if self.place else None,
        }


class Count(Question[CountParameters, CountAnswer]):
    """The plays of a track, an artist, an album, a show or an episode."""

    key = "count"
    title = "How often it was heard"
    description = "Answers how often, and for how long, a track, an artist, an album, a show or an episode was heard in a window, and which place that makes."
    icon = "mdi:counter"
    declares = CountParameters

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: CountParameters,
        query_context: QueryContext,
    ) -> CountAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        named = named_thing(queries, asked, scope, when.window, asked.limit or OTHERS)
        return CountAnswer(
            scope=scope,
            when=when,
            named=named,
            by=asked.by,
            total=named.thing.total if named.heard else Total(0, 0),
            place=queries.place_of(named.thing, when.window, asked.by, **scope.filters)
            if named.heard
            else None,
        )
