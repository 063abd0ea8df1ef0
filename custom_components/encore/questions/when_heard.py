"""Question: when was something played first, and last."""

from dataclasses import field
from enum import StrEnum
from typing import Annotated, Final, override

from ..history.merge.same_song import normalized
from ..history.model import COUNTED_FROM_MS, Item, Kind, Thing, ThingOf, Total
from .base.active_plays import newest_first, not_in_history, plays_under_way
from .base.answer import Amount, AnsweredPlay, WindowAnswer
from .base.parameters import Described, Form
from .base.question import Query, WindowQuestion
from .base.response import MERGED
from .naming.named_items import Named, ThingParameters, named_thing

WHICH: Final = Described(
    Form.FILTER,
    "The first or the last play. Default: both.",
    "first",
    title="First or last",
)


class Which(StrEnum):
    """What of several plays is told."""

    FIRST = "first"
    LAST = "last"


class FirstAndLastPlayParameters(ThingParameters):
    """What was heard, by whom, where and when, and which time of it to tell."""

    which: Annotated[Which | None, WHICH] = None


class FirstAndLastPlayAnswer(WindowAnswer, kw_only=True):
    """The first and the last play of something."""

    named: Named = field(metadata=MERGED)
    which: Which | None
    total: Amount
    first: AnsweredPlay | None
    last: AnsweredPlay | None
    """The one under way, where it is one."""


class FirstAndLastPlay(
    WindowQuestion[FirstAndLastPlayParameters, FirstAndLastPlayAnswer]
):
    """The first and the last time that something was heard."""

    key = "when_heard"
    action = "get_first_and_last_play"
    description = "Returns when a track, an artist, an album, a show or an episode was first and last played, by whom, where and how."

    @override
    def answer_within(
        self, query: Query[FirstAndLastPlayParameters]
    ) -> FirstAndLastPlayAnswer:
        queries, asked, query_context, scope, when = query
        named = named_thing(queries, asked, scope, when.window)
        thing = named.found
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
        if now:
            first, last = first or now[-1], now[0]
        return FirstAndLastPlayAnswer(
            scope=scope,
            when=when,
            named=named,
            which=asked.which,
            total=Amount.of(
                total + Total(len(now), sum(play.ms_played for play in now))
            ),
            first=AnsweredPlay.of(first, scope) if first else None,
            last=AnsweredPlay.of(last, scope) if last else None,
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
