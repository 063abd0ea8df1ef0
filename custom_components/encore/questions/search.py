"""Question: what in the history has this name, or nearly."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Annotated, Final, override

from msgspec import UNSET, UnsetType

from ..history.model import Thing, ThingOf
from ..history.queries.history_queries import HistoryQueries
from .base.answer import Amount, AnsweredTrack, ListAnswer
from .base.operation import Interface
from .base.parameters import LIMIT, LISTED, Described, Form
from .base.question import Query, WindowQuestion
from .base.response import NOT_DATA, Moment
from .base.scope import Scope, WindowParameters

TEXT: Final = Described(
    Form.THING,
    "What to look for: words of a name, also their beginnings, with the artist's if you like. Accents and small typos don't matter.",
    "river aurora",
)
SORT: Final = Described(
    Form.FILTER,
    "Only tracks, artists, albums, shows or episodes.",
    "track",
    title="Item type",
)


class SearchParameters(WindowParameters):
    """What is looked for, of which sort, in whose plays, where and when."""

    text: Annotated[str, TEXT]
    type: Annotated[ThingOf | None, SORT] = None
    limit: Annotated[int | None, LIMIT] = None


class FoundThing(
    Amount,
    frozen=True,
    kw_only=True,
    rename={"plays": "play_count", "first": "first_played", "last": "last_played"},
):
    """What was heard of something that a text may mean."""

    type: ThingOf
    name: str
    artist: str
    uri: str | None
    image_url: str | None
    """Of its cover, or of the artist's picture, where that is known."""
    score: float
    """How well the name fits: 1 is the very name."""
    first: Moment
    last: Moment
    source: str | UnsetType = UNSET
    """Where it was found, where several places are searched."""


class SearchAnswer(ListAnswer, kw_only=True):
    """What was heard that the text may mean."""

    listed = "found"

    text: str
    count: int
    """How many things there are."""
    counts: dict[ThingOf, int]
    found: tuple[FoundThing, ...]
    """The best first."""
    anything: bool = field(metadata=NOT_DATA)
    """Whether anything was heard at all."""

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tuple(
            AnsweredTrack(thing.name, thing.artist, thing.uri)
            for thing in self.found
            if thing.type in {ThingOf.TRACK, ThingOf.EPISODE}
        )


class Search(WindowQuestion[SearchParameters, SearchAnswer]):
    """What was heard, by name."""

    description = "Finds tracks, artists, albums, shows and episodes that were heard, by name: how often, how long, and when first and last."
    interfaces = frozenset({Interface.SENTENCE})
    """Elsewhere the command of its key asks it, and looks further."""
    holds_tracks = True

    @override
    def answer_within(self, query: Query[SearchParameters]) -> SearchAnswer:
        queries, asked, _, scope, when = query
        sorts = (asked.type,) if asked.type else tuple(ThingOf)
        found = queries.find(
            asked.text,
            when.window,
            of=sorts,
            limit=asked.limit or LISTED,
            **scope.filters,
        )
        images = _images(queries, found.things)
        return SearchAnswer(
            scope=scope,
            when=when,
            text=asked.text,
            count=sum(found.counts.values()),
            counts=found.counts,
            found=tuple(_found(thing, images, scope) for thing in found.things),
            limit=asked.limit,
            anything=len(queries.select(when.window, **scope.filters)) > 0,
        )


def _found(thing: Thing, images: Mapping[str, str], scope: Scope) -> FoundThing:
    return FoundThing.of(
        thing.total,
        type=thing.of,
        name=thing.name,
        artist=thing.artist,
        uri=thing.uri,
        image_url=images.get(_pictured_by(thing)),
        score=round(thing.score, 3),
        first=Moment.at(scope.clock, thing.first),
        last=Moment.at(scope.clock, thing.last),
    )


def _pictured_by(thing: Thing) -> str:
    """Return what the image of a thing is known by: an artist's is by name."""
    return thing.name if thing.of is ThingOf.ARTIST else thing.uri or ""


def _images(queries: HistoryQueries, things: Iterable[Thing]) -> dict[str, str]:
    """Return the images of things, as far as they are kept."""
    artists: set[str] = set()
    others: set[str] = set()
    for thing in things:
        known_by = artists if thing.of is ThingOf.ARTIST else others
        known_by.add(_pictured_by(thing))
    return queries.covers(others) | queries.pictures(artists)
