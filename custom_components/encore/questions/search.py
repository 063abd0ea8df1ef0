"""Question: what in the history has this name, or nearly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, override

from ..history.model import Found, Thing, ThingOf
from ..history.queries.history_queries import HistoryQueries
from .answer import AnsweredTrack, WindowAnswer, total_data
from .operation import Interface
from .parameters import LIMIT, LISTED, SPOKEN, Described, Form
from .query_context import QueryContext
from .registry import Question
from .scope import WindowParameters, scope_of, window_of

TEXT: Final = Described(
    Form.THING,
    "Text",
    "What to look for: words of a name, also their beginnings, with the artist's if you like. Accents and small slips do not matter.",
    "river aurora",
)
SORT: Final = Described(
    Form.FILTER,
    "Type",
    "Only tracks, artists, albums, shows or episodes.",
    "track",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParameters(WindowParameters):
    """What is looked for, of which sort, in whose plays, where and when."""

    text: Annotated[str, TEXT]
    type: Annotated[ThingOf | None, SORT] = None
    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer(WindowAnswer):
    """What was heard that the text may mean."""

    text: str
    found: Found
    limit: int | None
    anything: bool
    """Whether anything was heard at all."""
    images: Mapping[str, str]
    """Addresses of covers by URI, and of pictures of artists by name, where they are known."""

    @property
    def count(self) -> int:
        """How many things there are."""
        return sum(self.found.counts.values())

    def image_of(self, thing: Thing) -> str | None:
        """Return the address of a thing's cover or picture, where that is known."""
        return self.images.get(_pictured_by(thing))

    @property
    def spoken(self) -> tuple[Thing, ...]:
        """What is named."""
        return self.found.things[: self.limit or SPOKEN]

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tuple(
            AnsweredTrack(thing.name, thing.artist, thing.uri)
            for thing in self.found.things
            if thing.of in {ThingOf.TRACK, ThingOf.EPISODE}
        )

    @override
    def as_data(self) -> dict[str, object]:
        return {
            **self.about,
            "text": self.text,
            "count": self.count,
            "counts": {str(of): count for of, count in self.found.counts.items()},
            "found": [self._data(thing) for thing in self.found.things],
        }

    def _data(self, thing: Thing) -> dict[str, object]:
        return {
            "type": str(thing.of),
            "name": thing.name,
            "artist": thing.artist,
            "uri": thing.uri,
            "image_url": self.image_of(thing),
            "score": round(thing.score, 3),
            **total_data(thing.total),
            "first": self.scope.iso(thing.first),
            "last": self.scope.iso(thing.last),
        }


class Search(Question[SearchParameters, SearchAnswer]):
    """What was heard, by name."""

    key = "search"
    title = "Search"
    description = "Finds tracks, artists, albums, shows and episodes that were heard, by name: how often, how long, and when first and last."
    icon = "mdi:magnify"
    declares = SearchParameters
    interfaces = frozenset({Interface.SENTENCE})
    """Elsewhere the command of its key asks it, and looks further."""
    holds_tracks = True

    @override
    def answer(
        self,
        queries: HistoryQueries,
        asked: SearchParameters,
        query_context: QueryContext,
    ) -> SearchAnswer:
        when = window_of(asked, query_context, default="all_time")
        scope = scope_of(queries, asked, query_context)
        sorts = (asked.type,) if asked.type else tuple(ThingOf)
        found = queries.find(
            asked.text,
            when.window,
            of=sorts,
            limit=asked.limit or LISTED,
            **scope.filters,
        )
        return SearchAnswer(
            scope=scope,
            when=when,
            text=asked.text,
            found=found,
            limit=asked.limit,
            anything=len(queries.select(when.window, **scope.filters)) > 0,
            images=_images(queries, found.things),
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
