"""Question: was more played in one time range than in another, by one person than by another, and so on."""

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Annotated, Final, override

from ..history.model import By, TopOf, Total, Window
from ..history.time_ranges.ranges import NamedWindow, resolve_window
from .base.answer import (
    Amount,
    AnsweredWindow,
    Entry,
    WindowAnswer,
    change_percent,
    entries_of,
)
from .base.parameters import BY, LIMIT, LISTED, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import NOT_DATA
from .base.scope import WindowParameters, scope_of
from .naming.listener_choice import Who
from .naming.named_items import Named, ThingParameters, named_thing
from .naming.names import several
from .top import OF

COMPARED_WITH: Final = Described(
    Form.WINDOW, "The time period to compare with. Default: last_month.", "last_year"
)
THINGS: Final = Described(
    Form.THINGS,
    "A track, an artist, an album or a show by name. Two or more are compared with each other instead of two time periods.",
    "Ember",
    title="Items",
)


class ComparisonParameters(WindowParameters):
    """Two windows, whose plays, where, and what tops of both to name; or things to compare.

    Several listeners or rooms are compared with each other where no second window is given.
    """

    thing: Annotated[str | tuple[str, ...] | None, THINGS] = None

    compared_with: Annotated[str | None, COMPARED_WITH] = None
    of: Annotated[TopOf, OF] = TopOf.ARTISTS
    by: Annotated[By, BY] = By.PLAYS
    limit: Annotated[int | None, LIMIT] = None


class Side(Amount, frozen=True, kw_only=True):
    """One of several listeners, rooms or things that are compared, with what it comes to."""

    name: str
    is_asker: bool
    """Whether it is the listener who asks."""


class ComparisonAnswer(WindowAnswer, kw_only=True):
    """What two windows come to, or several sides in one."""

    other: NamedWindow = field(metadata=NOT_DATA)
    compared_with: AnsweredWindow
    of: TopOf
    by: By
    total: Amount
    other_total: Amount
    change_percent: int | None
    top: tuple[Entry, ...]
    other_top: tuple[Entry, ...]
    sides: tuple[Side, ...]
    """What is compared where it is not two windows, the one with the most first; of equal ones the one named first."""


class Comparison(WindowQuestion[ComparisonParameters, ComparisonAnswer]):
    """Two windows beside each other."""

    action = "get_comparison"
    description = "Compares two time periods, or several listeners, rooms or items: how much was played of each."
    usual_window = "this_month"

    @override
    def answer_within(self, query: Query[ComparisonParameters]) -> ComparisonAnswer:
        queries, asked, query_context, scope, when = query
        other = resolve_window(asked.compared_with or "last_month", query_context.clock)

        def top(of: NamedWindow) -> tuple[Entry, ...]:
            limit = asked.limit or LISTED
            return entries_of(
                queries.top(
                    of.window, asked.of, by=asked.by, limit=limit, **scope.filters
                )
            )

        def total_of(window: Window) -> Total:
            match several(asked.thing):
                case (thing,):
                    return _total(_named(thing, query, window))
                case _:
                    return queries.total(window, **scope.filters)

        total, other_total = total_of(when.window), total_of(other.window)

        return ComparisonAnswer(
            scope=scope,
            when=when,
            other=other,
            compared_with=AnsweredWindow.of(scope, other),
            of=asked.of,
            by=asked.by,
            total=Amount.of(total),
            other_total=Amount.of(other_total),
            change_percent=change_percent(total, other_total, asked.by),
            top=top(when),
            other_top=top(other),
            sides=tuple(sorted(_sides(query), key=lambda side: -side.size(asked.by))),
        )


def _named(thing: str, query: Query[ComparisonParameters], window: Window) -> Named:
    return named_thing(query.queries, ThingParameters(thing=thing), query.scope, window)


def _total(named: Named) -> Total:
    return named.found.total if named.heard else Total(0, 0)


def _sides(query: Query[ComparisonParameters]) -> Iterator[Side]:
    """Yield the things, listeners or rooms that are compared, in the order in which they were named."""
    queries, asked, query_context, scope, when = query
    things = several(asked.thing)
    if len(things) > 1:
        for thing in things:
            named = _named(thing, query, when.window)
            yield Side.of(_total(named), name=named.found.name, is_asker=False)
    if things or asked.compared_with is not None:
        return
    listeners, rooms = several(asked.listener), several(asked.room)
    if len(listeners) > 1:
        parts = [replace(asked, listener=each) for each in listeners]
    elif len(rooms) > 1:
        parts = [replace(asked, room=each) for each in rooms]
    else:
        return
    for part in parts:
        one = scope_of(queries, part, query_context)
        of = one.listeners if len(listeners) > 1 else one.rooms
        yield Side.of(
            queries.total(when.window, **one.filters),
            name=", ".join(one.called) or ", ".join(each.name for each in of),
            is_asker=len(listeners) > 1 and one.who is Who.YOU,
        )
