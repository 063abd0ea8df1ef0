"""Question: how often was something played."""

from dataclasses import field
from typing import Annotated, Final, override

from ..history.model import By, Total
from .base.answer import Amount, WindowAnswer
from .base.parameters import BY, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import MERGED, Moment, called
from .naming.named_items import OTHERS, Named, ThingParameters, named_thing

NAMESAKES: Final = Described(
    Form.COUNT, "Maximum number of other matches. Default: 5.", 5, most=100
)


class CountParameters(ThingParameters):
    """What is counted, in whose plays, where and when, and what its place goes by."""

    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, NAMESAKES] = None


class CountAnswer(WindowAnswer, kw_only=True):
    """How often and how long something was heard."""

    named: Named = field(metadata=MERGED)
    by: By
    total: Amount
    first: Moment | None = field(metadata=called("first_played"))
    last: Moment | None = field(metadata=called("last_played"))
    place: int | None = field(metadata=called("rank"))
    """Among all of its sort in the window; None where it was not heard."""
    places: int | None = field(metadata=called("rank_of"))
    """How many there are of its sort."""


class Count(WindowQuestion[CountParameters, CountAnswer]):
    """The plays of a track, an artist, an album, a show or an episode."""

    action = "get_play_count"
    description = "Returns how often and for how long a track, an artist, an album, a show or an episode was played in a time period, and its rank."

    @override
    def answer_within(self, query: Query[CountParameters]) -> CountAnswer:
        queries, asked, _, scope, when = query
        named = named_thing(queries, asked, scope, when.window, asked.limit or OTHERS)
        thing, heard = named.found, named.heard
        place = None
        if heard:
            place = queries.place_of(thing, when.window, asked.by, **scope.filters)
        return CountAnswer(
            scope=scope,
            when=when,
            named=named,
            by=asked.by,
            total=Amount.of(thing.total if heard else Total(0, 0)),
            first=Moment.at(scope.clock, thing.first if heard else None),
            last=Moment.at(scope.clock, thing.last if heard else None),
            place=place.number if place else None,
            places=place.of if place else None,
        )
